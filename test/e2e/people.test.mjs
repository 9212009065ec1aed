// People in depth: notes, documents, tags, fields of one's own, saved views, many at once, two records that are one, the trash.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Office, until } from "./office.mjs";

let office;
before(async () => {
  office = await Office.open();
});
after(() => office?.stop());

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const rows = (page) => page.getByRole("table", { name: "People" }).locator("[data-row]");
const get = (path) => office.api("GET", path);
const addMany = async (count, name, more) => {
  for (let index = 0; index < count; index += 10) {
    const ten = Array.from({ length: Math.min(10, count - index) }, (_, step) => index + step);
    // Letters only: an e-mail is made of the name.
    const letters = (number) => String.fromCharCode(97 + Math.floor(number / 26), 97 + (number % 26));
    await Promise.all(ten.map((number) => office.addClient(`${name} ${letters(number)}`, more)));
  }
};

test("a note is written, changed, deleted and brought back", async () => {
  const client = await office.addClient("Irene Vogel");
  await office.visit(`/console/people/${client.id}`, {}, async (page) => {
    await heading(page, "Irene Vogel");
    await page.keyboard.press("n");
    await page.keyboard.type("Her mother decides.");
    await page.keyboard.press("Control+Enter");
    const note = page.getByRole("list", { name: "Notes" }).getByRole("listitem").filter({ hasText: "Her mother decides." });
    await note.getByText("Nora Field").waitFor();
    await page.getByRole("list", { name: "Timeline" }).getByText("Note written").waitFor();
    await note.getByRole("button", { name: "More about this note" }).click();
    await page.getByRole("menuitem", { name: "Edit" }).click();
    await page.getByRole("textbox", { name: "Edit the note" }).fill("Her father decides.");
    await page.keyboard.press("Control+Enter");
    const changed = page.getByRole("list", { name: "Notes" }).getByText("Her father decides.");
    await changed.waitFor();
    await page.getByRole("list", { name: "Notes" }).getByText("edited").waitFor();
    await page.getByRole("button", { name: "More about this note" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByText("The note was deleted").waitFor();
    await until("gone on the server", async () => (await get(`/api/contacts/${client.id}/notes`)).items.length === 0);
    await page.getByRole("button", { name: "Undo" }).click();
    await changed.waitFor();
  });
});

test("a document is added, downloaded as it was, deleted and brought back", async () => {
  const client = await office.addClient("Piotr Sobol");
  const bytes = Buffer.from("%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n");
  await office.visit(`/console/people/${client.id}`, {}, async (page) => {
    const papers = page.getByRole("region", { name: /^Documents/ });
    await papers.getByText("No documents yet").waitFor();
    await papers.locator("input[type=file]").setInputFiles({ name: "offer.pdf", mimeType: "application/pdf", buffer: bytes });
    const link = papers.getByRole("link", { name: "offer.pdf" });
    await link.waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    assert.equal(download.suggestedFilename(), "offer.pdf");
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    assert.deepEqual(Buffer.concat(chunks), bytes);
    await page.getByRole("list", { name: "Timeline" }).getByText("Document added: offer.pdf").waitFor();

    await papers.getByRole("button", { name: "Delete offer.pdf" }).click();
    await page.getByText("offer.pdf was deleted").waitFor();
    await until("gone on the server", async () => (await get(`/api/contacts/${client.id}/documents`)).items.length === 0);
    await page.getByRole("button", { name: "Undo" }).click();
    await link.waitFor();
    await papers.locator("input[type=file]").setInputFiles({ name: "tool.exe", mimeType: "application/pdf", buffer: Buffer.from("MZ\x90\x00\x03\x00\x00\x00") });
    await page.getByText("tool.exe was not added").waitFor();
  });
});

test("fields of one's own are defined, and edited by their types", async () => {
  const client = await office.addClient("Lena Fischer", { custom_fields: { nickname: "Leni" } });
  await office.visit("/console/settings/fields", {}, async (page) => {
    const add = async (name, type, choices) => {
      await page.getByRole("button", { name: "Add a field" }).first().click();
      const form = page.getByRole("dialog", { name: "Add a field" });
      await form.getByLabel("Name").fill(name);
      await form.getByLabel("Type").selectOption({ label: type });
      if (choices) await form.getByLabel("Choices").fill(choices);
      await form.getByRole("button", { name: "Add a field" }).click();
      await page.getByRole("list", { name: "Fields" }).getByText(`key ${name.toLowerCase()}`).waitFor();
      await form.waitFor({ state: "hidden" });
    };
    await add("Budget", "Number");
    await add("Financing", "One of several", "cash\nmortgage");
    await page.goto(`/console/people/${client.id}`);
    await page.getByRole("button", { name: /^Change Budget:/ }).click();
    await page.getByRole("spinbutton", { name: "Budget" }).fill("640000");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^Change Budget:/ }).getByText("640,000").waitFor();
    await page.getByRole("button", { name: /^Change Financing:/ }).click();
    await page.getByRole("combobox", { name: "Financing" }).selectOption("cash");
    await page.keyboard.press("Enter");
    await until("typed on the server, and what was there stays", async () => {
      const { custom_fields: fields } = await get(`/api/clients/${client.id}`);
      return fields.budget === 640_000 && fields.financing === "cash" && fields.nickname === "Leni";
    });
  });
});

