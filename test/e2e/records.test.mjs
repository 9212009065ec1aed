// What an office keeps of people: whose they are, what they wrote back, and what is left when somebody is erased.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Office, until } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open();
});
after(() => office?.stop());

test("people are given to somebody of the office, and taken back", async () => {
  for (const name of ["Ada Given", "Ben Given"]) await office.addClient(name);
  const owners = async () => (await office.api("GET", "/api/clients?q=given")).items.map(({ assigned_to: user }) => user);
  await office.visit("/console/people?q=given", {}, async (page) => {
    await page.getByRole("checkbox", { name: "Choose all that are shown" }).click();
    await page.getByRole("button", { name: "Assign to" }).click();
    await page.getByRole("menuitem", { name: "Nora Field" }).click();
    await page.getByText("2 people are now Nora Field's").waitFor();
    assert.ok((await owners()).every(Boolean));
    await page.getByRole("button", { name: "Undo" }).click();
    await until("nobody's again", async () => (await owners()).every((user) => user === null));
    await page.getByRole("link", { name: "Ada Given" }).click();
    await page.getByRole("button", { name: /^Change Looked after by:/ }).click();
    await page.getByRole("combobox", { name: "Looked after by" }).selectOption({ label: "Nora Field" });
    await page.keyboard.press("Enter");
    await until("hers", async () => (await owners()).some(Boolean));
    await page.getByRole("button", { name: /^Change Looked after by:/ }).getByText("Nora Field").waitFor();
  });
});

test("somebody is erased for good: a certificate is shown, and kept", async () => {
  const client = await office.addClient("Gone Person", { notes: "Asked us to forget her." });
  await office.visit(`/console/people/${client.id}`, {}, async (page) => {
    await page.getByRole("button", { name: "More about Gone Person" }).click();
    await page.getByRole("menuitem", { name: "Erase for good" }).click();
    const dialog = page.getByRole("dialog", { name: "Erase Gone Person for good" });
    await dialog.getByLabel("Reason").fill("She asked for it by letter.");
    assert.ok(await dialog.getByRole("button", { name: "Erase for good" }).isDisabled());
    await dialog.getByLabel("I understand that Gone Person can't be brought back").check();
    await dialog.getByRole("button", { name: "Erase for good" }).click();
    const certificate = page.getByRole("dialog", { name: "Gone Person was erased" });
    await certificate.getByText("She asked for it by letter.").waitFor();
    await certificate.getByText(/records: 1/).waitFor();
    const download = page.waitForEvent("download");
    await certificate.getByRole("link", { name: "Download the certificate" }).click();
    assert.match((await download).suggestedFilename(), /^erasure-[0-9a-f-]{36}\.json$/);
    await certificate.getByRole("button", { name: "Done" }).click();
    await page.waitForURL("**/console/people");
    assert.equal((await office.api("GET", "/api/clients?q=gone")).total, 0);

    await page.goto("/console/settings/data");
    await page.getByText("She asked for it by letter.").first().click();
    await page.getByText("Keyed hash of the e-mail address").waitFor();
    await page.getByLabel("Days in the trash").fill("60");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("What is deleted stays for 60 days").waitFor();
    assert.equal((await office.api("GET", "/api/retention")).trash_days, 60);
  });
});

test("what somebody wrote back is read", async () => {
  await office.addClient("Rosa Writes");
  await office.sandbox("clock", { advance_seconds: 86_400 });
  await until("her letter is out", async () => (await office.outbox()).some(({ to }) => to === "rosa.writes@example.com"));
  await office.sandbox("inbound", { channel: "email", from: "rosa.writes@example.com", text: "Saturday at ten suits us well." });
  await office.visit("/console/emails", {}, async (page) => {
    await page.getByRole("navigation", { name: "Sent or received" }).getByRole("link", { name: "Received" }).click();
    const list = page.getByRole("list", { name: "Received e-mails" });
    await list.getByText("Saturday at ten suits us well.").waitFor();
    await list.getByRole("button").first().click();
    const drawer = page.getByRole("dialog", { name: "Received e-mail" });
    await drawer.getByRole("link", { name: "Rosa Writes" }).waitFor();
    await drawer.getByText(/Saturday at ten suits us well/).waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    assert.match(page.url(), /emails\/received$/);
  });
});

