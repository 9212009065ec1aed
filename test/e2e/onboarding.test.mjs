// An agency asks a business in; the business sets itself up on two devices; the agency works in it. A realtor sets the own office
// up; a team grows by invitation.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings } from "./axe.mjs";
import { loseSession, Office, until } from "./office.mjs";
import { faults } from "./sweep.mjs";

const password = "seven green lanterns";
const greta = { email: "greta@greatagency.test", name: "Greta Great", password };
const rita = { email: "rita@rayrealty.test", name: "Rita Ray", password };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let office;
before(async () => {
  office = await Office.open();
  office.addAccount("Great Agency", greta, ["--kind", "agency"]);
});
after(() => office?.stop());

const check = async (page, what) => assert.deepEqual(await findings(page), [], what);
/** The same in every dress. */
const checkWhole = async (page, what) => assert.deepEqual(await faults(page, what), []);

async function signIn(page, person, next = "/console") {
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.pathname.startsWith(next));
}

/** The link in the latest letter to somebody. */
const linkFor = (email, path) =>
  until(`a letter to ${email}`, async () => {
    const letters = (await office.outbox()).filter(({ to }) => JSON.stringify(to).includes(email));
    return letters.map(({ text }) => new RegExp(`${path}/[\\w-]+`).exec(text)?.[0]).find(Boolean);
  });

const next = (page) => page.getByRole("button", { name: /^(Continue|Finish)$/ });

test("a business from its invitation to its console", { timeout: 300_000 }, async () => {
  const desk = await office.window({ signedIn: false });
  const hub = await desk.newPage();
  await hub.goto("/console/businesses");
  await signIn(hub, greta, "/console/businesses");
  await hub.getByText("No businesses yet").waitFor();
  await check(hub, "hub, empty");

  await hub.getByRole("button", { name: "Add a business" }).first().click();
  const form = hub.getByRole("dialog", { name: "Add a business" });
  await form.getByLabel("Name of the person").fill(rita.name);
  await form.getByLabel("E-mail").fill(rita.email);
  await check(hub, "new business");
  await form.getByRole("button", { name: "Add and invite" }).click();
  await hub.waitForURL(/businesses\/[0-9a-f-]{36}$/);
  await hub.getByText("Invited").first().waitFor();
  await check(hub, "business");

  // On a phone she begins, and puts it aside.
  const link = await linkFor(rita.email, "/onboarding");
  const mobile = await office.window({ signedIn: false, ...phone });
  const small = await mobile.newPage();
  await small.goto(link);
  await small.getByText("Great Agency is looking forward").waitFor();
  await check(small, "wizard on a phone");
  await small.getByLabel("Phone", { exact: true }).first().fill("(202) 555-0123");
  await small.getByRole("button", { name: "Save and continue later" }).click();
  await small.getByRole("heading", { name: "Saved" }).waitFor();

  // At her desk she finds it as she left it, and goes on.
  const atDesk = await office.window({ signedIn: false });
  const page = await atDesk.newPage();
  await page.goto(link);
  await until("the phone number is there", async () => (await page.getByLabel("Phone", { exact: true }).first().inputValue()) === "(202) 555-0123");
  await next(page).click();
  await page.getByText("Too short").or(page.getByText(/at least 12/i)).first().waitFor();
  await page.getByLabel("Choose a password").fill(password);
  await next(page).click();
  await page.waitForURL("**/onboarding");
  await page.getByRole("heading", { level: 1, name: "Services" }).waitFor();
  await checkWhole(page, "services");

  // Whoever has the link now has nothing.
  await small.goto(link);
  await small.getByRole("heading", { name: "This link does not work" }).waitFor();
  await mobile.close();

  await page.getByText("Selling a home").click();
  await next(page).click();
  await page.getByLabel("Name of the business").fill("Ray Realty");
  await page.getByLabel("Website").fill("not a site at all");
  await next(page).click();
  await page.getByText(/web address/).waitFor();
  await page.getByLabel("Website").fill("rayrealty.test");
  await checkWhole(page, "brand");
  await next(page).click();
  for (const [step, answer] of [
    ["Website", "I will grant it"],
    ["Google Analytics", "I need help"],
    ["Google Ads", "I have no account"],
  ]) {
    await page.getByRole("heading", { level: 1, name: step }).waitFor();
    await page.getByLabel(answer).check();
    await checkWhole(page, step);
    await next(page).click();
  }

  // A deep link leads back to where she was, after signing in.
  await page.getByRole("heading", { level: 1, name: "Facebook and Instagram" }).waitFor();
  await loseSession(atDesk);
  await page.goto("/onboarding");
  await page.waitForURL(/\/login\?next=/);
  await signIn(page, rita, "/onboarding");
  await page.getByRole("heading", { level: 1, name: "Facebook and Instagram" }).waitFor();
  await page.getByLabel("I have no accounts there").check();
  await next(page).click();
  await page.getByLabel("Yes, you have it all").check();
  await checkWhole(page, "the last question");
  await next(page).click();
  await page.getByRole("heading", { name: /That was all/ }).waitFor();
  await checkWhole(page, "finish");

  // The agency sees it, activates, and works in it.
  await hub.goto("/console/businesses");
  await hub.getByText("Waits for activation").last().waitFor();
  await hub.getByRole("link", { name: "Ray Realty" }).click();
  await hub.getByRole("button", { name: "Activate" }).click();
  await hub.getByText("Active", { exact: true }).first().waitFor();
  await until("she is told", async () => (await office.outbox()).filter(({ to }) => JSON.stringify(to).includes("rita@")).length >= 3);
  await hub.getByRole("button", { name: "Work in it" }).click();
  const banner = hub.getByRole("complementary", { name: "Whose account this is" });
  await banner.getByText("Ray Realty").waitFor();
  await check(hub, "acting");
  await hub.getByRole("link", { name: "People" }).first().click();
  await banner.waitFor();
  await banner.getByRole("button", { name: "Back to the agency" }).click();
  await hub.waitForURL("**/console/businesses");
  await until("the banner is gone", async () => (await banner.count()) === 0);

  // Whoever runs it is at home.
  await page.goto("/console");
  await page.waitForURL("**/console/today");
  await page.getByRole("button", { name: /Rita Ray/ }).getByText("Ray Realty").waitFor();
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  assert.deepEqual([...desk.faults, ...atDesk.faults], []);
  await desk.close();
  await atDesk.close();
});

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
