// Tasks, e-mails and what stands behind them: done, skipped, moved, written with AI, failed and tried again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Office, until } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open();
});
after(() => office?.stop());

const taskOf = async (client, type) =>
  (await office.api("GET", `/api/clients/${client.id}/tasks?limit=50`)).items.find((task) => task.followup_type === type);

test("a task is completed, taken back, skipped and moved to another time", async () => {
  const client = await office.addClient("Aisha Farouk");
  await office.visit("/console/tasks", {}, async (page) => {
    const row = (type) => page.getByRole("listitem").filter({ hasText: type }).filter({ hasText: "Aisha Farouk" });
    await row("Day 1").getByRole("button", { name: "Complete Day 1 for Aisha Farouk" }).click();
    await page.getByText("Day 1 for Aisha Farouk is done").waitFor();
    await until("completed", async () => (await taskOf(client, "Day 1")).status === "completed");
    await page.getByRole("button", { name: "Undo" }).click();
    await until("to do again", async () => (await taskOf(client, "Day 1")).status === "pending");

    await row("Day 3").getByRole("button", { name: "Skip Day 3 for Aisha Farouk" }).click();
    await until("skipped", async () => (await taskOf(client, "Day 3")).status === "skipped");
    await page.getByRole("group", { name: "Which tasks" }).getByRole("button", { name: "Skipped" }).click();
    await row("Day 3").waitFor();
    assert.match(page.url(), /status=skipped/);

    await page.getByRole("group", { name: "Which tasks" }).getByRole("button", { name: "To do" }).click();
    await row("Week 1").getByRole("button", { name: /^Another time/ }).click();
    await page.getByRole("dialog").getByLabel("At this time").fill("2027-03-20T09:30");
    await page.getByRole("dialog").getByRole("button", { name: "Set" }).click();
    await until("moved", async () => (await taskOf(client, "Week 1")).scheduled_for.startsWith("2027-03-20T13:30"));
    await row("Week 1").getByText("Sat, Mar 20, 9:30 AM").waitFor();
  });
});

test("a task of one's own", async () => {
  const client = await office.addClient("Marcus Boone", { zone: "America/Los_Angeles" });
  await office.visit(`/console/people/${client.id}`, {}, async (page) => {
    await page.getByRole("heading", { level: 1, name: "Marcus Boone" }).waitFor();
    await page.keyboard.press("t");
    const form = page.getByRole("dialog", { name: "Add a task" });
    await form.getByLabel("Due").fill("2027-03-02T12:00");
    await form.getByLabel("How").selectOption("call");
    await form.getByLabel("Notes").fill("Ask how the inspection went.");
    await form.getByRole("button", { name: "Add a task" }).click();
    const row = page.getByRole("listitem").filter({ hasText: "Ask how the inspection went." });
    await row.getByText("Call, by yourself").waitFor();
    // Where the person's clock reads differently, it is said.
    await row.getByText("9:00 AM their time").waitFor();
    await page.getByRole("list", { name: "Timeline" }).getByText("Task added: Task of your own").waitFor();
  });
});

test("an e-mail is drafted by instruction, read, changed and sent", async () => {
  const client = await office.addClient("Hannah Albright");
  await office.visit(`/console/people/${client.id}`, {}, async (page) => {
    await page.getByRole("button", { name: "E-mail", exact: true }).click();
    const form = page.getByRole("dialog", { name: "Write an e-mail" });
    await form.getByLabel("What should the draft say?").fill("x".repeat(600));
    await form.getByText("500 of 500 characters").waitFor();
    await form.getByLabel("What should the draft say?").fill("Mention the open house on Saturday.");
    await form.getByRole("button", { name: "Draft it" }).click();
    await form.getByText(/^Drafted by AI/).waitFor();
    const text = form.getByRole("textbox", { name: "Text" });
    assert.match(await text.inputValue(), /Hannah/);
    assert.equal((await office.api("GET", `/api/emails?client_id=${client.id}`)).total, 0);

    await text.fill("Hello Hannah,\n\nThe open house is on Saturday at eleven.\n\nNora");
    await form.getByLabel("Subject").fill("Saturday at eleven");
    await page.reload();
    assert.equal(await form.getByLabel("Subject").inputValue(), "Saturday at eleven");
    await form.getByText("As it looks").click();
    await form.frameLocator("iframe").getByText("The open house is on Saturday at eleven.").waitFor();
    await form.getByRole("button", { name: "Send" }).click();
    await page.getByText("E-mail to Hannah Albright is on its way").waitFor();
    const emails = page.getByRole("region", { name: /^E-mails/ });
    await emails.getByText("Saturday at eleven").waitFor();
    await until("it is in the outbox", async () => (await office.outbox()).some((mail) => mail.subject === "Saturday at eleven"));
    await emails.getByText("Sent").waitFor();
  });
});

