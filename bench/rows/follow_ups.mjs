// Due follow-ups (claim, gate, render, hand over to a provider on this machine, record) against Celery with SQLAlchemy doing the
// same, each on a database of its own in one cluster.
import { execFile, spawn } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort, openAccount, pause, Process, root, Server, until } from "../../test/support/product.mjs";
import { wrk } from "../lib/load.mjs";

const run = promisify(execFile);
// Whose modules script/bench has installed; another python3 may come first in the path.
const debianPython = "/usr/bin/python3";

/** Takes every e-mail at once. */
async function openProvider() {
  let number = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.once("end", () => {
      response.writeHead(202, { "X-Message-Id": `bench-${++number}` });
      response.end();
    });
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Completed tasks a second, from the first that is seen to the last. */
async function rate(completed, wanted) {
  let from, began;
  for (;;) {
    const now = completed();
    if (from === undefined && now > 0) [from, began] = [now, performance.now()];
    if (now >= wanted) return (now - from) / ((performance.now() - began) / 1000);
    await pause(100);
  }
}

/** A zone where it is about noon: nothing waits for the morning. */
function noonZone() {
  const ahead = 12 - new Date().getUTCHours();
  return ahead === 0 ? "Etc/UTC" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}

async function ours(world, provider) {
  const { cluster, folder } = world;
  const env = {
    DATABASE_URL: cluster.makeDatabase("follow_ups"),
    DOORSTEP_DATA: join(folder, "follow_ups"),
    DOORSTEP_SANDBOX: "off",
    SENDGRID_API_KEY: "SG.bench",
    SENDGRID_BASE_URL: provider.url,
    SENDGRID_FROM_EMAIL: "office@example.com",
    SCHEDULER_INTERVAL_MS: "1000",
  };
  const { account_id, api_key } = await openAccount("Bench", "bench@example.com", ["--zone", noonZone()], env);
  const server = await Server.start([], env);
  const body = `'{"name":"Kim","email":"kim' .. n .. '@example.com","property_address":"1 Main St","property_type":"residential","stage":"lead"}'`;
  await wrk(world, { url: server.url, key: api_key, paths: ["/api/clients"], body });
  await server.stop();
  const condition = `account_id = '${account_id}' and followup_type = 'Day 1'`;
  cluster.sql(`update tasks set scheduled_for = now() - interval '1 minute' where ${condition}`, "follow_ups");
  const wanted = Number(cluster.value(`select count(*) from tasks where ${condition}`, "follow_ups"));
  const worker = new Process(["worker"], env);
  try {
    return await rate(
      () => Number(cluster.value(`select count(*) from tasks where ${condition} and status = 'completed'`, "follow_ups")),
      wanted,
    );
  } finally {
    await worker.kill();
  }
}

async function celery(world, provider) {
  const { cluster } = world;
  const port = await freePort();
  const store = cluster.makeDatabase("celery").replace("postgresql:", "postgresql+psycopg2:");
  const env = { ...process.env, STORE: store, BROKER: `redis://127.0.0.1:${port}`, PROVIDER: provider.url };
  const redis = spawn("redis-server", ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], { stdio: "ignore" });
  const cwd = join(root, "bench/yardsticks/celery");
  const count = world.quick ? 1000 : 5000;
  let worker;
  try {
    await until("Redis is ready", () => run("redis-cli", ["-p", port, "ping"]).then(() => true, () => false));
    await run(debianPython, ["follow_ups.py", count], { cwd, env });
    worker = spawn(debianPython, ["-m", "celery", "-A", "follow_ups", "worker", "-c", "8", "-l", "ERROR"], { cwd, env, stdio: "ignore" });
    return await rate(() => Number(cluster.value("select count(*) from tasks where status = 'completed'", "celery")), count);
  } finally {
    for (const process of [worker, redis]) process?.kill("SIGTERM");
  }
}

export async function* followUps(world) {
  const provider = await openProvider();
  try {
    yield {
      what: "due follow-ups: claimed, gated, rendered, handed over, recorded, against Celery with SQLAlchemy",
      unit: "e-mails/s",
      ours: await ours(world, provider),
      yardstick: await celery(world, provider),
      least: 10,
    };
  } finally {
    provider.close();
  }
}
