// How the console behaves: edits at once and rolled back with a reason, deletes with undo, filters in the URL, the four states.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Office, until } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open();
});
after(() => office?.stop());

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const rows = (page) => page.getByRole("table", { name: "People" }).locator("[data-row]");
const fact = (page, label) => page.getByRole("button", { name: new RegExp(`^Change ${label}:`) });

async function edit(page, label, value) {
  await fact(page, label).click();
  const field = page.getByRole("textbox", { name: label, exact: true });
  await field.fill(value);
  await field.press("Enter");
}

test("an edit shows at once and stays", async () => {
  const client = await office.addClient("Daniel Whitfield");
  await office.visit(`/console/people/${client.id}`, {}, async (page) => {
    await heading(page, "Daniel Whitfield");
    let release;
    const held = new Promise((done) => (release = done));
    await page.route(`**/api/clients/${client.id}`, async (route) => {
      if (route.request().method() === "PATCH") await held;
      await route.continue();
    });
    await edit(page, "Name", "Daniel P. Whitfield");
    await heading(page, "Daniel P. Whitfield");
    release();
    await until("the server has it", async () => (await office.api("GET", `/api/clients/${client.id}`)).name === "Daniel P. Whitfield");
    await fact(page, "Tags").click();
    await page.keyboard.type("seller, downsizing");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await fact(page, "Tags").getByText("downsizing").waitFor();
    await page.reload();
    await heading(page, "Daniel P. Whitfield");
    await page.getByText("downsizing").waitFor();
  });
});

test("a refused edit is rolled back with the reason", async () => {
  const client = await office.addClient("Elena Castellanos", { phone: "+14155550142" });
  await office.visit(`/console/people/${client.id}`, {}, async (page) => {
    await fact(page, "Phone").filter({ hasText: "(415) 555-0142" }).waitFor();
    await edit(page, "Phone", "call me");
    await page.getByText("Elena Castellanos was not changed").waitFor();
    await page.getByText(/^Phone must/).waitFor();
    await fact(page, "Phone").filter({ hasText: "(415) 555-0142" }).waitFor();
  });
});

test("an edit of the same fact elsewhere is not overwritten unasked", async () => {
  const client = await office.addClient("Priya Raman");
  await office.visit(`/console/people/${client.id}`, { deaf: true }, async (page) => {
    await heading(page, "Priya Raman");
    await office.api("PATCH", `/api/clients/${client.id}`, { notes: "Called on Sunday." });
    await edit(page, "Property address", "9 Larch Ct, Boone, NC 28607");
    await until("another fact goes through", async () => {
      const now = await office.api("GET", `/api/clients/${client.id}`);
      return now.property_address.startsWith("9 Larch") && now.notes === "Called on Sunday.";
    });
    await fact(page, "Notes").filter({ hasText: "Called on Sunday." }).waitFor();

    await office.api("PATCH", `/api/clients/${client.id}`, { name: "Priya R. Raman" });
    await edit(page, "Name", "Dr Priya Raman");
    await page.getByText("Priya Raman was changed by someone else").waitFor();
    await heading(page, "Priya R. Raman");
    await page.getByRole("button", { name: "Use mine" }).click();
    await until("mine wins when asked", async () => (await office.api("GET", `/api/clients/${client.id}`)).name === "Dr Priya Raman");
  });
});

test("a deleted person can be had back", async () => {
  const client = await office.addClient("Tom Becker");
  await office.visit(`/console/people/${client.id}`, {}, async (page) => {
    await page.getByRole("button", { name: "More about Tom Becker" }).click();
    await page.getByRole("menuitem", { name: "Delete this person" }).click();
    await page.getByText("Tom Becker was deleted").waitFor();
    await until("gone from the list", async () => (await rows(page).filter({ hasText: "Tom Becker" }).count()) === 0);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("1 person is back").waitFor();
    await rows(page).filter({ hasText: "Tom Becker" }).waitFor();
    const { items } = await office.api("GET", `/api/clients/${client.id}/tasks`);
    assert.equal(items.filter((task) => task.status === "pending").length, 5);
  });
});

