// A request that the document allows, made wrong in one or several ways.
import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { bodies, headers, rawTexts, strings, values } from "./values.mjs";

const encoded = (random) => (random.chance(0.3) ? random.pick(rawTexts) : encodeURIComponent(random.pick(strings)).slice(0, 6000));

/** A cursor as the product makes them, around keys that it would not. */
function forgedCursor(random) {
  const keys = Array.from({ length: 1 + random.below(3) }, () => random.pick([...strings, "2026-01-01T00:00:00Z", randomUUID()]).slice(0, 200));
  return Buffer.from(JSON.stringify(keys)).toString("base64url");
}

/** The places in a JSON value: [object, key]. */
function places(value, found = []) {
  if (value === null || typeof value !== "object") return found;
  for (const key of Object.keys(value)) {
    found.push([value, key]);
    places(value[key], found);
  }
  return found;
}

const ways = {
  member(request, random) {
    if (!request.json) return false;
    const found = places(request.json);
    if (found.length === 0) return false;
    const [object, key] = random.pick(found);
    const way = random.below(6);
    if (way === 0 && !Array.isArray(object)) delete object[key];
    else if (way === 1) object[key] = null;
    else if (way === 2) object[key] = random.pick(values);
    else if (way === 3 && !Array.isArray(object)) object[`x_${key}`] = 1;
    else object[key] = random.pick(strings);
    return true;
  },
  every_member(request, random) {
    if (!request.json) return false;
    for (const key of Object.keys(request.json)) request.json[key] = random.pick(random.chance(0.5) ? values : strings);
    return true;
  },
  body(request, random) {
    if (!request.body) return false;
    delete request.json;
    request.body = random.pick(bodies);
    return true;
  },
  torn_body(request, random) {
    if (!request.body || request.body.length === 0) return false;
    const bytes = Buffer.from(request.json ? JSON.stringify(request.json) : request.body);
    delete request.json;
    if (random.chance(0.5)) request.body = bytes.subarray(0, random.below(bytes.length));
    else {
      bytes[random.below(bytes.length)] = random.below(256);
      request.body = bytes;
    }
    return true;
  },
  body_where_none_belongs(request, random) {
    if (request.body || request.method === "GET") return false;
    request.body = random.pick(bodies);
    request.headers["Content-Type"] = "application/json";
    return true;
  },
  query(request, random, operation) {
    const names = operation.inQuery.map(({ name }) => name);
    const name = names.length && random.chance(0.85) ? random.pick(names) : encoded(random);
    request.raw.push(`${name}=${name === "cursor" && random.chance(0.7) ? forgedCursor(random) : encoded(random)}`);
    return true;
  },
  path(request, random, operation) {
    if (operation.inPath.length === 0) return false;
    // Nothing at all would be another address: that of the list.
    const part = random.chance(0.3) ? randomUUID() : encoded(random) || "%00";
    const wanted = operation.path.split("/");
    request.path = request.path.split("/").map((was, i) => (wanted[i]?.startsWith("{") ? part : was)).join("/");
    return true;
  },
  header(request, random) {
    const [name, value] = random.pick(headers);
    request.headers[name] = value;
    return true;
  },
};

/** Changes a request in place; gives the names of the ways. */
export function makeHostile(request, operation, random) {
  request.json = request.headers["Content-Type"] === "application/json" ? JSON.parse(request.body) : undefined;
  request.raw = request.query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const done = [];
  const wanted = random.chance(0.7) ? 1 : 1 + random.below(3);
  for (let tries = 0; done.length < wanted && tries < 30; ++tries) {
    const way = random.pick(Object.keys(ways));
    if (ways[way](request, random, operation)) done.push(way);
  }
  if (request.json) request.body = Buffer.from(JSON.stringify(request.json));
  request.target = request.raw.length ? `${request.path}?${request.raw.join("&")}` : request.path;
  return done;
}
