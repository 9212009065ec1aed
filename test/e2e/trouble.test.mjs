// What the console does when things are not as they should be: slow, away, broken, gone, signed out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { loseSession, Office, owner, sequence, until } from "./office.mjs";

let office;
let client;
before(async () => {
  office = await Office.open();
  client = await office.addClient("Ines Okafor");
});
after(() => office?.stop());

const problem = (status, code, detail) => ({
  status,
  contentType: "application/problem+json",
  body: JSON.stringify({ type: "about:blank", title: code, status, code, detail, request_id: "req-1234" }),
});

test("while it loads, rows are drawn; then the data", async () => {
  await office.visit("/console/settings/profile", {}, async (page) => {
    let release;
    const held = new Promise((done) => (release = done));
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    await page.route("**/api/clients?*", async (route) => {
      await held;
      await route.continue();
    });
    await sequence(page, "g", "p");
    await page.getByRole("status", { name: "Loading" }).waitFor();
    release();
    await page.getByRole("link", { name: "Ines Okafor" }).waitFor();
  });
});

test("an error says what happened, quotes the request, and can be tried again", async () => {
  await office.visit("/console/settings/profile", {}, async (page) => {
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    await page.route("**/api/emails?*", (route) => route.fulfill(problem(500, "internal", "Secret innards.")));
    await sequence(page, "g", "e");
    const alert = page.getByRole("alert");
    await alert.getByText("The e-mails could not be loaded").waitFor();
    await alert.getByText("req-1234").waitFor();
    assert.equal(await page.getByText("Secret innards").count(), 0);
    await page.unroute("**/api/emails?*");
    await alert.getByRole("button", { name: "Try again" }).click();
    await page.getByText("No e-mails yet").waitFor();
  });
});

test("without the server: said plainly, nothing lost, back by itself", async () => {
  await office.visit(`/console/people/${client.id}`, {}, async (page) => {
    await page.getByRole("heading", { level: 1, name: "Ines Okafor" }).waitFor();
    await office.stopServer();
    await page.getByText("Reconnecting…").first().waitFor();
    await page.getByRole("button", { name: /^Change Notes:/ }).click();
    await page.getByRole("textbox", { name: "Notes" }).fill("Wants a garden.");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Ines Okafor was not changed").waitFor();
    await page.getByText(/^The server does not answer/).waitFor();
    await office.startServer();
    await office.api("PATCH", `/api/clients/${client.id}`, { name: "Ines N. Okafor" });
    await page.getByText("Up to date").first().waitFor();
    // What was missed meanwhile is made up for.
    await page.getByRole("heading", { level: 1, name: "Ines N. Okafor" }).waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await until("the note is there", async () => (await office.api("GET", `/api/clients/${client.id}`)).notes === "Wants a garden.");
  });
});

test("a person, an e-mail and a page that are not there", async () => {
  const nobody = "01900000-0000-7000-8000-000000000000";
  await office.visit(`/console/people/${nobody}`, {}, async (page) => {
    await page.getByText("This person could not be opened").waitFor();
    await page.goto(`/console/emails/${nobody}`);
    await page.getByText("This e-mail could not be opened").waitFor();
    await page.goto("/console/nowhere");
    await page.getByRole("heading", { level: 1, name: "There is no such page" }).waitFor();
    await page.getByRole("link", { name: "To the start", exact: true }).click();
    await page.waitForURL("**/console/today");
  });
});

test("a session that ended leads to sign-in and back", async () => {
  await office.visit("/console/tasks?status=all", {}, async (page, context) => {
    await page.getByRole("heading", { level: 1, name: "Tasks" }).waitFor();
    await loseSession(context);
    await sequence(page, "g", "e");
    await page.waitForURL(/\/login\?next=/);
    await page.getByLabel("E-mail").fill(owner.email);
    await page.getByLabel("Password", { exact: true }).fill(owner.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(/\/console\/(emails|tasks)/);
    await page.getByRole("button", { name: /Nora Field/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL("**/login");
    await page.goto("/console/people");
    await page.waitForURL(/\/login/);
  });
});

test("a form keeps what was typed and shows every bad field where it stands", async () => {
  await office.visit("/console/people?new=1", {}, async (page) => {
    const form = page.getByRole("dialog", { name: "Add a person" });
    await form.getByLabel("Name").fill("Second Ines");
    await form.getByRole("button", { name: "Add a person" }).click();
    await form.getByText("This is needed.").waitFor();
    await form.getByText("An e-mail or a phone number is needed.").waitFor();
    await form.getByLabel("E-mail").fill(client.email);
    await form.getByLabel("Phone").fill("not a phone");
    await form.getByLabel("Property address").fill("1 Elm St");
    await form.getByRole("button", { name: "Add a person" }).click();
    await until("the phone is named", async () => (await form.getByLabel("Phone").getAttribute("aria-invalid")) === "true");
    await form.getByLabel("Phone").fill("");
    await form.getByRole("button", { name: "Add a person" }).click();
    await until("the e-mail is taken", async () => (await form.getByLabel("E-mail").getAttribute("aria-invalid")) === "true");
    assert.equal(await form.getByLabel("Name").inputValue(), "Second Ines");
  });
});
