// Checks who may import whom in src/, and that no words for people stand outside the catalogues.
//
//   api, lib, ui  ->  features/<noun>  ->  app  ->  main.tsx      (an arrow reads "may be used by")
//
// ui may use lib and api, lib may use api; features never use each other. Components stay within 150 lines.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const src = fileURLToPath(new URL("../src", import.meta.url));
const maxLines = 150;
const levels = { api: 0, lib: 1, ui: 2, features: 3, app: 4, "main.tsx": 5 };
const spoken = /\b(?:aria-label|title|label|placeholder|description|alt)="[^"]*[A-Za-z]{2}[^"]*"/;
const faults = [];

const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

const place = (file) => relative(src, file).split("/");

function target(from, specifier) {
  if (specifier.startsWith("@/")) return join(src, specifier.slice(2));
  if (specifier.startsWith(".")) return resolve(dirname(from), specifier);
  return null;
}

for (const file of files) {
  const name = relative(src, file);
  const text = readFileSync(file, "utf8");
  const [area, feature] = place(file);
  if (levels[area] === undefined) faults.push(`${name}: belongs in none of ${Object.keys(levels).join(", ")}`);
  if (!/^[a-z0-9.-]+$/.test(name.split("/").pop())) faults.push(`${name}: file names are kebab-case`);

  for (const [, specifier] of text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
    const to = target(file, specifier);
    if (!to) continue;
    const [toArea, toFeature] = place(to);
    if (levels[toArea] > levels[area]) faults.push(`${name}: ${area} may not use ${toArea} (${specifier})`);
    if (area === "features" && toArea === "features" && toFeature !== feature) {
      faults.push(`${name}: features do not use each other (${specifier})`);
    }
  }

  if (!file.endsWith(".tsx")) continue;
  const lines = text.split("\n");
  if (lines.length > maxLines + 1) faults.push(`${name}: ${lines.length - 1} lines, ${maxLines} are the most`);
  if (file.endsWith(".test.tsx")) continue;
  lines.forEach((line, index) => {
    if (spoken.test(line)) faults.push(`${name}:${index + 1}: words for people belong in the catalogues: ${line.trim()}`);
  });
}

if (faults.length) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(`boundaries: ${files.length} files keep to their places`);
