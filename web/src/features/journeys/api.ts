import { queryOptions } from "@tanstack/react-query";
import type { Journey, JourneyTemplate, JourneyTemplatePatch, NewJourneyTemplate } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { listOptions } from "@/lib/query";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export type JourneyStatus = Journey["status"];

export const plansOptions = queryOptions({
  queryKey: keys.plans,
  queryFn: ({ signal }) => call("list_journey_templates", {}, { signal }),
});

export const planOptions = (id: string) =>
  queryOptions({
    queryKey: keys.plan(id),
    queryFn: ({ signal }) => call("get_journey_template", { path: { id } }, { signal }),
  });

export const journeyListOptions = (filter: { status?: JourneyStatus }) =>
  listOptions<Journey>(keys.journeyList(filter), (cursor, signal) =>
    call("list_journeys", { query: { ...filter, limit: 50, cursor } }, { signal }),
  );

export const clientJourneysOptions = (id: string) =>
  queryOptions({
    queryKey: keys.journeyList({ client: id }),
    queryFn: ({ signal }) => call("list_client_journeys", { path: { id }, query: { limit: 20 } }, { signal }),
  });

const touched = [keys.journeys, keys.tasks];

export const useCreatePlan = (done: (plan: JourneyTemplate) => void) =>
  useAct({
    run: (body: NewJourneyTemplate) => call("create_journey_template", { body }),
    touches: touched,
    done,
  });

export const useChangePlan = (done?: (plan: JourneyTemplate) => void) =>
  useAct({
    run: ({ id, patch }: { id: string; patch: JourneyTemplatePatch }) =>
      call("update_journey_template", { path: { id }, body: patch }, { ifMatch: true }),
    touches: touched,
    done: (plan) => done?.(plan),
  });

export function useDeletePlan() {
  const restore = useAct({
    run: (plan: JourneyTemplate) => call("restore_journey_template", { path: { id: plan.id } }),
    touches: touched,
    failed: () => t("plans.not_restored"),
  });
  return useAct({
    run: (plan: JourneyTemplate) => call("delete_journey_template", { path: { id: plan.id } }),
    touches: touched,
    failed: () => t("plans.not_deleted"),
    done: (_, plan) =>
      toast({
        message: t(plan.built_in ? "plans.reset" : "plans.deleted", { name: plan.name }),
        undo: () => restore.mutate(plan),
      }),
  });
}

/** What a person does with a plan that is under way. */
export function useJourneyActs() {
  const after = [keys.timelines, keys.clients];
  const act = useAct({
    run: ({ id, verb }: { id: string; verb: "pause" | "resume" }) =>
      call(verb === "pause" ? "pause_journey" : "resume_journey", { path: { id } }),
    touches: touched,
    renews: after,
    failed: () => t("journeys.not_changed"),
  });
  const stop = useAct({
    run: (journey: Journey) => call("stop_journey", { path: { id: journey.id }, body: {} }),
    touches: touched,
    renews: after,
    failed: () => t("journeys.not_changed"),
    done: (_, journey) =>
      toast({
        message: t("journeys.stopped", { plan: journey.name, name: journey.client_name }),
        undo: () => act.mutate({ id: journey.id, verb: "resume" }),
      }),
  });
  const skip = useAct({
    run: ({ task, status }: { task: string; status: "skipped" | "pending" }) =>
      call("update_task", { path: { id: task }, body: { status } }),
    touches: touched,
    renews: after,
    failed: () => t("journeys.not_changed"),
    done: (_, { task, status }) => {
      if (status === "skipped") {
        toast({ message: t("journeys.skipped"), undo: () => skip.mutate({ task, status: "pending" }) });
      }
    },
  });
  const send = useAct({
    run: (task: string) => call("send_task_now", { path: { id: task } }),
    touches: touched,
    renews: [...after, keys.emails],
    failed: () => t("journeys.not_sent"),
    done: () => toast({ message: t("journeys.sent_now") }),
  });
  const start = useAct({
    run: ({ client, plan }: { client: string; plan: JourneyTemplate }) =>
      call("start_journey", { path: { id: client }, body: { template_id: plan.id } }),
    touches: touched,
    renews: after,
    failed: () => t("journeys.not_started"),
    done: (journey) => toast({ message: t("journeys.started", { plan: journey.name, name: journey.client_name }) }),
  });
  return {
    pause: (journey: Journey) => act.mutate({ id: journey.id, verb: "pause" }),
    resume: (journey: Journey) => act.mutate({ id: journey.id, verb: "resume" }),
    stop: (journey: Journey) => stop.mutate(journey),
    skip: (task: string) => skip.mutate({ task, status: "skipped" }),
    sendNow: (task: string) => send.mutate(task),
    start: (client: string, plan: JourneyTemplate) => start.mutate({ client, plan }),
  };
}

export type JourneyActs = ReturnType<typeof useJourneyActs>;