test("tags come from those in use, are renamed for everybody and taken back", async () => {
  await office.addClient("Otis Reed", { tags: ["investor"] });
  const client = await office.addClient("Paula Reed");
  await office.visit(`/console/people/${client.id}`, {}, async (page) => {
    await page.getByRole("button", { name: /^Change Tags:/ }).click();
    await page.keyboard.type("inv");
    await page.getByRole("option", { name: "investor" }).click();
    await page.keyboard.type("downsizing, cash");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await until("three tags", async () => (await get(`/api/clients/${client.id}`)).tags.join() === "investor,downsizing,cash");
    await page.goto("/console/settings/tags");
    const list = page.getByRole("list", { name: "Tags" });
    const investor = list.getByRole("listitem").filter({ hasText: "investor" });
    await investor.getByText("2 people").waitFor();
    await investor.getByRole("button", { name: /^Change Tag:/ }).click();
    await page.getByRole("textbox", { name: "Tag" }).fill("landlord");
    await page.keyboard.press("Enter");
    await page.getByText("investor is now landlord").waitFor();
    await until("renamed", async () => (await get(`/api/clients/${client.id}`)).tags.includes("landlord"));
    await page.getByRole("button", { name: "Undo" }).click();
    await until("as before", async () => (await get(`/api/clients/${client.id}`)).tags.includes("investor"));
  });
});

test("a cell of the list is edited where it stands", async () => {
  const client = await office.addClient("Rosa Lind");
  await office.visit("/console/people?q=rosa", {}, async (page) => {
    await rows(page).first().hover();
    await page.getByRole("button", { name: "Edit: Property address of Rosa Lind" }).click();
    await page.keyboard.type("77 Birch Road");
    await page.keyboard.press("Enter");
    await rows(page).getByText("77 Birch Road").waitFor();
    await until("saved", async () => (await get(`/api/clients/${client.id}`)).property_address === "77 Birch Road");
    await page.getByRole("button", { name: "Edit: Property address of Rosa Lind" }).press("Enter");
    await page.keyboard.type("Nowhere");
    await page.keyboard.press("Escape");
    await rows(page).getByText("77 Birch Road").waitFor();
    assert.match(page.url(), /console\/people\?q=rosa/);
  });
});

