import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ApiError } from "@/lib/http";
import { said } from "./es/said";
import { setLocale } from "./index";
import { inTheirWords } from "./sentences";

const names = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const server = join(import.meta.dirname, "../../../../server");

// What a program is told that calls the API or starts the server; no page leads there.
const toPrograms = [
  /^(A JSON body|The request needs a JSON body|The body must|The form has no field|Send the body|X-Acting-Account|This address does not take)/,
  /^(The|This) webhook('s| was) (sign|timestamp)|^There is no event-data|^This is no event of Mailgun|^No (Mailgun|SendGrid) /,
];
const programs = /^(providers|app)\//;

const text = String.raw`((?:"(?:[^"\\]|\\.)*"\s*)+)([+),}])`;
const sayings = [
  String.raw`\b(?:conflict|unavailable|bad_request)\(\s*"\w+"\s*,\s*${text}`,
  String.raw`\b(?:forbidden|gone|unauthorized|precondition_failed|too_many)\(\s*${text}`,
  String.raw`\binvalid\(\s*[^,;{]*?,\s*"\w+"\s*,\s*${text}`,
  String.raw`\bfail\([^;]*?,\s*"\w+"\s*,\s*${text}`,
  String.raw`\bFault[({]\s*"\w+"\s*,\s*${text}`,
  String.raw`\bfields\.push_back\(\{[^;]*?,\s*"\w+"\s*,\s*${text}`,
  String.raw`\bError[({]\s*\d{3}\s*,\s*"\w+"\s*,\s*${text}`,
].map((pattern) => new RegExp(pattern, "g"));

/** The sentences in a source file; of one that goes on with a value, what stands before it. */
function sentencesOf(source: string): { words: string; goesOn: boolean }[] {
  const found = sayings.flatMap((pattern) =>
    [...source.matchAll(pattern)].map(([, literals = "", next]) => ({
      words: [...literals.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => part).join(""),
      goesOn: next === "+",
    })),
  );
  const nouns = [...source.matchAll(/\bnot_found\(\s*"([^"]*)"/g)].map(([, noun]) => ({ words: `There is no such ${noun}.`, goesOn: false }));
  return [...found, ...nouns];
}

const sources = readdirSync(server, { recursive: true, encoding: "utf8" }).filter(
  (name) => /\.[ch]pp$/.test(name) && !name.endsWith("_test.cpp") && !programs.test(name),
);
const sentences = sources.flatMap((name) => sentencesOf(readFileSync(join(server, name), "utf8")));
const shown = sentences.filter(({ words }) => words && !toPrograms.some((pattern) => pattern.test(words)));

describe("what the server says", () => {
  it("is all known in Spanish", () => {
    expect(shown.length).toBeGreaterThan(200);
    const keys = Object.keys(said);
    const missing = shown.filter(({ words, goesOn }) => (goesOn ? !keys.some((key) => key.startsWith(words)) : inTheirWords(said, words) === words));
    expect([...new Set(missing.map(({ words }) => words))]).toEqual([]);
  });

  it("keeps its values", () => {
    for (const [english, spanish] of Object.entries(said)) {
      expect(names(spanish)).toEqual(names(english));
    }
    expect(inTheirWords(said, "must have at most 80 characters")).toBe("debe tener como máximo 80 caracteres");
    expect(inTheirWords(said, "has no variable {{rooms}} to fill")).toBe("no tiene la variable {{rooms}} para rellenar");
    expect(inTheirWords(said, "Nobody ever said this.")).toBe("Nobody ever said this.");
  });
});

describe("an error of the API", () => {
  afterEach(() => setLocale("en"));
  const problem = { detail: "Your role does not allow this.", errors: [{ field: "email", code: "invalid", message: "must be an e-mail address such as ana@example.com" }] };

  it("is told in the language of the page", async () => {
    expect(new ApiError(422, problem).message).toBe("Your role does not allow this.");
    await setLocale("es");
    const error = new ApiError(422, problem);
    expect(error.message).toBe("Tu rol no lo permite.");
    expect(error.fields[0]?.message).toBe("debe ser un correo como ana@example.com");
  });
});
