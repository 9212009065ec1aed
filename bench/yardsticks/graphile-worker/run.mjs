// graphile-worker on an empty database of its own, in the fastest set-up that its documentation shows (local queue of 500,
// completions batched, 24 jobs at a time, 25 connections), as one or several processes. Prints one JSON line.
//
//   node run.mjs CONNECTION_STRING [JOBS] [PROCESSES]

import { fork } from "node:child_process";
import { Logger, makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";

const [, script, connectionString, jobsText = "100000", processesText = "1", role] = process.argv;
if (!connectionString) {
  console.error("usage: node run.mjs CONNECTION_STRING [JOBS] [PROCESSES]");
  process.exit(1);
}
const jobs = Number(jobsText);
const processes = Number(processesText);
const preset = {
  worker: {
    connectionString,
    concurrentJobs: 24,
    maxPoolSize: 25,
    localQueue: { size: 500 },
    completeJobBatchDelay: 0,
    failJobBatchDelay: 0,
    logger: new Logger(() => () => {}),
  },
};

if (role === "worker") await work();
else await measure();

async function work() {
  const runner = await run({ preset, taskList: { empty: () => {} }, noHandleSignals: true });
  process.on("message", async () => {
    await runner.stop();
    process.exit(0);
  });
}

async function measure() {
  const utils = await makeWorkerUtils({ preset });
  await utils.migrate();
  const client = new pg.Client({ connectionString });
  await client.connect();

  const added = Math.ceil(jobs / 10);
  const one_by_one = await rate(added, async () => {
    let next = 0;
    const adder = async () => {
      while (next++ < added) await utils.addJob("empty", { number: next });
    };
    await Promise.all(Array.from({ length: 16 }, adder));
  });
  const together = await rate(jobs, async () => {
    for (let i = 0; i < jobs; i += 1000) {
      const specs = Array.from({ length: 1000 }, (_, j) => ({ identifier: "empty", payload: { number: i + j } }));
      await utils.addJobs(specs);
    }
  });

  // From the first completed job on, so that the start of the processes is not held against it.
  const left = async () => Number((await client.query("select count(*) from graphile_worker._private_jobs")).rows[0].count);
  const workers = Array.from({ length: processes }, () =>
    fork(script, [connectionString, jobsText, processesText, "worker"]),
  );
  const total = await left();
  let began = 0;
  let from = total;
  for (;;) {
    const now = await left();
    if (!began && now < total) {
      began = performance.now();
      from = now;
    }
    if (now === 0) break;
    await new Promise((resolve) => setTimeout(resolve, began ? 50 : 1));
  }
  const run_and_complete = from / ((performance.now() - began) / 1000);
  for (const worker of workers) worker.send("stop");
  await client.end();
  await utils.release();
  console.log(
    JSON.stringify({
      enqueue_one_per_transaction: Math.round(one_by_one),
      enqueue_many: Math.round(together),
      run_and_complete: Math.round(run_and_complete),
    }),
  );
}

async function rate(count, action) {
  const began = performance.now();
  await action();
  return count / ((performance.now() - began) / 1000);
}
