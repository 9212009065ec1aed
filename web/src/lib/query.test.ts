import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it } from "vitest";
import { patchCached, removeCached } from "./query";

const client = new QueryClient();
const item = (id: string) => ({ id, name: id });

beforeEach(() => {
  client.clear();
  client.setQueryData(["people", "list"], { pages: [{ items: [item("a"), item("b")], total: 5, next: "x" }], pageParams: [] });
  client.setQueryData(["people", "one", "a"], item("a"));
  client.setQueryData(["other"], { items: [item("a")] });
});

describe("cached copies", () => {
  it("change everywhere under their prefix and nowhere else", () => {
    patchCached<{ id: string; name: string }>(client, ["people"], ["a"], { name: "Ada" });
    expect(client.getQueryData(["people", "one", "a"])).toEqual({ id: "a", name: "Ada" });
    expect(client.getQueryData(["people", "list"])).toMatchObject({ pages: [{ items: [{ name: "Ada" }, { name: "b" }] }] });
    expect(client.getQueryData(["other"])).toEqual({ items: [item("a")] });
  });

  it("leave their lists, and the count follows", () => {
    removeCached(client, ["people", "list"], ["a", "zz"]);
    expect(client.getQueryData(["people", "list"])).toMatchObject({ pages: [{ items: [{ id: "b" }], total: 4, next: "x" }] });
  });
});
