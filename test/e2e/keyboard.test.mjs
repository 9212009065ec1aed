// The console without a pointer.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Office, owner, pause, sequence, until } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open();
  for (const name of ["Carlos Quist", "Wendy Varga", "Ibrahim Tran"]) await office.addClient(name);
});
after(() => office?.stop());

const focused = (page) => page.evaluate(() => document.activeElement?.textContent ?? "");
const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

test("signs in, finds a person, edits a fact and comes back", async () => {
  await office.visit("/console", { signedIn: false }, async (page) => {
    await page.waitForURL(/\/login/);
    await until("the first field has the focus", () => page.evaluate(() => document.activeElement?.tagName === "INPUT"));
    await page.keyboard.type(owner.email);
    await press(page, "Tab");
    await page.keyboard.type(owner.password);
    await press(page, "Enter");
    await page.waitForURL("**/console/today");
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();

    await press(page, "Control+k");
    const field = page.getByRole("combobox", { name: "Find a person, a page or an action" });
    await field.and(page.locator(":focus")).waitFor();
    await page.keyboard.type("wendy");
    await page.getByRole("option", { name: /Wendy Varga/, selected: true }).waitFor();
    await press(page, "Enter");
    await page.getByRole("heading", { level: 1, name: "Wendy Varga" }).waitFor();

    const name = page.getByRole("button", { name: /^Change Name:/ });
    await name.focus();
    await press(page, "Enter", "Control+a");
    await page.keyboard.type("Nobody");
    await press(page, "Escape");
    await page.getByRole("heading", { level: 1, name: "Wendy Varga" }).waitFor();
    await name.and(page.locator(":focus")).waitFor(); // the focus is back where it was
    await press(page, "Enter", "End");
    await page.keyboard.type("-Lind");
    await press(page, "Enter");
    await page.getByRole("heading", { level: 1, name: "Wendy Varga-Lind" }).waitFor();
  });
});

test("goes through a list by J, K and X, opens, searches and takes back", async () => {
  await office.visit("/console/dashboard", {}, async (page) => {
    await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
    await sequence(page, "g", "p");
    const table = page.getByRole("table", { name: "People" });
    await table.locator("[data-row]").first().waitFor();
    await press(page, "j");
    assert.equal(await focused(page), "Ibrahim Tran");
    await press(page, "j");
    assert.match(await focused(page), /^Wendy/);
    await press(page, "x", "k", "x");
    await page.getByRole("region", { name: "With the chosen rows" }).getByText("2 chosen").waitFor();
    await press(page, "Escape");
    await until("nothing is chosen", async () => (await page.getByText("2 chosen").count()) === 0);
    await press(page, "Enter");
    await page.getByRole("heading", { level: 1, name: "Ibrahim Tran" }).waitFor();
    await page.goBack();
    await table.locator("[data-row]").first().waitFor();
    await press(page, "/");
    await page.keyboard.type("carlos jxk");
    assert.equal(await page.getByRole("searchbox").inputValue(), "carlos jxk");
    await page.getByText("Nobody matches").waitFor();
    await press(page, "Control+a");
    await page.keyboard.type("carlos");
    await table.getByRole("link", { name: "Carlos Quist" }).waitFor();
    await press(page, "Escape", "j", "x");
    await page.getByRole("button", { name: "Delete" }).focus();
    await press(page, "Enter");
    await page.getByText("Carlos Quist was deleted").waitFor();
    await press(page, "z");
    await page.getByText("1 person is back").waitFor();
  });
});

test("a task is done by E and a new one begins with C", async () => {
  await office.visit("/console/tasks", {}, async (page) => {
    await page.getByRole("listitem").first().waitFor();
    // The list takes keys a moment after it is there.
    await until("done", async () => {
      await press(page, "j", "e");
      await pause(1000);
      return page.getByText(/is done$/).first().isVisible();
    });
    await press(page, "c");
    await page.getByRole("dialog", { name: "Add a task" }).waitFor();
    await press(page, "Escape");
    await until("closed, and gone from the address", async () => !page.url().includes("new="));
  });
});

test("the cheat sheet lists the keys of the page, and single keys can be switched off", async () => {
  await office.visit("/console/people", {}, async (page) => {
    await page.getByRole("table", { name: "People" }).locator("[data-row]").first().waitFor();
    await press(page, "?");
    const sheet = page.getByRole("dialog", { name: "Keys on this page" });
    for (const words of ["Search everything", "Next row", "Choose the row", "Go to"]) await sheet.getByText(words).waitFor();
    assert.equal(await sheet.getByText("Complete the task").count(), 0);
    await press(page, "j");
    assert.equal((await focused(page)).includes("Ibrahim"), false);
    await press(page, "Escape");

    await page.goto("/console/settings/preferences");
    await page.getByRole("switch", { name: "Single-key shortcuts" }).click();
    await sequence(page, "g", "t");
    await press(page, "Control+k");
    await page.getByRole("combobox", { name: "Find a person, a page or an action" }).waitFor();
    assert.match(page.url(), /preferences/);
  });
});

test("the way past the navigation, and the focus on a new page", async () => {
  await office.visit("/console/people", {}, async (page) => {
    await page.getByRole("heading", { level: 1, name: "People" }).waitFor();
    await press(page, "Tab");
    assert.equal(await focused(page), "Skip to the page");
    await press(page, "Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
    await sequence(page, "g", "t");
    await page.getByRole("heading", { level: 1, name: "Tasks" }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
    assert.match(await page.title(), /^Tasks · Doorstep$/);
  });
});
