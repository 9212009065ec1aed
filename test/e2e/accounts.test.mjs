// Somebody who is a member of several accounts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Office, owner } from "./office.mjs";

const text = async (download) => readFileSync(await (await download).path(), "utf8");

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

test("what is downloaded while acting in a business is that business's", async () => {
  const agent = { email: "ada@uptown.test", name: "Ada Uptown", password: owner.password };
  const agency = office.addAccount("Uptown Agency", agent, ["--kind", "agency"]);
  const business = office.addAccount("Corner Homes", { ...agent, email: "cora@corner.test", name: "Cora Corner" }, ["--parent", agency.account_id]);
  const inAccount = async ({ api_key: key }, name) => {
    office.key = key;
    return office.addClient(name);
  };
  await inAccount(agency, "Agnes Agency");
  const bertha = await inAccount(business, "Bertha Business");
  await office.visit("/console/people", { as: agent }, async (page) => {
    const csv = async () => {
      await page.getByRole("button", { name: "More to do with people" }).click();
      const download = page.waitForEvent("download");
      await page.getByRole("menuitem", { name: "Export as CSV" }).click();
      return text(download);
    };
    await page.getByRole("link", { name: "Agnes Agency" }).waitFor();
    assert.match(await csv(), /Agnes Agency/);
    await page.evaluate((id) => sessionStorage.setItem("doorstep-acting", id), business.account_id);
    await page.reload();
    await page.getByRole("link", { name: "Bertha Business" }).waitFor();
    const theirs = await csv();
    assert.match(theirs, /Bertha Business/);
    assert.doesNotMatch(theirs, /Agnes Agency/);

    await page.goto(`/console/people/${bertha.id}`);
    await page.getByRole("button", { name: "More about Bertha Business" }).click();
    const archive = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Download all that is kept" }).click();
    assert.match((await archive).suggestedFilename(), /\.tar\.gz$/);
  });
});
