// Writes src/api/types.gen.ts from the OpenAPI 3.1 document that the server prints.
//
//   node scripts/generate-api.mjs <openapi.json> <types.gen.ts> [--check]
//
// Out come the component schemas as TypeScript types, one entry per operation (path, query, body, result), the table
// of methods and paths that lib/http.ts calls by, the values of every enum, and the rules of every request body for
// forms. With --check nothing is written: it fails when the file on disk is not what the document says.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const methods = ["get", "post", "put", "patch", "delete"];
const identifier = /^[A-Za-z_$][\w$]*$/;

const key = (name) => (identifier.test(name) ? name : JSON.stringify(name));
const refName = (ref) => typeName(ref.slice(ref.lastIndexOf("/") + 1));
const unique = (list) => [...new Set(list)];

export function typeName(name) {
  const words = name.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return words.map((word) => word[0].toUpperCase() + word.slice(1)).join("");
}

/** The document's operationId, with what no identifier may hold replaced. */
export const operationName = (id) => id.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^_+|_+$/g, "");

/** A schema as a TypeScript type. */
export function typeOf(schema, indent = "") {
  if (schema === undefined || schema === true) return "unknown";
  if (schema === false) return "never";
  if (schema.$ref) return refName(schema.$ref);
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  // Beside properties, anyOf says which of them may not be missing together: no type of its own.
  const variants = schema.properties ? undefined : (schema.anyOf ?? schema.oneOf);
  if (variants) return unique(variants.map((part) => typeOf(part, indent))).join(" | ");
  if (schema.allOf) return schema.allOf.map((part) => wrap(typeOf(part, indent))).join(" & ");
  if (Array.isArray(schema.type)) {
    return unique(schema.type.map((type) => typeOf({ ...schema, type }, indent))).join(" | ");
  }
  switch (schema.type) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "array":
      return `${wrap(typeOf(schema.items, indent))}[]`;
    case "object":
      return objectType(schema, indent);
    default:
      return schema.properties ? objectType(schema, indent) : "unknown";
  }
}

const wrap = (type) => (/ [|&] /.test(type) ? `(${type})` : type);

function objectType(schema, indent) {
  const names = Object.keys(schema.properties ?? {});
  if (names.length === 0) {
    const rest = schema.additionalProperties;
    return `Record<string, ${rest && rest !== true ? typeOf(rest, indent) : "unknown"}>`;
  }
  const inner = `${indent}  `;
  const required = new Set(schema.required ?? []);
  const lines = names.map((name) => {
    const property = schema.properties[name];
    const doc = property.description ? `${inner}/** ${property.description.replaceAll("*/", "* /")} */\n` : "";
    return `${doc}${inner}${key(name)}${required.has(name) ? "" : "?"}: ${typeOf(property, inner)};`;
  });
  return `{\n${lines.join("\n")}\n${indent}}`;
}

/** Follows $ref, and takes the non-null side of `anyOf [X, null]`. */
function resolve(schema, document) {
  let at = schema;
  for (let depth = 0; at && depth < 16; depth += 1) {
    if (at.$ref) at = document.components.schemas[at.$ref.slice(at.$ref.lastIndexOf("/") + 1)];
    else if (at.anyOf ?? at.oneOf) {
      const rest = (at.anyOf ?? at.oneOf).filter((part) => part.type !== "null");
      if (rest.length !== 1) return at;
      at = rest[0];
    } else return at;
  }
  return at;
}

function answerType(operation) {
  const status = Object.keys(operation.responses ?? {}).find((code) => /^2\d\d$/.test(code));
  const content = status && operation.responses[status].content;
  if (!content) return "void";
  const json = content["application/json"];
  return json ? typeOf(json.schema, "    ") : "unknown";
}

function parametersType(parameters, where) {
  const own = parameters.filter((parameter) => parameter.in === where);
  if (own.length === 0) return null;
  const lines = own.map((parameter) => {
    const optional = where === "query" && !parameter.required;
    return `      ${key(parameter.name)}${optional ? "?" : ""}: ${typeOf(parameter.schema, "      ")};`;
  });
  return `{\n${lines.join("\n")}\n    }`;
}

