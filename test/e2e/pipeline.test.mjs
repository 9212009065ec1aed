// The pipeline as a board: dragged, moved by menu and by key, live, and shared with the list by its address.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Office, sequence, until } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open();
});
after(() => office?.stop());

const column = (page, name) => page.getByRole("region", { name, exact: true });
const cards = (page, name) => column(page, name).locator("[data-row]");
const card = (page, stage, name) => cards(page, stage).filter({ hasText: name });
const stageOf = async ({ id }) => (await office.api("GET", `/api/clients/${id}`)).stage;
const namesIn = (page, stage) => cards(page, stage).locator("[data-row-link]").allTextContents();
const focused = (page) => page.evaluate(() => document.activeElement?.textContent ?? "");

test("a card is dragged to another stage, and taken back", async () => {
  const client = await office.addClient("Amara Nwosu");
  await office.addClient("Bela Kovacs", { stage: "negotiating" });
  await office.visit("/console/pipeline", {}, async (page) => {
    await card(page, "Lead", "Amara Nwosu").dragTo(column(page, "Negotiating"));
    await page.getByText("1 person moved to Negotiating").waitFor();
    await card(page, "Negotiating", "Amara Nwosu").waitFor();
    assert.equal(await card(page, "Lead", "Amara Nwosu").count(), 0);
    assert.equal(await stageOf(client), "negotiating");
    await until("the column counts two", async () => (await column(page, "Negotiating").locator("header").textContent()).endsWith("2"));
    await page.getByRole("button", { name: "Undo" }).click();
    await card(page, "Lead", "Amara Nwosu").waitFor();
    await until("back on the server", async () => (await stageOf(client)) === "lead");
  });
});

test("a move is shown at once, and rolled back with the reason when refused", async () => {
  await office.addClient("Dora Lang");
  await office.visit("/console/pipeline", {}, async (page) => {
    let release;
    const held = new Promise((done) => (release = done));
    await page.route("**/api/clients/*", async (route) => {
      await held;
      await route.fulfill({
        status: 403,
        contentType: "application/problem+json",
        body: JSON.stringify({ type: "about:blank", title: "Forbidden", status: 403, code: "forbidden", detail: "Not yours to move.", request_id: "r" }),
      });
    });
    await card(page, "Lead", "Dora Lang").getByRole("button", { name: /^Dora Lang: Lead/ }).click();
    await page.getByRole("menuitem", { name: "Closed" }).click();
    await card(page, "Closed", "Dora Lang").waitFor();
    release();
    await page.getByText("The stage was not changed").waitFor();
    await page.getByText("Not yours to move.").waitFor();
    await card(page, "Lead", "Dora Lang").waitFor();
  });
});

test("by key: along, across, and a card taken along", async () => {
  const client = await office.addClient("Chidi Obi", { stage: "under_contract" });
  await office.visit("/console/people", {}, async (page) => {
    await page.getByRole("heading", { level: 1, name: "People" }).waitFor();
    await sequence(page, "g", "b");
    await page.getByRole("heading", { level: 1, name: "Pipeline" }).waitFor();
    await card(page, "Under contract", "Chidi Obi").waitFor();
    await cards(page, "Lead").first().waitFor();
    await cards(page, "Negotiating").first().waitFor();
    await page.keyboard.press("j");
    assert.equal(await focused(page), "Dora Lang");
    await page.keyboard.press("j");
    assert.equal(await focused(page), "Amara Nwosu");
    await page.keyboard.press("l");
    assert.equal(await focused(page), "Bela Kovacs");
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(page), "Chidi Obi");
    await page.keyboard.press(">");
    await card(page, "Closed", "Chidi Obi").waitFor();
    await until("the focus came along", async () => (await focused(page)) === "Chidi Obi");
    await until("moved", async () => (await stageOf(client)) === "closed");
    await page.keyboard.press("<");
    await card(page, "Under contract", "Chidi Obi").waitFor();
    await until("moved back", async () => (await stageOf(client)) === "under_contract");
    await until("the focus came along again", async () => (await focused(page)) === "Chidi Obi");
    await page.keyboard.press("s");
    await page.getByRole("menuitem", { name: "Lost" }).press("Enter");
    await card(page, "Lost", "Chidi Obi").waitFor();
    await until("lost", async () => (await stageOf(client)) === "lost");
  });
});

