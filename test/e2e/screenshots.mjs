// Takes the README's pictures (docs/images) from the demo office: node test/e2e/screenshots.mjs
// With a folder, pictures of all rooms go there, to be looked at: node test/e2e/screenshots.mjs /tmp/pictures
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Office, until } from "./office.mjs";

const target = resolve(process.argv[2] ?? resolve(dirname(fileURLToPath(import.meta.url)), "../../docs/images"));
const demo = { email: "nora@example.com", password: "welcome to maple street" };
const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

const shown = new Set(["dashboard", "pipeline", "person", "phone-tasks"]);
const all = process.argv.length > 2;

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
      "profile office templates preferences fields tags security team notifications api-keys stage-rules webhooks letters letter-templates data security-log system failed-work"
        .split(" ")
        .map((room) => [`settings-${room}`, `/console/settings/${room}`]),
    ),
    onboarding: "/onboarding",
  };
  const shots = [
    ["dashboard", rooms.dashboard, wide, ".recharts-surface"],
    ["pipeline", rooms.pipeline, wide, "[data-row]"],
    ["person", rooms.person, wide, "ol li"],
    ["phone-tasks", rooms.tasks, phone, "[data-row]"],
    ["dashboard-dark", rooms.dashboard, { ...wide, colorScheme: "dark" }, ".recharts-surface"],
    ["person-dark", rooms.person, { ...wide, colorScheme: "dark" }, "ol li"],
    ...Object.entries(rooms).flatMap(([name, path]) => [
      [`desk-${name}`, path, wide, "main"],
      [`phone-${name}`, path, phone, "main"],
    ]),
    ...["/", "/login", "/signup", "/forgot-password"].flatMap((path) => [
      [`desk-door${path.replaceAll("/", "-")}`, path, { ...wide, signedIn: false }, "main"],
      [`phone-door${path.replaceAll("/", "-")}`, path, { ...phone, signedIn: false }, "main"],
    ]),
  ];
  for (const [name, path, options, sign] of shots.filter(([picture]) => all || shown.has(picture))) {
    await office.visit(path, options, async (page) => {
      await page.locator(`${sign} >> nth=0`).waitFor();
      await until(`${name} is drawn`, async () => (await page.locator("[role=status][aria-label]").count()) === 0);
      await page.waitForTimeout(600);
      await page.screenshot({ path: join(target, `${name}.png`), scale: "device" });
    });
  }
} finally {
  await office.stop();
}