test("a view is saved, opened by its address, changed and deleted with a way back", async () => {
  await office.addClient("Viewed Person", { tags: ["viewing"], stage: "negotiating" });
  await office.visit("/console/people?tag=viewing&stage=negotiating", {}, async (page) => {
    await rows(page).filter({ hasText: "Viewed Person" }).waitFor();
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("menuitem", { name: "Save this as a view" }).click();
    const form = page.getByRole("dialog", { name: "Save this as a view" });
    await form.getByLabel("Name").fill("Hot viewings");
    await form.getByLabel("Share it with the whole office").check();
    await form.getByRole("button", { name: "Save" }).click();
    await page.waitForURL(/view=/);
    const address = page.url();
    await page.goto("/console/people");
    await page.goto(address);
    await page.getByRole("button", { name: "View: Hot viewings" }).waitFor();
    assert.equal(await rows(page).count(), 1);

    await page.getByRole("navigation", { name: "Layout" }).getByRole("link", { name: "Board" }).click();
    await page.getByRole("button", { name: "View: Hot viewings" }).getByText("(changed)").waitFor();
    await page.getByRole("button", { name: "View: Hot viewings" }).click();
    await page.getByRole("menuitem", { name: "Save the changes to Hot viewings" }).click();
    await until("it is a board now", async () => (await get("/api/views?object=clients")).items[0]?.layout === "board");
    await page.getByRole("button", { name: "View: Hot viewings" }).click();
    await page.getByRole("menuitem", { name: "Delete Hot viewings" }).click();
    await page.getByText("The view Hot viewings was deleted").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await until("it is back", async () => (await get("/api/views?object=clients")).items[0]?.name === "Hot viewings");
  });
});

test("all who match are changed at once, with progress, and taken back as one", async () => {
  await addMany(230, "Crowd");
  await office.visit("/console/people?q=crowd", {}, async (page) => {
    await page.getByText("230 people", { exact: true }).waitFor();
    await page.getByRole("checkbox", { name: "Choose all that are shown" }).click();
    const bar = page.getByRole("region", { name: "With the chosen rows" });
    await bar.getByRole("button", { name: "Choose all 230" }).click();
    await bar.getByText("230 chosen").waitFor();
    await bar.getByRole("button", { name: "Tag", exact: true }).click();
    await page.getByRole("combobox", { name: "Give a tag" }).or(page.getByRole("textbox", { name: "Give a tag" })).fill("crowd");
    await page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
    const progress = page.getByRole("region", { name: "Change of many people" });
    await progress.getByText("230 done").waitFor();
    assert.equal((await get("/api/clients?tag=crowd")).total, 230);
    await page.reload();
    await progress.getByText("230 done").waitFor();
    await progress.getByRole("button", { name: "Undo" }).click();
    await progress.getByText("taken back").waitFor();
    await until("nobody has it", async () => (await get("/api/clients?tag=crowd")).total === 0);
  });
});

test("who could not be changed is named with the reason", async () => {
  await office.addClient("Stays Here");
  const gone = await office.addClient("Stays Gone");
  await office.visit("/console/people?q=stays", { deaf: true }, async (page) => {
    await rows(page).first().waitFor();
    await office.api("DELETE", `/api/clients/${gone.id}`);
    await page.getByRole("checkbox", { name: "Choose all that are shown" }).click();
    await page.getByRole("region", { name: "With the chosen rows" }).getByRole("button", { name: "Move to stage" }).click();
    await page.getByRole("menuitem", { name: "Negotiating" }).click();
    await page.getByText("1 person moved to Negotiating").waitFor();
    const progress = page.getByRole("region", { name: "Change of many people" });
    await progress.getByText("1 done, 1 could not be done").waitFor();
    await progress.getByText("See which").click();
    await progress.getByText("There is no such person, or they were deleted.").waitFor();
  });
});

