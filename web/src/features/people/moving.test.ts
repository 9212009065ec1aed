import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it } from "vitest";
import type { Client } from "@/api/types.gen";
import type { Stage } from "@/lib/model";
import { keys } from "@/lib/keys";
import { columnOf, moveCached, placeTold } from "./moving";

const cache = new QueryClient();
const person = (id: string, stage: Stage, day: number) =>
  ({ id, name: id, stage, created_at: `2027-03-0${day}T00:00:00Z` }) as unknown as Client;
const put = (filter: object, items: Client[]) =>
  cache.setQueryData(keys.clientList(filter), { pages: [{ items, total: items.length }], pageParams: [undefined] });
const shown = (filter: object) =>
  (cache.getQueryData(keys.clientList(filter)) as { pages: { items: Client[]; total: number }[] }).pages.map(
    ({ items, total }) => `${items.map(({ id, stage }) => `${id}:${stage}`).join(" ")} of ${total}`,
  );

beforeEach(() => cache.clear());

describe("a person who moves to another stage", () => {
  it("leaves one column and stands in the next, in its place", () => {
    put({ stage: "lead" }, [person("a", "lead", 4), person("b", "lead", 3)]);
    put({ stage: "closed" }, [person("c", "closed", 5), person("d", "closed", 1)]);
    moveCached(cache, ["a"], "closed");
    expect(shown({ stage: "lead" })).toEqual(["b:lead of 1"]);
    expect(shown({ stage: "closed" })).toEqual(["c:closed a:closed d:closed of 3"]);
  });

  it("comes into no list whose search they may not match", () => {
    put({ stage: "lead" }, [person("a", "lead", 4)]);
    put({ stage: "closed", q: "smith" }, []);
    moveCached(cache, ["a"], "closed");
    expect(shown({ stage: "closed", q: "smith" })).toEqual([" of 0"]);
  });

  it("stays where all stages are shown, and is never there twice", () => {
    put({}, [person("a", "lead", 4)]);
    put({ stage: "closed" }, [person("a", "closed", 4)]);
    moveCached(cache, ["a"], "closed");
    expect(shown({})).toEqual(["a:closed of 1"]);
    expect(shown({ stage: "closed" })).toEqual(["a:closed of 1"]);
  });
});

describe("a column that is ordered by hand", () => {
  const column = { sort: "board", stage: "lead" };
  const abc = () => put(column, ["a", "b", "c"].map((id) => person(id, "lead", 1)));

  it("shows a card in its new place", () => {
    abc();
    moveCached(cache, ["c"], "lead", { behind: ["a"] });
    expect(shown(column)).toEqual(["a:lead c:lead b:lead of 3"]);
    moveCached(cache, ["a"], "lead", "last");
    expect(shown(column)).toEqual(["c:lead b:lead a:lead of 3"]);
  });

  it("takes one from another column where it is let go", () => {
    abc();
    put({ sort: "board", stage: "closed" }, [person("d", "closed", 1)]);
    moveCached(cache, ["d"], "lead", { behind: ["a", "b"] });
    expect(shown(column)).toEqual(["a:lead b:lead d:lead c:lead of 4"]);
    expect(shown({ sort: "board", stage: "closed" })).toEqual([" of 0"]);
  });

  it("has those first who come without a place", () => {
    abc();
    put({ sort: "board", stage: "closed" }, [person("d", "closed", 9)]);
    moveCached(cache, ["d"], "lead");
    expect(shown(column)).toEqual(["d:lead a:lead b:lead c:lead of 4"]);
  });

  it("tells the server the nearest neighbour that is still there", () => {
    abc();
    const here = columnOf(cache, "lead");
    expect(placeTold(here, { behind: ["a", "gone"] })).toEqual({ after: "a" });
    expect(placeTold(here, { behind: ["gone"] })).toEqual({ after: null });
    expect(placeTold([], "last")).toEqual({ before: null });
  });
});
