// A realtor sets the own office up; a team grows by invitation.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings } from "./axe.mjs";
import { Office, until } from "./office.mjs";

const password = "seven green lanterns";
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let office;
before(async () => {
  office = await Office.open();
});
after(() => office?.stop());

const check = async (page, what) => assert.deepEqual(await findings(page), [], what);

/** The link in the latest letter to somebody. */
const linkFor = (email, path) =>
  until(`a letter to ${email}`, async () => {
    const letters = (await office.outbox()).filter(({ to }) => JSON.stringify(to).includes(email));
    return letters.map(({ text }) => new RegExp(`${path}/[\\w-]+`).exec(text)?.[0]).find(Boolean);
  });

const next = (page) => page.getByRole("button", { name: /^(Continue|Finish)$/ });

test("a team by invitation", { timeout: 180_000 }, async () => {
  await office.visit("/console/settings/team", {}, async (page) => {
    await page.getByText("(you)").waitFor();
    await check(page, "team");
    await page.getByRole("button", { name: "Invite somebody" }).click();
    const form = page.getByRole("dialog", { name: "Invite somebody" });
    await form.getByLabel("E-mail").fill("tess@fieldandgable.test");
    await form.getByLabel("Agent", { exact: true }).check();
    await check(page, "invite");
    await form.getByRole("button", { name: "Send the invitation" }).click();
    await page.getByText("tess@fieldandgable.test").first().waitFor();

    const link = await linkFor("tess@fieldandgable.test", "/join");
    await office.visit(link, { signedIn: false, ...phone }, async (small) => {
      await small.getByRole("heading", { name: "Join Field & Gable Realty" }).waitFor();
      await check(small, "join");
      await small.getByLabel("Your name").fill("Tess Trent");
      await small.getByLabel("Choose a password").fill(password);
      await small.getByRole("button", { name: "Join", exact: true }).click();
      await small.waitForURL(/\/console/);
      await small.goto(link);
      await small.getByRole("heading", { name: "This invitation does not work" }).waitFor();
    });

    await page.reload();
    await page.getByLabel("Role of Tess Trent").selectOption("assistant");
    await page.getByText(/Tess Trent was changed/).waitFor();
    await page.getByRole("button", { name: "More about Tess Trent" }).click();
    await page.getByRole("menuitem", { name: "Remove from the team" }).click();
    await page.getByRole("menuitem", { name: "Yes, remove Tess Trent" }).click();
    await page.getByText("Tess Trent is no longer in the team").waitFor();
  });
});

test("a realtor's own start", { timeout: 180_000 }, async () => {
  await office.visit("/onboarding", {}, async (page) => {
    await page.getByRole("heading", { level: 1, name: "About you" }).waitFor();
    await page.getByLabel("Video about you").fill("https://vimeo.com/76979871");
    await page.getByLabel("Time zone").selectOption("America/Chicago");
    await check(page, "own profile");
    await next(page).click();
    await page.getByRole("heading", { level: 1, name: "Calendar" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Calendar" }).waitFor();
    await page.getByRole("button", { name: "Skip" }).click();
    await page.getByRole("heading", { name: /That was all/ }).waitFor();
    await page.getByText(/\/cma\/field-gable-realty-/).waitFor();
    await page.getByRole("img", { name: /Code to scan/ }).first().waitFor();
    await check(page, "own finish");
    await page.getByRole("link", { name: "Change my answers" }).click();
    await page.getByRole("heading", { level: 1, name: /About you|Calendar/ }).waitFor();
  });
});
