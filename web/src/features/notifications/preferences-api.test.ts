import { describe, expect, it } from "vitest";
import type { NotificationPreferences } from "@/api/types.gen";
import { chosen } from "./preferences-api";

const before: NotificationPreferences = {
  digest: "off",
  language: "en",
  weekly_summary: true,
  monthly_summary: false,
  kinds: [
    { kind: "replied", title: "An answer", way: "in_app" },
    { kind: "bounced", title: "A bounce", way: "email" },
  ],
};

describe("a choice of what is sent", () => {
  it("changes itself and nothing else", () => {
    expect(chosen(before, { weekly_summary: false })).toEqual({ ...before, weekly_summary: false });
    expect(chosen(before, { digest: undefined, monthly_summary: true })).toEqual({ ...before, monthly_summary: true });
    expect(chosen(before, { kinds: [{ kind: "bounced", way: "off" }] }).kinds.map(({ way }) => way)).toEqual(["in_app", "off"]);
  });
});
