// As an operator runs it for more people: a PostgreSQL of their own, two servers and a worker on it, a mail server that takes SMTP.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { Cluster, makeFolder, openAccount, Process, remove, root, Server, until } from "../support/product.mjs";

const monday = "2031-03-03T15:00:00Z";
const people = 12;
const fleet = {};

/** A real mail server; `mails` is what it took. */
async function startMailServer() {
  const child = spawn("/usr/bin/python3", [join(root, "test/support/smtp_server.py")], { stdio: ["ignore", "pipe", "ignore"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const port = Number((await lines.next()).value);
  const mails = [];
  // The owner gets letters too, such as the week's summary.
  (async () => {
    for await (const line of lines) {
      const mail = JSON.parse(line);
      if (mail.to.startsWith("person")) mails.push(mail);
    }
  })();
  return { port, mails, stop: () => child.kill() };
}

before(async () => {
  fleet.folder = makeFolder("fleet");
  fleet.cluster = await Cluster.make(fleet.folder);
  fleet.mail = await startMailServer();
  const env = {
    DATABASE_URL: fleet.cluster.makeDatabase("doorstep"),
    DOORSTEP_DATA: join(fleet.folder, "data"),
    DOORSTEP_SANDBOX: "on",
    SMTP_URL: `smtp://127.0.0.1:${fleet.mail.port}`,
    SENDGRID_FROM_EMAIL: "office@example.com",
    SCHEDULER_INTERVAL_MS: "500",
  };
  fleet.account = await openAccount("Fleet Homes", "owner@example.com", ["--zone", "America/New_York"], env);
  fleet.servers = await Promise.all([Server.start([], env), Server.start([], env)]);
  fleet.worker = new Process(["worker"], env);
  fleet.sign = { Authorization: `Bearer ${fleet.account.api_key}`, "Content-Type": "application/json" };
});

after(async () => {
  await Promise.all([...(fleet.servers ?? []), fleet.worker].map((one) => one?.stop()));
  fleet.mail?.stop();
  fleet.cluster?.end();
  if (fleet.folder) remove(fleet.folder);
});

const ask = async (server, path, body) => {
  const answer = await fetch(server.url + path, { method: body ? "POST" : "GET", headers: fleet.sign, body: body && JSON.stringify(body) });
  const text = await answer.text();
  assert.ok(answer.ok, `${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
};

test("two servers and a worker on the operator's PostgreSQL: each follow-up once, by SMTP, seen on both", async () => {
  const [here, there] = fleet.servers;
  await ask(here, "/sandbox/clock", { set: monday });
  for (let i = 0; i < people; ++i) {
    const one = { email: `person${i}@example.com`, property_address: "1 Main St, Springfield", property_type: "residential", stage: "lead" };
    await ask(fleet.servers[i % 2], "/api/clients", { name: `Person ${i}`, ...one });
  }
  await ask(there, "/sandbox/clock", { advance_seconds: 86_400 });
  await until("each has the first follow-up", () => fleet.mail.mails.length >= people, 120_000);
  await until("all are booked as sent", async () => (await ask(here, "/api/emails?limit=50")).items.every(({ status }) => status === "sent"), 60_000);

  const recipients = fleet.mail.mails.map(({ to }) => String(to)).toSorted();
  assert.deepEqual([...new Set(recipients)].length, people);
  assert.equal(recipients.length, people, "nobody got it twice");
  for (const { headers } of fleet.mail.mails) assert.match(JSON.stringify(headers), /list-unsubscribe/);
  for (const server of fleet.servers) {
    const stats = await ask(server, "/api/dashboard/stats");
    assert.equal(stats.emails_by_status.sent, people);
    assert.equal(stats.tasks_by_status.completed, people);
  }
});

test("one server is killed: the other goes on, and says what it knows", async () => {
  const [here, there] = fleet.servers;
  await here.kill();
  await ask(there, "/sandbox/clock", { advance_seconds: 2 * 86_400 });
  await until("each has the second follow-up", () => fleet.mail.mails.length >= 2 * people, 120_000);
  await until("all are booked", async () => (await ask(there, "/api/dashboard/stats")).tasks_by_status.completed === 2 * people, 60_000);
  assert.equal(fleet.mail.mails.length, 2 * people);
});
