// The job engine against graphile-worker, on one cluster, each on a database of its own, one after the other.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { doorstep, root } from "../../test/support/product.mjs";

const run = promisify(execFile);

export async function* jobs(world) {
  const { cluster } = world;
  const folder = join(root, "bench/yardsticks/graphile-worker");
  if (!existsSync(join(folder, "node_modules"))) await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
  const count = String(world.quick ? 20_000 : 100_000);
  const theirs = [];
  for (const processes of ["1", "2"]) {
    const url = cluster.makeDatabase(`graphile_${processes}`);
    theirs.push(JSON.parse((await run("node", ["run.mjs", url, count, processes], { cwd: folder })).stdout));
  }
  const best = (name) => Math.max(...theirs.map((one) => one[name]));

  const url = cluster.makeDatabase("jobs");
  await doorstep(["migrate", "up"], { env: { DATABASE_URL: url, DOORSTEP_DATA: join(world.folder, "jobs") } });
  const ours = JSON.parse((await run(join(root, "build/release/bench_jobs"), [url, count])).stdout);
  const row = (what, name, least) => ({ what, unit: "jobs/s", ours: ours[name], yardstick: best(name), least });
  yield row("empty jobs run and completed, against graphile-worker with its local queue", "run_and_complete", 2);
  yield row("jobs enqueued in transactions of their own, by 16 callers", "enqueue_one_per_transaction");
  yield row("jobs enqueued a thousand at a time", "enqueue_many");
  yield { what: "from commit to the start of a job, idle, median", unit: "ms", ours: ours.start_ms_p50, atMost: 15 };
  yield { what: "from commit to the start of a job, idle, 99 %", unit: "ms", ours: ours.start_ms_p99, atMost: 150 };
}
