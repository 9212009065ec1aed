// The installation as its owner sees it: what the server found when it looked at itself, and what to do about it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { monday, Office, until } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open();
});
after(() => office?.stop());

const status = () => office.asOwner("/api/status");
const later = (seconds) => office.sandbox("clock", { advance_seconds: seconds });

test("e-mails that wait are told of, the news lead to the system's room, which says what to do; well again by itself", async () => {
  const client = await office.addClient("Vera Holt");
  await office.sandbox("faults", { provider: "sendgrid", mode: "error", status: 503, count: 10_000 });
  await office.api("POST", "/api/emails/send", { client_id: client.id, subject: "Saturday", body: "See you on Saturday." });
  // A look that is still under way takes the place of the next.
  await until("looked at", async () => (await status()).checks.some(({ checked_at }) => Date.parse(checked_at) >= Date.parse(monday)));
  await later(2 * 3600);
  await until("found", async () => (await status()).checks.some(({ name, healthy }) => name === "emails" && !healthy));
  await later(600);
  await until("told", async () => (await office.asOwner("/api/notifications")).items.some(({ kind }) => kind === "health_failed"));
  await office.visit("/console/today", {}, async (page) => {
    await page.getByRole("button", { name: /^Notifications, \d unread$/ }).click();
    await page.getByRole("region", { name: "Notifications" }).getByRole("link").filter({ hasText: /e-mail to a client has waited/ }).first().click();
    await page.waitForURL("**/console/settings/system");
    await page.getByRole("status").getByText("1 thing needs somebody").waitFor();
    const check = page.getByRole("listitem").filter({ hasText: "E-mails to people" });
    await check.getByText("Needs somebody").waitFor();
    await check.getByText(/^Check the mail provider’s key and limits/).waitFor();
    await check.getByText("Waiting for more than an hour: 1").waitFor();
    await page.getByRole("listitem").filter({ hasText: "Database" }).getByText("Well", { exact: true }).waitFor();

    await fetch(`${office.url}/sandbox/faults`, { method: "DELETE" });
    await later(3600);
    await until("it went out", async () => (await office.outbox()).some(({ subject }) => subject === "Saturday"));
    await later(600);
    await until("well", async () => (await status()).healthy);
    await page.getByRole("button", { name: "Jump an hour" }).waitFor();
    await page.reload();
    await page.getByRole("status").getByText("Everything is well").waitFor();
  });
});

test("it reads in Spanish on a phone, and says so when it can't be loaded", async () => {
  const phone = { viewport: { width: 412, height: 740 }, locale: "es-ES" };
  await office.visit("/console/settings/system", phone, async (page) => {
    await page.getByText("Todo está bien").waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    await page.route("**/api/status", (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: "{}" }));
    await page.reload();
    await page.getByText("No se pudo cargar el estado del sistema").waitFor();
  });
});

test("work that was given up runs again or is given up for good, with a way back", async () => {
  const jobs = ["a", "b"].map((letter) => ({
    id: `01900000-0000-7000-8000-00000000000${letter}`,
    kind: "messages.send",
    attempts: 8,
    last_error: `The provider said no to ${letter}.`,
    failed_at: "2027-03-01T14:00:00Z",
    args: {},
  }));
  const asked = [];
  await office.visit("/console/settings/failed-work", {}, async (page) => {
    await page.route("**/api/jobs?*", (route) => route.fulfill({ json: { items: jobs, page: 1, limit: 100, total: jobs.length, next: null } }));
    await page.route("**/api/jobs/*", (route) => {
      asked.push(`${route.request().method()} ${route.request().url().slice(-1)}`);
      jobs.pop();
      return route.fulfill({ status: 204 });
    });
    await page.clock.install();
    await page.reload();
    const row = (letter) => page.getByRole("listitem").filter({ hasText: `said no to ${letter}.` });
    const giveUp = (letter) => row(letter).getByRole("button", { name: "Give up for good: Sending an e-mail" }).click();
    await giveUp("a");
    await row("a").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await row("a").waitFor();
    await giveUp("b");
    await row("b").waitFor({ state: "detached" });
    assert.deepEqual(asked, []);
    await page.clock.fastForward(13_000);
    await until("given up", async () => asked.join() === "DELETE b");
    await row("a").waitFor();
    await page.getByRole("link", { name: "How the system is" }).click();
    await page.getByRole("heading", { name: "System" }).waitFor();
  });
});

test("what failed at a webhook's address is sent again, all at once", async () => {
  const inbox = `${office.url}/sandbox/webhooks/e2e`;
  const hook = await office.api("POST", "/api/webhooks", { url: `${inbox}?status=410`, event_types: ["client.created"] });
  const deliveries = async () => (await office.api("GET", `/api/webhooks/${hook.id}/deliveries`)).items;
  await office.addClient("Wanda Reed");
  await until("it failed for good", async () => (await deliveries()).some(({ state }) => state === "failed"));
  await office.api("PATCH", `/api/webhooks/${hook.id}`, { url: inbox, enabled: true });
  await office.visit(`/console/settings/webhooks/${hook.id}`, {}, async (page) => {
    await page.getByText("client.created").first().waitFor();
    const again = async (span) => {
      await page.getByRole("button", { name: "Send failed ones again" }).click();
      await page.getByRole("menuitem", { name: span }).click();
    };
    await again("Of the last week");
    await page.getByText("1 is sent again now").waitFor();
    await until("delivered", async () => (await deliveries()).every(({ state }) => state === "delivered"));
    await again("Of the last hour");
    await page.getByText("Nothing failed in that time").waitFor();
  });
});
