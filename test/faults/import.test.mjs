// An import outlives the process that runs it: killed in the middle, another goes on where it was, and nobody comes twice.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { Importer, people } from "../support/importing.mjs";
import { Cluster, makeFolder, openAccount, remove, Server, until } from "../support/product.mjs";

const rows = 2400;
const folder = makeFolder("import");
const cluster = await Cluster.make(folder);
after(() => {
  cluster.end();
  remove(folder);
});

test("import: killed with kill -9 in the middle, gone on with by another process, undone as a whole", { timeout: 240_000 }, async () => {
  const env = { DATABASE_URL: cluster.makeDatabase("import"), DOORSTEP_DATA: join(folder, "data"), DOORSTEP_SANDBOX: "off" };
  const { api_key } = await openAccount("Import", "import@example.com", [], env);
  const importer = new Importer(api_key);
  const first = await Server.start([], env);
  importer.server = first;
  const { id } = await importer.upload(people(rows));
  // The second thousand takes its time, so that it is under way when the process dies.
  cluster.sql(
    `create function linger() returns trigger language plpgsql as $$ begin perform pg_sleep(30); return new; end $$;
     create trigger linger before insert on contacts for each row when (new.email = 'person1500@example.com') execute function linger()`,
    "import",
  );
  await importer.call("POST", `/api/imports/${id}/start`);
  await until("a thousand are there", async () => (await importer.call("GET", `/api/imports/${id}`)).position === 1000);
  await first.kill();
  cluster.sql("select pg_terminate_backend(pid) from pg_stat_activity where query like '%insert into contacts%' and pid <> pg_backend_pid()", "import");
  cluster.sql("drop trigger linger on contacts", "import");

  const second = await Server.start([], env);
  importer.server = second;
  const [done, seen] = await importer.watch(id, "done");
  assert.equal(seen[0], 1000, "it goes on where it was");
  assert.deepEqual([done.added, done.updated, done.skipped, done.bad], [rows, 0, 0, 0]);
  assert.equal((await importer.call("GET", "/api/clients")).total, rows);
  assert.equal(cluster.value("select count(distinct coalesce(email_key, phone_e164)) || ' ' || count(*) from contacts", "import"), `${rows} ${rows}`);
  assert.equal(cluster.value("select count(*) from events where kind = 'client_imported'", "import"), String(rows));

  await importer.call("POST", `/api/imports/${id}/undo`);
  await importer.watch(id, "undone");
  assert.equal((await importer.call("GET", "/api/clients")).total, 0);
  assert.equal((await importer.call("GET", "/api/search?q=kowalski")).items.length, 0);
  assert.equal(cluster.value("select count(*) from contact_words", "import"), "0");
  await second.stop();
});
