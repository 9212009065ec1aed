import { describe, expect, it } from "vitest";
import type { Client } from "@/api/types.gen";
import { dropAt, placeOf, stepFrom } from "./board-place";

const column = ["a", "b", "c"].map((id) => ({ id }) as Client);
const behind = (...ids: string[]) => ({ behind: ids });

describe("a card's place", () => {
  it("is behind those that stand before it", () => {
    expect(placeOf(column, "a")).toEqual(behind());
    expect(placeOf(column, "c")).toEqual(behind("a", "b"));
  });

  it("a step further passes one card, and ends at the ends", () => {
    expect(stepFrom(column, "b", "up")).toEqual(behind());
    expect(stepFrom(column, "c", "up")).toEqual(behind("a"));
    expect(stepFrom(column, "a", "down")).toEqual(behind("b"));
    expect(stepFrom(column, "a", "up")).toBeNull();
    expect(stepFrom(column, "a", "first")).toBeNull();
    expect(stepFrom(column, "c", "first")).toEqual(behind());
    expect(stepFrom(column, "c", "down")).toBeNull();
    expect(stepFrom(column, "c", "last")).toBeNull();
    expect(stepFrom(column, "a", "last")).toBe("last");
    expect(stepFrom(column, "gone", "up")).toBeNull();
  });

  it("may be further down than what is loaded", () => {
    expect(stepFrom(column, "c", "last", true)).toBe("last");
  });

  it("is where it is dropped, unless that is where it was", () => {
    expect(dropAt(column, "c", "b")).toEqual(behind("a"));
    expect(dropAt(column, "a", "c")).toEqual(behind("b"));
    expect(dropAt(column, "a", null)).toEqual(behind("b", "c"));
    expect(dropAt(column, "a", "b")).toBeNull();
    expect(dropAt(column, "b", "c")).toBeNull();
    expect(dropAt(column, "c", null)).toBeNull();
    expect(dropAt(column, "stranger", "a")).toEqual(behind());
    expect(dropAt([], "stranger", null)).toEqual(behind());
  });
});
