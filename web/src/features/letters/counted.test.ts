import { expect, it } from "vitest";
import { counted } from "./counted";

it("counts add up by type and by status, and what nothing has is left out", () => {
  const sums = counted([
    { email_type: "digest", status: "opened", count: 2 },
    { email_type: "team_invitation", status: "bounced", count: 1 },
    { email_type: "team_invitation", status: "sent", count: 3 },
    { email_type: "digest", status: "sent", count: 1 },
  ]);
  expect(sums.statuses).toEqual(["sent", "opened", "bounced"]);
  expect(sums.totals).toEqual({ sent: 4, opened: 2, bounced: 1 });
  expect(sums.all).toBe(7);
  expect(sums.rows).toEqual([
    { type: "team_invitation", counts: { bounced: 1, sent: 3 }, all: 4 },
    { type: "digest", counts: { opened: 2, sent: 1 }, all: 3 },
  ]);
});

it("nothing is nothing", () => {
  expect(counted([])).toEqual({ statuses: [], totals: {}, all: 0, rows: [] });
});
