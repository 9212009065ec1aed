// Every page of the console, furnished so that it has something to show, and what is wrong with one in any dress.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { findings, findingsInTheDark, tooWide } from "./axe.mjs";
import { owner, until } from "./office.mjs";

/** What stands open to who has not signed in, and what of it tells that it is drawn. */
export const doors = [
  ["/login", "form"],
  ["/signup", "form"],
  ["/forgot-password", "form"],
  ["/reset-password?token=nothing", "h1"],
  ["/verify-email?token=nothing", "h1"],
  ["/onboarding/nothing", "h1"],
  ["/join/nothing", "h1"],
];

export const desk = { width: 1440, height: 900 };
export const phone = { width: 360, height: 740 };
export const greta = { email: "greta@greatagency.test", name: "Greta Great", password: "seven green lanterns" };

async function addImport(office, rows) {
  const body = new FormData();
  body.set("file", new Blob([rows], { type: "text/csv" }), "people.csv");
  const answer = await fetch(`${office.url}/api/imports`, { method: "POST", headers: { Authorization: `Bearer ${office.key}` }, body });
  assert.ok(answer.ok, `imports: ${answer.status}`);
  return answer.json();
}

/** An agency in the office's store that has asked one business in. */
export async function addAgency(office) {
  const { api_key: key } = office.addAccount("Great Agency", greta, ["--kind", "agency"]);
  const answer = await fetch(`${office.url}/api/hub/clients`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ name: "Rita Ray", email: "rita@rayrealty.test" }),
  });
  assert.equal(answer.status, 201);
  return answer.json();
}

/** Somebody with a history, somebody without, mail that was read, work to do. */
export async function furnish(office) {
  const client = await office.addClient("Julia Mercer", {
    phone: "+14155550177",
    tags: ["buyer", "first home", "relocation"],
    notes: "Prefers the evening.",
    zone: "America/Denver",
    custom_fields: { budget: 640_000 },
  });
  await office.addClient("Leo Nakamura", { stage: "under_contract" });
  const phoneOnly = await office.addClient("Rosa Quint", { email: null, phone: "+14155550178" });
  await office.api("POST", `/api/contacts/${client.id}/notes`, { body: "Her mother decides." });
  await office.api("POST", "/api/tasks", {
    client_id: client.id,
    followup_type: "Custom",
    scheduled_for: "2027-02-28T15:00:00Z",
    priority: "high",
    mode: "manual",
    channel: "call",
    notes: "Ask about the inspection.",
  });
  await office.sandbox("clock", { advance_seconds: 86_400 });
  const toClients = async () => (await office.outbox()).filter(({ to }) => to !== owner.email);
  await until("mail is out", async () => (await toClients()).length === 2);
  for (const { message_id } of await toClients()) {
    await office.sandbox("email-events", { message_id, events: ["delivered", "open", "click"], url: "https://example.com/x" });
  }
  const email = await until("it was clicked", async () => (await office.api("GET", "/api/emails?status=clicked")).items[0]);
  const webhook = await office.api("POST", "/api/webhooks", { url: "https://example.com/hook" });
  const imported = await addImport(office, "name,email,address\nKim Lee,kim@example.com,4 Oak St\n");
  return { client, phoneOnly, email, webhook, imported };
}

