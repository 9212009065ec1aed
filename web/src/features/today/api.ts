import { queryOptions } from "@tanstack/react-query";
import type { NewTouch, TodayItem, TodayList } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { stageLabel } from "@/lib/model";
import { removeCached } from "@/lib/query";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export const todayOptions = queryOptions<TodayList>({
  queryKey: keys.today,
  queryFn: ({ signal }) => call("get_today", {}, { signal }),
});

const after = [keys.tasks, keys.timelines, keys.clients, keys.approvals, keys.stageSuggestions, keys.journeys, keys.emails];

interface Deed {
  item: TodayItem;
  run: () => Promise<unknown>;
  said: string;
  /** Takes it back. */
  back?: () => Promise<unknown>;
}

/** The things that are done with one tap: the item goes at once, and comes back if it was refused or taken back. */
export function useTodayActs() {
  const undo = useAct({
    run: (back: () => Promise<unknown>) => back(),
    touches: [keys.today],
    renews: after,
    failed: () => t("today.not_undone"),
  });
  const act = useAct({
    run: ({ run }: Deed) => run(),
    touches: [keys.today],
    renews: after,
    change: (client, { item }) => removeCached(client, keys.today, [item.id]),
    failed: ({ item }) => t("today.not_done", { name: item.client_name }),
    done: (_, { said, back }) => toast({ message: said, undo: back && (() => undo.mutate(back)) }),
  });

  const task = (item: TodayItem) => ({ path: { id: item.task_id ?? "" } });
  const open = (item: TodayItem) => () => call("update_task", { ...task(item), body: { status: "pending" } });
  const name = (item: TodayItem) => ({ name: item.client_name });
  return {
    complete: (item: TodayItem) =>
      act.mutate({
        item,
        run: () => call("update_task", { ...task(item), body: { status: "completed" } }),
        back: open(item),
        said: t("today.done", { what: item.title, ...name(item) }),
      }),
    skip: (item: TodayItem, reason: string) => act.mutate(skipOf(item, reason, open(item))),
    reschedule: (item: TodayItem, at: string, time: string) =>
      act.mutate({
        item,
        run: () => call("update_task", { ...task(item), body: { scheduled_for: at } }),
        back: () => call("update_task", { ...task(item), body: { scheduled_for: item.due ?? at } }),
        said: t("today.moved", { time, ...name(item) }),
      }),
    approve: (item: TodayItem) =>
      act.mutate({
        item,
        run: () => call("approve", task(item)),
        back: () => call("update_task", { ...task(item), body: { mode: "approve" } }),
        said: t("approvals.approved", name(item)),
      }),
    retry: (item: TodayItem) =>
      act.mutate({ item, run: () => call("retry_task", task(item)), said: t("tasks.retried") }),
    move: (item: TodayItem) => {
      const path = { id: item.suggestion_id ?? "" };
      act.mutate({
        item,
        run: () => call("accept_stage_suggestion", { path }),
        back: () => call("undo_stage_suggestion", { path }),
        said: t("today.stage_moved", { stage: stageLabel(item.to_stage ?? item.stage), ...name(item) }),
      });
    },
    touch: (item: TodayItem, channel: NewTouch["channel"]) =>
      act.mutate({
        item,
        run: () => call("touch_person", { body: { client_id: item.client_id, channel } }),
        said: t("today.touched", name(item)),
      }),
  };
}

export type TodayActs = ReturnType<typeof useTodayActs>;

function skipOf(item: TodayItem, reason: string, reopen: () => Promise<unknown>): Deed {
  const said = t("today.skipped", { name: item.client_name });
  if (item.kind === "suggestion") {
    return { item, said, run: () => call("dismiss_stage_suggestion", { path: { id: item.suggestion_id ?? "" } }) };
  }
  if (item.kind === "reach_out") {
    return {
      item,
      said,
      run: () => call("skip_person", { body: { client_id: item.client_id, reason } }),
      back: () => call("unskip_person", { path: { client_id: item.client_id } }),
    };
  }
  return {
    item,
    said,
    run: () => call("update_task", { path: { id: item.task_id ?? "" }, body: { status: "skipped", reason } }),
    back: reopen,
  };
}
