// Reads the third parties' own descriptions, and what our clients and doubles said while the unit tests ran.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const contracts = process.env.DOORSTEP_CONTRACTS ?? resolve(root, '../shared/providers');
const recordings = join(root, 'build/contract');

/** Why there is nothing to check against, or false: node:test's `skip`. */
export const skip = existsSync(contracts) ? false : 'skipped: contracts not present';

/** All recordings whose name starts so: [name, content]. Fails where there is none, because then nothing would be tested. */
export function recorded(prefix) {
  const names = existsSync(recordings) ? readdirSync(recordings) : [];
  const found = names.filter((name) => name.startsWith(prefix) && name.endsWith('.json')).sort();
  if (found.length === 0) throw new Error(`no recording of ${prefix} in build/contract: run the unit tests first`);
  return found.map((name) => [name, JSON.parse(readFileSync(join(recordings, name), 'utf8'))]);
}

/** An OpenAPI document whose operations can be asked for validators. */
export class Contract {
  constructor(file) {
    this.document = JSON.parse(readFileSync(join(contracts, file), 'utf8'));
    // The documents carry annotations that JSON Schema does not know; what Ajv can't compile still throws.
    this.ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
    addFormats(this.ajv);
    this.ajv.addFormat('unixtime', true); // OpenAI's word for an integer
    this.ajv.addSchema(this.document, 'contract');
  }

  /** Follows $ref from an object of the document to where it stands. */
  #resolve(pointer) {
    let at = pointer;
    for (let hops = 0; hops < 10; hops++) {
      const value = at
        .split('/')
        .slice(1)
        .reduce((object, key) => object?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], this.document);
      if (value === undefined) throw new Error(`the contract has no ${at}`);
      if (typeof value.$ref !== 'string') return [at, value];
      at = value.$ref.slice(1);
    }
    throw new Error(`references go round in circles at ${pointer}`);
  }

  #operation(method, path) {
    return `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`;
  }

  #compile(pointer, type = 'application/json') {
    return this.ajv.compile({ $ref: `contract#${encodeURI(pointer)}/content/${type.replaceAll('/', '~1')}/schema` });
  }

  request(method, path, type = 'application/json') {
    const [pointer] = this.#resolve(`${this.#operation(method, path)}/requestBody`);
    return this.#compile(pointer, type);
  }

  /** The validator of a named schema. */
  schema(name) {
    return this.ajv.compile({ $ref: `contract#/components/schemas/${name}` });
  }

  /** The validator of an answer's body; null where the contract describes none. */
  answer(method, path, status) {
    const [pointer, response] = this.#resolve(`${this.#operation(method, path)}/responses/${status}`);
    return response.content ? this.#compile(pointer) : null;
  }

  /** Names of headers that an answer must have. */
  requiredHeaders(method, path, status) {
    const [, response] = this.#resolve(`${this.#operation(method, path)}/responses/${status}`);
    return Object.entries(response.headers ?? {})
      .filter(([, header]) => header.required)
      .map(([name]) => name);
  }
}

/** Validation errors as text for a failed assertion. */
export function faults(validate, value) {
  if (validate(value)) return '';
  return validate.errors.map((error) => `${error.instancePath || '/'} ${error.message}`).join('; ');
}