test("two records of one person become one, and two again", async () => {
  const first = await office.addClient("Dana Cole", { phone: "+14155550111" });
  const second = await office.addClient("Dana Cole", { email: "d.cole@example.com", property_address: "5 Fir Lane", tags: ["twice"] });
  await office.visit("/console/people/duplicates", {}, async (page) => {
    await page.getByRole("listitem").filter({ hasText: "d.cole@example.com" }).getByRole("button", { name: "Merge" }).click();
    const form = page.getByRole("dialog", { name: "Make two records one" });
    await form.getByRole("radio", { name: "5 Fir Lane" }).click();
    await form.getByRole("button", { name: "Merge" }).click();
    await page.getByText("Dana Cole is now part of Dana Cole").waitFor();
    await page.getByText("No duplicates").waitFor();
    const found = await get("/api/clients?q=dana%20cole");
    assert.equal(found.total, 1);
    assert.equal(found.items[0].property_address, "5 Fir Lane");
    assert.equal(found.items[0].phone, "+14155550111");
    assert.deepEqual(found.items[0].tags, ["twice"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("They are two records again").waitFor();
    assert.equal((await get(`/api/clients/${first.id}`)).property_address, "14 Juniper Way, Asheville, NC 28801");
    assert.equal((await get(`/api/clients/${second.id}`)).property_address, "5 Fir Lane");
    await page.getByRole("listitem").filter({ hasText: "d.cole@example.com" }).getByRole("button", { name: "Different people" }).click();
    await page.getByText("No duplicates").waitFor();
  });
});

test("other addresses of a person are added, found and taken off with a way back", async () => {
  const client = await office.addClient("Tess Olin");
  await office.visit(`/console/people/${client.id}`, {}, async (page) => {
    await page.getByText("Add another address or number").click();
    const field = page.getByRole("textbox", { name: "E-mail or phone" });
    await field.fill("nonsense");
    await field.press("Enter");
    await page.getByText("It could not be added").waitFor();
    await field.fill("tess@work.test");
    await field.press("Enter");
    const list = page.getByRole("list", { name: "Also known by" });
    await list.getByText("tess@work.test").waitFor();
    assert.equal((await get("/api/search?q=tess%40work.test")).items[0].id, client.id);
    await list.getByRole("button", { name: "Take off tess@work.test" }).click();
    await list.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await list.getByText("tess@work.test").waitFor();
  });
});

test("who was deleted is in the trash, and comes back", async () => {
  const client = await office.addClient("Gus Harlan");
  await office.api("DELETE", `/api/clients/${client.id}`);
  await office.visit("/console/people", {}, async (page) => {
    await page.getByRole("button", { name: "More to do with people" }).click();
    await page.getByRole("menuitem", { name: "Trash" }).click();
    await heading(page, "Trash");
    await page.getByRole("button", { name: "Bring back Gus Harlan" }).click();
    await page.getByText("Gus Harlan is back").waitFor();
    assert.equal((await get(`/api/clients/${client.id}`)).name, "Gus Harlan");
  });
});

test("people are filtered by who looks after them and by a field of one's own, also on the board", async () => {
  await office.api("POST", "/api/team/invitations", { email: "sol@fieldandgable.test", role: "agent" });
  const token = await until("a letter to Sol", async () => {
    const letter = (await office.outbox()).find(({ to }) => JSON.stringify(to).includes("sol@fieldandgable.test"));
    return /\/join\/([\w-]+)/.exec(letter?.text ?? "")?.[1];
  });
  const joined = await fetch(`${office.url}/api/team/invitations/${token}/accept`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: office.url },
    body: JSON.stringify({ name: "Sol Marsh", password: "a long road by the sea" }),
  });
  assert.ok(joined.ok, await joined.text());
  const sol = (await office.api("GET", "/api/team")).items.find(({ name }) => name === "Sol Marsh");
  await office.api("POST", "/api/custom-fields", { key: "lead_door", label: "Came by", type: "choice", choices: ["Open house", "Friend"] });
  await office.api("POST", "/api/custom-fields", { key: "price", label: "Price", type: "number" });
  const theirs = await office.addClient("Petra Sand", { custom_fields: { lead_door: "Open house", price: 300_000 } });
  await office.api("PATCH", `/api/clients/${theirs.id}`, { assigned_to: sol.id });
  await office.addClient("Quinn Ash", { custom_fields: { lead_door: "Friend", price: 500_000 } });
  await office.visit("/console/people", {}, async (page) => {
    const row = (name) => page.getByRole("table", { name: "People" }).getByRole("link", { name });
    await row("Quinn Ash").waitFor();
    await page.getByLabel("Looked after by").selectOption("Sol Marsh");
    await page.waitForURL(new RegExp(`assigned_to=${sol.id}`));
    await row("Quinn Ash").waitFor({ state: "detached" });
    await row("Petra Sand").click();
    await page.getByRole("link", { name: "Show everybody with Came by: Open house" }).click();
    await page.waitForURL(/field=lead_door/);
    await row("Petra Sand").waitFor();
    await until("only who came that way", async () => (await page.locator("[data-row]").count()) === 1);
    await page.getByRole("navigation", { name: "Layout" }).getByRole("link", { name: "Board" }).click();
    await page.getByRole("region", { name: "Lead", exact: true }).getByRole("link", { name: "Petra Sand" }).waitFor();
    await until("the board is filtered too", async () => (await page.locator("[data-row]").count()) === 1);
    await page.getByRole("button", { name: "Stop filtering by Came by: Open house" }).click();
    const card = (name) => page.getByRole("region", { name: "Lead", exact: true }).getByRole("link", { name });
    await card("Quinn Ash").waitFor();

    await page.getByRole("button", { name: "By field" }).click();
    const form = page.getByRole("dialog", { name: "By field" });
    await form.getByLabel("Field").selectOption("Price");
    await form.getByLabel("From").fill("400000");
    await form.getByLabel("To").fill("4");
    await form.getByText("This is below the other end.").waitFor();
    assert.ok(await form.getByRole("button", { name: "Filter" }).isDisabled());
    await form.getByLabel("To").fill("500000");
    await form.getByLabel("To").press("Enter");
    await page.waitForURL(/field=price%3A400000\.\.500000/);
    await card("Petra Sand").waitFor({ state: "detached" });
    await card("Quinn Ash").waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Stop filtering by Price: 400,000 to 500,000" }).click();
    await card("Petra Sand").waitFor();
  });
});

