// A Google Calendar is connected, refused, chosen from, lost and let go, at the sandbox's page of Google's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings } from "./axe.mjs";
import { Office, until } from "./office.mjs";
import { faults } from "./sweep.mjs";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const room = "/console/settings/calendar";

let office;
before(async () => {
  office = await Office.open();
});
after(() => office?.stop());

const check = async (page, what) => assert.deepEqual(await findings(page), [], what);
const checkWhole = async (page, what) => assert.deepEqual(await faults(page, what), []);

/** At Google's: the person chooses an account, having unticked what is not to be allowed. */
async function choose(page, name, unticked = []) {
  await page.getByRole("heading", { name: "Choose an account" }).waitFor();
  for (const words of unticked) await page.getByLabel(words).uncheck();
  await page.getByRole("button", { name }).click();
}

test("in the onboarding, after a first no", { timeout: 180_000 }, async () => {
  await office.visit("/onboarding", {}, async (page) => {
    await page.getByRole("heading", { level: 1, name: "About you" }).waitFor();
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Calendar" }).waitFor();
    await page.getByText("No calendar is connected.").waitFor();
    await page.getByRole("button", { name: "Skip" }).waitFor();
    await checkWhole(page, "nothing connected");

    await page.getByRole("button", { name: "Connect Google Calendar" }).click();
    await page.getByText("See the list of Google calendars").waitFor();
    await check(page, "the sandbox's page");
    await choose(page, "Cancel");
    await page.getByRole("alert").getByText("access was not given").waitFor();
    await page.getByRole("heading", { level: 1, name: "Calendar" }).waitFor();
    await checkWhole(page, "refused");

    await page.getByRole("button", { name: "Connect Google Calendar" }).click();
    await choose(page, /Bea Torres/);
    await page.getByRole("status").getByText("Google Calendar is connected.").waitFor();
    await page.getByText("bea.torres@example.com").waitFor();
    await checkWhole(page, "connected");
    await page.getByRole("button", { name: "Finish" }).click();
    await page.getByRole("heading", { name: /That was all/ }).waitFor();
    assert.equal(new URL(page.url()).search, "");
  });
});

test("in the settings: chosen from, let go, and had again with less", { timeout: 240_000 }, async () => {
  await office.visit(room, {}, async (page) => {
    await page.getByText("bea.torres@example.com").first().waitFor();
    const books = page.getByRole("radiogroup", { name: "Bookings are written to" });
    await books.getByLabel("Showings").check();
    // It is shown a moment after the click: what counts is that it is kept.
    const holidays = page.getByRole("group", { name: "These count as busy" }).getByLabel("Holidays in United States");
    await holidays.click();
    await until("it is shown", () => holidays.isChecked());
    await checkWhole(page, "choice");
    await until("it is saved", async () => {
      await page.reload();
      await books.waitFor();
      return (await books.getByLabel("Showings").isChecked()) && page.getByLabel("Holidays in United States").isChecked();
    });
    assert.equal(await books.getByLabel("Holidays in United States").count(), 0);

    await page.getByRole("button", { name: "Disconnect" }).click();
    await page.getByText("Google is told that the access has ended.").waitFor();
    await checkWhole(page, "asked");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Disconnect" }).click();
    await page.getByRole("button", { name: "Disconnect now" }).click();
    await page.getByText("No calendar is connected.").waitFor();

    await page.getByRole("button", { name: "Connect Google Calendar" }).click();
    await choose(page, /Alex Morgan/, ["View your availability"]);
    await page.getByText("alex.morgan@example.com").first().waitFor();
    await page.getByText("seeing when the calendar is busy").waitFor();
    await checkWhole(page, "less than asked for");
    await page.getByRole("button", { name: "Connect again" }).click();
    await choose(page, /Alex Morgan/);
    await page.getByRole("button", { name: "Disconnect" }).waitFor();
    await until("nothing is missing", async () => (await page.getByRole("button", { name: "Connect again" }).count()) === 0);
  });
});

test("lost at Google: told, and connected again on a phone", { timeout: 180_000 }, async () => {
  await office.sandbox("google/revoke-grant", { email: "alex.morgan@example.com" });
  await office.sandbox("clock", { advance_seconds: 90_000 });
  await office.visit("/console/today", {}, async (page) => {
    await until("it is told", async () => {
      const news = await (await page.request.get("/api/notifications")).json();
      return news.items.some(({ kind }) => kind === "calendar_reconnect_needed");
    });
  });
  await office.visit(room, phone, async (page) => {
    await page.getByText("To be connected again").waitFor();
    await page.getByText("Google no longer gives access").first().waitFor();
    await check(page, "lost, on a phone");
    await page.getByRole("button", { name: "Connect again" }).click();
    await page.getByLabel("Another e-mail address").waitFor();
    assert.equal(await page.getByLabel("Another e-mail address").inputValue(), "alex.morgan@example.com");
    await choose(page, /Alex Morgan/);
    await page.getByRole("status").getByText("Google Calendar is connected.").waitFor();
    await check(page, "connected again, on a phone");
  });
  await office.visit(room, { locale: "es-ES" }, async (page) => {
    await page.getByText("Conectado", { exact: true }).waitFor();
    await page.getByRole("radiogroup", { name: "Las reservas se escriben en" }).waitFor();
    await checkWhole(page, "Spanish");
  });
});
