// Every page, in every dress: light, dark, phone, Spanish. Axe finds nothing, nothing sticks out, the budget is kept.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { Office, until } from "./office.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const scriptBudget = 250_000;

let office;
let pages;

before(async () => {
  office = await Office.open();
  const client = await office.addClient("Julia Mercer", {
    phone: "+14155550177",
    tags: ["buyer", "first home", "relocation"],
    notes: "Prefers the evening.",
    zone: "America/Denver",
    custom_fields: { budget: 640_000 },
  });
  await office.addClient("Leo Nakamura", { stage: "under_contract" });
  await office.api("POST", "/api/tasks", {
    client_id: client.id,
    followup_type: "Custom",
    scheduled_for: "2027-02-28T15:00:00Z",
    priority: "high",
    mode: "manual",
    channel: "call",
    notes: "Ask about the inspection.",
  });
  await office.sandbox("clock", { advance_seconds: 86_400 });
  await until("mail is out", async () => (await office.outbox()).length === 2);
  for (const { message_id } of await office.outbox()) {
    await office.sandbox("email-events", { message_id, events: ["delivered", "open", "click"], url: "https://example.com/x" });
  }
  const email = await until("it was clicked", async () => (await office.api("GET", "/api/emails?status=clicked")).items[0]);
  pages = [
    ["/console/dashboard", ".recharts-surface"],
    ["/console/people", "[data-row]"],
    ["/console/people?q=nobodyatall", "main p"],
    ["/console/pipeline", "[data-row]"],
    ["/console/people?new=1", "[role=dialog]"],
    [`/console/people/${client.id}`, "ol li"],
    [`/console/people/${client.id}?compose=1`, "[role=dialog]"],
    ["/console/people/duplicates", "main p"],
    ["/console/people/trash", "main p"],
    ["/console/tasks", "[data-row]"],
    ["/console/tasks?new=1", "[role=dialog]"],
    ["/console/tasks?view=calendar", ".mantine-Schedule-root, [class*=Schedule]"],
    ["/console/today", "[data-row]"],
    ["/console/settings/stage-rules", "h2"],
    ["/console/settings/stage-rules?rule=1", "[role=dialog]"],
    ["/console/journeys", "ol li"],
    ["/console/journeys?show=in_progress", "[data-row]"],
    ["/console/journeys/new", "fieldset"],
    ["/console/journeys/00000000-0000-7000-8000-000000000001", "fieldset"],
    ["/console/approvals", "h1"],
    ["/console/emails", "[data-row]"],
    [`/console/emails/${email.id}`, "iframe"],
    ["/console/settings/profile", "dl"],
    ["/console/settings/preferences", "[role=switch]"],
    ["/console/settings/fields", "h2"],
    ["/console/settings/tags", "h2"],
    ["/console/settings/api-keys", "h2"],
    ["/console/settings/api-keys?new=1", "[role=dialog]"],
    ["/console/settings/notifications", "[role=radiogroup]"],
    ["/console/settings/letters", "h2"],
    ["/console/settings/letter-templates", "h2"],
    ["/console/settings/letter-templates?template=sign_in_code", "[role=dialog]"],
    ["/console/settings/security-log", "h2"],
    ["/console/settings/failed-work", "h2"],
    ["/console/nowhere", "h1"],
  ];
});
after(() => office?.stop());

async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly }), standards);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(" | ")}`);
}

const tooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const dresses = {
  "light, wide": { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "a phone of 360 pixels": { viewport: { width: 360, height: 740 }, hasTouch: true },
  "Spanish, on a small laptop": { viewport: { width: 1100, height: 760 }, locale: "es-MX" },
};

for (const [name, options] of Object.entries(dresses)) {
  test(`every page: ${name}`, async () => {
    // Axe is put into the page by the test, which the content security policy would refuse.
    await office.visit("/login", { ...options, signedIn: false, bypassCSP: true }, async (page) => {
      await page.getByRole("button", { name: /Sign in|Entrar/ }).waitFor();
      assert.deepEqual(await findings(page), []);
    });
    await office.visit("/console", { ...options, bypassCSP: true }, async (page) => {
      for (const [path, sign] of pages) {
        await page.goto(path);
        await page.locator(`${sign} >> nth=0`).waitFor();
        await page.locator("[role=status][aria-label]").waitFor({ state: "detached" });
        assert.deepEqual(await findings(page), [], path);
        assert.ok((await tooWide(page)) <= 0, `${path} is too wide`);
      }
      const language = options.locale ? "es" : "en";
      assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    });
  });
}

test("open menus, palette, cheat sheet and popovers", async () => {
  await office.visit("/console/tasks", { bypassCSP: true }, async (page) => {
    await page.locator("[data-row]").first().waitFor();
    await page.getByRole("button", { name: /^Another time/ }).first().click();
    await page.getByRole("dialog").getByText("In an hour").waitFor();
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /Nora Field/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press("Escape");
    await until("the menu is closed", async () => (await page.getByRole("menu").count()) === 0);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys on this page" }).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("jul");
    await page.getByRole("option", { name: /Julia Mercer/ }).waitFor();
    assert.deepEqual(await findings(page), []);
  });
});

test("the look that was chosen is there before the first paint", async () => {
  await office.visit("/console/settings/preferences", { colorScheme: "light" }, async (page) => {
    const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
    await page.getByRole("radio", { name: "Dark" }).check({ force: true });
    await until("dark", async () => (await scheme()) === "dark");
    await page.route("**/assets/index-*.js", (route) => route.abort());
    await page.reload({ waitUntil: "commit" });
    await until("dark without the app", async () => (await scheme()) === "dark");
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const [red] = ground.match(/\d+/g).map(Number);
    assert.ok(red < 60, ground);
    await page.unroute("**/assets/index-*.js");
    await page.goto("/console/settings/preferences");
    await page.getByRole("button", { name: "Español" }).click();
    await page.getByRole("heading", { level: 1, name: "Ajustes" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Ajustes" }).waitFor();
  });
});

test("each number tells how it is counted", async () => {
  await office.visit("/console/dashboard", {}, async (page) => {
    await page.getByRole("button", { name: /^Opened:/ }).focus();
    await page.getByRole("tooltip").getByText(/Machines do not count/).waitFor();
    await page.getByText("Show as a table").click();
    await page.getByRole("table", { name: "Day by day" }).getByRole("columnheader", { name: "E-mails sent" }).waitFor();
  });
});

test("the first screen's script keeps its budget", async () => {
  const context = await office.window();
  const page = await context.newPage();
  const scripts = new Map();
  page.on("response", (answer) => {
    if (answer.request().resourceType() === "script") scripts.set(new URL(answer.url()).pathname, answer.body());
  });
  await page.goto("/console/dashboard");
  await page.locator("[data-kpi]").first().waitFor();
  let total = 0;
  for (const [path, body] of scripts) {
    // The charts come on the side, after the page is there.
    if (!/trends-chart/.test(path)) total += gzipSync(await body, { level: 9 }).length;
  }
  assert.ok(total > 50_000 && total <= scriptBudget, `${total} bytes`);
  await context.close();
});
