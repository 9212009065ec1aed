// Takes the README's pictures (docs/images) from the demo office: node test/e2e/screenshots.mjs
// With a folder, pictures of all rooms go there, to be looked at: node test/e2e/screenshots.mjs /tmp/pictures [names]
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Office, owner, until } from "./office.mjs";
import { addAgency, greta } from "./sweep.mjs";

const target = resolve(process.argv[2] ?? resolve(dirname(fileURLToPath(import.meta.url)), "../../docs/images"));
const demo = { email: "nora@example.com", password: "welcome to maple street" };
const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

// What the README shows.
const shown = new Set(["dashboard", "pipeline", "person", "phone-tasks"]);
const all = process.argv.length > 2;

/** What opens above a page by hand. */
const press = (name) => (page) => page.getByRole("button", { name }).first().click();
const more = (item) => async (page) => {
  await press(/^More about Mei-Lin/)(page);
  await page.getByRole("menuitem", { name: item }).click();
  await page.getByRole("dialog").waitFor();
};
const select = async (page) => {
  await page.locator("[data-row]").first().waitFor();
  await page.getByRole("checkbox").nth(1).check();
};
const part = (name) => (page) => page.getByRole("radiogroup", { name: "Parts of the page" }).getByText(name, { exact: true }).click();

/** The latest link in the letters to somebody. */
const linkFor = (office, email, path) =>
  until(`a letter to ${email} with ${path}`, async () => {
    const letters = (await office.outbox()).filter(({ to }) => JSON.stringify(to).includes(email));
    return letters.map(({ text }) => new RegExp(`${path}[\\w./?=-]+`).exec(text)?.[0]).find(Boolean);
  });

mkdirSync(target, { recursive: true });
const office = await Office.open({ demo });
try {
  const { items } = await office.asOwner("/api/clients?q=mei-lin");
  const [client] = items;
  const [email] = (await office.asOwner(`/api/emails?client_id=${client.id}&status=clicked`)).items;
  // What is in the README, then every room at a desk and on a phone.
  const rooms = {
    today: "/console/today",
    reports: "/console/reports",
    people: "/console/people",
    "new-person": "/console/people?new=1",
    imports: "/console/people/imports",
    duplicates: "/console/people/duplicates",
    trash: "/console/people/trash",
    tasks: "/console/tasks",
    calendar: "/console/tasks?view=calendar",
    "new-task": "/console/tasks?new=1",
    approvals: "/console/approvals",
    journeys: "/console/journeys",
    "new-journey": "/console/journeys/new",
    emails: "/console/emails",
    received: "/console/emails/received",
    email: `/console/emails/${email.id}`,
    person: `/console/people/${client.id}`,
    compose: `/console/people/${client.id}?compose=1`,
    pipeline: "/console/pipeline",
    dashboard: "/console/dashboard",
    ...Object.fromEntries(
      "profile office calendar templates preferences fields tags security team notifications api-keys stage-rules webhooks letters letter-templates data security-log system failed-work"
        .split(" ")
        .map((room) => [`settings-${room}`, `/console/settings/${room}`]),
    ),
    onboarding: "/onboarding",
  };
  const opened = {
    erase: [rooms.person, more("Erase for good")],
    "merge-with": [rooms.person, more("Merge with another record")],
    "bulk-bar": [rooms.people, select],
    "bulk-assign": [
      rooms.people,
      async (page) => {
        await select(page);
        await press("Assign")(page);
        await page.getByRole("menuitem").first().waitFor();
      },
    ],
    "saved-view": [
      "/console/people?stage=lead",
      async (page) => {
        await press(/^Views/)(page);
        await page.getByRole("menuitem", { name: /Save/ }).first().click();
        await page.getByRole("dialog").waitFor();
      },
    ],
    "new-key": ["/console/settings/api-keys?new=1", undefined],
    "new-field": ["/console/settings/fields?new=1", undefined],
    "new-rule": ["/console/settings/stage-rules?rule=1", undefined],
    "new-webhook": ["/console/settings/webhooks?new=1", undefined],
    invite: ["/console/settings/team?invite=1", undefined],
    letter: ["/console/settings/letter-templates?template=sign_in_code", undefined],
    palette: [rooms.today, (page) => page.keyboard.press("Control+k")],
    keys: [rooms.people, (page) => page.keyboard.press("?")],
    missing: ["/console/nowhere", undefined],
  };
  const dressed = (name, path, sign, prepare, more = {}) => [
    [`desk-${name}`, path, { ...wide, ...more }, sign, prepare],
    [`phone-${name}`, path, { ...phone, ...more }, sign, prepare],
  ];
  const dark = { colorScheme: "dark" };
  const doors = "/ /login /signup /forgot-password /reset-password?token=x /verify-email?token=x /join/x /onboarding/x".split(" ");
  const shots = [
    ["dashboard", rooms.dashboard, wide, ".recharts-surface"],
    ["pipeline", rooms.pipeline, wide, "[data-row]"],
    ["person", rooms.person, wide, "ol li"],
    ["phone-tasks", rooms.tasks, phone, "[data-row]"],
    ...["dashboard", "person", "today", "people", "pipeline", "calendar", "reports", "email", "new-task", "settings-security"].flatMap(
      (room) => dressed(`${room}-dark`, rooms[room], "main", undefined, dark),
    ),
    ...Object.entries(rooms).flatMap(([name, path]) => dressed(name, path, "main")),
    ...Object.entries(opened).flatMap(([name, [path, prepare]]) => dressed(name, path, "main", prepare)),
    ...["Tasks", "E-mails", "Facts"].map((name) => [`phone-person-${name.toLowerCase()}`, rooms.person, phone, "ol", part(name)]),
    ["phone-user-menu", rooms.today, phone, "main", press(/account and look|Nora/)],
    ["desk-user-menu", rooms.today, wide, "main", press(/Nora/)],
    ...doors.flatMap((path) => dressed(`door${path.replace(/\W+/g, "-")}`, path, "main, h1", undefined, { signedIn: false })),
  ];
  if (all) {
    const { id } = await addAgency(office);
    office.addAccount("Harbour Homes", { ...owner, email: demo.email, password: demo.password });
    const asAgency = { as: greta, known: true };
    shots.push(
      ...dressed("hub", "/console/businesses", "main", undefined, asAgency),
      ...dressed("hub-business", `/console/businesses/${id}`, "dl", undefined, asAgency),
      ...dressed("hub-new", "/console/businesses?new=1", "[role=dialog]", undefined, asAgency),
      ...dressed("hub-plan", "/console/settings/clients", "h2", undefined, asAgency),
      ...dressed("wizard", await linkFor(office, "rita@rayrealty.test", "/onboarding/"), "form", undefined, { signedIn: false }),
    );
    // A day later somebody has got a mail with a way out.
    await office.sandbox("clock", { advance_seconds: 86_400 });
    shots.push(...dressed("unsubscribe", await linkFor(office, "@example.com", "/u/"), "main", undefined, { signedIn: false }));
  }
  const wanted = process.argv[3] && new RegExp(process.argv[3]);
  for (const [name, path, options, sign, prepare] of shots.filter(([shot]) => (all ? (wanted?.test(shot) ?? true) : shown.has(shot)))) {
    await office.visit(path, options, async (page) => {
      await page.locator(`${sign} >> nth=0`).waitFor();
      await until(`${name} is drawn`, async () => (await page.locator("[role=status][aria-label]").count()) === 0);
      await prepare?.(page);
      await page.waitForTimeout(600);
      await page.screenshot({ path: join(target, `${name}.png`), scale: "device" });
    });
  }
} finally {
  await office.stop();
}