test("who wants no e-mails gets none, and the page says so", async () => {
  const client = await office.addClient("Ruth Sandoval");
  await office.visit(`/console/people/${client.id}`, {}, async (page) => {
    await page.getByRole("button", { name: "More about Ruth Sandoval" }).click();
    await page.getByRole("menuitem", { name: "Send no more e-mails" }).click();
    await page.getByText(/^Gets no e-mails/).waitFor();
    await until("follow-up stopped", async () => (await taskOf(client, "Day 1")).status === "skipped");
    await page.getByRole("list", { name: "Timeline" }).getByText("Follow-up stopped").waitFor();
    await page.getByRole("button", { name: "E-mail", exact: true }).click();
    await page.getByText("This person wants no e-mails, so none can be sent.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Send", exact: true }).isDisabled(), true);
  });
});

test("a failed follow-up waits for a person with its reason, and is tried again", async () => {
  const client = await office.addClient("Owen Hale");
  await office.sandbox("faults", { provider: "sendgrid", mode: "error", status: 400, count: 100 });
  await office.sandbox("clock", { advance_seconds: 86_400 });
  await until("it failed", async () => (await taskOf(client, "Day 1")).failed);
  await fetch(`${office.url}/sandbox/faults`, { method: "DELETE" });
  await office.visit("/console/tasks?status=failed", {}, async (page) => {
    const row = page.getByRole("listitem").filter({ hasText: "Owen Hale" });
    await row.getByText("Failed", { exact: true }).waitFor();
    await row.getByRole("button", { name: "Try again" }).click();
    await page.getByText("It will be tried again now").waitFor();
    await until("it went out", async () => (await taskOf(client, "Day 1")).status === "completed");
  });
});

test("e-mails are listed and filtered by what became of them", async () => {
  await office.visit("/console/emails", {}, async (page) => {
    const list = page.getByRole("list", { name: "E-mails" });
    await list.getByRole("link", { name: "Saturday at eleven" }).waitFor();
    await page.getByRole("group", { name: "Status" }).getByRole("button", { name: "Clicked" }).click();
    await page.getByText("None with this status").waitFor();
    const [mail] = (await office.outbox()).filter(({ subject }) => subject === "Saturday at eleven");
    await office.sandbox("email-events", { message_id: mail.message_id, events: ["click"], url: "https://example.com/a" });
    // Arrives in the open list by itself.
    await list.getByRole("link", { name: "Saturday at eleven" }).waitFor();
  });
});

test("an API key is shown once, works, and stops working", async () => {
  await office.visit("/console/settings/api-keys", {}, async (page) => {
    await page.getByRole("button", { name: "Make a key" }).click();
    const form = page.getByRole("dialog", { name: "Make a key" });
    await form.getByLabel("Name").fill("Open-house form");
    await form.getByRole("button", { name: "Make a key" }).click();
    const key = (await form.locator("code").textContent()) ?? "";
    const ask = () => fetch(`${office.url}/api/clients`, { headers: { Authorization: `Bearer ${key}` } });
    assert.equal((await ask()).status, 200);
    await form.getByRole("button", { name: "Done" }).click();
    await page.getByText("Open-house form").waitFor();
    assert.equal((await page.content()).includes(key), false);
    await page.getByRole("button", { name: "Revoke Open-house form" }).click();
    await page.getByText("Open-house form no longer works").waitFor();
    assert.equal((await ask()).status, 401);
  });
});
