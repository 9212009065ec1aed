// What axe finds in a page, in light and in dark.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function violations(page, runOnly, but = []) {
  const rules = Object.fromEntries(but.map((rule) => [rule, { enabled: false }]));
  const found = await page.evaluate((options) => globalThis.axe.run(document, options), { runOnly, rules, resultTypes: ["violations"] });
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target, html }) => `${target.join(" ")} ${html.slice(0, 120)}`).join(" | ")}`,
  );
}

/** Axe is put into the page by the test: the window wants `bypassCSP`. */
export async function findings(page, but = []) {
  await page.evaluate(axe);
  return violations(page, standards, but);
}

async function paint(page, scheme) {
  await page.emulateMedia({ colorScheme: scheme });
  await page.waitForFunction((wanted) => (document.documentElement.dataset.mantineColorScheme ?? wanted) === wanted, scheme);
  // It is painted, and what moves between two colours has arrived.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})));
  });
}

/** The colours once more, in the dark. */
export async function findingsInTheDark(page) {
  await paint(page, "dark");
  const found = await violations(page, { type: "rule", values: ["color-contrast"] });
  await paint(page, "light");
  return found.map((words) => `dark: ${words}`);
}

/** How far the page is wider than the window. */
export const tooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
