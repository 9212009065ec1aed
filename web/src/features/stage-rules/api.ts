import { queryOptions } from "@tanstack/react-query";
import type { NewStageRule, StageRule, StageSuggestion } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { patchCached, removeCached } from "@/lib/query";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export const rulesOptions = queryOptions({
  queryKey: keys.stageRules,
  queryFn: ({ signal }) => call("list_stage_rules", {}, { signal }),
});

export const suggestionsOptions = queryOptions({
  queryKey: keys.stageSuggestions,
  queryFn: ({ signal }) => call("list_stage_suggestions", { query: { limit: 30 } }, { signal }),
});

export const useAddRule = (done: (rule: StageRule) => void) =>
  useAct({ run: (body: NewStageRule) => call("create_stage_rule", { body }), touches: [keys.stageRules], done });

export function useRuleActs() {
  const restore = useAct({
    run: (rule: StageRule) => call("restore_stage_rule", { path: { id: rule.id } }),
    touches: [keys.stageRules],
    failed: () => t("stage_rules.not_saved"),
  });
  const remove = useAct({
    run: (rule: StageRule) => call("delete_stage_rule", { path: { id: rule.id } }),
    touches: [keys.stageRules, keys.stageSuggestions],
    change: (client, rule) => removeCached(client, keys.stageRules, [rule.id]),
    failed: () => t("stage_rules.not_deleted"),
    done: (_, rule) => toast({ message: t("stage_rules.deleted", { name: rule.name }), undo: () => restore.mutate(rule) }),
  });
  const toggle = useAct({
    run: (rule: StageRule) => call("update_stage_rule", { path: { id: rule.id }, body: { active: !rule.active } }),
    touches: [keys.stageRules, keys.stageSuggestions],
    change: (client, rule) => patchCached<StageRule>(client, keys.stageRules, [rule.id], { active: !rule.active }),
    failed: () => t("stage_rules.not_saved"),
  });
  return { remove, toggle };
}

const decisions = { accept: "accept_stage_suggestion", dismiss: "dismiss_stage_suggestion", undo: "undo_stage_suggestion" } as const;
export type Decision = keyof typeof decisions;

export const useDecide = () =>
  useAct({
    run: ({ suggestion, decision }: { suggestion: StageSuggestion; decision: Decision }) =>
      call(decisions[decision], { path: { id: suggestion.id } }),
    touches: [keys.stageSuggestions],
    renews: [keys.clients, keys.timelines, keys.today, keys.dashboard],
    failed: () => t("stage_rules.not_decided"),
  });
