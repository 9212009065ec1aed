import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { AuditEntry } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { FilterBar, SelectFilter } from "@/ui/filter-bar";
import { auditOptions, type Filter, teamOptions } from "./api";
import { actionChoices, actorChoices } from "./choices";

interface Props {
  filter: Filter;
  shown: readonly AuditEntry[];
  onChange: (change: Filter) => void;
}

/** Who did it, and what was done. */
export function AuditFilters({ filter: { action = "", actor_id: actor = "" }, shown, onChange }: Props) {
  // What can be chosen does not shrink with what is.
  const whole = useInfiniteQuery(auditOptions({})).data?.pages.flatMap((page) => page.items) ?? [];
  const team = useQuery(teamOptions).data?.items ?? [];
  const entries = [...whole, ...shown];
  const actors = actorChoices(team, entries);
  const unseen = actor && !actors.some(({ value }) => value === actor) ? [{ value: actor, label: t("audit.unseen_actor") }] : [];
  const actions = actionChoices(action ? [...entries, { action }] : entries);
  return (
    <FilterBar>
      <SelectFilter
        label={t("audit.actor")}
        value={actor}
        options={[{ value: "", label: t("audit.all_actors") }, ...actors, ...unseen]}
        onChange={(id) => onChange({ actor_id: id })}
      />
      <SelectFilter
        label={t("audit.action")}
        value={action}
        options={[{ value: "", label: t("audit.all_actions") }, ...actions]}
        onChange={(value) => onChange({ action: value })}
      />
    </FilterBar>
  );
}
