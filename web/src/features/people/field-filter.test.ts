import { expect, it } from "vitest";
import type { CustomField } from "@/api/types.gen";
import { filterText, filterWords, spanFaults } from "./field-filter";

const field = (key: string, type: CustomField["type"]): CustomField => ({ id: key, key, label: key.toUpperCase(), type, choices: [], position: 0 });
const fields = [field("budget", "number"), field("since", "date"), field("door", "text")] as const;
const [budget, since, door] = fields;

it("is written as the server takes it", () => {
  expect(filterText(budget, { value: "", from: "5", to: "" })).toBe("budget:5..");
  expect(filterText(since, { value: "", from: "", to: "2027-03-01" })).toBe("since:..2027-03-01");
  expect(filterText(door, { value: " Open house ", from: "", to: "" })).toBe("door:Open house");
  expect(filterText(budget, { value: "7", from: "", to: "" })).toBeUndefined();
  expect(filterText(door, { value: " ", from: "", to: "" })).toBeUndefined();
});

const words = (text: string) => filterWords(text, [...fields]);

it("is read back in words", () => {
  expect(words("budget:300000..500000")).toBe("BUDGET: 300,000 to 500,000");
  expect(words("budget:300000..")).toBe("BUDGET: from 300,000");
  expect(words("since:..2027-03-01")).toBe("SINCE: up to Mar 1, 2027");
  expect(words("door:a..b")).toBe("DOOR: a..b");
  expect(words("gone:x:y")).toBe("gone: x:y");
});

it("says which end is wrong", () => {
  expect(spanFaults(budget, { value: "", from: "many", to: "9" })[0]).not.toBeNull();
  expect(spanFaults(budget, { value: "", from: "10", to: "9" })).toEqual([null, "This is below the other end."]);
  expect(spanFaults(budget, { value: "", from: "9", to: "10" })).toEqual([null, null]);
  expect(spanFaults(since, { value: "", from: "2027-02-01", to: "2027-01-01" })[1]).not.toBeNull();
});
