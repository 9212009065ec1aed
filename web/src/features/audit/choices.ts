import type { AuditEntry, TeamMember } from "@/api/types.gen";
import { valuesOf } from "@/lib/i18n";
import { label } from "@/lib/model";

interface Choice {
  value: string;
  label: string;
}

const sorted = (choices: Map<string, string>): Choice[] =>
  [...choices].map(([value, words]) => ({ value, label: words })).sort((a, b) => a.label.localeCompare(b.label));

/** Who can be asked for: those of the team, and whoever else the entries name (API keys, the agency's staff, who has left). What
 *  happened by itself has no one to ask for. */
export function actorChoices(team: readonly Pick<TeamMember, "id" | "name">[], entries: readonly Pick<AuditEntry, "actor">[]): Choice[] {
  const choices = new Map<string, string>();
  for (const { actor } of entries) if (actor.id) choices.set(actor.id, actor.name || label("actor", actor.kind));
  for (const { id, name } of team) choices.set(id, name);
  return sorted(choices);
}

/** Every action that has words, and those of the entries that have none. */
export const actionChoices = (entries: readonly Pick<AuditEntry, "action">[]): Choice[] =>
  sorted(new Map([...valuesOf("audit_action"), ...entries.map(({ action }) => action)].map((action) => [action, label("audit_action", action)])));
