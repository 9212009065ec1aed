import { expect, it } from "vitest";
import { keys } from "@/lib/keys";
import { touchedBy } from "./live-table";

const touched = (kind: string, data: Record<string, string> = {}) => touchedBy({ kind, id: null, data });

it("an e-mail's event renews the e-mail, its person and the numbers", () => {
  const stale = touched("email_opened", { client_id: "c", email_id: "e" });
  expect(stale).toEqual(expect.arrayContaining([keys.email("e"), keys.client("c"), keys.timeline("c"), keys.dashboard]));
});

it("a kind that nobody has heard of is judged by its ids", () => {
  expect(touched("booking_made", { client_id: "c", task_id: "t" })).toEqual(
    expect.arrayContaining([keys.dashboard, keys.tasks, keys.timeline("c")]),
  );
});
