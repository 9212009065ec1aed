// Somebody who is known by a telephone number alone, met on the phone between two showings.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Office, until } from "./office.mjs";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let office;
before(async () => {
  office = await Office.open();
});
after(() => office?.stop());

/** No value that is not there is written out, and no link leads nowhere. */
async function assertNothingEmpty(page) {
  const text = await page.locator("body").innerText();
  assert.doesNotMatch(text, /\bnull\b|\bundefined\b/);
  assert.equal(await page.locator('a[href="mailto:"], a[href^="mailto:null"], a[href="tel:null"]').count(), 0);
}

test("added with a number, called while there is no address, written to once there is one", async () => {
  let id;
  await office.visit("/console/people?new=1", phone, async (page) => {
    const form = page.getByRole("dialog", { name: "Add a person" });
    await form.getByLabel("Name").fill("Nell Ashby");
    await form.getByLabel("Property address").fill("8 Harbor Lane, Eastport");
    await form.getByRole("button", { name: "Add a person" }).click();
    await form.getByText("An e-mail or a phone number is needed.").waitFor();
    await form.getByLabel("Phone").fill("(415) 555-0191");
    await form.getByText("Five reminders to call:").waitFor();
    await form.getByRole("button", { name: "Add a person" }).click();
    await page.waitForURL(/people\/[0-9a-f-]{36}/);
    id = page.url().match(/people\/([0-9a-f-]{36})/)[1];

    await page.getByText("No e-mail address, so nothing can be sent.").waitFor();
    assert.ok(await page.getByRole("button", { name: "E-mail", exact: true }).isDisabled());
    assert.ok(await page.getByRole("link", { name: "Call" }).isVisible());
    await assertNothingEmpty(page);
    await page.goto(`/console/people/${id}?compose=1`);
    await page.getByRole("dialog").getByText("Nell Ashby has no e-mail address.").waitFor();
    assert.equal(await page.getByRole("dialog").getByRole("button", { name: "Send" }).count(), 0);
  });
  assert.equal((await office.api("GET", `/api/clients/${id}`)).email, null);

  await office.sandbox("clock", { advance_seconds: 86_460 });
  const task = await until("the follow-up is a person's", async () => {
    const { items } = await office.api("GET", `/api/clients/${id}/tasks`);
    return items.find(({ mode }) => mode === "manual");
  });
  await office.visit("/console/today", phone, async (page) => {
    const card = page.locator(`[data-row="task:${task.id}"]`);
    await card.getByText("No e-mail address: call, or add one").waitFor();
    assert.equal(await card.getByRole("link", { name: "Call" }).getAttribute("href"), "tel:(415) 555-0191");
    await assertNothingEmpty(page);
    for (const path of ["people", "pipeline", "tasks"]) {
      await page.goto(`/console/${path}`);
      await page.locator("[data-row]").first().waitFor();
      await assertNothingEmpty(page);
    }
    await page.goto(`/console/people?q=nell`);
    await page.getByText("(415) 555-0191").first().waitFor();
  });

  await office.visit(`/console/people/${id}`, phone, async (page) => {
    await page.getByRole("radiogroup", { name: "Parts of the page" }).getByText("Facts").click();
    await page.getByRole("button", { name: /^Change Phone:/ }).click();
    await page.getByRole("textbox", { name: "Phone" }).fill("");
    await page.keyboard.press("Enter");
    await page.getByText("An e-mail or a phone number is needed.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Change E-mail:/ }).click();
    await page.getByRole("textbox", { name: "E-mail" }).fill("nell@example.com");
    await page.keyboard.press("Enter");
    await page.getByText("No e-mail address, so nothing can be sent.").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "E-mail", exact: true }).click();
    const compose = page.getByRole("dialog", { name: "Write an e-mail" });
    await compose.getByText("nell@example.com").waitFor();
    await compose.getByLabel("Subject").fill("Good to meet you");
    await compose.getByRole("textbox", { name: "Text" }).fill("It was good to talk on the phone.");
    await compose.getByRole("button", { name: "Send" }).click();
    await page.getByText(/is on its way|Undo/).first().waitFor();
  });
  await office.sandbox("clock", { advance_seconds: 120 });
  await until("the letter is in the outbox", async () =>
    (await office.outbox()).some(({ to, subject }) => to === "nell@example.com" && subject === "Good to meet you"),
  );
  await until("what waited went out by itself", async () => {
    const now = await office.api("GET", `/api/tasks/${task.id}`);
    return now.mode === "automatic" && now.status === "completed";
  });
});