test("the list is searched, filtered, sorted and shared by its address", async () => {
  await office.addClient("Grace Lindqvist", { stage: "negotiating", tags: ["investor"] });
  await office.addClient("Victor Moreau", { stage: "closed" });
  await office.visit("/console/people", {}, async (page) => {
    await rows(page).first().waitFor();
    await page.getByRole("searchbox", { name: "Search people" }).fill("lindq");
    await until("one is found", async () => (await rows(page).count()) === 1);
    assert.match(page.url(), /q=lindq/);
    await page.getByText("1 person", { exact: true }).waitFor();
    await page.getByRole("searchbox").fill("");
    await until("the search is over", async () => (await rows(page).count()) > 1);
    await page.getByRole("group", { name: "Stage", exact: true }).getByRole("button", { name: "Closed" }).click();
    await rows(page).filter({ hasText: "Victor Moreau" }).waitFor();
    await until("only the closed", async () => (await rows(page).count()) === 1);
    await page.reload();
    await rows(page).filter({ hasText: "Victor Moreau" }).waitFor();
    assert.equal(await rows(page).count(), 1);
    await page.goto("/console/people?sort=name");
    await rows(page).first().waitFor();
    const names = await rows(page).locator("[data-row-link]").allTextContents();
    assert.deepEqual(names, names.toSorted((a, b) => a.localeCompare(b, "en")));
    await page.getByRole("button", { name: "Show only people tagged investor" }).click();
    await until("only the tagged", async () => (await rows(page).count()) === 1);
    await page.goto("/console/people?q=nobodyatall");
    await page.getByText("Nobody matches").waitFor();
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await until("all are back", async () => (await rows(page).count()) > 3);
  });
});

test("a long list grows along its cursors", async () => {
  const letter = (index) => String.fromCharCode(97 + index);
  for (let index = 0; index < 60; index += 10) {
    const ten = Array.from({ length: 10 }, (_, step) => index + step);
    await Promise.all(ten.map((number) => office.addClient(`Numbered Person ${letter(Math.floor(number / 26))}${letter(number % 26)}`)));
  }
  await office.visit("/console/people?q=numbered", {}, async (page) => {
    await page.getByText("60 people", { exact: true }).waitFor();
    assert.equal(await rows(page).count(), 50);
    await page.getByText("50 of 60").waitFor();
    await rows(page).last().scrollIntoViewIfNeeded();
    await page.getByText("60 of 60").waitFor();
    assert.equal(await rows(page).count(), 60);
    assert.equal(new Set(await rows(page).locator("[data-row-link]").allTextContents()).size, 60);
  });
});

test("many are moved and deleted at once, and brought back", async () => {
  await office.visit("/console/people?q=numbered person b", {}, async (page) => {
    await page.getByRole("checkbox", { name: "Choose all that are shown" }).click();
    const bar = page.getByRole("region", { name: "With the chosen rows" });
    const total = await rows(page).count();
    await bar.getByText(`${total} chosen`).waitFor();
    await bar.getByRole("button", { name: "Move to stage" }).click();
    await page.getByRole("menuitem", { name: "Under contract" }).click();
    await page.getByText(`${total} people moved to Under contract`).waitFor();
    await until("the server moved them", async () => {
      const { total: moved } = await office.api("GET", "/api/clients?stage=under_contract&q=numbered");
      return moved === total;
    });
    await page.getByRole("checkbox", { name: "Choose all that are shown" }).click();
    await bar.getByRole("button", { name: "Delete" }).click();
    await page.getByText("Nobody matches").waitFor();
    await page.getByRole("alert").filter({ hasText: "deleted" }).getByRole("button", { name: "Undo" }).click();
    await until("all are back", async () => (await rows(page).count()) === total);
  });
});
