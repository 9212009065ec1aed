import type { RefObject } from "react";
import { useShortcut } from "@/lib/keyboard";

interface Actions {
  onSelect?: (id: string) => void;
  onComplete?: (id: string) => void;
}

const current = () => document.activeElement?.closest<HTMLElement>("[data-row]") ?? null;

const withCurrent = (act?: (id: string) => void) => () => {
  const id = current()?.dataset.row;
  if (!id || !act) return false;
  act(id);
  return undefined;
};

/** Moves through the rows of a list by key. A row is an element with data-row; its data-row-link (or first link) takes
 *  the focus, so that Enter opens it and a screen reader reads it. */
export function useListKeys(container: RefObject<HTMLElement | null>, { onSelect, onComplete }: Actions): void {
  const rows = () => [...(container.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];

  const move = (event: KeyboardEvent, step: 1 | -1) => {
    const arrow = event.key.startsWith("Arrow");
    const at = current();
    if (arrow && !at) return false;
    const all = rows();
    const next = all[at ? all.indexOf(at) + step : step > 0 ? 0 : all.length - 1];
    const target = next?.querySelector<HTMLElement>("[data-row-link]") ?? next?.querySelector<HTMLElement>("a, button");
    target?.focus();
    next?.scrollIntoView({ block: "nearest" });
    return undefined;
  };

  useShortcut("list.next", (event) => move(event, 1));
  useShortcut("list.previous", (event) => move(event, -1));
  useShortcut("list.open", () => false);
  useShortcut("list.select", withCurrent(onSelect), Boolean(onSelect));
  useShortcut("list.complete", withCurrent(onComplete), Boolean(onComplete));
}
