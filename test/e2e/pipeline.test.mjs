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
    await page.route("**/api/clients/bulk/stage", async (route) => {
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
