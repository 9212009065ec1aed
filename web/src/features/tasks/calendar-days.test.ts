import { describe, expect, it } from "vitest";
import { besideMonth, fromCalendar, rangeAround, toCalendar } from "./calendar-days";

/** The first day of the month, and how many there are. */
function days(day: string, view: "month" | "week" | "day"): [number, number] {
  const { due_from: from, due_before: before } = rangeAround(day, view);
  return [new Date(from).getDate(), Math.round((Date.parse(before) - Date.parse(from)) / 86_400_000)];
}

describe("the month beside", () => {
  it("keeps the day, or ends with the month", () => {
    expect(besideMonth("2030-03-14", 1)).toBe("2030-04-14");
    expect(besideMonth("2030-01-14", -1)).toBe("2029-12-14");
    expect(besideMonth("2030-01-31", 1)).toBe("2030-02-28");
  });
});

describe("the calendar's days", () => {
  it("are those that the view shows", () => {
    expect(days("2030-03-04", "day")).toEqual([4, 1]);
    expect(days("2030-03-14", "week")).toEqual([7, 15]);
    expect(days("2030-03-14", "month")).toEqual([22, 51]);
  });

  it("keep the instant", () => {
    expect(fromCalendar(toCalendar("2030-03-04T09:30:00.000Z"))).toBe("2030-03-04T09:30:00.000Z");
  });
});
