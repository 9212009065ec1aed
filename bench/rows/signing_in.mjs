// What it costs to find out who asks: a sign-in, which is a password hash and little else, and a request that is signed in.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { openAccount, root, Server } from "../../test/support/product.mjs";
import { pgbench, wrk } from "../lib/load.mjs";
import { record, script } from "../lib/statements.mjs";

const run = promisify(execFile);
const entering = "from credentials c";

async function signIn(server, { email, password }, headers = {}) {
  const answer = await fetch(`${server.url}/api/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify({ email, password }),
  });
  assert.equal(answer.status, 200);
  const { accessToken } = await answer.json();
  assert.ok(accessToken, "a code is asked for");
  return { accessToken, device: answer.headers.getSetCookie().find((one) => one.startsWith("doorstep_device="))?.split(";")[0] };
}

/** Sign-ins of one person in a browser that is known. */
async function signIns(world, server, owner, device) {
  const body = `'${JSON.stringify({ email: owner.email, password: owner.password })}'`;
  const load = { url: server.url, paths: ["/api/auth/login"], body, headers: { Cookie: device }, connections: 8 };
  const { stdout } = await run("python3", [join(root, "bench/yardsticks/passwords.py"), String(world.seconds)]);
  return {
    what: "sign-ins with a password, 8 connections, against comparing its Argon2id hash alone on two threads",
    unit: "a second",
    ours: (await wrk(world, load)).rate,
    yardstick: Number(stdout),
    least: 0.8,
  };
}

export async function* signingIn(world) {
  const env = { DATABASE_URL: world.cluster.makeDatabase("signing_in"), DOORSTEP_DATA: join(world.folder, "signing_in"), DOORSTEP_SANDBOX: "off" };
  const server = await Server.start([], env);
  try {
    const owner = await openAccount("Bench", "bench@example.com", ["--kind", "business"], env);
    const { accessToken, device } = await signIn(server, owner);
    yield await signIns(world, server, owner, device);

    world.cluster.sql("alter role doorstep_app login", "postgres");
    const path = "/api/auth/me";
    const statements = await record(world, async () => {
      const answer = await fetch(server.url + path, { headers: { Authorization: `Bearer ${accessToken}` } });
      assert.equal(answer.status, 200);
    });
    assert.ok(statements.some(({ sql }) => sql.includes(entering)), "nobody is asked for");
    // The same in the same account, of which nobody asks whose it is.
    const told = { sql: "select set_config('app.account', $1, true)", parameters: [undefined, `'${owner.account_id}'`] };
    const open = statements.map((one) => (one.sql.includes(entering) ? told : one));
    const rate = (of) => pgbench(world, { database: "signing_in", scripts: [script(world, "signing_in", of)], pipelined: true });
    const [whole, rest] = [await rate(statements), await rate(open)];
    yield {
      what: `GET ${path} of a session, 32 connections, against pgbench with its SQL`,
      unit: "requests/s",
      ours: (await wrk(world, { url: server.url, key: accessToken, paths: [path] })).rate,
      yardstick: whole,
      least: 0.5,
    };
    yield {
      what: "what asking whether a session is alive adds to a statement, in the store",
      unit: "µs",
      ours: 1e6 / whole - 1e6 / rest,
    };
  } finally {
    await server.stop();
  }
}
