// Getting in: signing up, the code on a new browser, a new password, the second step, passkeys, and staying in.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { loseSession, Office, owner, until } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open();
  // The owner has a browser that is known; another one will be new.
  await (await office.window()).close();
});
after(() => office?.stop());

/** The last letter to somebody. */
const letter = async (to, pattern) =>
  until(`a letter to ${to}`, async () => {
    const found = (await office.outbox()).filter((mail) => JSON.stringify(mail.to).includes(to) && pattern.test(mail.text ?? ""));
    return found.at(0) && pattern.exec(found.sort((a, b) => (a.at < b.at ? 1 : -1))[0].text)[1];
  });

const words = "eleven green lanterns in a row";

/** Where the last letter to somebody leads, on this server. */
const confirmation = async (to) => office.url + (await letter(to, /https?:\/\/[^/\s]+(\/verify-email\?token=[\w-]+)/));

test("signs up, confirms the letter, and is in; changes the name, and by another letter the address", { timeout: 120_000 }, async () => {
  await office.visit("/login", { signedIn: false, known: false }, async (page) => {
    const confirm = async (email) => {
      await page.goto(await confirmation(email));
      await page.getByRole("button", { name: "Confirm" }).click();
      await page.getByText(`${email} is confirmed`).waitFor();
      await page.getByLabel("Password", { exact: true }).fill(words);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.waitForURL("**/console/today");
    };
    await page.getByRole("link", { name: "Sign up" }).click();
    await page.getByLabel("Your name").fill("Eve Stone");
    await page.getByLabel("E-mail").fill("eve@example.com");
    await page.getByLabel("New password").fill("password1234");
    await page.getByRole("button", { name: "Sign up" }).click();
    await page.getByText("Is among those that attackers try first").waitFor();
    await page.getByLabel("New password").fill(words);
    await page.getByText("Strong").waitFor();
    await page.getByRole("button", { name: "Sign up" }).click();
    await page.getByRole("heading", { name: "Look into your mail" }).waitFor();
    await confirm("eve@example.com");

    await page.goto("/console/settings/profile");
    await page.getByRole("button", { name: "Change Name: Eve Stone" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Eve Stone-Price");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Change Name: Eve Stone-Price" }).waitFor();
    await page.goto("/console/settings/security");
    await page.getByText("You sign in with eve@example.com.").waitFor();
    await office.sandbox("clock", { advance_seconds: 11 * 60 });
    await page.getByLabel("New address").fill("eve@new.example.com");
    await page.getByRole("button", { name: "Send the letter" }).click();
    const dialog = page.getByRole("dialog", { name: "Is it you?" });
    await dialog.getByLabel("Current password").fill(words);
    await dialog.getByRole("button", { name: "Go on" }).click();
    await page.getByText("We wrote to eve@new.example.com.").waitFor();
    await loseSession(page.context());
    await confirm("eve@new.example.com");
  });
});

test("a new browser is asked for a code, a trusted one is not", { timeout: 120_000 }, async () => {
  await office.visit("/console/tasks", { signedIn: false, known: false }, async (page, context) => {
    const signIn = async () => {
      await page.getByLabel("E-mail").fill(owner.email);
      await page.getByLabel("Password", { exact: true }).fill(owner.password);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
    };
    await signIn();
    await page.getByRole("heading", { name: "Enter your code" }).waitFor();
    await page.getByText("You have not signed in from this browser before.").waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill("12345");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("That is not the code.").waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill(await letter(owner.email, /\b(\d{6})\b/));
    await page.getByLabel("Trust this browser").check();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.waitForURL("**/console/tasks"); // where one wanted to go
    await loseSession(context);
    await page.goto("/console/people");
    await page.waitForURL(/\/login\?next=/);
    await signIn();
    await page.waitForURL("**/console/people");
  });
});

test("stays in when the access token's time is over, and is out when the session's is", { timeout: 120_000 }, async () => {
  const now = (await office.sandbox("clock")).now;
  await office.visit("/console/people", {}, async (page) => {
    await page.getByText("Everyone you work with, in one place").waitFor();
    await office.sandbox("clock", { advance_seconds: 3600 });
    await page.getByRole("link", { name: "Tasks" }).first().click();
    await page.waitForURL("**/console/tasks");
    await page.getByRole("heading", { level: 1, name: "Tasks" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Tasks" }).waitFor();
    // Nobody looks at a page meanwhile, which would keep the session.
    await page.goto("about:blank");
    await office.sandbox("clock", { advance_seconds: 31 * 86_400 });
    await page.goto("/console/tasks");
    await page.waitForURL(/\/login\?next=%2Fconsole%2Ftasks/);
  });
  await office.sandbox("clock", { set: now });
});

/** What an authenticator app shows for a key at the product's time. */
async function appCode(key) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = Buffer.from(bits.match(/.{8}/g).map((octet) => Number.parseInt(octet, 2)));
  const counter = Buffer.alloc(8);
  const now = new Date((await office.sandbox("clock")).now).getTime();
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac("sha1", bytes).update(counter).digest();
  const at = mac.at(-1) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("sets up an authenticator app and signs in with a recovery code", { timeout: 120_000 }, async () => {
  await office.visit("/console/settings/security", {}, async (page) => {
    await page.getByRole("button", { name: "Set up an app" }).click();
    await page.getByRole("img", { name: "QR code for your authenticator app" }).waitFor();
    const key = await page.locator("code").first().textContent();
    await page.getByLabel("Code from the app").fill(await appCode(key));
    await page.getByRole("button", { name: "Turn on" }).click();
    const codes = page.getByRole("list", { name: "Your recovery codes" }).getByRole("listitem");
    await codes.first().waitFor();
    assert.equal(await codes.count(), 10);
    const recovery = await codes.first().textContent();
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.getByText("10 recovery codes left").waitFor();

    await office.visit("/login", { signedIn: false }, async (other) => {
      await other.getByLabel("E-mail").fill(owner.email);
      await other.getByLabel("Password", { exact: true }).fill(owner.password);
      await other.getByRole("button", { name: "Sign in", exact: true }).click();
      await other.getByText("Open your authenticator app").waitFor();
      await other.getByRole("textbox", { name: "Code" }).fill(recovery);
      await other.getByRole("button", { name: "Continue" }).click();
      await other.waitForURL("**/console/today");
    });
    await page.getByRole("button", { name: "Turn off" }).click();
    await office.sandbox("clock", { advance_seconds: 60 });
    await page.getByLabel("Code from the app, or a recovery code").fill(await appCode(key));
    await page.getByRole("button", { name: "Turn off" }).click();
    await page.getByText("It is off.").waitFor();
  });
});
