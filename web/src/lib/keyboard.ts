import { useEffect, useRef, useSyncExternalStore } from "react";
import type { PlainKey } from "./i18n";

/** The one table of the console's keys: the handler obeys it and the cheat sheet prints it. "g p" is one key after the
 *  other, "mod" is Cmd on a Mac and Ctrl elsewhere. */
export const shortcuts = [
  { id: "palette", keys: ["mod+k"], group: "keys.group.anywhere", label: "keys.palette" },
  { id: "help", keys: ["?"], group: "keys.group.anywhere", label: "keys.help" },
  { id: "undo", keys: ["z"], group: "keys.group.anywhere", label: "keys.undo" },
  { id: "new", keys: ["c"], group: "keys.group.anywhere", label: "keys.new" },
  { id: "go.today", keys: ["g n"], group: "keys.group.go", label: "nav.today" },
  { id: "go.dashboard", keys: ["g d"], group: "keys.group.go", label: "nav.dashboard" },
  { id: "go.people", keys: ["g p"], group: "keys.group.go", label: "nav.people" },
  { id: "go.pipeline", keys: ["g b"], group: "keys.group.go", label: "nav.pipeline" },
  { id: "go.hub", keys: ["g c"], group: "keys.group.go", label: "nav.hub" },
  { id: "go.tasks", keys: ["g t"], group: "keys.group.go", label: "nav.tasks" },
  { id: "go.approvals", keys: ["g a"], group: "keys.group.go", label: "nav.approvals" },
  { id: "go.journeys", keys: ["g j"], group: "keys.group.go", label: "nav.journeys" },
  { id: "go.emails", keys: ["g e"], group: "keys.group.go", label: "nav.emails" },
  { id: "go.settings", keys: ["g s"], group: "keys.group.go", label: "nav.settings" },
  { id: "search", keys: ["/"], group: "keys.group.list", label: "keys.search" },
  { id: "list.next", keys: ["j", "ArrowDown"], group: "keys.group.list", label: "keys.next" },
  { id: "list.previous", keys: ["k", "ArrowUp"], group: "keys.group.list", label: "keys.previous" },
  { id: "list.open", keys: ["Enter"], group: "keys.group.list", label: "keys.open" },
  { id: "list.select", keys: ["x"], group: "keys.group.list", label: "keys.select" },
  { id: "list.complete", keys: ["e"], group: "keys.group.list", label: "keys.complete" },
  { id: "board.left", keys: ["h", "ArrowLeft"], group: "keys.group.board", label: "keys.left" },
  { id: "board.right", keys: ["l", "ArrowRight"], group: "keys.group.board", label: "keys.right" },
  { id: "board.back", keys: ["<"], group: "keys.group.board", label: "keys.back" },
  { id: "board.forward", keys: [">"], group: "keys.group.board", label: "keys.forward" },
  { id: "board.up", keys: ["alt+ArrowUp"], group: "keys.group.board", label: "keys.up" },
  { id: "board.down", keys: ["alt+ArrowDown"], group: "keys.group.board", label: "keys.down" },
  { id: "board.move", keys: ["s"], group: "keys.group.board", label: "keys.move" },
  { id: "person.email", keys: ["m"], group: "keys.group.person", label: "keys.email" },
  { id: "person.task", keys: ["t"], group: "keys.group.person", label: "keys.task" },
  { id: "person.note", keys: ["n"], group: "keys.group.person", label: "keys.note_add" },
  { id: "close", keys: ["Escape"], group: "keys.group.anywhere", label: "keys.close" },
] as const satisfies readonly { id: string; keys: readonly string[]; group: PlainKey; label: PlainKey }[];

export type Shortcut = (typeof shortcuts)[number];
export type ShortcutId = Shortcut["id"];
type Handler = (event: KeyboardEvent) => void | false;

const settingKey = "doorstep-single-keys";
const sequenceTimeout = 1200;

/** The key of an event as the table writes it: "mod+k", "?", "j", "ArrowDown". */
export function keyOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) return `mod+${key}`;
  if (event.altKey) return `alt+${key}`;
  return key;
}

