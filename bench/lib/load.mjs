// The tools that make load and say how much was served: wrk against a server, pgbench against PostgreSQL.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { postgresTools } from "../../test/support/product.mjs";

const run = promisify(execFile);

const quote = (text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;

/**
 * Requests a second that a server answers. `paths` are taken in turn; with `body` (Lua: an expression of `n`, a number that never
 * comes twice) they are posted. Fails if any answer is not 2xx.
 */
export async function wrk(world, { url, key, paths, body, headers = {}, connections = 32, seconds = world.seconds }) {
  const fields = { "Content-Type": "application/json", ...(key ? { Authorization: `Bearer ${key}` } : {}), ...headers };
  const table = Object.entries(fields).map(([name, value]) => `[${quote(name)}]=${quote(value)}`);
  const script = join(world.folder, "wrk.lua");
  writeFileSync(
    script,
    `local paths = {${paths.map(quote).join(",")}}
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
function init() n = id * 100000000 + ${Date.now() % 1e7} * 1000; at = id end
function request()
  n = n + 1
  at = at % #paths + 1
  return wrk.format(${body ? '"POST"' : '"GET"'}, paths[at], {${table.join(",")}}, ${body ?? "nil"})
end
`,
  );
  const { stdout } = await run("wrk", ["-t2", `-c${connections}`, `-d${seconds}s`, "--timeout", "10s", "--latency", "-s", script, url]);
  assert.ok(!/Non-2xx/.test(stdout), `${url}${paths[0]}: ${stdout}`);
  const [, value, unit] = stdout.match(/50%\s+([\d.]+)(us|ms|s)/);
  return { rate: Number(stdout.match(/Requests\/sec:\s+([\d.]+)/)[1]), median: Number(value) * { us: 1e-3, ms: 1, s: 1e3 }[unit] };
}

// As the server sends its single statements: together, as one implicit transaction. pgbench 15 prepares all of a script with the
// first statement that it meets, and can't within a pipeline: so once, before the first, it meets another.
const pipeline = (text, ready) =>
  `\\if :${ready} = 0\nselect 1;\n\\set ${ready} 1\n\\endif\n\\startpipeline\n${text}\\endpipeline\n`;

/** Transactions a second of scripts that are drawn at random, at the best number of clients, as the server's own role. */
export async function pgbench(world, { database, scripts, pipelined = false, seconds = world.seconds }) {
  const files = scripts.map((text, i) => {
    const file = join(world.folder, `pgbench.${i}.sql`);
    writeFileSync(file, pipelined ? pipeline(text, `ready${i}`) : text);
    return ["-f", file, "-D", `ready${i}=0`];
  });
  let best = 0;
  let problems = "";
  for (const clients of [4, 16, 32]) {
    const { stdout, stderr } = await run(
      join(postgresTools, "pgbench"),
      ["-n", "-M", "prepared", "-c", String(clients), "-j", "2", "-T", String(Math.max(2, Math.round(seconds / 2)))].concat(
        files.flat(),
        world.cluster.url(database, { user: "doorstep_app" }),
      ),
      { maxBuffer: 1 << 26 },
    ).catch((problem) => {
      throw new Error(`pgbench: ${problem.stderr}`);
    });
    const rate = stdout.match(/tps = ([\d.]+)/);
    best = Math.max(best, Number(rate?.[1] ?? 0));
    problems += stderr;
  }
  assert.ok(best > 0, `pgbench did nothing: ${problems}`);
  return best;
}

/** Resident memory of a process, in bytes. */
export const memory = (pid) => Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]) * 1024;

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Milliseconds that an action takes: the median of `times`. */
export async function timed(times, action) {
  const taken = [];
  for (let i = 0; i < times; ++i) {
    const began = performance.now();
    await action();
    taken.push(performance.now() - began);
  }
  return median(taken);
}
