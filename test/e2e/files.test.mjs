// What is taken away as files: a person's summary on paper, lists as tables.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Office } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open();
});
after(() => office?.stop());

/** The file that a click brings, its name and its bytes. */
async function fileOf(page, click) {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test("a person's summary is a PDF, in the language of the page", async () => {
  const client = await office.addClient("Paula Paper");
  for (const [locale, more, item] of [
    ["en-US", "More about Paula Paper", "Summary as PDF"],
    ["es-ES", "Más sobre Paula Paper", "Resumen en PDF"],
  ]) {
    await office.visit(`/console/people/${client.id}`, { locale }, async (page) => {
      await page.getByRole("button", { name: more }).click();
      const file = await fileOf(page, () => page.getByRole("menuitem", { name: item }).click());
      assert.equal(file.name, "Paula Paper.pdf");
      assert.equal(file.bytes.subarray(0, 5).toString(), "%PDF-");
    });
  }
});

test("a list is downloaded as it is filtered, as CSV and for Excel", async () => {
  await office.addClient("Tom Table");
  await office.visit("/console/tasks?status=all", {}, async (page) => {
    const choose = async (kind) => {
      await page.getByRole("button", { name: "Download" }).click();
      return fileOf(page, () => page.getByRole("menuitem", { name: kind }).click());
    };
    const csv = await choose("CSV");
    assert.equal(csv.name, "tasks.csv");
    assert.match(csv.bytes.toString(), /Tom Table/);
    const xlsx = await choose("Excel");
    assert.equal(xlsx.name, "tasks.xlsx");
    assert.equal(xlsx.bytes.subarray(0, 2).toString(), "PK");
    await page.goto("/console/tasks?status=completed");
    assert.doesNotMatch((await choose("CSV")).bytes.toString(), /Tom Table/);
  });
});

test("every list has its files", async () => {
  for (const path of ["people/trash", "emails", "emails/received", "journeys", "journeys?show=in_progress", "settings/templates", "settings/tags", "settings/team", "settings/stage-rules"]) {
    await office.visit(`/console/${path}`, {}, async (page) => {
      await page.getByRole("button", { name: "Download" }).click();
      const { bytes } = await fileOf(page, () => page.getByRole("menuitem", { name: "CSV" }).click());
      assert.equal(bytes.subarray(0, 3).toString("hex"), "efbbbf", path);
    });
  }
});
