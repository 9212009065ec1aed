// Says how much script and style the first screen of the console loads, gzipped, and fails beyond the budget.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const budget = 250 * 1000;
const dist = (path) => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));
const html = readFileSync(dist("index.html"), "utf8");
const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]);
let script = 0;
for (const path of first) {
  const size = gzipSync(readFileSync(dist(path)), { level: 9 }).length;
  if (path.endsWith(".js")) script += size;
  console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${path}`);
}
console.log(`${(script / 1000).toFixed(1).padStart(7)} kB  script of the first screen, of ${budget / 1000}`);
if (script > budget) process.exit(1);
