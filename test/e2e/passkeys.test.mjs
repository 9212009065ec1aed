// Passkeys in a real browser, with an authenticator that Chromium plays.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Office, owner, until } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open({ host: "localhost" });
});
after(() => office?.stop());

/** A phone that knows its owner, as Chromium's own protocol makes one. */
async function authenticator(page, context) {
  const protocol = await context.newCDPSession(page);
  await protocol.send("WebAuthn.enable");
  const { authenticatorId } = await protocol.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const tell = (method, more = {}) => protocol.send(`WebAuthn.${method}`, { authenticatorId, ...more });
  return {
    keys: async () => (await tell("getCredentials")).credentials,
    keep: (credential) => tell("addCredential", { credential }),
    recognises: (isUserVerified) => tell("setUserVerified", { isUserVerified }),
  };
}

const security = "/console/settings/security";
const section = (page) => page.getByRole("region", { name: "Passkeys" });
const proof = (page) => page.getByRole("dialog", { name: "Is it you?" });

let kept;

test("is set up within ten minutes of the sign-in, listed and told", async () => {
  await office.visit(security, {}, async (page, context) => {
    const phone = await authenticator(page, context);
    await page.getByText("No passkeys yet.").waitFor();
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText("The passkey is set up").waitFor();
    await section(page).getByRole("listitem").waitFor();
    assert.equal(await section(page).getByRole("listitem").count(), 1);
    await section(page).getByText("never used").waitFor();
    [kept] = await phone.keys();
    assert.equal(kept.rpId, "localhost");
    assert.ok(kept.isResidentCredential);
  });
  const told = await until("a letter tells the owner", async () =>
    (await office.outbox()).find((letter) => /passkey/i.test(JSON.stringify(letter))),
  );
  assert.ok(told);
});

test("opens the account in a new browser without a password or a code", async () => {
  await office.visit("/login", { signedIn: false, known: false }, async (page, context) => {
    const phone = await authenticator(page, context);
    await phone.keep(kept);
    await page.getByRole("button", { name: /passkey/i }).click();
    await page.waitForURL("**/console/today");
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
    const [used] = await phone.keys();
    assert.ok(used.signCount > kept.signCount);
    kept = used;
  });
});

test("does not open it for somebody whom the phone does not know", async () => {
  await office.visit("/login", { signedIn: false, known: false }, async (page, context) => {
    const phone = await authenticator(page, context);
    await phone.keep(kept);
    await phone.recognises(false);
    await page.getByRole("button", { name: /passkey/i }).click();
    await page.getByRole("alert").waitFor();
    assert.match(page.url(), /\/login/);
  });
});

test("later than that the password is asked for again, and a removed passkey opens nothing", async () => {
  await office.visit(security, { known: false, signedIn: false }, async (page, context) => {
    const phone = await authenticator(page, context);
    await phone.keep(kept);
    await page.waitForURL(/\/login/);
    await page.getByRole("button", { name: /passkey/i }).click();
    await page.waitForURL(`**${security}`);
    [kept] = await phone.keys();
    await office.sandbox("clock", { advance_seconds: 11 * 60 });

    const remove = section(page).getByRole("button", { name: /^Remove / });
    await remove.click();
    await proof(page).waitFor();
    await proof(page).getByRole("button", { name: "Cancel" }).click();
    await proof(page).waitFor({ state: "hidden" });
    assert.equal(await section(page).getByRole("listitem").count(), 1);

    await remove.click();
    await proof(page).getByLabel("Current password", { exact: true }).fill("not my password");
    await proof(page).getByRole("button", { name: "Go on" }).click();
    await proof(page).getByText("Is not your password").waitFor();
    await proof(page).getByLabel("Current password", { exact: true }).fill(owner.password);
    await proof(page).getByRole("button", { name: "Go on" }).click();
    await page.getByText("No passkeys yet.").waitFor();
  });
  await office.visit("/login", { signedIn: false, known: false }, async (page, context) => {
    const phone = await authenticator(page, context);
    await phone.keep(kept);
    await page.getByRole("button", { name: /passkey/i }).click();
    await page.getByRole("alert").waitFor();
    assert.match(page.url(), /\/login/);
  });
});
