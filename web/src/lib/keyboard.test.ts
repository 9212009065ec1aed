import { beforeEach, describe, expect, it, vi } from "vitest";
import { Keyboard, keyOf, shortcuts } from "./keyboard";

interface Press {
  key: string;
  target?: object | null;
  ctrlKey?: boolean;
  timeStamp?: number;
}

const press = (keyboard: Keyboard, { key, target = null, ctrlKey = false, timeStamp = 0 }: Press) => {
  const event = {
    key,
    target,
    ctrlKey,
    timeStamp,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    defaultPrevented: false,
    isComposing: false,
    preventDefault: vi.fn<() => void>(),
  };
  keyboard.handle(event as unknown as KeyboardEvent);
  return event;
};

let keyboard: Keyboard;
const act = vi.fn<() => void>();

beforeEach(() => {
  keyboard = new Keyboard();
  act.mockReset();
});

describe("the table", () => {
  it("has every key once", () => {
    const all = shortcuts.flatMap((entry) => entry.keys as readonly string[]);
    expect(new Set(all).size).toBe(all.length);
  });

  it("lists as active what is registered, in its own order", () => {
    const forget = keyboard.register("list.next", act);
    keyboard.register("palette", act);
    expect(keyboard.active()).toEqual(["palette", "list.next"]);
    forget();
    expect(keyboard.active()).toEqual(["palette"]);
  });
});

describe("the handler", () => {
  it("obeys single keys, but not while somebody types", () => {
    keyboard.register("list.next", act);
    expect(press(keyboard, { key: "j" }).preventDefault).toHaveBeenCalled();
    press(keyboard, { key: "j", target: { tagName: "TEXTAREA" } });
    press(keyboard, { key: "j", target: { tagName: "INPUT", type: "search" } });
    press(keyboard, { key: "j", target: { tagName: "DIV", isContentEditable: true } });
    expect(act).toHaveBeenCalledTimes(1);
    press(keyboard, { key: "j", target: { tagName: "INPUT", type: "checkbox" } });
    expect(act).toHaveBeenCalledTimes(2);
  });

  it("keeps keys with a modifier when single keys are off or a field has the focus", () => {
    keyboard.register("list.next", act);
    keyboard.register("palette", act);
    keyboard.singleKeys = false;
    press(keyboard, { key: "j" });
    press(keyboard, { key: "k", ctrlKey: true, target: { tagName: "INPUT", type: "text" } });
    expect(act).toHaveBeenCalledTimes(1);
  });

  it("follows one key after another, for a while", () => {
    const list = vi.fn<() => void>();
    keyboard.register("go.tasks", act);
    keyboard.register("person.task", list);
    press(keyboard, { key: "g", timeStamp: 0 });
    press(keyboard, { key: "t", timeStamp: 400 });
    expect(act).toHaveBeenCalledTimes(1);
    press(keyboard, { key: "g", timeStamp: 1000 });
    press(keyboard, { key: "t", timeStamp: 9000 });
    expect(act).toHaveBeenCalledTimes(1);
    expect(list).toHaveBeenCalledTimes(1);
  });

  it("gives the key to whoever registered last, and back", () => {
    const page = vi.fn<() => void>();
    keyboard.register("new", act);
    const forget = keyboard.register("new", page);
    press(keyboard, { key: "c" });
    forget();
    press(keyboard, { key: "c" });
    expect(page).toHaveBeenCalledTimes(1);
    expect(act).toHaveBeenCalledTimes(1);
  });

  it("leaves to the browser what a handler declines", () => {
    keyboard.register("list.next", () => false);
    expect(press(keyboard, { key: "ArrowDown" }).preventDefault).not.toHaveBeenCalled();
  });

  it("keeps still behind a dialog", () => {
    keyboard.register("list.next", act);
    keyboard.blocked = () => true;
    press(keyboard, { key: "j" });
    expect(act).not.toHaveBeenCalled();
  });
});

it("keyOf writes keys as the table does", () => {
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  expect(keyOf({ ...none, key: "K", metaKey: true })).toBe("mod+k");
  expect(keyOf({ ...none, key: "?", shiftKey: true })).toBe("?");
  expect(keyOf({ ...none, key: "ArrowUp" })).toBe("ArrowUp");
});
