// An office to test in: the product's own binary on a store of its own, one signed-in person, a real browser.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const binary = process.env.DOORSTEP_BINARY ?? join(root, "build/release/doorstep");
const web = join(root, "web/dist");
const password = "a quiet street in spring";
export const owner = { email: "nora@fieldandgable.test", name: "Nora Field", password };
/** A Monday at ten in the morning in New York: nothing is held back by the night. */
export const monday = "2027-03-01T15:00:00Z";
const pictures = process.env.E2E_PICTURES;
/** How long a slow machine is waited for, in milliseconds. */
const patience = Number(process.env.E2E_PATIENCE ?? 60_000);

const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const freePort = () =>
  new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolvePort(port));
    });
  });

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Presses keys that belong together at once: between two of them a loaded machine may take longer than the console waits. */
export const sequence = (page, ...keys) => Promise.all(keys.map((key) => page.keyboard.press(key)));

/** Signs somebody out behind the console's back; the browser stays one that is known. */
export async function loseSession(context) {
  for (const name of ["doorstep_session", "doorstep_refresh"]) await context.clearCookies({ name });
}

/** Waits until something is so; says what it was when it never is. */
export async function until(what, probe, limit = patience) {
  const end = Date.now() + limit;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) assert.fail(`never: ${what}`);
    await pause(100);
  }
}

export class Office {
  /** Starts a server and a browser; `stop()` ends both and leaves nothing. With `demo` (its login) the office is the demo's. */
  static async open({ demo } = {}) {
    const office = new Office();
    office.login = demo ?? { email: owner.email, password };
    office.demo = Boolean(demo);
    try {
      await office.#start();
    } catch (error) {
      await office.stop();
      throw error;
    }
    return office;
  }

  async #start() {
    assert.ok(existsSync(binary), `${binary} is missing: script/build release`);
    assert.ok(existsSync(web), `${web} is missing: npm run build in web`);
    this.folder = mkdtempSync(join(tmpdir(), "doorstep-e2e-"));
    this.port = await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    await this.startServer();
    if (!this.demo) this.#makeAccount();
    this.browser = await chromium.launch({
      executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
      args: chromiumFlags,
    });
    if (!this.demo) await this.sandbox("clock", { set: monday });
  }

  #makeAccount() {
    this.key = this.addAccount("Field & Gable Realty", { ...owner, password }, ["--zone", "America/New_York"]).api_key;
  }

  /** Another account with its owner; answers its ids and key. */
  addAccount(name, { email, name: ownerName, password: word }, flags = []) {
    const account = spawnSync(
      binary,
      ["account", "create", "--data", this.folder, "--name", name, "--owner-email", email, "--owner-name", ownerName, ...flags],
      { input: word, encoding: "utf8", env: this.#environment() },
    );
    assert.equal(account.status, 0, account.stderr);
    return JSON.parse(account.stdout);
  }

  #environment() {
    const { DATABASE_URL: _, ...rest } = process.env;
    return { ...rest, LOG_LEVEL: "warn" };
  }

  async startServer() {
    const flags = ["serve", "--listen", `127.0.0.1:${this.port}`, "--data", this.folder, "--sandbox", "--rate-limit", "0"];
    if (this.demo) flags.push("--demo");
    this.server = spawn(binary, [...flags, "--web", web], { stdio: ["ignore", "pipe", "pipe"], env: this.#environment() });
    this.log = "";
    for (const stream of [this.server.stdout, this.server.stderr]) stream.on("data", (data) => (this.log += data));
    await until(
      "the server is ready",
      async () => {
        assert.equal(this.server.exitCode, null, `the server ended:\n${this.log}`);
        return fetch(`${this.url}/ready`).then(
          (answer) => answer.ok,
          () => false,
        );
      },
      60_000,
    );
  }

  async stopServer() {
    if (!this.server || this.server.exitCode !== null) return;
    const ended = new Promise((done) => this.server.once("exit", done));
    this.server.kill("SIGTERM");
    await Promise.race([ended, pause(15_000)]);
    if (this.server.exitCode === null) this.server.kill("SIGKILL");
  }

  async stop() {
    await this.browser?.close();
    await this.stopServer();
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }

  /** Calls the API as the office's key. */
  async api(method, path, body) {
    const answer = await fetch(this.url + path, {
      method,
      headers: { Authorization: `Bearer ${this.key}`, ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** Reads from the API as the one who signs in. */
  async asOwner(path) {
    const context = await this.window();
    const answer = await (await context.request.get(path)).json();
    await context.close();
    return answer;
  }

  /** Turns a control of the sandbox: sandbox("clock", { advance_seconds: 3600 }). */
  async sandbox(control, body) {
    const answer = await fetch(`${this.url}/sandbox/${control}`, {
      method: body ? "POST" : "GET",
      headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body && JSON.stringify(body),
    });
    assert.ok(answer.ok, `${control}: ${answer.status}`);
    return answer.status === 204 ? undefined : answer.json();
  }

  outbox = async () => (await this.sandbox("outbox")).items;

  addClient = (name, more = {}) =>
    this.api("POST", "/api/clients", {
      name,
      email: `${name.toLowerCase().replace(/[^a-z]+/g, ".")}@example.com`,
      property_address: "14 Juniper Way, Asheville, NC 28801",
      property_type: "residential",
      stage: "lead",
      ...more,
    });

  /** A browser window of its own, signed in unless said otherwise; a deaf one hears nothing of what happens elsewhere. It is a
   *  browser that the person has used before, unless it is not to be known, or somebody else signs in (`as`). What goes wrong
   *  in it fails the test. */
  async window({ signedIn = true, as = this.login, deaf = false, known = as === this.login, ...options } = {}) {
    const context = await this.browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: "en-US",
      timezoneId: "America/New_York",
      reducedMotion: "reduce",
      baseURL: this.url,
      serviceWorkers: "block",
      ...options,
    });
    context.setDefaultTimeout(patience);
    context.faults = [];
    if (deaf) await context.route("**/api/events", (route) => route.abort());
    context.on("weberror", (fault) => context.faults.push(fault.error().message));
    context.on("console", (message) => {
      const expected = /Failed to load resource/.test(message.text());
      if (message.type() === "error" && !expected) context.faults.push(message.text());
    });
    if (known && this.device) await context.addCookies([this.device]);
    if (signedIn) {
      const answer = await context.request.post("/api/auth/login", { data: { email: as.email, password: as.password }, headers: { Origin: this.url } });
      assert.equal(answer.status(), 200);
      assert.ok((await answer.json()).accessToken, "a code is asked for");
      if (known) await this.#keepDevice(context);
    }
    return context;
  }

  /** What makes the next window one that the person has used before. */
  async #keepDevice(context) {
    const cookies = await context.cookies(`${this.url}/api/auth`);
    this.device = cookies.find(({ name }) => name === "doorstep_device") ?? this.device;
  }

  /** A page of a window of its own; closed after use, and checked for faults. */
  async visit(path, options, use) {
    const context = await this.window(options);
    try {
      const page = await context.newPage();
      await page.goto(path);
      await use(page, context);
      assert.deepEqual(context.faults, []);
    } catch (error) {
      // With E2E_PICTURES=folder, what the page looked like when it failed.
      if (pictures) await context.pages().at(-1)?.screenshot({ path: join(pictures, `${Date.now()}.png`) });
      throw error;
    } finally {
      if (options?.known !== false && !options?.as) await this.#keepDevice(context);
      await context.close();
    }
  }
}
