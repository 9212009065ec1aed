// What a server really asks PostgreSQL for one request, taken from PostgreSQL's log, as a script for pgbench: the yardstick runs
// the same statements, without us.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pause } from "../../test/support/product.mjs";

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** `$1 = 'a', $2 = NULL` to literals. */
function parameters(line) {
  const found = [];
  for (const [, number, value] of line.matchAll(/\$(\d+) = (NULL|'(?:[^']|'')*')/g)) found[number] = value;
  return found;
}

function parse(log) {
  const statements = [];
  for (const line of log.replaceAll("\n\t", "\n\u0001").split("\n")) {
    const head = line.match(/^LOG: {2}(?:execute [^:]+|statement): (.*)$/);
    const detail = line.match(/^DETAIL: {2}parameters: (.*)$/);
    const last = statements.at(-1);
    if (head) statements.push({ sql: head[1], parameters: [] });
    else if (detail && last) last.parameters = parameters(detail[1]);
    else if (line.startsWith("\u0001") && last) {
      if (last.parameters.length) continue;
      last.sql += `\n${line.slice(1)}`;
    }
  }
  return statements.map(({ sql, parameters: values }) => ({ sql: sql.trim().replace(/;$/, ""), parameters: values }));
}

/** The statements of one request. What other parts of the server happen to ask meanwhile is told apart by asking twice. */
export async function record(world, action) {
  const { cluster } = world;
  const file = join(cluster.folder, "log");
  const setting = (value) => {
    cluster.sql(`alter system set log_statement = ${value}`, "postgres");
    cluster.sql("select pg_reload_conf()", "postgres");
    return pause(300);
  };
  await action(); // everything is prepared by now
  await setting("'all'");
  const takes = [];
  for (let i = 0; i < 4; ++i) {
    const from = statSync(file).size;
    await action();
    await pause(100);
    takes.push(parse(readFileSync(file).subarray(from).toString()));
  }
  await setting("'none'");
  const best = takes.toSorted((a, b) => a.length - b.length)[0];
  assert.ok(best.length > 0, "the log shows no statement");
  return best;
}

/**
 * A script for pgbench. Where `fresh` holds texts that must differ in each transaction (new ids, an e-mail address), they are
 * made from a random number.
 */
export function script(world, database, statements, fresh = []) {
  const text = statements.map(({ sql, parameters: values }) => {
    const types = values.length ? parameterTypes(world, database, sql) : [];
    return sql.replace(/\$(\d+)/g, (_, number) => literal(values[number], types[number - 1], fresh)).replaceAll("\n", " ");
  });
  const draw = fresh.length ? ["\\set r random(1, 9000000000000)"] : [];
  return `${[...draw, ...text.map((sql) => `${sql};`)].join("\n")}\n`;
}

function parameterTypes(world, database, sql) {
  const types = world.cluster.value(
    `prepare one as ${sql}; select array_to_string(parameter_types::text[], ',') from pg_prepared_statements where name = 'one'`,
    database,
  );
  return types.split(",");
}

// pgbench takes a colon and a word for a variable of its own, in texts too.
const escaped = (value) => `E${value.replaceAll("\\", "\\\\").replaceAll(":", "\\x3a")}`;

function literal(value, type, fresh) {
  if (value === "NULL") return `null::${type}`;
  let expression = escaped(value);
  fresh.forEach((one, i) => {
    const made = one.match(uuid)
      ? `${one.slice(0, 8)}-${one.slice(9, 13)}-${one.slice(14, 18)}-${(0x8000 + i).toString(16)}-' || lpad(to_hex(:r::bigint), 12, '0') || E'`
      : `x' || :r || E'${one}`;
    expression = expression.replaceAll(one, made);
  });
  return `(${expression})::${type}`;
}

/** Ids in statements that were not there before. */
export const newIds = (statements, known) => {
  const all = statements.flatMap(({ parameters: values }) => values.filter(Boolean).join(" ").match(uuid) ?? []);
  return [...new Set(all)].filter((id) => !known.includes(id));
};
