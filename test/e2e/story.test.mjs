// The product's main job as a person sees it: a client comes in, follow-up happens by itself, engagement comes back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Office, owner, until } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open();
});
after(() => office?.stop());

test("from sign-in to a clicked e-mail, without a reload", async () => {
  const context = await office.window({ signedIn: false });
  const page = await context.newPage();

  // Signs in, on the way to where one wanted to go.
  await page.goto("/console/people");
  await page.waitForURL(/\/login\?next=/);
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("E-mail or password is not right.").waitFor();
  await page.getByLabel("Password", { exact: true }).fill(owner.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/console/people");
  await page.getByText("Everyone you work with, in one place").waitFor();

  // Adds a client by the form.
  await page.getByRole("button", { name: "Add a person" }).first().click();
  const form = page.getByRole("dialog", { name: "Add a person" });
  await form.getByLabel("Name").fill("Maya Ortiz");
  await form.getByLabel("E-mail").fill("Maya.Ortiz@example.com");
  await form.getByLabel("Phone").fill("(415) 555-0123");
  await form.getByLabel("Property address").fill("14 Juniper Way, Asheville, NC 28801");
  await form.getByLabel("Tags").fill("buyer, first home");
  await form.getByRole("button", { name: "Add a person" }).click();
  await page.waitForURL(/\/console\/people\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { level: 1, name: "Maya Ortiz" }).waitFor();
  await page.getByText("(415) 555-0123").waitFor();

  // Sees the five follow-ups.
  const tasks = page.getByRole("region", { name: /^Tasks/ }).getByRole("listitem");
  await until("five tasks", async () => (await tasks.count()) === 5);
  for (const name of ["Day 1", "Day 3", "Week 1", "Week 2", "Month 1"]) await tasks.filter({ hasText: name }).waitFor();

  // Another window watches the numbers.
  const dashboard = await context.newPage();
  await dashboard.goto("/console/dashboard");
  const kpi = (name) => dashboard.locator(`[data-kpi="${name}"]`);
  await until("no e-mail yet", async () => (await kpi("emails_sent_today").textContent()) === "0");

  // Lets a day pass.
  await page.getByRole("button", { name: "Jump a day" }).click();
  const timeline = page.getByRole("list", { name: "Timeline" });
  await timeline.getByText(/was sent$/).waitFor();
  await timeline.getByText("Task done").waitFor();
  await until("four tasks are left", async () => (await tasks.count()) === 4);
  await until("the dashboard counts it", async () => (await kpi("emails_sent_today").textContent()) === "1");
  assert.equal(await kpi("completed_tasks").textContent(), "1");

  // Reads the e-mail in the outbox, as the person would get it.
  const [mail, ...others] = (await office.outbox()).filter(({ to }) => to !== owner.email);
  assert.equal(others.length, 0);
  assert.equal(JSON.stringify(mail.to).toLowerCase().includes("maya.ortiz@example.com"), true);
  assert.match(mail.text, /Maya/);
  const outbox = await context.newPage();
  await outbox.goto("/sandbox/outbox");
  await outbox.getByText(mail.subject).first().waitFor();
  await outbox.close();

  // It is delivered, opened and clicked; everything moves by itself.
  await office.sandbox("email-events", {
    message_id: mail.message_id,
    events: ["delivered", "open", "click"],
    url: "https://fieldandgable.example.com/book",
  });
  await timeline.getByText(/^Opened/).waitFor();
  await timeline.getByText(/^Clicked in/).waitFor();
  await page.getByRole("region", { name: /^E-mails/ }).getByText("Clicked").waitFor();
  await until("the open rate moves", async () => (await kpi("open_rate").textContent()) === "100%");
  assert.equal(await kpi("click_rate").textContent(), "100%");
  await dashboard.getByRole("region", { name: "Recent activity" }).getByText(/^Clicked in/).waitFor();

  // The e-mail's own page tells the whole history.
  await page.getByRole("region", { name: /^E-mails/ }).getByRole("link").first().click();
  await page.waitForURL(/\/console\/emails\//);
  const history = page.getByRole("list", { name: "History" });
  for (const words of ["Handed over to the mail service", "Delivered", "Opened", "Link clicked"]) {
    await history.getByText(words, { exact: true }).waitFor();
  }
  await page.frameLocator("iframe").getByText("Maya").first().waitFor();

  assert.deepEqual(context.faults, []);
  await context.close();
});
