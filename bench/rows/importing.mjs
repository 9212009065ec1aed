// A file of people, as an office brings it: taken over while somebody watches, killed in the middle, gone on with by another
// process, and undone as a whole. Through the API alone.
import assert from "node:assert/strict";
import { join } from "node:path";
import { Importer, people } from "../../test/support/importing.mjs";
import { openAccount, Server, until } from "../../test/support/product.mjs";
import { looks } from "../lib/looks.mjs";

const sought = { tag: "buyer", name: "elena kowalski", mistyped: "kowlski", phone: "(201) 200-1000" };

const since = (began) => (performance.now() - began) / 1000;

export async function* importing(world) {
  const rows = world.quick ? 10_000 : 100_000;
  const env = { DATABASE_URL: world.cluster.makeDatabase("importing"), DOORSTEP_DATA: join(world.folder, "importing"), DOORSTEP_SANDBOX: "off" };
  const { api_key } = await openAccount("Import", "import@example.com", [], env);
  const importer = new Importer(api_key);
  importer.server = await Server.start([], env);
  const said = rows.toLocaleString("en");
  try {
    const file = people(rows);
    let began = performance.now();
    const { id } = await importer.upload(file);
    await importer.call("POST", `/api/imports/${id}/check`);
    await importer.watch(id, "checked");
    yield { what: `dry run of ${said} rows with the upload`, unit: "s", ours: since(began) };

    began = performance.now();
    await importer.call("POST", `/api/imports/${id}/start`);
    const [done, seen] = await importer.watch(id, "done");
    assert.equal(done.added, rows, JSON.stringify(done));
    yield { what: `import of ${said} rows`, unit: "s", ours: since(began), atMost: (60 * rows) / 100_000 };
    yield { what: "looks at its progress that showed another number", unit: "", ours: seen.length };

    began = performance.now();
    await importer.call("POST", `/api/imports/${id}/undo`);
    await importer.watch(id, "undone");
    assert.equal((await importer.call("GET", "/api/clients")).total, 0);
    yield { what: `undo of ${said} imported rows`, unit: "s", ours: since(began) };

    // Again, with a process that dies without a word in the middle, and another that is there to go on.
    const again = await importer.upload(file);
    const other = await Server.start([], env);
    try {
      await importer.call("POST", `/api/imports/${again.id}/start`);
      const worker = importer.server;
      await until("a third is taken over", async () => (await importer.call("GET", `/api/imports/${again.id}`)).position > rows / 3, 120_000, 20);
      await worker.kill();
      importer.server = other;
      began = performance.now();
      const [resumed] = await importer.watch(again.id, "done");
      const resumedIn = since(began);
      assert.deepEqual([resumed.added, resumed.skipped, resumed.bad], [rows, 0, 0]);
      const there = world.cluster.value("select count(*) || ' ' || count(distinct coalesce(email_key, phone_e164)) from contacts where deleted_at is null", "importing");
      assert.equal(there, `${rows} ${rows}`);
      yield { what: "the rest of it by another process, after kill -9 at a third", unit: "s", ours: resumedIn };
      yield* looks((path) => importer.call("GET", path), sought, `${said} people`);
    } finally {
      if (importer.server !== other) await other.stop();
    }
  } finally {
    await importer.server.stop();
  }
}
