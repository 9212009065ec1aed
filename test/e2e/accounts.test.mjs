// Somebody who is a member of several accounts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Office, owner } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open();
  office.addAccount("Harbour Homes", owner);
  await office.addClient("Carlos Quist");
});
after(() => office?.stop());

test("goes from one account to another and back by the menu", async () => {
  await office.visit("/console/people", {}, async (page) => {
    await page.getByRole("link", { name: "Carlos Quist" }).first().waitFor();
    const menu = () => page.getByRole("button", { name: /Field & Gable Realty|Harbour Homes/ }).click();
    await menu();
    const here = page.getByRole("menuitem", { name: "Field & Gable Realty" });
    await here.waitFor();
    assert.ok(await here.isDisabled());
    await page.getByRole("menuitem", { name: "Harbour Homes" }).click();
    await page.waitForURL("**/console/today");
    await page.getByRole("button", { name: /Harbour Homes/ }).waitFor();
    const clients = await page.evaluate(async () => (await fetch("/api/clients")).json());
    assert.equal(clients.total, 0);

    await menu();
    await page.getByRole("menuitem", { name: "Field & Gable Realty" }).click();
    await page.getByRole("button", { name: /Field & Gable Realty/ }).waitFor();
  });
});
