// Servers and workers on one PostgreSQL, clients coming in, their follow-ups going out day after day, while everything is killed
// at random moments; then an audit of the store against what was accepted and what the provider recorded.
import { join } from "node:path";
import { Random } from "../contract/hostile/document.mjs";
import { Cluster, freePort, makeFolder, openAccount, pause, Process, remove, Server, until } from "../support/product.mjs";
import { audit } from "./audit.mjs";
import { Recorder } from "./recorder.mjs";

/** A Monday at ten in the morning in New York. */
const monday = "2030-03-04T15:00:00Z";
const day = 86_400;

export class Storm {
  /** `kills` in all; PostgreSQL is cut off after every `perRestart` of them. `say` hears how it goes on. */
  static async run({ kills, perRestart = 10, killsADay = 25, clientsADay = 40, seed = 1, say = () => {} }) {
    const storm = new Storm();
    Object.assign(storm, { kills, perRestart, killsADay, clientsADay, say, random: new Random(seed), done: 0, restarts: 0, frozen: 0 });
    Object.assign(storm, { clients: [], offset: 0, processes: [], complaints: [], over: false });
    try {
      await storm.#begin();
      while (storm.done < kills) await storm.#day();
      await storm.#settle();
      return audit(storm);
    } finally {
      await storm.#end();
    }
  }

  now = () => Date.now() + this.offset;
  servers = () => this.processes.filter((one) => one.port);
  targets = () => this.servers().map(({ port }) => `http://127.0.0.1:${port}`);

  async #begin() {
    this.folder = makeFolder("soak");
    this.cluster = await Cluster.make(this.folder, { durable: true });
    this.recorder = await Recorder.open({ random: this.random, targets: this.targets, now: this.now });
    this.env = {
      DATABASE_URL: this.cluster.makeDatabase("doorstep"),
      DOORSTEP_DATA: join(this.folder, "data"),
      DOORSTEP_SANDBOX: "on",
      DOORSTEP_THREADS: "1",
      SENDGRID_API_KEY: "SG.soak",
      SENDGRID_BASE_URL: this.recorder.url,
      SENDGRID_FROM_EMAIL: "office@example.com",
      SENDGRID_WEBHOOK_VERIFICATION_KEY: this.recorder.publicKey,
      SCHEDULER_INTERVAL_MS: "1000",
    };
    this.account = await openAccount("Soak Homes", "owner@example.com", ["--zone", "America/New_York"], this.env);
    for (const kind of ["server", "server", "worker", "worker"]) {
      const place = { kind, port: kind === "server" ? await freePort() : 0 };
      this.processes.push(place);
      this.#launch(place);
    }
    await Promise.all(this.servers().map(({ process }) => process.ready()));
    await this.#setClock({ set: monday });
  }

  #launch(place) {
    const args = place.port ? ["serve", "--listen", `127.0.0.1:${place.port}`, "--rate-limit", "0"] : ["worker"];
    place.process = new (place.port ? Server : Process)(args, this.env);
    if (place.port) Object.assign(place.process, { port: place.port, url: `http://127.0.0.1:${place.port}` });
    this.#restart(place, place.process);
  }

  /** As an init system does, whether it was killed or found PostgreSQL away while it started. */
  async #restart(place, process) {
    await process.ended;
    if (/Sanitizer|query failed/.test(process.log)) this.complaints.push(process.log.slice(-3000));
    await pause(this.random.below(300));
    if (!this.over) this.#launch(place);
  }

  async #setClock(how) {
    const moved = await until("a server takes the clock", () =>
      fetch(`${this.random.pick(this.targets())}/sandbox/clock`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(how),
      }).then((answer) => answer.ok && answer.json(), () => false));
    this.offset = Date.parse(moved.now) - Date.now();
  }

  async #day() {
    const wanted = Math.min(this.killsADay, this.kills - this.done);
    const killing = this.#kill(wanted);
    await this.#addClients();
    await killing;
    // To the same hour of the next day: what fell due then goes out at once.
    await this.#setClock({ advance_seconds: day });
    this.say(`${this.done} kills, ${this.restarts} restarts of PostgreSQL, ${this.clients.length} clients, ${this.recorder.accepted.length} e-mails`);
  }

  /** New clients by four callers, each asked for again with its key until it is accepted. */
  async #addClients() {
    let left = this.clientsADay;
    const call = async () => {
      while (left-- > 0) {
        this.clients.push(await this.#addClient(this.clients.length + left * 100_000));
        await pause(this.random.below(200));
      }
    };
    await Promise.all([call(), call(), call(), call()]);
  }

  async #addClient(number) {
    const email = `person${number}.${this.random.below(1e9)}@example.com`;
    const body = { name: `Person ${number}`, email, property_address: "1 Main St, Springfield", property_type: "residential", stage: "lead" };
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${this.account.api_key}`, "Idempotency-Key": email };
    for (;;) {
      const answer = await fetch(`${this.random.pick(this.targets())}/api/clients`, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(20_000),
      }).catch(() => undefined);
      const text = await answer?.text().catch(() => "");
      if (answer?.status === 201 && text) return { id: JSON.parse(text).id, email };
      if (answer && answer.status !== 409 && answer.status !== 503) throw new Error(`a client was refused: ${answer.status} ${text}`);
      await pause(100 + this.random.below(300));
    }
  }

  async #kill(count) {
    for (let i = 0; i < count; ++i) {
      await pause(100 + this.random.below(900));
      const place = this.random.pick(this.processes);
      await place.process.kill();
      this.done++;
      if (this.done % this.perRestart === 0) {
        // As a power cut would: nothing is written any more.
        this.cluster.stop("immediate");
        this.cluster.start();
        this.restarts++;
      }
      if (this.done % 50 === 25) await this.#freeze();
    }
  }

  /** A worker that is stopped for longer than its lease, and wakes as if nothing had happened. */
  async #freeze() {
    const place = this.random.pick(this.processes.filter(({ port }) => !port));
    await place.process.child.kill("SIGSTOP");
    await pause(25_000);
    await place.process.child.kill("SIGCONT");
    this.frozen++;
  }

  /** Until nothing moves any more; then past the half hour after which what is in doubt is shown to a person. */
  async #settle() {
    this.say("settling");
    await this.#quiet();
    await this.#setClock({ advance_seconds: 45 * 60 });
    await pause(2000);
    await this.#quiet();
  }

  async #quiet() {
    const busy = `select concat_ws(' ',
      (select count(*) from tasks where status = 'pending' and failed_at is null and scheduled_for <= now_
        and (dispatched_at is not null or held_until is null or held_until <= now_)
        and not exists (select from messages m where m.task_id = tasks.id and m.dispatch = 'ambiguous')),
      (select count(*) from app.jobs where (state = 'ready' or (state = 'waiting' and run_at <= now_)) and created_at < now_ - interval '5 s'),
      (select count(*) from messages where dispatch in ('waiting', 'sending')
        and (held_until is null or held_until <= now_)),
      (select count(*) from inbound_webhooks where processed_at is null))
      from (select clock_timestamp() + offset_us * interval '1 microsecond' as now_ from app.clock) c`;
    let calm = 0;
    await until("everything comes to rest", async () => {
      const left = this.cluster.value(busy, "doorstep");
      calm = left === "0 0 0 0" && this.recorder.reporting === 0 ? calm + 1 : 0;
      return calm === 5;
    }, 180_000);
  }

  async #end() {
    this.over = true;
    for (const { process } of this.processes) {
      process.child.kill("SIGCONT");
      await process.kill();
    }
    this.recorder?.close();
    this.cluster?.end();
    if (this.folder) remove(this.folder);
  }
}
