// The doors, the hub and the wizard in every dress, and what opens above a page: axe finds nothing, nothing sticks out, the budget
// is kept. The rooms of the console are in rooms.test.mjs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { findings } from "./axe.mjs";
import { Office, until } from "./office.mjs";
import { addAgency, desk, doors, drawn, faults, furnish, greta, look, phone } from "./sweep.mjs";

const scriptBudget = 250_000;

let office;
let world;
before(async () => {
  office = await Office.open();
  world = await furnish(office);
});
after(() => office?.stop());

test("the doors, and the start page", { timeout: 120_000 }, async () => {
  await office.visit("/login", { signedIn: false, bypassCSP: true }, async (page) => {
    assert.deepEqual(await look(page, [["/", "h1"], ...doors]), []);
  });
});

test("the wizard and the agency's hub", { timeout: 120_000 }, async () => {
  await office.visit("/onboarding", { bypassCSP: true }, async (page) => {
    assert.deepEqual(await look(page, [["/onboarding", "form"]]), []);
  });
  const { id } = await addAgency(office);
  await office.visit("/console", { as: greta, bypassCSP: true }, async (page) => {
    const hub = [
      ["/console/businesses", "[data-row], table, ul"],
      [`/console/businesses/${id}`, "dl"],
      ["/console/businesses?new=1", "[role=dialog]"],
      ["/console/settings/clients", "h2"],
    ];
    assert.deepEqual(await look(page, hub), []);
  });
});

test("a person's page on the phone, part by part", async () => {
  await office.visit(`/console/people/${world.client.id}`, { bypassCSP: true, viewport: phone }, async (page) => {
    await drawn(page, "ol li");
    for (const part of ["Tasks", "E-mails", "Facts", "Timeline"]) {
      await page.getByRole("radiogroup", { name: "Parts of the page" }).getByText(part, { exact: true }).click();
      assert.deepEqual(await faults(page, part), []);
      await page.setViewportSize(phone);
    }
  });
});

test("dialogs and menus without an address", { timeout: 120_000 }, async () => {
  const found = [];
  await office.visit(`/console/people/${world.client.id}`, { bypassCSP: true }, async (page) => {
    await drawn(page, "ol li");
    for (const item of ["Merge with another record", "Erase for good"]) {
      await page.getByRole("button", { name: "More about Julia Mercer" }).click();
      await page.getByRole("menuitem", { name: item }).click();
      await page.getByRole("dialog").waitFor();
      found.push(...(await faults(page, item)));
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
  });
  await office.visit("/console/people", { bypassCSP: true, viewport: desk }, async (page) => {
    await drawn(page, "[data-row]");
    await page.getByRole("checkbox").nth(1).check();
    await page.getByRole("button", { name: "Assign" }).click();
    await page.getByRole("menuitem", { name: "Nora Field" }).waitFor();
    found.push(...(await faults(page, "assign", ["region"]))); // an open menu hangs outside of the landmarks
  });
  await office.visit("/console/settings/security", { bypassCSP: true, viewport: desk }, async (page) => {
    await page.getByRole("button", { name: "Set up an app" }).waitFor();
    await office.sandbox("clock", { advance_seconds: 3600 }); // the sign-in is no fresh proof any more
    await page.getByRole("button", { name: "Set up an app" }).click();
    await page.getByRole("dialog").getByLabel("Current password").waitFor();
    found.push(...(await faults(page, "proof")));
  });
  assert.deepEqual(found, []);
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
