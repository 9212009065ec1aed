import { describe, expect, it } from "vitest";
import { besideMonth, fromCalendar, hoursOf, rangeAround, tasksOn, toCalendar } from "./calendar-days";

/** The first day of the month, and how many there are. */
function days(day: string, view: "month" | "week" | "day"): [number, number] {
  const { from, until: before } = rangeAround(day, view);
  return [new Date(from).getDate(), Math.round((Date.parse(before) - Date.parse(from)) / 86_400_000)];
}

const at = (time: string) => ({ scheduled_for: new Date(`2030-03-${time}`).toISOString() });

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

  it("fit into what may be asked for at once", () => {
    for (const view of ["day", "week", "month"] as const) expect(days("2030-03-14", view)[1]).toBeLessThanOrEqual(62);
  });

  it("have their tasks in order, until midnight", () => {
    const [late, early, next] = [at("04T23:30"), at("04T06:10"), at("05T00:00")] as const;
    expect(tasksOn([late, early, next], "2030-03-04")).toEqual([early, late]);
  });

  it("begin and end with daytime, or earlier and later where there is a task", () => {
    expect(hoursOf([])).toEqual({ startTime: "07:00:00", endTime: "22:00:00" });
    expect(hoursOf([at("04T05:30"), at("04T22:10")])).toEqual({ startTime: "05:00:00", endTime: "23:00:00" });
    expect(hoursOf([at("04T23:30")]).endTime).toBe("23:59:59");
  });

  it("keep the instant", () => {
    expect(fromCalendar(toCalendar("2030-03-04T09:30:00.000Z"))).toBe("2030-03-04T09:30:00.000Z");
  });
});
