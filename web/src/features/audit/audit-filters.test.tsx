import { beforeAll, describe, expect, it } from "vitest";
import type { AuditEntry } from "@/api/types.gen";
import { moreWords } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { drawn, onePage } from "@/ui/drawn.test-support";
import { AuditFilters } from "./audit-filters";
import { actionChoices, actorChoices } from "./choices";

beforeAll(moreWords);

const entry = (id: string | null, name: string, action = "signed_in") => ({ action, actor: { kind: id ? "user" : "system", id, name, account_id: null } });
const nora = { id: "u1", name: "Nora Field" };

describe("the choices of the security log", () => {
  it("name the team, and whoever else did something, once each and by name", () => {
    const entries = [entry("k1", "Website form"), entry("u1", "Nora before"), entry("u9", "Al Gone"), entry(null, "")];
    expect(actorChoices([nora, { id: "u2", name: "Bo Lund" }], entries)).toEqual([
      { value: "u9", label: "Al Gone" },
      { value: "u2", label: "Bo Lund" },
      { value: "u1", label: "Nora Field" },
      { value: "k1", label: "Website form" },
    ]);
  });

  it("have every action, whether it is loaded or not, and those without words too", () => {
    const choices = actionChoices([entry("u1", "Nora", "signed_in"), entry("u1", "Nora", "create_client")]);
    expect(choices).toContainEqual({ value: "member_invited", label: "invited to the team" });
    expect(choices).toContainEqual({ value: "create_client", label: "Create client" });
    expect(choices.filter(({ value }) => value === "signed_in")).toHaveLength(1);
  });

  it("do not shrink with what is chosen, and show a choice that nothing explains", () => {
    const known = [
      [keys.auditList({}), onePage([entry("u1", "Nora Field"), entry("u2", "Bo Lund")])],
      [keys.team, { items: [nora] }],
    ] as const;
    const draw = (actor_id: string) =>
      drawn(<AuditFilters filter={{ actor_id }} shown={[entry("u1", "Nora Field") as AuditEntry]} onChange={() => undefined} />, known);
    expect(draw("u1")).toContain(">Bo Lund</option>");
    expect(draw("u1")).toMatch(/<option[^>]*value="u1" selected="">Nora Field</);
    expect(draw("u77")).toMatch(/<option[^>]*selected="">Somebody else</);
  });
});
