// Every page in Spanish on the phone: no key of the catalogue, no English words where there are Spanish ones, nothing sticks out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { Office } from "./office.mjs";
import { addAgency, doors, drawn, furnish, greta, overhang, phone, rooms } from "./sweep.mjs";

const catalogue = async (language) => {
  const path = fileURLToPath(new URL(`../../web/src/lib/i18n/${language}/index.ts`, import.meta.url));
  return (await runnerImport(path, { configFile: false, logLevel: "error" })).module[language];
};
const texts = (message) => (typeof message === "string" ? [message] : [message.one, message.other]);
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** What is said between placeholders; without letters nobody can tell the languages apart. */
const telling = (text) => /\p{L}{3}/u.test(text.replace(/\{\w+\}/g, ""));
/** What a message looks like on a page. */
const form = (text) => new RegExp(`^${text.split(/\{\w+\}/).map(escaped).join("(.+?)")}$`, "u");

/** A language's own name in the switch, and the columns of somebody's file. */
const own = ["English", "name", "address"];

let office;
let world;
let isEnglish;
let isKey;
before(async () => {
  const [en, es] = await Promise.all(["en", "es"].map(catalogue));
  const spanish = Object.values(es).flatMap(texts).filter(telling).map(form);
  const english = Object.values(en).flatMap(texts).filter(telling).map(form);
  // What Spanish says as well ("Total") is Spanish.
  isEnglish = (text) => !own.includes(text) && english.some((one) => one.test(text)) && !spanish.some((one) => one.test(text));
  isKey = (text) => Object.hasOwn(en, text);
  assert.ok(isEnglish("Merge with another record") && isEnglish("Leo Nakamura was added") && !isEnglish("Personas"));
  office = await Office.open();
  world = await furnish(office);
});
after(() => office?.stop());

/** What a page says: to the eye, and to a screen reader. */
const said = (page) =>
  page.evaluate(() => {
    const found = new Set([document.title]);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement: element, data } = walker.currentNode;
      if (!["SCRIPT", "STYLE", "TEXTAREA"].includes(element.tagName) && data.trim()) found.add(data.trim());
    }
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) found.add(element.getAttribute(name).trim());
    }
    return [...found];
  });

async function look(page, list) {
  const found = [];
  for (const [path, sign] of list) {
    await page.goto(path);
    await drawn(page, sign);
    assert.equal(await page.evaluate(() => document.documentElement.lang), "es", path);
    const wide = await overhang(page);
    if (wide > 0) found.push(`${path}: ${wide} pixels too wide`);
    for (const text of await said(page)) if (isKey(text) || isEnglish(text)) found.push(`${path}: ${text}`);
  }
  return found;
}

const mexican = { viewport: phone, locale: "es-MX" };

test("every page of the console", { timeout: 180_000 }, async () => {
  await office.visit("/console", mexican, async (page) => assert.deepEqual(await look(page, rooms(world)), []));
});

test("the doors, the wizard and the hub", { timeout: 60_000 }, async () => {
  await office.visit("/login", { ...mexican, signedIn: false }, async (page) => assert.deepEqual(await look(page, doors), []));
  await office.visit("/onboarding", mexican, async (page) => assert.deepEqual(await look(page, [["/onboarding", "form"]]), []));
  const { id } = await addAgency(office);
  const hub = [
    ["/console/businesses", "[data-row], table, ul"],
    [`/console/businesses/${id}`, "dl"],
    ["/console/businesses?new=1", "[role=dialog]"],
    ["/console/settings/clients", "h2"],
  ];
  await office.visit("/console", { ...mexican, as: greta }, async (page) => assert.deepEqual(await look(page, hub), []));
});
