// run.mjs [--quick] [--rows NAME,…] [--size small|medium|large]: measures, prints the table, writes build/bench/bench.json.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Cluster, doorstep, makeFolder, remove, root, Server } from "../test/support/product.mjs";
import { building } from "./rows/building.mjs";
import { followUps } from "./rows/follow_ups.mjs";
import { importing } from "./rows/importing.mjs";
import { jobs } from "./rows/jobs.mjs";
import { pages } from "./rows/pages.mjs";
import { reading } from "./rows/reading.mjs";
import { signingIn } from "./rows/signing_in.mjs";
import { start } from "./rows/start.mjs";
import { webhookKeys, writing } from "./rows/writing.mjs";

const groups = { reading, writing, jobs, follow_ups: followUps, signing_in: signingIn, start, importing, pages, building };
const { values: flags } = parseArgs({
  options: { quick: { type: "boolean", default: false }, rows: { type: "string" }, size: { type: "string" } },
});
const wanted = flags.rows?.split(",") ?? Object.keys(groups);
const unknown = wanted.find((name) => !groups[name]);
if (unknown) throw new Error(`there are no rows ${unknown}; there are ${Object.keys(groups).join(", ")}`);

// As the private PostgreSQL is set up (server/db/private_postgres_cluster.cpp), and durable.
const settings = ["shared_buffers = 128MB", "work_mem = 8MB", "effective_cache_size = 1GB", "random_page_cost = 1.1"];
settings.push("wal_compression = on", "max_wal_size = 1GB", "checkpoint_timeout = 15min", "log_min_messages = warning", "log_line_prefix = ''");

async function open() {
  const folder = makeFolder("bench");
  const size = flags.size ?? (flags.quick ? "medium" : "large");
  const world = { quick: flags.quick, folder, stores: {}, seconds: flags.quick ? 4 : 15, latePage: { small: 20, medium: 100, large: 1000 }[size] };
  world.cluster = await Cluster.make(folder, { durable: true, settings });
  world.webhookKeys = webhookKeys();
  const needsStores = wanted.some((name) => ["reading", "writing", "start"].includes(name));
  for (const [name, wantedSize] of needsStores ? [["small", "small"], ["large", size]] : []) {
    const env = {
      DATABASE_URL: world.cluster.makeDatabase(name),
      DOORSTEP_DATA: join(folder, name),
      DOORSTEP_SANDBOX: "off",
      SENDGRID_WEBHOOK_VERIFICATION_KEY: world.webhookKeys.publicKey,
    };
    const seeded = await doorstep(["seed", "--size", wantedSize], { env });
    console.error(`seeded ${name}: ${seeded.contacts} contacts, ${seeded.messages} e-mails in ${seeded.seconds.toFixed(0)} s`);
    world.cluster.sql("alter role doorstep_app login", "postgres"); // for pgbench, which can't set a role
    const server = await Server.start([], env);
    world.stores[name] = { name, env, seeded, key: seeded.api_key, server };
  }
  return world;
}

/** A row with its ratio, its goal in words, and whether it is met; rows without a goal only tell. */
function judged(row) {
  const ratio = row.yardstick === undefined ? undefined : row.ours / row.yardstick;
  if (row.least !== undefined) return { ...row, ratio, goal: `≥ ${row.least} ×`, met: ratio >= row.least };
  if (row.most !== undefined) return { ...row, ratio, goal: `≤ ${row.most} ×`, met: ratio <= row.most };
  if (row.more !== undefined) return { ...row, ratio, goal: `≤ +${row.more} ${row.unit}`, met: row.ours - row.yardstick <= row.more };
  if (row.atMost !== undefined) return { ...row, goal: `≤ ${row.atMost} ${row.unit}`, met: row.ours <= row.atMost };
  if (row.atLeast !== undefined) return { ...row, goal: `≥ ${row.atLeast} ${row.unit}`, met: row.ours >= row.atLeast };
  return { ...row, ratio };
}

const figure = (value) => {
  if (value === undefined) return "–";
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
};

function print(rows) {
  const cells = rows.map(({ what, unit, ours, yardstick, ratio, goal, met }) => [
    what, `${figure(ours)} ${unit}`, figure(yardstick), figure(ratio), goal ?? "", met === undefined ? "" : met ? "met" : "MISSED",
  ]);
  cells.unshift(["", "ours", "yardstick", "ratio", "goal", ""]);
  const widths = cells[0].map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  for (const row of cells) console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "));
}

const rows = [];
const world = await open();
try {
  for (const name of wanted) {
    for await (const row of groups[name](world)) {
      rows.push(judged(row));
      console.error(`${row.what}: ${figure(row.ours)} ${row.unit}${row.yardstick === undefined ? "" : `, yardstick ${figure(row.yardstick)}`}`);
    }
  }
} finally {
  for (const { server } of Object.values(world.stores)) await server.stop();
  world.cluster.end();
  remove(world.folder);
}
const machine = { cores: cpus().length, processor: cpus()[0].model, memory_gb: Math.round(totalmem() / 2 ** 30) };
mkdirSync(join(root, "build/bench"), { recursive: true });
writeFileSync(join(root, "build/bench/bench.json"), `${JSON.stringify({ at: new Date().toISOString(), quick: flags.quick, machine, rows }, null, 2)}\n`);
print(rows);
