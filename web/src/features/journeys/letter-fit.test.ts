import { describe, expect, it } from "vitest";
import type { Template } from "@/api/types.gen";
import { doubtsOf, needed } from "./letter-fit";

const letter = (body: string, language: Template["language"] = "en") => ({ subject: "Hello {{first_name}}", body, language }) as Template;

describe("a letter of a plan's step", () => {
  it("needs the variables that have no other words", () => {
    expect(needed(letter("{{ phone }} {{phone}} {{website|our site}} {{agent_title}}"))).toEqual(["first_name", "phone", "agent_title"]);
  });

  it("serves without doubt where everybody has what it needs", () => {
    expect(doubtsOf(letter("Hello {{name}}, {{phone|no phone}}"), { language: "en" })).toEqual([]);
    expect(doubtsOf(letter("Hola", "es"), undefined)).toEqual([]);
  });

  it("may be in another language, and lack what the office or some people have not", () => {
    expect(doubtsOf(letter("{{phone}} {{agent_title}}", "es"), { language: "en" }, ["agent_title"])).toEqual([
      { kind: "language", language: "es", office: "en" },
      { kind: "office_lacks", variables: ["agent_title"] },
      { kind: "some_lack", variables: ["phone"] },
    ]);
  });
});
