import { describe, expect, it } from "vitest";
import { generate, operationName, typeName, typeOf } from "./generate-api.mjs";

const ref = (name) => ({ $ref: `#/components/schemas/${name}` });

describe("typeOf", () => {
  it.each([
    [{ type: "string" }, "string"],
    [{ type: ["string", "null"] }, "string | null"],
    [{ anyOf: [ref("Client"), { type: "null" }] }, "Client | null"],
    [{ type: "array", items: { enum: ["a", "b"] } }, '("a" | "b")[]'],
    [{ type: "object", additionalProperties: { type: "integer" } }, "Record<string, number>"],
    [{ type: "object", additionalProperties: true }, "Record<string, unknown>"],
    [{ allOf: [ref("A"), ref("B")] }, "A & B"],
    [{ const: 3 }, "3"],
    [{}, "unknown"],
  ])("%j", (schema, type) => expect(typeOf(schema)).toBe(type));

  it("marks what may be absent, and quotes odd names", () => {
    const schema = { type: "object", required: ["a"], properties: { a: { type: "string" }, "b-c": { type: "number" } } };
    expect(typeOf(schema)).toBe('{\n  a: string;\n  "b-c"?: number;\n}');
  });

  it("is the object's own where one of its members has to be there", () => {
    const schema = { type: "object", properties: { a: { type: "string" } }, anyOf: [{ required: ["a"] }, { required: ["b"] }] };
    expect(typeOf(schema)).toBe("{\n  a?: string;\n}");
  });
});

it("names are made fit for TypeScript", () => {
  expect(typeName("Page<Client>")).toBe("PageClient");
  expect(operationName("get_api.clients-{id}")).toBe("get_api_clients_id");
});

const document = {
  paths: {
    "/api/clients/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      patch: {
        operationId: "update_client",
        summary: "Changes a client.",
        requestBody: { content: { "application/json": { schema: ref("ClientPatch") } } },
        responses: { 200: { content: { "application/json": { schema: ref("Client") } } }, 404: {} },
      },
      delete: { operationId: "delete_client", responses: { 204: {} } },
    },
    "/api/clients": {
      get: {
        operationId: "list_clients",
        parameters: [{ name: "stage", in: "query", schema: { enum: ["lead", "lost"] } }],
        responses: { 200: { content: { "application/json": { schema: { type: "array", items: ref("Client") } } } } },
      },
    },
  },
  components: {
    schemas: {
      Client: { type: "object", required: ["name"], properties: { name: { type: "string" }, stage: { enum: ["lead", "lost"] } } },
      ClientPatch: {
        type: "object",
        required: ["name"],
        properties: { name: { anyOf: [{ type: "string", maxLength: 100 }, { type: "null" }] } },
      },
    },
  },
};

describe("generate", () => {
  const text = generate(document);

  it("writes types, operations, methods, enums and rules", () => {
    expect(text).toContain("export interface Client {\n  name: string;");
    expect(text).toMatch(/\/\*\* Changes a client\. \*\/\n {2}update_client: \{\n {4}path: \{\n {6}id: string;\n {4}\};\n {4}body: ClientPatch;\n {4}result: Client;/);
    expect(text).toMatch(/list_clients: \{\n {4}query: \{\n {6}stage\?: "lead" \| "lost";\n {4}\};\n {4}result: Client\[\];/);
    expect(text).toMatch(/delete_client: \{\n {4}path: \{[^}]+\};\n {4}result: void;/);
    expect(text).toContain('update_client: ["PATCH", "/api/clients/{id}"]');
    expect(text).toContain('stage: ["lead", "lost"]');
    expect(text).toContain("name: { required: true, maxLength: 100 }");
  });

  it("gives the same text for the same document", () => {
    expect(generate(structuredClone(document))).toBe(text);
  });

  it("refuses two operations of one name", () => {
    const twice = structuredClone(document);
    twice.paths["/api/clients"].get.operationId = "update_client";
    expect(() => generate(twice)).toThrow("two operations");
  });
});
