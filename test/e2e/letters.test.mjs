// The product's own letters, what people hear of, the security log, and the door to the house.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Office, owner, until } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open();
});
after(() => office?.stop());

test("the start page in Spanish leads to the wizard", async () => {
  await office.visit("/", { locale: "es-MX", signedIn: false }, async (page) => {
    assert.equal(await page.getByRole("link", { name: "Empezar" }).getAttribute("href"), "/onboarding");
  });
});

test("the start page needs no script", async () => {
  await office.visit("/", { signedIn: false, javaScriptEnabled: false }, async (page) => {
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByRole("link", { name: "Español" }).click();
    await page.getByRole("link", { name: "Empezar" }).waitFor();
  });
});

test("a template is edited, refused where it is wrong, tested; the letter is followed in the log", async () => {
  await office.visit("/console/settings/letter-templates", {}, async (page) => {
    await page.getByRole("button", { name: "Edit Team invitation" }).click();
    const drawer = page.getByRole("dialog", { name: "Team invitation" });
    const subject = drawer.getByLabel("Subject");
    await subject.fill("{{salary}} for you");
    await drawer.getByRole("button", { name: "Save" }).click();
    await drawer.getByText("which this letter does not know").first().waitFor();
    await subject.fill("Come and join {{account}}, {{name}}");
    await drawer.getByText("Come and join Field & Gable Realty, Kim Lee").waitFor();
    await drawer.getByRole("button", { name: "Save" }).click();
    await page.getByText("your words").waitFor();
    await page.getByRole("button", { name: "Edit Team invitation" }).click();
    await drawer.getByRole("button", { name: "Send a test to me" }).click();
    await page.getByText(`The test is on its way to ${owner.email}`).waitFor();
  });
  const letter = await until("the letter is out", async () =>
    (await office.outbox()).find(({ to, subject }) => to === owner.email && subject.startsWith("Come and join")),
  );
  assert.equal(letter.provider, "mailgun");
  await office.sandbox("email-events", { message_id: letter.message_id, events: ["delivered", "open", "open", "click"] });

  await office.visit("/console/settings/letters", {}, async (page) => {
    await page.getByRole("button", { name: /^Come and join/ }).click();
    const drawer = page.getByRole("dialog", { name: "The letter" });
    await drawer.getByText("2 times").waitFor();
    await drawer.getByText("1 time", { exact: false }).first().waitFor();
    await drawer.getByText("Plain text").click();
    await drawer.getByText("••••••").waitFor();
    await page.keyboard.press("Escape");
    const numbers = page.getByRole("region", { name: "What became of them" });
    await numbers.getByRole("button", { name: "Clicked: A person clicked a link in it. Machines do not count." }).waitFor();
    await numbers.getByText("By type").click();
    await numbers.getByRole("row", { name: /^Team invitation( 0)* 1/ }).waitFor();
    await numbers.getByText("7 days").click();
    await page.waitForURL(/days=7/);
    await numbers.getByRole("button", { name: /^Clicked/ }).waitFor();
  });
  await office.visit("/console/settings/security-log", {}, async (page) => {
    await page.getByRole("list", { name: "Security log" }).getByText("changed a letter template").first().waitFor();
    await page.getByText(/each as it was written/).waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Export as CSV" }).click();
    const file = readFileSync(await (await download).path(), "utf8");
    assert.match(file, /write_email_template/);

    const list = page.getByRole("list", { name: "Security log" });
    await page.getByRole("combobox", { name: "Action" }).selectOption("changed a letter template");
    await list.getByText("signed in").first().waitFor({ state: "detached" });
    assert.equal(await list.getByRole("listitem").count(), 1);
    await page.getByRole("combobox", { name: "Who" }).selectOption("Nora Field");
    await page.waitForURL(/actor_id=/);
    await list.getByText("changed a letter template").waitFor();
    await page.getByRole("combobox", { name: "Action" }).selectOption("invited to the team");
    await page.getByText("Nothing matches").waitFor();
    await page.getByRole("combobox", { name: "Action" }).selectOption("All actions");
    await list.getByText("signed in").first().waitFor();
    for (const line of await list.getByRole("listitem").allTextContents()) assert.match(line, /^Nora Field/);
  });
});

test("the bell rings when a letter bounces, and leads to the person; what one hears of can be chosen", async () => {
  await office.addClient("Mira Stone");
  await office.sandbox("clock", { advance_seconds: 86_400 });
  const mail = await until("the follow-up is out", async () =>
    (await office.outbox()).find(({ to }) => to === "mira.stone@example.com"),
  );
  await office.sandbox("email-events", { message_id: mail.message_id, events: ["bounce"] });
  await office.visit("/console/dashboard", {}, async (page) => {
    await page.getByRole("button", { name: "Notifications, 1 unread" }).click();
    await page.getByRole("link", { name: /An e-mail to Mira Stone could not be delivered/ }).click();
    await page.getByRole("heading", { name: "Mira Stone" }).waitFor();
    await page.getByRole("button", { name: "Notifications, 0 unread" }).waitFor();
    await page.goto("/console/settings/notifications");
    const choice = page.getByRole("radiogroup", { name: "An e-mail could not be delivered" });
    await choice.getByText("Off").click();
    await until("it is kept", async () => {
      const { kinds } = await office.asOwner("/api/notifications/preferences");
      return kinds.some(({ kind, way }) => kind === "email_bounced" && way === "off");
    });
    await page.reload();
    await until("it is still off", async () => choice.getByRole("radio", { name: "Off" }).isChecked());
  });
});

test("summaries are switched on and off, and an example shows what they are like", async () => {
  await office.visit("/console/settings/notifications", {}, async (page) => {
    const weekly = page.getByRole("switch", { name: "The week" });
    const monthly = page.getByRole("switch", { name: "The month" });
    const kept = async () => {
      const { weekly_summary, monthly_summary } = await office.asOwner("/api/notifications/preferences");
      return `${weekly_summary} ${monthly_summary}`;
    };
    await weekly.waitFor();
    const before = [await weekly.isChecked(), await monthly.isChecked()];
    assert.equal(await kept(), before.join(" "));
    await weekly.press("Space");
    await until("the week is kept", async () => (await kept()) === `${!before[0]} ${before[1]}`);
    await monthly.press("Space");
    await until("the month is kept", async () => (await kept()) === `${!before[0]} ${!before[1]}`);
    await page.reload();
    await until("it stays", async () => (await weekly.isChecked()) === !before[0]);

    await page.getByRole("button", { name: "Send me one with made-up numbers" }).click();
    await page.getByText(`An example is on its way to ${owner.email}`).waitFor();
    await until("it came", async () => (await office.outbox()).some(({ to, subject }) => to === owner.email && /week|summary/i.test(subject)));

    await page.route("**/api/notifications/preferences", (route) =>
      route.request().method() === "PATCH" ? route.fulfill({ status: 503, contentType: "application/problem+json", body: "{}" }) : route.continue(),
    );
    await weekly.press("Space");
    await page.getByText("Your choice was not saved").waitFor();
    await until("rolled back", async () => (await weekly.isChecked()) === !before[0]);
  });
});
