import { beforeAll, describe, expect, it } from "vitest";
import { moreWords } from "@/lib/i18n";
import { fromMinutes, offsetWords, toMinutes } from "./offset";

beforeAll(moreWords);

describe("a step's time", () => {
  it.each([
    [0, 0, "days"],
    [90, 1.5, "hours"],
    [120, 2, "hours"],
    [1440, 1, "days"],
    [20_160, 14, "days"],
  ])("%i minutes are %f %s, and back", (total, count, unit) => {
    const offset = fromMinutes(total);
    expect(offset).toEqual({ count, unit });
    expect(toMinutes(offset)).toBe(total);
  });

  it("is told in words", () => {
    expect(offsetWords(0)).toBe("at once");
    expect(offsetWords(1440)).toBe("after 1 day");
    expect(offsetWords(43_200)).toBe("after 30 days");
  });
});
