import { afterEach, describe, expect, it } from "vitest";
import * as format from "./format";
import { setLocale } from "./i18n";

afterEach(() => setLocale("en"));

const now = new Date("2026-03-03T15:00:00Z");

describe("times", () => {
  it("are relative, in whole steps", () => {
    expect(format.formatRelative("2026-03-03T14:59:40Z", now)).toBe("now");
    expect(format.formatRelative("2026-03-03T12:30:00Z", now)).toBe("2 hours ago");
    expect(format.formatRelative("2026-03-04T16:00:00Z", now)).toBe("tomorrow");
    expect(format.formatRelative("2026-03-20T15:00:00Z", now)).toBe("in 2 weeks");
  });

  it("count calendar days in a zone, not hours", () => {
    expect(format.daysAway("2026-03-04T04:30:00Z", now, "America/New_York")).toBe(0);
    expect(format.daysAway("2026-03-04T05:30:00Z", now, "America/New_York")).toBe(1);
    expect(format.daysAway("2026-03-04T04:30:00Z", now, "Asia/Tokyo")).toBe(0);
    // Over the night of the change to summer time a day has 23 hours.
    expect(format.daysAway("2026-03-09T03:59:00Z", new Date("2026-03-08T05:00:00Z"), "America/New_York")).toBe(0);
  });

  it("name the zone, and the year only where it is another", () => {
    expect(format.formatFull("2026-03-03T13:00:00Z", "America/New_York")).toContain("EST");
    expect(format.formatDay("2026-03-10T13:00:00Z", now, "UTC")).not.toContain("2026");
    expect(format.formatDay("2027-03-10T13:00:00Z", now, "UTC")).toContain("2027");
  });

  it("go through a local input and back", () => {
    const instant = "2026-07-04T14:30:00.000Z";
    expect(format.fromLocalInput(format.toLocalInput(instant))).toBe(instant);
  });
});

describe("phones", () => {
  it("read as people write them", () => {
    expect(format.formatPhone("+14155550123")).toBe("(415) 555-0123");
    expect(format.formatPhone("+442079460018")).toBe("+44 20 7946 0018");
    expect(format.formatPhone("555")).toBe("555");
  });
});

describe("numbers", () => {
  it("follow the language", async () => {
    expect(format.formatNumber(12_345.5)).toBe("12,345.5");
    expect(format.formatPercent(41.67)).toBe("41.67%");
    await setLocale("es");
    expect(format.formatNumber(12_345)).toBe("12.345");
    expect(format.formatPercent(41.67)).toMatch(/^41,67\s?%$/);
  });
});

it("initials come from the first and the last name", () => {
  expect(format.initials("Maya Ortiz")).toBe("MO");
  expect(format.initials("  Ana María de la Cruz ")).toBe("AC");
  expect(format.initials("Cher")).toBe("C");
});
