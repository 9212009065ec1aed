// Every page of the console in every dress: light, dark, phone, desk. Axe finds nothing, nothing sticks out. What opens above
// the pages, the doors, the hub and the wizard are in pages.test.mjs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Office } from "./office.mjs";
import { furnish, look, namedRooms, rooms } from "./sweep.mjs";

let office;
let world;
before(async () => {
  office = await Office.open();
  world = await furnish(office);
});
after(() => office?.stop());

test("every page of the console", { timeout: 300_000 }, async () => {
  // Axe is put into the page by the test, which the content security policy would refuse.
  await office.visit("/console", { bypassCSP: true }, async (page) => {
    assert.deepEqual(await look(page, rooms(world)), []);
  });
});

test("no page is left out", () => {
  const swept = rooms(world).map(([path]) => path.replace("/console/", "").split("?")[0]);
  const elsewhere = ["businesses", "businesses/:id", "settings/clients"]; // the agency's, in pages.test.mjs
  const byLayout = ["settings"];
  const missing = namedRooms().filter((room) => {
    const form = new RegExp(`^${room.replace(/:\w+/g, "[^/]+")}$`);
    return ![...elsewhere, ...byLayout].includes(room) && !swept.some((path) => form.test(path));
  });
  assert.deepEqual(missing, []);
});
