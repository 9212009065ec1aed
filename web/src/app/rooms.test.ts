import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { later } from "@/lib/i18n/en/later";

const src = resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(file, "utf8");
/** The files that list the rooms: what they load, only the rooms marked as first load at once. */
const lists = new Set([join(src, "app/rooms.ts"), join(src, "app/router.tsx")]);

function fileOf(name: string, from: string): string | undefined {
  const path = name.startsWith("@/") ? join(src, name.slice(2)) : resolve(dirname(from), name);
  return [`${path}.ts`, `${path}.tsx`].find((file) => existsSync(file));
}

function importsOf(file: string): string[] {
  const text = read(file);
  const loaded = lists.has(file)
    ? text.split("\n").filter((line) => !line.includes("import(") || line.includes('"first words"'))
    : [text];
  return [...loaded.join("\n").matchAll(/(?:from|import\() ?"([@.]\/[^"]+|\.\.\/[^"]+)"/g)].map((match) => match[1] ?? "");
}

/** What is run before a room has asked for the later words. */
function firstFiles(): string[] {
  const found = new Set([join(src, "main.tsx")]);
  for (const file of found) {
    for (const name of importsOf(file)) {
      const next = fileOf(name, file);
      if (next && !/\/i18n\/|types\.gen/.test(next)) found.add(next);
    }
  }
  return [...found];
}

const laterKeys = Object.keys(later);
/** Groups whose words are looked up by a name that comes at run time. */
const prefixes = (text: string) => [
  ...[...text.matchAll(/`([a-z_]+(?:\.[a-z_]+)*[._])\$\{/g)].map((match) => match[1] ?? ""),
  ...[...text.matchAll(/\blabel\(\s*"([\w.]+)"/g)].map((match) => `${match[1]}.`),
];

describe("the first rooms", () => {
  const files = firstFiles();

  it("are found with what they are made of", () => {
    for (const file of ["app/nav.tsx", "features/today/today-card.tsx", "features/people/people-table.tsx", "ui/happening.ts"]) {
      expect(files).toContain(join(src, file));
    }
    expect(files).not.toContain(join(src, "features/hub/businesses-page.tsx"));
  });

  it.each(files.map((file) => [file.slice(src.length + 1), file]))("%s says nothing of the later words", (_, file) => {
    const text = read(file);
    const groups = prefixes(text);
    const ofGroup = (key: string) => groups.some((group) => key.startsWith(group) && !key.slice(group.length).includes("."));
    expect(laterKeys.filter((key) => text.includes(`"${key}"`) || ofGroup(key))).toEqual([]);
  });
});