function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  if (!element?.tagName) return false;
  if (element.isContentEditable) return true;
  if (element.tagName === "TEXTAREA" || element.tagName === "SELECT") return true;
  const untyped = ["checkbox", "radio", "button", "submit", "reset"];
  return element.tagName === "INPUT" && !untyped.includes((element as HTMLInputElement).type);
}

/** Obeys the table. The handler registered last wins, so a page overrides the shell while it is open; a handler that
 *  returns false leaves the key to the browser. */
export class Keyboard {
  private handlers = new Map<ShortcutId, Handler[]>();
  private listeners = new Set<() => void>();
  private snapshot: readonly ShortcutId[] = [];
  private pending: { key: string; at: number } | null = null;
  /** Single keys can be switched off (WCAG 2.1.4); those with a modifier stay. */
  singleKeys = true;
  /** Whether a dialog is open: then the page below gets no keys. */
  blocked = (): boolean => false;

  register(id: ShortcutId, handler: Handler): () => void {
    this.handlers.set(id, [...(this.handlers.get(id) ?? []), handler]);
    this.changed();
    return () => {
      const rest = (this.handlers.get(id) ?? []).filter((other) => other !== handler);
      if (rest.length) this.handlers.set(id, rest);
      else this.handlers.delete(id);
      this.changed();
    };
  }

  /** The shortcuts that do something on the page as it stands. */
  active = (): readonly ShortcutId[] => this.snapshot;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  handle = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const key = keyOf(event);
    const modified = key.startsWith("mod+");
    if (!modified && (!this.singleKeys || isTyping(event.target) || this.blocked())) return;
    const sequence = this.sequenceWith(key, event.timeStamp);
    const match = this.find(sequence ?? key) ?? (sequence ? this.find(key) : undefined);
    this.pending = !match && shortcuts.some((entry) => entry.keys.some((keys) => keys.startsWith(`${key} `)))
      ? { key, at: event.timeStamp }
      : null;
    const handler = match && this.handlers.get(match.id)?.at(-1);
    if (handler && handler(event) !== false) event.preventDefault();
  };

  private sequenceWith(key: string, at: number): string | null {
    return this.pending && at - this.pending.at < sequenceTimeout ? `${this.pending.key} ${key}` : null;
  }

  private find(keys: string): Shortcut | undefined {
    return shortcuts.find((entry) => (entry.keys as readonly string[]).includes(keys) && this.handlers.has(entry.id));
  }

  private changed(): void {
    this.snapshot = shortcuts.map((entry) => entry.id).filter((id) => this.handlers.has(id));
    for (const listener of this.listeners) listener();
  }
}

export const keyboard = new Keyboard();

/** Starts listening; called once by the shell. */
export function startKeyboard(): () => void {
  keyboard.singleKeys = localStorage.getItem(settingKey) !== "off";
  keyboard.blocked = () => document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null;
  document.addEventListener("keydown", keyboard.handle);
  return () => document.removeEventListener("keydown", keyboard.handle);
}

export function setSingleKeys(on: boolean): void {
  keyboard.singleKeys = on;
  localStorage.setItem(settingKey, on ? "on" : "off");
}

/** Makes a shortcut of the table do something while the component is on the page. */
export function useShortcut(id: ShortcutId, handler: Handler, enabled = true): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => (enabled ? keyboard.register(id, (event) => latest.current(event)) : undefined), [id, enabled]);
}

export const useActiveShortcuts = (): readonly ShortcutId[] =>
  useSyncExternalStore(keyboard.subscribe, keyboard.active);

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);
const glyphs: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Enter: "↵", Escape: "Esc" };

/** The caps of a key as printed on the keyboard: "mod+k" becomes ["⌘", "K"] or ["Ctrl", "K"]. */
export function keyCaps(keys: string): string[] {
  return keys.split(/[+ ]/).map((part) => {
    if (part === "mod") return isMac() ? "⌘" : "Ctrl";
    if (part === "alt") return isMac() ? "⌥" : "Alt";
    return glyphs[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}