/** Each page: its address and a sign that it is drawn. */
export const rooms = ({ client, phoneOnly, email, webhook, imported }) => [
  ["/console/dashboard", ".recharts-surface"],
  ["/console/people", "[data-row]"],
  ["/console/people?q=nobodyatall", "main p"],
  ["/console/pipeline", "[data-row]"],
  ["/console/people?new=1", "[role=dialog]"],
  [`/console/people/${client.id}`, "ol li"],
  [`/console/people/${client.id}?compose=1`, "[role=dialog]"],
  [`/console/people/${client.id}?task=1`, "[role=dialog]"],
  [`/console/people/${phoneOnly.id}`, "ol li"],
  [`/console/people/${phoneOnly.id}?compose=1`, "[role=dialog]"],
  ["/console/people/duplicates", "main p"],
  ["/console/people/changes", "main p"],
  ["/console/people/trash", "main p"],
  ["/console/tasks", "[data-row]"],
  ["/console/tasks?new=1", "[role=dialog]"],
  ["/console/tasks?view=calendar", ".mantine-Schedule-root, [class*=MobileMonthView]"],
  ["/console/today", "[data-row]"],
  ["/console/settings/stage-rules", "h2"],
  ["/console/settings/stage-rules?rule=1", "[role=dialog]"],
  ["/console/journeys", "ol li"],
  ["/console/journeys?show=in_progress", "[data-row]"],
  ["/console/journeys/new", "fieldset"],
  ["/console/journeys/00000000-0000-7000-8000-000000000001", "fieldset"],
  ["/console/approvals", "h1"],
  ["/console/emails", "[data-row]"],
  [`/console/emails/${email.id}`, "iframe"],
  ["/console/settings/profile", "dl"],
  ["/console/settings/calendar", "main section button"],
  ["/console/settings/preferences", "[role=switch]"],
  ["/console/settings/fields", "h2"],
  ["/console/settings/fields?new=1", "[role=dialog]"],
  ["/console/settings/tags", "h2"],
  ["/console/settings/api-keys", "h2"],
  ["/console/settings/api-keys?new=1", "[role=dialog]"],
  ["/console/settings/notifications", "[role=radiogroup]"],
  ["/console/settings/letters", "h2"],
  ["/console/settings/letter-templates", "h2"],
  ["/console/settings/letter-templates?template=sign_in_code", "[role=dialog]"],
  ["/console/settings/security-log", "h2"],
  ["/console/settings/system", "h2"],
  ["/console/settings/failed-work", "h2"],
  ["/console/settings/office", "form"],
  ["/console/settings/templates", "h2"],
  ["/console/settings/webhooks", "h2"],
  ["/console/settings/webhooks?new=1", "[role=dialog]"],
  [`/console/settings/webhooks/${webhook.id}`, "h2"],
  ["/console/settings/security", "h2"],
  ["/console/settings/team", "h2"],
  ["/console/settings/team?invite=1", "[role=dialog]"],
  ["/console/people/imports", "main li"],
  [`/console/people/imports/${imported.id}`, "main p"],
  ["/console/reports", "h2"],
  ["/console/settings/data", "form"],
  ["/console/emails/received", "main nav"],
  ["/console/nowhere", "h1"],
];

/** The pages that app/rooms.ts names; an id stands where one belongs. */
export function namedRooms() {
  const source = readFileSync(new URL("../../web/src/app/rooms.ts", import.meta.url), "utf8");
  const [consoleRooms, settingsRooms] = source.split("export const settingsRooms");
  const named = (text) => [...text.matchAll(/^ {2}\["([^"]+)",/gm)].map(([, path]) => path);
  return [...named(consoleRooms), ...named(settingsRooms).map((path) => (path === "settings" ? path : `settings/${path}`))];
}

/** Waits until a page is there and nothing on it is still loading. */
export async function drawn(page, sign) {
  await page.locator(`${sign} >> nth=0`).waitFor();
  await until(`${page.url()} is drawn`, async () => (await page.locator("[role=status][aria-label]").count()) === 0);
}

/** How far a page stays wider than its window. A chart learns of a new size only after the page around it. */
export async function overhang(page) {
  const patience = Date.now() + 3000;
  for (;;) {
    const wide = await tooWide(page);
    if (wide <= 0 || Date.now() > patience) return wide;
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

/** What is wrong with a page that is open and drawn: in light and dark, at a desk and on a phone. The colours of the dark are the
 *  same on both. `but` are rules of axe that do not hold here. */
export async function faults(page, where, but = []) {
  const found = [];
  for (const [name, size] of Object.entries({ phone, desk })) {
    await page.setViewportSize(size);
    const here = await findings(page, but);
    if (name === "desk") here.push(...(await findingsInTheDark(page)));
    const wide = await overhang(page);
    if (wide > 0) here.push(`${wide} pixels too wide`);
    found.push(...here.map((words) => `${where}, ${name}: ${words}`));
  }
  return found;
}

/** The same for one page after another. */
export async function look(page, list) {
  const found = [];
  for (const [path, sign] of list) {
    await page.goto(path);
    try {
      await drawn(page, sign);
    } catch {
      found.push(`${path} is not drawn`);
      continue;
    }
    found.push(...(await faults(page, path)));
  }
  return found;
}