test("what others move moves here, and the search goes with one to the list", async () => {
  const client = await office.addClient("Esra Demir");
  await office.visit("/console/pipeline?q=esra", {}, async (page) => {
    await card(page, "Lead", "Esra Demir").waitFor();
    await until("only she is shown", async () => (await page.locator("[data-row]").count()) === 1);
    await office.api("PATCH", `/api/clients/${client.id}`, { stage: "under_contract" });
    await card(page, "Under contract", "Esra Demir").waitFor();
    await page.getByRole("navigation", { name: "Layout" }).getByRole("link", { name: "List" }).click();
    await page.waitForURL("**/console/people?q=esra");
    await page.getByRole("table", { name: "People" }).getByRole("link", { name: "Esra Demir" }).waitFor();
  });
});

test("people are put in order by hand: dropped between two, seen elsewhere, taken back", async () => {
  const people = [];
  for (const name of ["Ida Berg", "Jon Vale", "Kim Soto"]) people.push(await office.addClient(name, { stage: "under_contract" }));
  const order = async () => (await office.api("GET", "/api/pipeline/under_contract")).items.map(({ name }) => name);
  const shown = async (page) => (await namesIn(page, "Under contract")).filter((name) => people.some((client) => client.name === name));
  const is = (expected) => async (page) => {
    await until(`shown as ${expected}`, async () => (await shown(page)).join() === expected);
    await until(`kept as ${expected}`, async () => (await order()).filter((name) => expected.includes(name)).join() === expected);
  };
  const [before, after, undone] = [is("Kim Soto,Jon Vale,Ida Berg"), is("Jon Vale,Kim Soto,Ida Berg"), is("Kim Soto,Jon Vale,Ida Berg")];
  await office.visit("/console/pipeline", {}, async (page) => {
    await office.visit("/console/pipeline", {}, async (other) => {
      await before(page);
      await before(other);
      await card(page, "Under contract", "Kim Soto").dragTo(card(page, "Under contract", "Ida Berg"), { targetPosition: { x: 60, y: 10 } });
      await page.getByText("Kim Soto has another place in Under contract").waitFor();
      await after(page);
      await after(other);
      await page.getByRole("button", { name: "Undo" }).click();
      await undone(page);
      await undone(other);
    });
    // Into another column, right where it is let go.
    const lead = await office.addClient("Lars Moen", { stage: "lead" });
    await card(page, "Lead", "Lars Moen").dragTo(card(page, "Under contract", "Ida Berg"), { targetPosition: { x: 60, y: 10 } });
    await until("between the two", async () => (await order()).join().includes("Jon Vale,Lars Moen,Ida Berg"));
    assert.equal(await stageOf(lead), "under_contract");
  });
});

test("people are put in order by key and by menu", async () => {
  for (const name of ["Mia Roth", "Noa Levi", "Ola Dahl"]) await office.addClient(name, { stage: "lost" });
  const order = async () => (await office.api("GET", "/api/pipeline/lost")).items.map(({ name }) => name).filter((name) => /Mia|Noa|Ola/.test(name)).join();
  await office.visit("/console/pipeline", {}, async (page) => {
    await card(page, "Lost", "Ola Dahl").getByRole("link").focus();
    await page.keyboard.press("Alt+ArrowDown");
    await until("down", async () => (await order()) === "Noa Levi,Ola Dahl,Mia Roth");
    await until("the focus came along", async () => (await focused(page)) === "Ola Dahl");
    await sequence(page, "Alt+ArrowDown", "Alt+ArrowUp", "Alt+ArrowUp");
    await until("back up", async () => (await order()) === "Ola Dahl,Noa Levi,Mia Roth");
    await card(page, "Lost", "Ola Dahl").getByRole("button", { name: /^Ola Dahl: Lost/ }).click();
    assert.equal(await page.getByRole("menuitem", { name: "To the top" }).isDisabled(), true);
    await page.getByRole("menuitem", { name: "To the bottom" }).click();
    await until("last", async () => (await order()) === "Noa Levi,Mia Roth,Ola Dahl");
    await page.reload();
    await until("it stays", async () => (await namesIn(page, "Lost")).filter((name) => /Mia|Noa|Ola/.test(name)).join() === "Noa Levi,Mia Roth,Ola Dahl");
    // Sorted otherwise, there is no place to choose.
    await page.getByLabel("Order").selectOption("name");
    await card(page, "Lost", "Ola Dahl").getByRole("button", { name: /^Ola Dahl: Lost/ }).click();
    await page.getByRole("menuitem", { name: "Lead" }).waitFor();
    assert.equal(await page.getByRole("menuitem", { name: "To the top" }).count(), 0);
  });
});
