// What comes in: clients, and a provider's events.
import assert from "node:assert/strict";
import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { pause } from "../../test/support/product.mjs";
import { pgbench, wrk } from "../lib/load.mjs";
import { recount } from "../lib/recount.mjs";
import { newIds, record, script } from "../lib/statements.mjs";

async function newClients(world, store) {
  const client = (email) => ({
    name: "New Person",
    email,
    property_address: "1 Main St, Springfield",
    property_type: "residential",
    stage: "lead",
  });
  const headers = { Authorization: `Bearer ${store.key}`, "Content-Type": "application/json" };
  let email, made;
  const statements = await record(world, async () => {
    email = `bench.${randomUUID()}@example.com`;
    const answer = await fetch(`${store.server.url}/api/clients`, { method: "POST", headers, body: JSON.stringify(client(email)) });
    assert.equal(answer.status, 201);
    made = await answer.json();
  });
  assert.ok(made.id);
  // The recording may be an earlier take than the last: its own e-mail address is in it.
  const [address] = JSON.stringify(statements).match(/bench\.[0-9a-f-]{36}@example\.com/);
  const known = [store.seeded.account_id, store.seeded.user_id, address.slice(6, 42)];
  known.push(...world.cluster.sql(`select id from credentials where account_id = '${store.seeded.account_id}'`, store.name).flat());
  const fresh = [address, ...newIds(statements, known)];
  const body = `'${JSON.stringify(client("wrk@@@example.com")).replace("wrk@@", "wrk' .. n .. '")}'`;
  return {
    what: "POST /api/clients with five follow-ups, durable, against pgbench with its statements",
    unit: "requests/s",
    ours: (await wrk(world, { url: store.server.url, key: store.key, paths: ["/api/clients"], body })).rate,
    yardstick: await pgbench(world, { database: store.name, scripts: [script(world, store.name, statements, fresh)] }),
    least: 0.6,
  };
}

const batchSize = 1000;

/** Posts batches of signed events for `seconds`; events accepted a second, and those in the store once all are worked off. */
async function webhooks(world, store) {
  const { cluster } = world;
  const messages = cluster.sql(
    `select account_id, id, contact_id from messages where account_id = '${store.seeded.account_id}' order by random()`,
    store.name,
  );
  // Each batch is about other e-mails than the one before, as a provider's are.
  let next = 0;
  const some = () => Array.from({ length: batchSize }, () => messages[next++ % messages.length]);
  const batch = () =>
    JSON.stringify(
      some().map(([account_id, email_id, client_id]) => ({
        email: "a@example.com",
        timestamp: Math.floor(Date.now() / 1000),
        event: "open",
        sg_event_id: randomUUID(),
        sg_message_id: "bench.filter0001.1-1",
        ip: "203.0.113.9",
        useragent: "Mozilla/5.0 (X11; Linux x86_64)",
        email_id,
        client_id,
        account_id,
      })),
    );
  const post = async () => {
    const body = batch();
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      "Content-Type": "application/json",
      "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
      "X-Twilio-Email-Event-Webhook-Signature": sign("sha256", Buffer.from(timestamp + body), world.webhookKeys.privateKey).toString("base64"),
    };
    const answer = await fetch(`${store.server.url}/webhook/sendgrid`, { method: "POST", headers, body });
    assert.ok(answer.ok, `the webhook answered ${answer.status}`);
  };
  const stored = () => Number(cluster.value("select count(*) from message_events where provider_event_id not like 'seed-%'", store.name));
  const before = stored();
  const began = performance.now();
  const end = began + world.seconds * 1000;
  let accepted = 0;
  const caller = async () => {
    while (performance.now() < end) {
      await post();
      accepted += batchSize;
    }
  };
  await Promise.all([caller(), caller(), caller(), caller()]);
  const intake = accepted / ((performance.now() - began) / 1000);
  while (stored() - before < accepted) await pause(200);
  const applied = accepted / ((performance.now() - began) / 1000);
  return { intake, applied };
}

async function* events(world, store) {
  const { intake, applied } = await webhooks(world, store);
  const insert = `\\set r random(1, 9000000000000)
begin;
select set_config('app.account', '${store.seeded.account_id}', true);
insert into message_events (account_id, message_id, provider_event_id, event, at, ip, useragent, machine, data, received_at)
select account_id, id, 'pgbench-' || :r || '-' || id, 'open', now(), '203.0.113.9', 'Mozilla/5.0 (X11; Linux x86_64)', false, '{}', now() from messages where account_id = '${store.seeded.account_id}' limit ${batchSize};
commit;
`;
  const yardstick = (await pgbench(world, { database: store.name, scripts: [insert] })) * batchSize;
  yield { what: "SendGrid's events in batches of 1,000, verified and stored, against pgbench inserting their rows", unit: "events/s", ours: intake, yardstick, least: 0.5 };
  yield { what: "the same until they are in the timeline and the statuses follow", unit: "events/s", ours: applied, yardstick };
}

export async function* writing(world) {
  yield await newClients(world, world.stores.large);
  yield* events(world, world.stores.large);
  yield await recount(world, world.stores.large, "after the writing");
}

export const webhookKeys = () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { privateKey, publicKey: publicKey.export({ type: "spki", format: "der" }).toString("base64") };
};