test("what a person wrote stands on their page, to be read and answered", async () => {
  const mail = await until("it came in", async () => (await office.api("GET", "/api/emails/received")).items[0]);
  await office.visit(`/console/people/${mail.client_id}`, {}, async (page) => {
    const section = page.getByRole("region", { name: "Received e-mails" });
    await section.getByText("Saturday at ten suits us well.").waitFor();
    await section.getByRole("listitem").getByRole("button").click();
    const drawer = page.getByRole("dialog", { name: "Received e-mail" });
    await drawer.getByText(/Saturday at ten suits us well/).waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    await section.getByRole("link", { name: /^Answer/ }).click();
    const form = page.getByRole("dialog", { name: "Write an e-mail" });
    await form.getByRole("region", { name: "What is answered" }).getByText("Saturday at ten suits us well.").waitFor();
    await form.getByRole("button", { name: "Cancel" }).click();
    await form.waitFor({ state: "detached" });

    // Another one comes while the page is open, and stands above.
    await office.sandbox("inbound", { channel: "email", from: "rosa.writes@example.com", text: "Or Sunday at noon.", auto_submitted: "auto-replied" });
    await until("the newest is first", async () => /Or Sunday at noon/.test((await section.getByRole("listitem").first().textContent()) ?? ""));
  });
});

test("what somebody wrote back is answered, in its thread", async () => {
  const mail = await until("it came in", async () => (await office.api("GET", "/api/emails/received?kind=reply")).items[0]);
  await office.visit(`/console/emails/received?email=${mail.id}`, {}, async (page) => {
    await page.getByRole("dialog", { name: "Received e-mail" }).getByRole("link", { name: "Answer", exact: true }).click();
    const form = page.getByRole("dialog", { name: "Write an e-mail" });
    await form.getByRole("region", { name: "What is answered" }).getByText("Saturday at ten suits us well.").waitFor();
    await until("its subject", async () => /^Re: /i.test(await form.getByLabel("Subject").inputValue()));
    await form.getByRole("textbox", { name: "Text" }).fill("See you on Saturday at ten.");
    await form.getByRole("button", { name: "Send" }).click();
    await page.getByText("E-mail to Rosa Writes is on its way").waitFor();
    await office.sandbox("clock", { advance_seconds: 60 });
    await until("it is answered", async () => (await office.api("GET", `/api/emails/received/${mail.id}`)).answered_by);
    await page.goto("/console/emails/received");
    await page.getByRole("list", { name: "Received e-mails" }).getByText("Answered").waitFor();
  });
});

test("somebody unknown who wrote is added, and the letter is come back to", async () => {
  const { address } = await office.asOwner("/api/emails/forwarding-address");
  const from = "Lena New <lena.new@example.com>";
  await office.sandbox("inbound", { channel: "email", from, to: address, subject: "Your board", text: "I saw your board on Elm Street." });
  await office.visit("/console/emails/received", {}, async (page) => {
    await page.getByRole("button", { name: "Your board" }).click();
    const mail = page.getByRole("dialog", { name: "Received e-mail" });
    await mail.getByRole("button", { name: "Add as client" }).click();
    const form = page.getByRole("dialog", { name: "Add a person" });
    assert.equal(await form.getByLabel("Name").inputValue(), "Lena New");
    assert.equal(await form.getByLabel("E-mail").inputValue(), "lena.new@example.com");
    await form.getByRole("button", { name: "Cancel" }).click();
    await mail.getByRole("button", { name: "Add as client" }).click();
    await page.reload();
    await form.getByLabel("Property address").fill("3 Elm Street, Asheville, NC 28801");
    await form.getByRole("button", { name: "Add a person" }).click();
    await page.getByText("Lena New was added").waitFor();
    await mail.getByRole("link", { name: "Write to Lena New" }).waitFor();
    assert.match(page.url(), /emails\/received\?email=[0-9a-f-]+$/);
    await mail.getByRole("link", { name: "Lena New", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Lena New" }).waitFor();
  });
});
