// Takes the README's pictures (docs/images) from the demo office: node test/e2e/screenshots.mjs
// With a folder, pictures of all rooms go there, to be looked at: node test/e2e/screenshots.mjs /tmp/pictures
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Office } from "./office.mjs";

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
  const shots = [
    ["dashboard", "/console/dashboard", wide, ".recharts-surface"],
    ["dashboard-dark", "/console/dashboard", { ...wide, colorScheme: "dark" }, ".recharts-surface"],
    ["people", "/console/people", wide, "[data-row]"],
    ["pipeline", "/console/pipeline", wide, "[data-row]"],
    ["pipeline-dark", "/console/pipeline", { ...wide, colorScheme: "dark" }, "[data-row]"],
    ["phone-pipeline", "/console/pipeline", phone, "[data-row]"],
    ["phone-people", "/console/people", phone, "[data-row]"],
    ["person", `/console/people/${client.id}`, wide, "ol li"],
    ["tasks", "/console/tasks", wide, "[data-row]"],
    ["email", `/console/emails/${email.id}`, wide, "iframe"],
    ["phone-tasks", "/console/tasks", phone, "[data-row]"],
    ["phone-person", `/console/people/${client.id}`, phone, "ol li"],
  ];
  for (const [name, path, options, sign] of shots.filter(([picture]) => all || shown.has(picture))) {
    await office.visit(path, options, async (page) => {
      await page.locator(`${sign} >> nth=0`).waitFor();
      await page.locator("[role=status][aria-label]").waitFor({ state: "detached" });
      await page.waitForTimeout(600);
      await page.screenshot({ path: join(target, `${name}.png`), scale: "device" });
    });
  }
} finally {
  await office.stop();
}
