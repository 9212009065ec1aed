// People out of a file: what would happen, what happened, why some rows were left, and the way back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Office, until } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open();
});
after(() => office?.stop());

const csv = [
  "Name,Email,Phone,Address,Unsubscribed from all email",
  "Una Import,una@import.test,212-555-0160,1 Elm St,yes",
  "Otto Import,otto@import.test,212-555-0160,1 Elm St,",
  "Una Import,una@import.test,,1 Elm St,",
].join("\n");

test("a couple comes in with one number, the opt-out counts, and the undo says whom it leaves", async () => {
  await office.visit("/console/people/imports", {}, async (page) => {
    await page.setInputFiles("input[type=file]", { name: "couple.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.getByLabel("What Unsubscribed from all email is").waitFor();
    assert.equal(await page.getByLabel("What Unsubscribed from all email is").inputValue(), "email_unsubscribed");
    await page.getByLabel("The same person is whoever has").selectOption("email_or_phone");
    await page.getByRole("button", { name: "See what would happen" }).click();
    await page.getByRole("button", { name: "Import 1 person" }).waitFor();
    await page.getByLabel("The same person is whoever has").selectOption("likely");
    await page.getByRole("button", { name: "Check again" }).click();
    await page.getByRole("button", { name: "Import 2 people" }).click();
    await page.getByRole("button", { name: "Take the import back" }).waitFor();
    assert.equal(await page.locator("[data-count=skipped]").textContent(), "1");
    assert.equal(await page.locator("[data-count=remarked]").textContent(), "1");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download these rows with the reasons" }).click();
    assert.equal((await download).suggestedFilename(), "import-errors.csv");

    const [una] = (await office.api("GET", "/api/clients?q=una@import.test")).items;
    await office.api("POST", `/api/contacts/${una.id}/notes`, { body: "Wants a garden" });
    await page.getByRole("button", { name: "Take the import back" }).click();
    await page.getByText("1 person was not, or not wholly, taken back").waitFor();
    await page.getByText("Notes were written: 1").waitFor();
    await until("Otto is gone", async () => (await office.api("GET", "/api/clients?q=otto@import.test")).total === 0);
    await page.goto(`/console/people/${una.id}`);
    await page.getByText("Gets no e-mails: imported as unsubscribed.").waitFor();
  });
});

test("a workbook is refused with the way out", async () => {
  await office.visit("/console/people/imports", {}, async (page) => {
    await page.setInputFiles("input[type=file]", { name: "people.xlsx", mimeType: "text/csv", buffer: Buffer.from("PK\x03\x04rest") });
    await page.getByText(/save it as CSV first/).waitFor();
  });
});
