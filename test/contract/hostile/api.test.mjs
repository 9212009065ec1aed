// Every operation of the product's own OpenAPI document, asked what nobody should ask: nothing breaks, hangs, answers what the
// document does not say, or shows or changes another account's things. HOSTILE_REQUESTS says how many are sent in all,
// HOSTILE_SEED which; both are printed, so that a failure can be had again.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Cluster, makeFolder, pause, remove, Server } from "../../support/product.mjs";
import { Document, Random } from "./document.mjs";
import { makeHostile } from "./mutations.mjs";
import { OfficeOnStore, rowsOf, send } from "./offices.mjs";
import { openDoor } from "./tenantless.mjs";

const requests = Number(process.env.HOSTILE_REQUESTS ?? 2000);
const seed = Number(process.env.HOSTILE_SEED ?? 1);
const random = new Random(seed);

let folder, cluster, door, server, world, ada, bob;

before(async () => {
  console.log(`${requests} requests, seed ${seed}`);
  folder = makeFolder("hostile");
  cluster = await Cluster.make(folder);
  const url = cluster.makeDatabase("doorstep");
  world = { random, env: { DATABASE_URL: url, DOORSTEP_DATA: join(folder, "data") } };
  server = await start([]);
  world.document = new Document((await send(server.url, { method: "GET", target: "/openapi.json" })).body);
  ada = await OfficeOnStore.open(world, "ada");
  bob = await OfficeOnStore.open(world, "bob");
  await bob.furnish(server.url);
  await ada.furnish(server.url);
  // What both see is nobody's own: things that come with the product.
  for (const id of ada.every) bob.every.delete(id);
});

after(async () => {
  await server?.stop();
  door?.close();
  cluster?.end();
  if (folder) remove(folder);
});

const start = (flags, env = {}) => Server.start(["--sandbox", "--threads", "1", ...flags], { ...world.env, ...env });

/** The offices' server goes, another one comes; without jobs, so that nothing but requests changes anything. */
async function startWithoutJobs(env) {
  await server.stop();
  server = await start(["--no-jobs"], env);
}

function describe(operation, request, answer) {
  const body = request.body ? `${request.body.subarray(0, 1500)} (${request.body.length} bytes)` : "no body";
  const { Authorization: _, ...headers } = request.headers;
  return `${operation.method} ${request.target.slice(0, 1500)} ${JSON.stringify(headers).slice(0, 500)}\n  ${body}\n  -> ${
    answer ? `${answer.status} ${answer.type} ${answer.body.slice(0, 800)}` : "no answer"
  }`;
}

/** What is wrong with an answer, whoever asked. */
function fault(operation, answer) {
  if (answer.status === 503 && answer.headers["retry-after"]) return undefined; // busy, and says so
  if (answer.status >= 500) return `the status ${answer.status}`;
  return world.document.surprise(operation, answer);
}

/** The other's words and ids in an answer, unless the request had them. */
function leak(other, request, answer) {
  if (answer.body.includes(other.word)) return `a word of ${other.name}'s`;
  const asked = `${request.target} ${request.body ?? ""}`;
  for (const id of other.every) if (answer.body.includes(id) && !asked.includes(id)) return `the id ${id} of ${other.name}'s`;
  return undefined;
}

/** Sends `count` requests, eight at a time, each made and judged by `one(operation, office)`; gives what went wrong. */
async function storm(count, one) {
  const wrong = [];
  const { operations } = world.document;
  let next = 0;
  const work = async () => {
    while (next < count && wrong.length < 20) {
      const operation = operations[next++ % operations.length];
      const problem = await one(operation);
      if (problem) wrong.push(problem);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return wrong;
}

async function ask(operation, request, judge) {
  let answer;
  try {
    answer = await send(server.url, request);
    if (answer.status === 401 && request.headers.Authorization === `Bearer ${ada.key}`) await ada.renew(server.url);
    const problem = judge(answer);
    return problem && `${problem}\n  ${describe(operation, request, answer)}`;
  } catch (problem) {
    return `${problem.message}\n  ${describe(operation, request, answer)}`;
  }
}

/** Whether the answer fits and shows nothing of Bob's; what Ada made stays known. */
const judge = (operation, request) => (answer) => {
  if (answer.status < 300) ada.remember(operation, answer.body);
  return fault(operation, answer) ?? leak(bob, request, answer);
};

test("what the document allows is answered as the document says", async () => {
  const served = new Set();
  const wrong = await storm(world.document.operations.length * 6, (operation) => {
    const request = ada.request(operation);
    return ask(operation, request, (answer) => {
      if (answer.status < 300) served.add(operation.id);
      return judge(operation, request)(answer);
    });
  });
  assert.deepEqual(wrong, []);
  // A generator whose requests are all refused would find nothing below.
  const { operations } = world.document;
  assert.ok(served.size > operations.length / 2, `only ${served.size} of ${operations.length} operations were ever served`);
});

test("hostile input is answered, and never with a 500", async () => {
  const wrong = await storm(Math.ceil(requests * 0.6), (operation) => {
    const request = ada.request(operation, random.chance(0.1) ? bob : ada);
    makeHostile(request, operation, random);
    return ask(operation, request, judge(operation, request));
  });
  await pause(500); // jobs that it caused run into what is wrong with them
  assert.ok(server.running, server.log);
  assert.ok(!/Sanitizer|query failed|request failed/.test(server.log), server.log);
  assert.deepEqual(wrong, []);
});

/** Asks everything as Ada with Bob's ids; nothing of Bob's may show or change. */
async function trespass() {
  for (let i = 0; i < 3; ++i) await bob.add(server.url, "create_client");
  const before = rowsOf(cluster, "doorstep", bob.account.account_id);
  // Each several times: an operation may be asked for a thing of another kind.
  const wrong = await storm(Math.max(Math.ceil(requests * 0.2), 4 * world.document.operations.length), (operation) => {
    const request = ada.request(operation, bob);
    return ask(operation, request, (answer) => fault(operation, answer) ?? leak(bob, request, answer));
  });
  const changed = rowsOf(cluster, "doorstep", bob.account.account_id).filter((row) => !before.includes(row));
  if (changed.length > 0) wrong.push(`rows of Bob's changed in ${changed.join("; ")}, which were ${before.join("; ")}`);
  return wrong;
}

test("another account's things can neither be seen nor changed", async () => {
  await startWithoutJobs();
  assert.deepEqual(await trespass(), []);
});

test("nor with the server's own conditions taken out of its statements: row-level security alone", async () => {
  door = await openDoor(cluster.port);
  await startWithoutJobs({ DATABASE_URL: cluster.url("doorstep", { port: door.port }) });
  assert.deepEqual(await trespass(), []);
  assert.ok(door.stripped.size > 20, `only ${door.stripped.size} statements lost their condition`);
});

test("this would be noticed: without row-level security on one table, its things show", async () => {
  cluster.sql("alter table contacts disable row level security", "doorstep");
  const wrong = await trespass();
  cluster.sql("alter table contacts enable row level security", "doorstep");
  assert.ok(wrong.some((one) => /of Bob's/i.test(one)), "another account's clients were shown, and nobody noticed");
});
