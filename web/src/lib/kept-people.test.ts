import { expect, it } from "vitest";
import type { Client } from "@/api/types.gen";
import { searchPeople } from "./kept-people";

const person = (name: string, more: Partial<Client> = {}) =>
  ({ name, email: null, phone: null, property_address: "", stage: "lead", tags: [], ...more }) as unknown as Client;
const people = [
  person("Zoë Ångström", { phone: "+14155550101" } as Partial<Client>),
  person("Max Roth", { property_address: "9 Larch Court", stage: "closed", tags: ["buyer"] }),
];
const names = (filter: object) => searchPeople(people, filter).map(({ name }) => name);

it("people on the device are found by any of their words, stage and tag", () => {
  expect(names({})).toHaveLength(2);
  expect(names({ q: "zoe angs" })).toEqual(["Zoë Ångström"]);
  expect(names({ q: "5550101" })).toEqual(["Zoë Ångström"]);
  expect(names({ q: "larch roth" })).toEqual(["Max Roth"]);
  expect(names({ q: "larch zoe" })).toEqual([]);
  expect(names({ stage: "closed", tag: "buyer" })).toEqual(["Max Roth"]);
  expect(names({ tag: "seller" })).toEqual([]);
  expect(names({ q: "null" })).toEqual([]);
});