test("the latest changes of many stand on a page of their own, with the way back", async () => {
  const people = [await office.addClient("Xenia Blum"), await office.addClient("Yves Thorn")];
  await office.api("POST", "/api/contacts/bulk", { action: "add_tag", tag: "spring", ids: people.map(({ id }) => id) });
  const tagged = async () => (await office.api("GET", "/api/clients?tag=spring")).total;
  assert.equal(await tagged(), 2);
  await office.visit("/console/people", {}, async (page) => {
    await page.getByRole("button", { name: "More to do with people" }).click();
    await page.getByRole("menuitem", { name: "Changes of many" }).click();
    await heading(page, "Changes of many");
    const change = page.getByRole("list", { name: "Changes of many" }).getByRole("listitem").first();
    await change.getByText("Giving a tag “spring”: 2 done").waitFor();
    await change.getByRole("button", { name: "Take it back" }).click();
    await change.getByText("Giving a tag “spring”: taken back").waitFor();
    await until("nobody has it", async () => (await tagged()) === 0);
  });
});

test("a person's stages are told with their reasons, and the next move is given one", async () => {
  const client = await office.addClient("Zora Finch");
  await office.visit(`/console/people/${client.id}`, {}, async (page) => {
    await heading(page, "Zora Finch");
    await page.getByRole("button", { name: "More about Zora Finch" }).click();
    await page.getByRole("menuitem", { name: "Stages and reasons" }).click();
    const drawer = page.getByRole("dialog", { name: "Stages and reasons" });
    await drawer.getByText("Began as Lead").waitFor();
    await drawer.getByLabel("Move to stage").selectOption("lost");
    await drawer.getByLabel("Why").fill("Rents for another year");
    await drawer.getByRole("button", { name: "Move" }).click();
    await drawer.getByText("Moved from Lead to Lost").waitFor();
    await drawer.getByText("Rents for another year").waitFor();
    const [last] = (await get(`/api/contacts/${client.id}/stages`)).items;
    assert.equal(last.reason, "Rents for another year");
    await page.keyboard.press("Escape");
    await page.getByRole("list", { name: "Timeline" }).getByText("Rents for another year").waitFor();
  });
});
