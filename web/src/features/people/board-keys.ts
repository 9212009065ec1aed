import { useQueryClient } from "@tanstack/react-query";
import type { RefObject } from "react";
import { useShortcut } from "@/lib/keyboard";
import { type Stage, stages } from "@/lib/model";
import { stepFrom } from "./board-place";
import { columnOf as peopleOf, type Place } from "./moving";

const current = () => document.activeElement?.closest<HTMLElement>("[data-row]") ?? null;
const cards = (column: Element | null | undefined) => [...(column?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
const columnOf = (card: HTMLElement) => card.closest<HTMLElement>("[data-stage-column]");
const focusCard = (card: Element | null | undefined) => {
  card?.querySelector<HTMLElement>("[data-row-link]")?.focus();
  card?.scrollIntoView({ block: "nearest", inline: "nearest" });
};

/** Goes through a board by key: up and down within a column, left and right between columns, and takes a card along. */
export function useBoardKeys(
  board: RefObject<HTMLElement | null>,
  byHand: boolean,
  onMove: (id: string, stage: Stage, place?: Place) => void,
): void {
  const cache = useQueryClient();
  const columns = () => [...(board.current?.querySelectorAll<HTMLElement>("[data-stage-column]") ?? [])];

  const along = (event: KeyboardEvent, step: 1 | -1) => {
    const card = current();
    if (!card) {
      if (event.key.startsWith("Arrow")) return false;
      focusCard(columns().flatMap(cards).at(step > 0 ? 0 : -1));
      return undefined;
    }
    const column = cards(columnOf(card));
    focusCard(column[column.indexOf(card) + step]);
    return undefined;
  };

  const across = (step: 1 | -1) => () => {
    const card = current();
    const from = card && columnOf(card);
    if (!card || !from) return false;
    const at = cards(from).indexOf(card);
    const all = columns();
    const beyond = step > 0 ? all.slice(all.indexOf(from) + 1) : all.slice(0, all.indexOf(from)).toReversed();
    const next = cards(beyond.find((column) => cards(column).length > 0));
    focusCard(next[Math.min(at, next.length - 1)]);
    return undefined;
  };

  const take = (step: 1 | -1) => () => {
    const card = current();
    const from = card && columnOf(card)?.dataset.stageColumn;
    const to = from && stages[stages.indexOf(from as Stage) + step];
    if (!card?.dataset.row || !to) return false;
    onMove(card.dataset.row, to);
    return undefined;
  };

  const step = (direction: "up" | "down") => () => {
    const card = current();
    const stage = card && (columnOf(card)?.dataset.stageColumn as Stage | undefined);
    if (!card?.dataset.row || !stage) return false;
    const place = stepFrom(peopleOf(cache, stage), card.dataset.row, direction);
    if (place) onMove(card.dataset.row, stage, place);
    return undefined;
  };

  useShortcut("list.next", (event) => along(event, 1));
  useShortcut("list.previous", (event) => along(event, -1));
  useShortcut("list.open", () => false);
  useShortcut("board.left", across(-1));
  useShortcut("board.right", across(1));
  useShortcut("board.back", take(-1));
  useShortcut("board.forward", take(1));
  useShortcut("board.up", step("up"), byHand);
  useShortcut("board.down", step("down"), byHand);
  useShortcut("board.move", () => {
    const menu = current()?.querySelector<HTMLElement>("[data-move]");
    if (!menu) return false;
    menu.click();
    return undefined;
  });
}
