import { expect, it } from "vitest";
import type { View } from "@/api/types.gen";
import { addressOf, differs, shownAs } from "./views-api";

const view = (more: Partial<View>): View =>
  ({ id: "v", name: "V", filters: {}, sort: null, columns: [], layout: "table", ...more }) as View;

it("a view's address says what it shows, and on which page", () => {
  const board = view({ filters: { tag: "buyer", odd: 3 }, sort: "name", layout: "board" });
  expect(addressOf(board)).toBe("/console/pipeline?tag=buyer&sort=name&view=v");
  expect(addressOf(view({}))).toBe("/console/people?view=v");
});

it("a page that was filtered otherwise has left its view", () => {
  const saved = view({ ...shownAs({ q: "elm", sort: "name" }, false) } as Partial<View>);
  expect(differs(saved, { q: "elm", sort: "name" }, false)).toBe(false);
  expect(differs(saved, { q: "elm" }, false)).toBe(true);
  expect(differs(saved, { q: "elm", sort: "name", tag: "x" }, false)).toBe(true);
  expect(differs(saved, { q: "elm", sort: "name" }, true)).toBe(true);
});
