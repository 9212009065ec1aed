// The doors in every dress, and what opens above a page: axe finds nothing, nothing sticks out, the budget is kept.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { findings, findingsInTheDark, tooWide } from "./axe.mjs";
import { Office, owner, until } from "./office.mjs";

const scriptBudget = 250_000;
const desk = { width: 1440, height: 900 };
const phone = { width: 360, height: 740 };

let office;

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
  const toClients = async () => (await office.outbox()).filter(({ to }) => to !== owner.email);
  await until("mail is out", async () => (await toClients()).length === 2);
  for (const { message_id } of await toClients()) {
    await office.sandbox("email-events", { message_id, events: ["delivered", "open", "click"], url: "https://example.com/x" });
  }
});
after(() => office?.stop());

/** What is wrong with a page that is open and drawn: in light and dark, at a desk and on a phone. The colours of the dark are the
 *  same on both. */
async function faults(page, where) {
  const found = [];
  for (const [name, size] of Object.entries({ phone, desk })) {
    await page.setViewportSize(size);
    const here = await findings(page);
    if (name === "desk") here.push(...(await findingsInTheDark(page)));
    const wide = await tooWide(page);
    if (wide > 0) here.push(`${wide} pixels too wide`);
    found.push(...here.map((words) => `${where}, ${name}: ${words}`));
  }
  return found;
}

async function drawn(page, sign) {
  await page.locator(`${sign} >> nth=0`).waitFor();
  await until(`${page.url()} is drawn`, async () => (await page.locator("[role=status][aria-label]").count()) === 0);
}

async function look(page, rooms) {
  const found = [];
  for (const [path, sign] of rooms) {
    await page.goto(path);
    try {
      await drawn(page, sign);
    } catch {
      found.push(`${path} is not drawn`);
      continue;
    }
    found.push(...(await faults(page, path)));
  }
  return found;
}

test("the doors, and the start page", { timeout: 120_000 }, async () => {
  const doors = [
    ["/", "h1"],
    ["/login", "form"],
    ["/signup", "form"],
    ["/forgot-password", "form"],
    ["/reset-password?token=nothing", "h1"],
    ["/verify-email?token=nothing", "h1"],
    ["/onboarding/nothing", "h1"],
    ["/join/nothing", "h1"],
  ];
  await office.visit("/login", { signedIn: false, bypassCSP: true }, async (page) => {
    assert.deepEqual(await look(page, doors), []);
  });
});

test("open menus, palette, cheat sheet and popovers", async () => {
  await office.visit("/console/tasks", { bypassCSP: true }, async (page) => {
    await page.locator("[data-row]").first().waitFor();
    await page.getByRole("button", { name: /^Another time/ }).first().click();
    await page.getByRole("dialog").getByText("In an hour").waitFor();
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /Nora Field/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
    // An open menu hangs outside of the landmarks.
    assert.deepEqual(await findings(page, ["region"]), []);
    await page.keyboard.press("Escape");
    await until("the menu is closed", async () => (await page.getByRole("menu").count()) === 0);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys on this page" }).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press("Escape");
    await until("the sheet is closed", async () => (await page.getByRole("dialog").count()) === 0);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Find a person, a page or an action" }).fill("jul");
    await page.getByRole("option", { name: /Julia Mercer/ }).waitFor();
    assert.deepEqual(await findings(page), []);
  });
});

test("the look that was chosen is there before the first paint", async () => {
  await office.visit("/console/settings/preferences", { colorScheme: "light" }, async (page, context) => {
    const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
    await page.getByText("Dark", { exact: true }).click();
    await until("dark", async () => (await scheme()) === "dark");
    await page.route("**/assets/index-*.js", (route) => route.abort());
    await page.reload({ waitUntil: "commit" });
    await until("dark without the app", async () => (await scheme()) === "dark");
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const [red] = ground.match(/\d+/g).map(Number);
    assert.ok(red < 60, ground);
    const another = await context.newPage();
    await another.goto("/console/settings/preferences");
    await another.getByRole("button", { name: "Español" }).click();
    await another.getByRole("heading", { level: 1, name: "Ajustes" }).waitFor();
    await another.reload();
    await another.getByRole("heading", { level: 1, name: "Ajustes" }).waitFor();
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
  await page.goto("/console");
  await page.locator("[data-row]").first().waitFor();
  let total = 0;
  for (const body of scripts.values()) total += gzipSync(await body, { level: 9 }).length;
  assert.ok(total > 50_000 && total <= scriptBudget, `${total} bytes`);
  await context.close();
});
