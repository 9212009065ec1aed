import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { en } from "./en";
import { es } from "./es";

const groups = /^(stage|property_type|followup|channel|email_status|actor|field|reason|reason_with|event|event_bare|event_machine)\./;

/** The server's words in a language, in the console's form. */
function phrases(language: string): Map<string, string> {
  const file = join(import.meta.dirname, "../../../../templates/mail", language, "phrases.txt");
  const lines = readFileSync(file, "utf8").split("\n").filter((line) => groups.test(line));
  return new Map(
    lines.map((line) => {
      const key = Object.keys(en).find((known) => line.startsWith(`${known}: `)) ?? line;
      return [key, line.slice(key.length + 2).replaceAll(/\{\{(\w+)\}\}/g, "{$1}")];
    }),
  );
}

describe("papers say what the console says", () => {
  it.each([
    ["en", en as Record<string, unknown>],
    ["es", es as Record<string, unknown>],
  ] as const)("in %s", (language, catalog) => {
    const said = phrases(language);
    const events = Object.keys(en).filter((key) => /^(event|event_bare|event_machine|email_status|followup)\./.test(key));
    expect(events.filter((key) => !said.has(key))).toEqual([]);
    for (const [key, words] of said) expect([key, words]).toEqual([key, catalog[key]]);
  });
});
