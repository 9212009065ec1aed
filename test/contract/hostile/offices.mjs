// Two offices on one store, each full of what the document lets one make, told apart by the words in their texts; and what
// either can see or change of the other's.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { doorstep, openAccount } from "../../support/product.mjs";
import { idsIn, Maker } from "./document.mjs";

const agent = new Agent({ keepAlive: true, maxSockets: 8 });
/** Longer than any answer may take, on a machine that is busy with other things. */
const patience = 30_000;

/** Sends exactly what it is told, and gives the answer as it came. A stream of events is cut off after its head. */
export function send(url, { method, target, headers = {}, body }) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const length = body ? { "Content-Length": body.length } : {};
    const asked = request({ hostname, port, agent, method, path: target, headers: { ...headers, ...length } });
    asked.setTimeout(patience, () => asked.destroy(new Error(`no answer within ${patience / 1000} s`)));
    asked.once("error", reject);
    asked.once("response", (answer) => {
      const type = (answer.headers["content-type"] ?? "").split(";")[0];
      const result = { status: answer.statusCode, type, headers: answer.headers, body: "" };
      if (type === "text/event-stream") {
        answer.destroy();
        return resolve(result);
      }
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.once("error", reject);
      answer.once("end", () => resolve({ ...result, body: Buffer.concat(chunks).toString() }));
    });
    asked.end(body);
  });
}

export class OfficeOnStore {
  /** `world`: document, random, env (of the store). */
  static async open(world, name) {
    const office = new OfficeOnStore();
    Object.assign(office, world, { name, word: `zq${name.toLowerCase()}zq`, ids: new Map(), every: new Set() });
    office.account = await openAccount(`${office.word} homes`, `${office.word}.owner@example.com`, [], world.env);
    office.maker = new Maker(world.document, world.random, { word: office.word, ids: (member) => office.id(member) });
    office.key = office.account.api_key;
    return office;
  }

  remember(operation, body) {
    let json;
    try {
      json = JSON.parse(body);
    } catch {
      return;
    }
    for (const [member, id] of idsIn(json)) {
      this.every.add(id);
      for (const name of new Set([member, `${operation.path.split("/{")[0]}.${member}`])) {
        const known = this.ids.get(name) ?? [];
        if (known.length < 200) this.ids.set(name, [...known, id]);
      }
    }
  }

  /** An id of this office's for a member (client_id) or a place in a path; one of nobody's where it has none. */
  id(member, path) {
    const places = path ? [`${path.split("/{")[0]}.id`, member] : [member, `/api/${member.replace(/_id$/, "s")}.id`];
    const known = places.map((place) => this.ids.get(place)).find((list) => list?.length) ?? [...this.every];
    return known.length ? this.random.pick(known.slice(-20)) : randomUUID();
  }

  /** A request that the document allows, with ids from `source` (this office, unless said otherwise). */
  request(operation, source = this) {
    const maker = new Maker(this.document, this.random, { word: this.word, ids: (member) => source.id(member) });
    const path = operation.path.replace(/\{(\w+)(\.\.\.)?\}/g, (_, name) => {
      const { schema } = operation.inPath.find((one) => one.name === name);
      const isId = this.document.resolve(schema).format === "uuid";
      return encodeURIComponent(isId ? source.id(name, operation.path) : maker.make(schema, name));
    });
    const query = operation.inQuery
      .filter(({ required }) => required || this.random.chance(0.3))
      .map(({ name, schema }) => [name, String(maker.make(schema, name))]);
    const headers = { Authorization: `Bearer ${this.key}` };
    let body;
    if (operation.bodySchema) {
      headers["Content-Type"] = "application/json";
      body = Buffer.from(JSON.stringify(maker.make(operation.bodySchema)));
    } else if (operation.bodyType) {
      headers["Content-Type"] = operation.bodyType;
      body = Buffer.from("[]");
    }
    const text = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
    return { method: operation.method, target: text ? `${path}?${text}` : path, path, query, headers, body };
  }

  /** Makes things with every operation that makes any, twice, so that what refers to others finds them. */
  async furnish(url) {
    const makers = this.document.operations.filter(({ verb, isPublic }) => verb !== "delete" && !isPublic);
    for (let round = 0; round < 3; ++round) {
      for (const operation of makers) {
        const answer = await send(url, this.request(operation));
        if (answer.status < 300) this.remember(operation, answer.body);
      }
    }
    assert.ok(this.every.size > 10, "the office has hardly anything");
  }

  /** Makes one more of what `operationId` makes: what was there may be deleted by now. */
  async add(url, operationId) {
    const operation = this.document.operations.find(({ id }) => id === operationId);
    await this.renew(url);
    for (let tries = 0; tries < 10; ++tries) {
      const answer = await send(url, this.request(operation));
      if (answer.status < 300) return this.remember(operation, answer.body);
    }
    return assert.fail(`${operationId} was refused ten times`);
  }

  /** After a 401: a key that works, in case that one of the requests has revoked this one. */
  async renew(url) {
    this.renewing ??= this.#renew(url).finally(() => (this.renewing = undefined));
    await this.renewing;
  }

  async #renew(url) {
    const alive = await send(url, { method: "GET", target: "/api/auth/me", headers: { Authorization: `Bearer ${this.key}` } });
    if (alive.status !== 401) return;
    const { account_id, user_id } = this.account;
    const flags = ["--account", account_id, "--user", user_id, "--scope", "*"];
    this.key = (await doorstep(["api-key", "create", ...flags], { env: this.env })).api_key;
  }
}

/** Every row of an account, as one text a table. */
export function rowsOf(cluster, database, accountId) {
  const tables = cluster.sql(
    `select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id'
     where c.relkind in ('r', 'p') and n.nspname in ('public', 'app') and not c.relispartition order by 1`,
    database,
  );
  const digest = ([table]) =>
    `select '${table}', count(*), md5(string_agg(t::text, '' order by t::text)) from ${table} t where account_id = '${accountId}'`;
  return cluster.sql(tables.map(digest).join(" union all "), database).map((row) => row.join(" "));
}
