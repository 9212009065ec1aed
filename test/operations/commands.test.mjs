// The commands an operator runs beside the server: they say what is wrong, and what they keep they give back.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Cluster, doorstep, doorstepSays, makeFolder, openAccount, remove, Server } from "../support/product.mjs";

let folder;
let cluster;
const servers = [];
before(async () => {
  folder = makeFolder("operations");
  cluster = await Cluster.make(folder);
});
after(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  cluster?.end();
  if (folder) remove(folder);
});

const place = (name) => ({ DATABASE_URL: cluster.makeDatabase(name), DOORSTEP_DATA: join(folder, name) });
/** What a command that is to fail says. */
const refusal = (args, env, input) =>
  doorstep(args, { env, input }).then(
    () => assert.fail(`doorstep ${args.join(" ")} did not fail`),
    ({ code, stderr }) => {
      assert.ok(code > 0, `it ended by itself: ${stderr}`);
      return stderr;
    },
  );

test("a wrong configuration is told whole, and nothing is begun", async () => {
  const said = await refusal(["serve"], { DOORSTEP_LISTEN: "somewhere", SMTP_URL: "mail", DOORSTEP_SANDBOX: "maybe", DOORSTEP_COLOUR: "red" });
  for (const key of ["DOORSTEP_LISTEN", "SMTP_URL", "DOORSTEP_SANDBOX", "DOORSTEP_COLOUR"]) assert.match(said, new RegExp(key));
});

test("a back-up made while the server works comes back whole in an empty store", async () => {
  const env = place("original");
  const account = await openAccount("Ada Homes", "ada@example.com", [], env);
  const headers = { Authorization: `Bearer ${account.api_key}` };
  const server = await Server.start([], env);
  servers.push(server);
  const ask = async (at, path, options = {}) => {
    const answer = await fetch(at.url + path, { ...options, headers: { ...headers, ...options.headers } });
    assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
    return answer;
  };
  const client = (i) => ({ name: `Person ${i}`, email: `p${i}@example.com`, property_address: "1 Main St", property_type: "land", stage: "lead" });
  const add = (i) => ask(server, "/api/clients", { method: "POST", body: JSON.stringify(client(i)), headers: { "Content-Type": "application/json" } });
  const first = await (await add(0)).json();
  for (let i = 1; i < 30; ++i) await add(i);
  const form = new FormData();
  form.append("file", new Blob(["%PDF-1.4\n%the deed\n"], { type: "application/pdf" }), "deed.pdf");
  const document = await (await ask(server, `/api/contacts/${first.id}/documents`, { method: "POST", body: form })).json();
  const content = async (at) => (await ask(at, `/api/contacts/${first.id}/documents/${document.id}/file`)).text();
  const kept = await content(server);
  assert.match(kept, /the deed/);

  const file = join(folder, "backup.doorstep");
  const adding = (async () => {
    for (let i = 100; i < 140; ++i) await add(i);
  })();
  await doorstep(["backup", file], { env });
  await adding;
  assert.equal(statSync(file).mode & 0o077, 0, "only its owner may read a back-up");
  await doorstep(["restore", "--verify", file], { env });
  assert.match(await refusal(["restore", file], env), /empty|accounts/);

  const elsewhere = place("restored");
  await doorstep(["restore", file], { env: elsewhere });
  const restored = await Server.start([], elsewhere);
  servers.push(restored);
  const shown = await (await ask(restored, `/api/clients/${first.id}`)).json();
  assert.equal(shown.email, first.email);
  const count = Number(cluster.value("select count(*) from contacts", "restored"));
  assert.ok(count >= 30 && count <= 70, `${count} people`);
  assert.equal(cluster.value("select count(*) from tasks", "restored"), String(5 * count), "as it was at one moment");
  assert.equal(await content(restored), kept);

  // One that an earlier version made tells nothing of its files.
  const opened = join(folder, "opened");
  mkdirSync(opened);
  execFileSync("tar", ["--extract", "--file", file, "--directory", opened]);
  const { files: _, ...manifest } = JSON.parse(readFileSync(join(opened, "manifest.json"), "utf8"));
  writeFileSync(join(opened, "manifest.json"), JSON.stringify(manifest));
  const older = join(folder, "older.doorstep");
  execFileSync("tar", ["--create", "--file", older, "--directory", opened, ...readdirSync(opened)]);
  await doorstep(["restore", older], { env: place("older") });
  assert.equal(cluster.value("select count(*) from contacts", "older"), String(count));

  const bytes = readFileSync(file);
  bytes[bytes.indexOf("the deed")] ^= 0x20;
  writeFileSync(file, bytes);
  const damaged = place("damaged");
  assert.match(await refusal(["restore", file], damaged), /damaged: files\//);
  assert.equal(cluster.value("select to_regclass('accounts') is null or not exists (select from pg_tables where tablename = 'contacts')", "damaged"), "t");
});

test("an account is opened with a password that is worth something, or told that it was not used", async () => {
  const env = place("owners");
  const create = (name, more, input) =>
    doorstepSays(["account", "create", "--name", name, "--owner-email", "ana@example.com", ...more], { env, input });
  assert.match(
    await refusal(["account", "create", "--name", "Ana Homes", "--owner-email", "ana@example.com"], env, "password1234\n"),
    /owner_password is among those that attackers try first/,
  );
  const agency = JSON.parse((await create("North", ["--kind", "agency"], "seven green lanterns\n")).stdout);
  const second = await create("South", [], "nine purple kettles\n");
  assert.match(second.stderr, /ana@example.com signs in already and keeps that password; the one given was not used/);
  assert.equal(JSON.parse(second.stdout).user_id, agency.user_id);
  assert.match(
    await refusal(
      ["account", "create", "--name", "West", "--kind", "agency", "--parent", agency.account_id, "--owner-email", "w@example.com"],
      env,
      "seven green lanterns\n",
    ),
    /--parent is for a business/,
  );
});

test("a business opened under an agency stands in its hub, and a second one with the same address does not", async () => {
  const env = place("agency");
  const agency = await openAccount("North Agency", "north@example.com", ["--kind", "agency"], env);
  const business = await openAccount("Kim Homes", "kim@example.com", ["--parent", agency.account_id], env);
  const server = await Server.start([], env);
  servers.push(server);
  const answer = await fetch(`${server.url}/api/hub/clients`, { headers: { Authorization: `Bearer ${agency.api_key}` } });
  const { items } = await answer.json();
  assert.deepEqual(
    items.map(({ id, email, name, onboarding }) => ({ id, email, name, state: onboarding.state })),
    [{ id: business.account_id, email: "kim@example.com", name: "Kim Homes", state: "active" }],
  );
  const said = await refusal(
    ["account", "create", "--name", "Kim Again", "--parent", agency.account_id, "--owner-email", "KIM@example.com"],
    env,
    "a quiet street in spring",
  );
  assert.match(said, /business with this e-mail address already/);
});

test("the schema goes up, down and up again", async () => {
  const env = place("schema");
  const tables = () => Number(cluster.value("select count(*) from pg_tables where schemaname in ('public', 'app')", "schema"));
  await doorstep(["migrate", "up"], { env });
  const all = tables();
  assert.ok(all > 40);
  const status = await doorstep(["migrate", "status"], { env });
  assert.doesNotMatch(JSON.stringify(status), /pending/);
  await doorstep(["migrate", "down", "--to", "0"], { env });
  assert.ok(tables() <= 1);
  assert.match(JSON.stringify(await doorstep(["migrate", "status"], { env })), /foundation/);
  await doorstep(["migrate", "up"], { env });
  assert.equal(tables(), all);
});
