// The product as its operator runs it: a PostgreSQL cluster of its own, and processes of the binary on it. Everything listens on
// loopback alone, lives in one folder that is removed at the end, and is ended by its process id.
import assert from "node:assert/strict";
import { execFile, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const binary = process.env.DOORSTEP_BINARY ?? join(root, "build/release/doorstep");

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Waits until something is so, and gives it back; says what it was when it never is. */
export async function until(what, probe, patience = 30_000, every = 100) {
  const end = Date.now() + patience;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) assert.fail(`never: ${what}`);
    await pause(every);
  }
}

export const freePort = () =>
  new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolvePort(port));
    });
  });

// What is still there when this process ends, however it ends, goes with it.
const leftovers = new Set();
process.once("exit", () => [...leftovers].toReversed().forEach((end) => end()));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

/** A folder of its own under the system's temporary one, until remove(). */
export function makeFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `doorstep-${name}-`));
  leftovers.add(() => remove(folder));
  return folder;
}

const versions = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql").map(Number) : [];
export const postgresTools = join("/usr/lib/postgresql", String(Math.max(0, ...versions)), "bin");

// PostgreSQL refuses to run as root; Debian's own user for it is there wherever its server is installed.
function postgresUser() {
  if (process.getuid() !== 0) return {};
  const number = (flag) => Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout);
  return { uid: number("-u"), gid: number("-g") };
}

export class Cluster {
  /** `settings`: lines for postgresql.conf. Without `durable` nothing is synced to disk. */
  static async make(folder, { durable = false, settings = [] } = {}) {
    const cluster = new Cluster();
    cluster.user = postgresUser();
    cluster.folder = join(folder, "postgres");
    cluster.data = join(cluster.folder, "data");
    cluster.port = await freePort();
    mkdirSync(cluster.folder, { mode: 0o755 });
    if (cluster.user.uid !== undefined) {
      chownSync(folder, cluster.user.uid, cluster.user.gid);
      chownSync(cluster.folder, cluster.user.uid, cluster.user.gid);
    }
    cluster.#run("initdb", ["-D", cluster.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
    const lines = ["listen_addresses = '127.0.0.1'", `port = ${cluster.port}`, `unix_socket_directories = '${cluster.folder}'`];
    lines.push("unix_socket_permissions = 0777", "max_connections = 200", "jit = off", "deadlock_timeout = 200ms");
    if (!durable) lines.push("fsync = off", "full_page_writes = off", "synchronous_commit = off");
    writeFileSync(join(cluster.data, "conf.extra"), [...lines, ...settings, ""].join("\n"));
    writeFileSync(join(cluster.data, "postgresql.conf"), "include 'conf.extra'\n", { flag: "a" });
    leftovers.add(() => cluster.end());
    cluster.start();
    return cluster;
  }

  #run(tool, args) {
    const done = spawnSync(join(postgresTools, tool), args, { ...this.user, encoding: "utf8", cwd: this.folder });
    assert.equal(done.status, 0, `${tool}: ${done.stderr} ${done.stdout}`);
  }

  start() {
    // The log goes to a file: a daemon that kept our pipe would never let spawnSync return.
    this.#run("pg_ctl", ["start", "-w", "-s", "-t", "120", "-D", this.data, "-l", join(this.folder, "log")]);
  }

  stop(mode = "fast") {
    this.#run("pg_ctl", ["stop", "-w", "-s", "-t", "120", "-m", mode, "-D", this.data]);
  }

  end() {
    if (existsSync(join(this.data, "postmaster.pid"))) this.stop("immediate");
  }

  url = (database, { port = this.port, user = "postgres" } = {}) =>
    `postgresql://${user}@127.0.0.1:${port}/${database}?sslmode=disable&gssencmode=disable`;

  makeDatabase(name) {
    this.sql(`create database ${name}`, "postgres");
    return this.url(name);
  }

  /** As the superuser; rows as arrays of texts. */
  sql(statement, database) {
    const flags = ["-XAtq", "-v", "ON_ERROR_STOP=1", "-F", "\x1f", "-d", this.url(database), "-f", "-"];
    const done = spawnSync(join(postgresTools, "psql"), flags, { input: statement, encoding: "utf8", maxBuffer: 1 << 28 });
    assert.equal(done.status, 0, done.stderr);
    return done.stdout.split("\n").filter(Boolean).map((line) => line.split("\x1f"));
  }

  value = (statement, database) => this.sql(statement, database)[0]?.[0];
}

// What is configured around the tests must not reach the processes in them.
function environment(more) {
  const { DATABASE_URL: _, ...rest } = process.env;
  return { ...rest, LOG_LEVEL: "warn", DOORSTEP_MASTER_KEY: "a key for tests alone, which opens nothing", ...more };
}

/** The statement that lists every counter which differs from a recount of the rows. */
export const wrongCounters = readFileSync(join(root, "test/support/wrong_counters.sql"), "utf8");

/** A command of the binary that ends by itself; its JSON, if it prints any. */
export async function doorstep(args, options) {
  const { stdout } = await doorstepSays(args, options);
  return stdout.startsWith("{") ? JSON.parse(stdout) : stdout;
}

/** The same with what it says beside its answer. */
export function doorstepSays(args, { env = {}, input } = {}) {
  const running = promisify(execFile)(binary, args, { env: environment(env), encoding: "utf8", maxBuffer: 1 << 26 });
  running.child.stdin.end(input ?? "");
  return running;
}

/** A server or a worker. */
export class Process {
  constructor(args, env = {}) {
    this.log = "";
    this.child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"], env: environment(env) });
    const kill = () => this.child.kill("SIGKILL");
    leftovers.add(kill);
    this.ended = new Promise((done) => this.child.once("exit", done)).then(() => leftovers.delete(kill));
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on("data", (data) => (this.log = (this.log + data).slice(-100_000)));
    }
  }

  get running() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  kill(signal = "SIGKILL") {
    this.child.kill(signal);
    return this.ended;
  }

  /** As an init system stops it. */
  async stop() {
    if (!this.running) return;
    const late = setTimeout(() => this.child.kill("SIGKILL"), 20_000);
    await this.kill("SIGTERM");
    clearTimeout(late);
  }
}

export class Server extends Process {
  /** Ready to answer. `args` and `env` on top of an address of its own. */
  static async start(args, env, port) {
    const chosen = port ?? (await freePort());
    const server = new Server(["serve", "--listen", `127.0.0.1:${chosen}`, "--rate-limit", "0", ...args], env);
    server.port = chosen;
    server.url = `http://127.0.0.1:${chosen}`;
    try {
      await server.ready();
    } catch (problem) {
      await server.kill();
      throw problem;
    }
    return server;
  }

  async ready(patience = 120_000) {
    const answers = () => fetch(`${this.url}/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    await until("the server is ready", () => {
      assert.ok(this.running, `the server ended:\n${this.log}`);
      return answers();
    }, patience, 10);
  }
}

/** Opens an account by the command line: account_id, user_id, api_key and how its owner signs in. */
export async function openAccount(name, email, flags, env) {
  const password = "a quiet street in spring";
  const made = await doorstep(
    ["account", "create", "--name", name, "--owner-email", email, "--owner-name", `${name} Owner`, ...flags],
    { env, input: password },
  );
  return { ...made, email, password };
}

export const remove = (folder) => rmSync(folder, { recursive: true, force: true });
