// What axe finds in a page, in light and in dark.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Only what is wrong is wanted, and the frames are mails, which are looked at elsewhere. */
const brief = { resultTypes: ["violations"], preload: false, iframes: false };

async function violations(page, runOnly, but = []) {
  const rules = Object.fromEntries(but.map((rule) => [rule, { enabled: false }]));
  const found = await page.evaluate((options) => globalThis.axe.run(document, options), { runOnly, rules, ...brief });
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target, html }) => `${target.join(" ")} ${html.slice(0, 120)}`).join(" | ")}`,
  );
}

/** Colours change at once, and what fades in is there. */
const still = "*, *::before, *::after { transition: none !important; animation: none !important; }";

/** Axe is put into the page by the test: the window wants `bypassCSP`. */
export async function findings(page, but = []) {
  if (!(await page.evaluate(() => "axe" in globalThis))) {
    await page.addStyleTag({ content: still });
    await page.evaluate(axe);
  }
  return violations(page, standards, but);
}

async function paint(page, scheme) {
  await page.emulateMedia({ colorScheme: scheme });
  await page.waitForFunction((wanted) => (document.documentElement.dataset.mantineColorScheme ?? wanted) === wanted, scheme);
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
