import { describe, expect, it } from "vitest";
import { EventParser } from "./live";

describe("EventParser", () => {
  it("puts events together from any pieces", () => {
    const parser = new EventParser();
    const text = 'event: email_opened\nid: 7\ndata: {"client_id":"c"}\n\n: still here\n\nevent: x\r\ndata: {}\r\n\r\n';
    const events = [...text].flatMap((letter) => parser.push(letter));
    expect(events).toEqual([
      { kind: "email_opened", id: "7", data: { client_id: "c" } },
      { kind: "x", id: null, data: {} },
    ]);
  });

  it("keeps an event whose data it cannot read", () => {
    expect(new EventParser().push("event: odd\ndata: not json\n\n")).toEqual([{ kind: "odd", id: null, data: {} }]);
  });

  it("joins several data lines", () => {
    expect(new EventParser().push('data: {"a":\ndata: 1}\n\n')[0]?.data).toEqual({ a: 1 });
  });
});
