// What a person waits for who looks: a client, a page of clients, the dashboard. Small against large, and against pgbench.
import assert from "node:assert/strict";
import { pgbench, wrk } from "../lib/load.mjs";
import { looks } from "../lib/looks.mjs";
import { recount } from "../lib/recount.mjs";
import { record, script } from "../lib/statements.mjs";

const pageSize = 50;

async function get(store, path) {
  const answer = await fetch(store.server.url + path, { headers: { Authorization: `Bearer ${store.key}` } });
  assert.equal(answer.status, 200, path);
  return answer.json();
}

/** The address of a page by walking the cursors up to it. */
async function page(store, query, number) {
  let path = `/api/clients?${query}limit=${pageSize}`;
  for (let i = 1; i < number; ++i) {
    const { next } = await get(store, path);
    assert.ok(next, `there is no page ${i + 1}`);
    path = `/api/clients?${query}limit=${pageSize}&cursor=${encodeURIComponent(next)}`;
  }
  return path;
}

async function oneClient(world, store) {
  const ids = world.cluster.sql(`select id from contacts where account_id = '${store.seeded.account_id}' order by random() limit 100`, store.name);
  const paths = ids.map(([id]) => `/api/clients/${id}`);
  const statements = await record(world, () => get(store, paths[0]));
  const first = ids[0][0];
  const text = script(world, store.name, statements);
  const scripts = ids.map(([id]) => text.replaceAll(first, id));
  return {
    what: "GET /api/clients/{id}, 32 connections, against pgbench with its SQL",
    unit: "requests/s",
    ours: (await wrk(world, { url: store.server.url, key: store.key, paths })).rate,
    yardstick: await pgbench(world, { database: store.name, scripts, pipelined: true }),
    least: 0.6,
  };
}

async function list(world, store, path, what, least = 0.5) {
  const statements = await record(world, () => get(store, path));
  return {
    what,
    unit: "requests/s",
    ours: (await wrk(world, { url: store.server.url, key: store.key, paths: [path] })).rate,
    yardstick: await pgbench(world, { database: store.name, scripts: [script(world, store.name, statements)], pipelined: true }),
    least,
  };
}

/** Milliseconds of one request at a time, on one store and on another. */
async function compare(world, what, [store, path], [other, otherPath], most) {
  const take = async (one, way) => (await wrk(world, { url: one.server.url, key: one.key, paths: [way], connections: 2 })).median;
  return { what, unit: "ms", ours: await take(store, path), yardstick: await take(other, otherPath), most };
}

/** How many of the dashboard's numbers differ from a recount. */
async function differing(world, store) {
  const stats = await get(store, "/api/dashboard/stats");
  const counted = world.cluster.sql(
    `select 'clients_by_stage', stage, count(*) from contacts where account_id = '${store.seeded.account_id}' and deleted_at is null group by 2
     union all select 'tasks_by_status', status, count(*) from tasks where account_id = '${store.seeded.account_id}' and deleted_at is null group by 2
     union all select 'emails_by_status', status, count(*) from messages where account_id = '${store.seeded.account_id}' group by 2`,
    store.name,
  );
  return counted.filter(([group, name, count]) => String(stats[group][name]) !== count).length;
}

const sought = { tag: "seller", name: "elena costa", mistyped: "cotsa", phone: "(201) 555-0105" };

export async function* reading(world) {
  const { small, large } = world.stores;
  yield await oneClient(world, large);
  const first = await page(large, "", 1);
  const late = await page(large, "", world.latePage);
  yield await list(world, large, first, "GET /api/clients?limit=50, page 1, large, against pgbench with its SQL");
  yield await list(world, large, late, `the same, page ${world.latePage} by cursor`);
  yield await list(world, large, await page(large, "stage=lead&", 2), "GET /api/clients?stage=lead&limit=50, page 2, large, against pgbench");
  yield await compare(world, `page ${world.latePage} by cursor against page 1, large`, [large, late], [large, first], 1.2);
  yield await compare(world, "GET /api/clients?limit=50, large against small", [large, first], [small, await page(small, "", 1)], 1.3);
  yield await compare(world, "GET /api/dashboard/stats, large against small", [large, "/api/dashboard/stats"], [small, "/api/dashboard/stats"], 1.5);
  const people = world.cluster.value(`select count(*) from contacts where account_id = '${large.seeded.account_id}'`, large.name);
  yield* looks((path) => get(large, path), sought, `${Number(people).toLocaleString("en")} people of ${large.seeded.contacts.toLocaleString("en")}`);
  yield { what: "numbers of the dashboard that differ from a recount, large", unit: "", ours: await differing(world, large), atMost: 0 };
  yield await recount(world, large, "as seeded");
}
