// The console without a server: installable, its pages open, the people readable; nothing of it stays after sign-out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Office, until } from "./office.mjs";

let office;
let client;
before(async () => {
  office = await Office.open();
  client = await office.addClient("Nadia Petrov", { phone: "+14155550163", notes: "Likes the river." });
  await office.addClient("Samuel Oduya", { stage: "negotiating" });
});
after(() => office?.stop());

const rows = (page) => page.getByRole("table", { name: "People" }).locator("[data-row]");
/** What the device keeps of the account. */
const kept = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open("doorstep", 1);
        request.addEventListener("success", () => {
          const all = request.result.transaction("kept").objectStore("kept").getAll();
          all.addEventListener("success", () => resolve(JSON.stringify(all.result)));
        });
        request.addEventListener("upgradeneeded", () => request.result.createObjectStore("kept"));
      }),
  );

test("can be installed", async () => {
  await office.visit("/login", { signedIn: false }, async (page) => {
    const address = await page.getAttribute("link[rel=manifest]", "href");
    const manifest = await (await page.request.get(address)).json();
    assert.equal(manifest.display, "standalone");
    assert.ok(manifest.icons.some(({ purpose }) => purpose === "maskable"));
    for (const { src, type } of manifest.icons) {
      const icon = await page.request.get(src);
      assert.equal(icon.status(), 200, src);
      assert.match(icon.headers()["content-type"], new RegExp(type.replace("+", "\\+")));
    }
    assert.equal((await page.request.get(manifest.start_url)).status(), 200);
  });
});

test("people are read while the server is away, and what was kept goes with the session", async () => {
  await office.visit("/console/people", { serviceWorkers: "allow" }, async (page, context) => {
    await rows(page).filter({ hasText: "Nadia Petrov" }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await until("the people are kept", async () => {
      const text = await kept(page);
      return text.includes("kept-people") && text.includes("Samuel Oduya");
    });

    await office.stopServer();
    await page.goto("/console/people?q=nadia");
    await page.getByText("No connection to the server.").waitFor();
    await rows(page).filter({ hasText: "Nadia Petrov" }).waitFor();
    assert.equal(await rows(page).count(), 1);
    // Never opened before: what the list knows is enough to call.
    await page.getByRole("link", { name: "Nadia Petrov" }).click();
    await page.getByRole("heading", { level: 1, name: "Nadia Petrov" }).waitFor();
    await page.getByText("Likes the river.").waitFor();
    assert.equal(await page.getByRole("link", { name: "Call" }).getAttribute("href"), "tel:+14155550163");
    await page.getByRole("textbox", { name: "Write a note" }).fill("Called from the car.");
    await page.getByRole("button", { name: "Add the note" }).click();
    await page.getByText("Waits for a connection").waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Nadia Petrov" }).waitFor();
    await page.getByText("Called from the car.").waitFor();

    await office.startServer();
    await office.api("PATCH", `/api/clients/${client.id}`, { notes: "Likes the river and the hills." });
    await page.getByText("Likes the river and the hills.").waitFor();
    await page.getByRole("list", { name: "Notes" }).getByText("Called from the car.").waitFor();
    await until("the note is there once", async () => (await office.api("GET", `/api/contacts/${client.id}/notes`)).items.length === 1);
    assert.equal(await page.getByText("Waits for a connection").count(), 0);
    await until("the notice is gone", async () => (await page.getByText("No connection to the server.").count()) === 0);

    await page.getByRole("button", { name: /Nora Field/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL("**/login");
    await until("nothing is kept", async () => !(await kept(page)).includes("Nadia"));
    context.faults = [];
  });
});