/** All operations of the document: {name, method, path, parameters, body, result, summary}. */
export function operationsOf(document) {
  const found = [];
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = item[method];
      if (!operation) continue;
      const name = operationName(operation.operationId ?? `${method}_${path}`);
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
        parameter.$ref ? document.components.parameters[parameter.$ref.split("/").pop()] : parameter,
      );
      const content = operation.requestBody?.content ?? {};
      const bodySchema = content["application/json"]?.schema;
      const isForm = "multipart/form-data" in content;
      found.push({ name, method: method.toUpperCase(), path, parameters, bodySchema, isForm, operation });
    }
  }
  const names = new Set();
  for (const { name, method, path } of found) {
    if (names.has(name)) throw new Error(`two operations are called ${name} (${method} ${path})`);
    names.add(name);
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function operationEntry({ name, parameters, bodySchema, isForm, operation }) {
  const parts = [];
  const path = parametersType(parameters, "path");
  const query = parametersType(parameters, "query");
  if (path) parts.push(`    path: ${path};`);
  if (query) parts.push(`    query: ${query};`);
  if (bodySchema) parts.push(`    body: ${typeOf(bodySchema, "    ")};`);
  if (isForm) parts.push("    body: FormData;");
  parts.push(`    result: ${answerType(operation)};`);
  const doc = operation.summary ? `  /** ${operation.summary} */\n` : "";
  return `${doc}  ${key(name)}: {\n${parts.join("\n")}\n  };`;
}

/** {operation: [roles]} of the operations that not every member may call. */
const rolesOf = (operations) =>
  Object.fromEntries(operations.flatMap(({ name, operation }) => (operation["x-roles"] ? [[name, operation["x-roles"]]] : [])));

/** {Schema: {field: [values]}} of every enum that is a property (or an array of it) of a component. */
function enumsOf(document) {
  const all = {};
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    for (const [field, property] of Object.entries(schema.properties ?? {})) {
      const at = resolve(property, document);
      const values = at?.enum ?? resolve(at?.items, document)?.enum;
      if (values) (all[typeName(name)] ??= {})[field] = values;
    }
  }
  return all;
}

const ruleKeys = ["minLength", "maxLength", "minimum", "maximum", "pattern", "format"];

/** {Schema: {field: {required, minLength, maxLength, …}}} of every schema that is a request body. */
function rulesOf(document, operations) {
  const all = {};
  for (const { bodySchema } of operations) {
    if (!bodySchema?.$ref) continue;
    const schema = resolve(bodySchema, document);
    const required = new Set(schema?.required ?? []);
    const fields = {};
    for (const [field, property] of Object.entries(schema?.properties ?? {})) {
      const at = resolve(property, document) ?? {};
      const rule = required.has(field) ? { required: true } : {};
      for (const name of ruleKeys) if (at[name] !== undefined) rule[name] = at[name];
      fields[field] = rule;
    }
    all[refName(bodySchema.$ref)] = fields;
  }
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function literal(value, indent = "") {
  if (Array.isArray(value)) return `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value);
  if (entries.every(([, item]) => item === null || typeof item !== "object")) {
    return entries.length ? `{ ${entries.map(([name, item]) => `${key(name)}: ${JSON.stringify(item)}`).join(", ")} }` : "{}";
  }
  const lines = entries.map(([name, item]) => `${indent}  ${key(name)}: ${literal(item, `${indent}  `)},`);
  return `{\n${lines.join("\n")}\n${indent}}`;
}

/** The whole file, as text. */
export function generate(document) {
  const operations = operationsOf(document);
  const types = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => {
    const doc = schema.description ? `/** ${schema.description} */\n` : "";
    const type = typeOf(schema);
    const isObject = type.startsWith("{");
    return `${doc}export ${isObject ? `interface ${typeName(name)} ${type}` : `type ${typeName(name)} = ${type};`}\n`;
  });
  const table = operations.map(({ name, method, path }) => `  ${key(name)}: ["${method}", ${JSON.stringify(path)}],`);
  return [
    "// Written by web/scripts/generate-api.mjs from docs/openapi.json (npm run generate). Not to be edited.\n",
    types.join("\n"),
    `export interface Operations {\n${operations.map(operationEntry).join("\n")}\n}\n`,
    `export const operations = {\n${table.join("\n")}\n} as const satisfies Record<keyof Operations, readonly [string, string]>;\n`,
    `/** Who may call an operation, where not every member may. */\nexport const roles = ${literal(rolesOf(operations))} as const;\n`,
    `/** The values of every enum, by schema and field. */\nexport const enums = ${literal(enumsOf(document))} as const;\n`,
    `/** What each request body demands, by schema and field. */\nexport const rules = ${literal(rulesOf(document, operations))} as const;\n`,
  ].join("\n");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [source, target, flag] = process.argv.slice(2);
  if (!source || !target) {
    console.error("usage: generate-api.mjs <openapi.json> <types.gen.ts> [--check]");
    process.exit(2);
  }
  const text = generate(JSON.parse(readFileSync(source, "utf8")));
  if (flag === "--check") {
    if (readFileSync(target, "utf8") !== text) {
      console.error(`${target} is not what ${source} says: run npm run generate`);
      process.exit(1);
    }
  } else writeFileSync(target, text);
}
