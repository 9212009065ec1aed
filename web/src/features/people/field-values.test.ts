import { expect, it } from "vitest";
import type { CustomField } from "@/api/types.gen";
import { faultOf, shownOf, textOf, valueOf } from "./field-values";

const field = (type: CustomField["type"]): CustomField => ({ id: "1", key: "k", label: "K", type, choices: [], position: 0 });

it("a value comes back from its editor as the type it had", () => {
  for (const [type, value] of [["number", 640_000.5], ["boolean", true], ["boolean", false], ["date", "2027-03-01"], ["text", "007"]] as const) {
    expect(valueOf(field(type), textOf(value))).toBe(value);
  }
});

it("is shown as people write it", () => {
  expect(shownOf(field("number"), 640_000.5)).toBe("640,000.5");
  expect(shownOf(field("boolean"), false)).toBe("No");
  expect(shownOf(field("date"), "2027-03-01")).toBe("Mar 1, 2027");
  expect(shownOf(field("text"), { odd: 1 })).toBe('{"odd":1}');
});

it("says what is wrong before the server does", () => {
  expect(faultOf(field("number"), "many")).not.toBeNull();
  expect(faultOf(field("number"), "-12.5")).toBeNull();
  expect(faultOf(field("url"), "javascript:alert(1)")).not.toBeNull();
  expect(faultOf(field("url"), "https://example.com/a")).toBeNull();
});
