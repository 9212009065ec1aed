// The product's own OpenAPI document: its operations, valid values for their schemas, and whether what they take and answer fits.
import addFormats from "ajv-formats";
import Ajv2020 from "ajv/dist/2020.js";

const verbs = ["get", "post", "put", "patch", "delete"];
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export class Document {
  constructor(text) {
    this.json = JSON.parse(text);
    this.ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
    addFormats(this.ajv);
    this.ajv.addFormat("phone", true); // whoever takes it says what a phone number is
    this.ajv.addFormat("email", /^.+@.+$/s); // the product's is wider than ajv's, which knows ASCII alone
    this.ajv.addSchema(this.json, "openapi");
    this.operations = Object.entries(this.json.paths).flatMap(([path, item]) =>
      verbs.filter((verb) => item[verb]).map((verb) => this.#operation(verb, path, item)),
    );
    this.validators = new Map();
  }

  #operation(verb, path, item) {
    const described = item[verb];
    const parameters = [...(item.parameters ?? []), ...(described.parameters ?? [])].map((one) => this.resolve(one));
    const content = this.resolve(described.requestBody)?.content ?? {};
    return {
      id: described.operationId,
      verb,
      method: verb.toUpperCase(),
      path,
      isPublic: described.security?.length === 0,
      isSafe: verb === "get",
      inPath: parameters.filter((one) => one.in === "path"),
      inQuery: parameters.filter((one) => one.in === "query"),
      inHeader: parameters.filter((one) => one.in === "header"),
      bodyType: Object.keys(content)[0],
      bodySchema: content["application/json"]?.schema,
      responses: described.responses,
    };
  }

  resolve(value) {
    let at = value;
    while (at?.$ref) at = at.$ref.split("/").slice(1).reduce((object, key) => object[key], this.json);
    return at;
  }

  /** What is wrong with a value, as text; undefined if it fits. */
  misfit(schema, value) {
    const key = JSON.stringify(schema);
    let validate = this.validators.get(key);
    if (!validate) {
      validate = this.ajv.compile(JSON.parse(key.replaceAll('"#/', '"openapi#/')));
      this.validators.set(key, validate);
    }
    return validate(value) ? undefined : this.ajv.errorsText(validate.errors);
  }

  /** What of an answer the document does not know, as text; undefined if it knows all. */
  surprise(operation, { status, type, body }) {
    if (status === 304 && operation.isSafe) return undefined; // HTTP's own: the client has it already
    const own = Object.entries(operation.responses).find(([code]) => /^2/.test(code));
    if (own && this.resolve(own[1]).content?.["*/*"]) return undefined; // in a form of its own, whatever it is
    const described = operation.responses[status] ?? (status >= 400 ? operation.responses.default : undefined);
    if (!described) return `the status ${status} is not in the document`;
    const content = this.resolve(described).content ?? {};
    if (Object.keys(content).length === 0) return body.length > 0 ? "a body where the document has none" : undefined;
    const form = content[type];
    if (!form) return `the content type ${type} is not in the document`;
    if (!/\bjson\b/.test(type) || !form.schema) return undefined;
    try {
      return this.misfit(form.schema, JSON.parse(body));
    } catch {
      return "it is no JSON";
    }
  }
}

/** Makes values that fit a schema. `ids(name)` gives an id for a member of that name; `word` marks every free text. */
export class Maker {
  constructor(document, random, { ids, word }) {
    Object.assign(this, { document, random, ids, word });
  }

  make(schema, name = "", depth = 0) {
    const wanted = this.document.resolve(schema) ?? {};
    if (wanted.const !== undefined) return wanted.const;
    if (wanted.enum) return this.random.pick(wanted.enum);
    const choices = wanted.oneOf ?? (wanted.properties ? undefined : wanted.anyOf);
    if (choices) return this.make(this.random.chance(0.8) ? choices[0] : this.random.pick(choices), name, depth);
    if (wanted.allOf) return Object.assign({}, ...wanted.allOf.map((part) => this.make(part, name, depth)));
    switch (Array.isArray(wanted.type) ? wanted.type[0] : wanted.type) {
      case "object": return this.#object(wanted, depth);
      case "array": return this.#array(wanted, name, depth);
      case "integer": return Math.floor(this.#number(wanted, 20));
      case "number": return this.#number(wanted, 20);
      case "boolean": return this.random.chance(0.5);
      case "null": return null;
      case "string": return this.#string(wanted, name);
      default: return `${this.word} anything`;
    }
  }

  #object(wanted, depth) {
    const required = new Set(wanted.required ?? []);
    // Of several ways to be whole, one; what it needs is not null.
    const whole = new Set(wanted.anyOf ? this.random.pick(wanted.anyOf).required : []);
    const made = {};
    for (const [name, schema] of Object.entries(wanted.properties ?? {})) {
      const useful = required.has(name) || whole.has(name) || (depth < 4 && this.random.chance(0.6));
      if (useful) made[name] = this.make(whole.has(name) ? (schema.anyOf?.[0] ?? schema) : schema, name, depth + 1);
    }
    if (!wanted.properties && wanted.additionalProperties) {
      made[`${this.word}_key`] = this.make(wanted.additionalProperties === true ? {} : wanted.additionalProperties, "", depth + 1);
    }
    return made;
  }

  #array(wanted, name, depth) {
    const least = wanted.minItems ?? 0;
    const length = Math.max(least, depth > 4 ? 0 : this.random.below(Math.min(wanted.maxItems ?? 3, 3) + 1));
    return Array.from({ length }, () => this.make(wanted.items ?? {}, name.replace(/s$/, ""), depth + 1));
  }

  #number(wanted, usual) {
    const least = wanted.minimum ?? wanted.exclusiveMinimum ?? Math.min(0, wanted.maximum ?? 0);
    const most = wanted.maximum ?? wanted.exclusiveMaximum ?? least + usual;
    return this.random.chance(0.1) ? most : least + this.random.below(Math.min(most - least, usual) + 1);
  }

  #string(wanted, name) {
    switch (wanted.format) {
      case "uuid": return this.ids(name);
      case "email": return `${this.word}.${this.random.below(1e9)}@example.com`;
      case "phone": return `+1 ${201 + this.random.below(700)} 555 01${String(this.random.below(100)).padStart(2, "0")}`;
      case "date": return `2031-0${1 + this.random.below(9)}-1${this.random.below(10)}`;
      case "date-time": return `2031-0${1 + this.random.below(9)}-1${this.random.below(10)}T15:00:00Z`;
      case "time": return "15:00";
      case "uri": return "https://www.example.com/page";
      default:
    }
    if (wanted.examples?.length) return this.random.pick(wanted.examples);
    const filler = `${this.word} ${name} ${this.random.below(1e9)} of some length`;
    const text = filler.padEnd(wanted.minLength ?? 0, "x");
    return text.slice(0, wanted.maxLength ?? text.length);
  }
}

/** All ids in an answer, as [member's name, id]. */
export function idsIn(value, name = "", found = []) {
  if (typeof value === "string" && uuid.test(value)) found.push([name, value]);
  else if (Array.isArray(value)) for (const item of value) idsIn(item, name, found);
  else if (value && typeof value === "object") for (const [key, member] of Object.entries(value)) idsIn(member, key, found);
  return found;
}

/** Chance that can be had again from its seed (mulberry32). */
export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  below = (limit) => Math.floor(this.next() * limit);
  chance = (share) => this.next() < share;
  pick = (list) => list[this.below(list.length)];
}
