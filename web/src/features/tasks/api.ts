import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { FollowUpTask, NewTask, TaskPatch } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { taskLabel, type TaskStatus } from "@/lib/model";
import { listOptions, patchCached, removeCached } from "@/lib/query";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export interface Filter {
  status?: TaskStatus;
  failed?: boolean;
  client_id?: string;
  due_from?: string;
  due_before?: string;
  sort?: "scheduled_for" | "-scheduled_for" | "-created_at";
}

export const taskListOptions = (filter: Filter, limit = 50) =>
  listOptions<FollowUpTask>(keys.taskList({ ...filter, limit }), (cursor, signal) =>
    call("list_tasks", { query: { ...filter, limit, cursor } }, { signal }),
  );

/** What is to do in a stretch of time, all at once. */
export const taskCalendarOptions = (range: { from: string; until: string }) =>
  queryOptions({
    queryKey: keys.taskCalendar(range),
    queryFn: ({ signal }) => call("get_task_calendar", { query: { ...range, status: "pending" } }, { signal }),
    placeholderData: keepPreviousData,
  });

const after = [keys.timelines, keys.clients, keys.dashboard];

interface TaskChange {
  task: FollowUpTask;
  patch: TaskPatch;
  /** What to say once it is done, and what takes it back. */
  message?: string;
  back?: TaskPatch;
}

/** A change of a task, shown at once; taken back by the opposite change. */
function useChangeTask() {
  const act = useAct<TaskChange, FollowUpTask>({
    run: ({ task, patch }) => call("update_task", { path: { id: task.id }, body: patch }),
    touches: [keys.tasks],
    renews: after,
    change: (client, { task, patch }) => patchCached(client, keys.tasks, [task.id], patch as Partial<FollowUpTask>),
    failed: ({ task }) => t("tasks.not_changed", words(task)),
    done: (_, { task, message, back }) => {
      if (message) toast({ message, undo: back && (() => act.mutate({ task, patch: back })) });
    },
  });
  return act;
}

const words = (task: FollowUpTask) => ({ task: taskLabel(task), name: task.client_name });

/** The things a person does with a task. */
export function useTaskActs() {
  const change = useChangeTask();
  const retry = useAct({
    run: (task: FollowUpTask) => call("retry_task", { path: { id: task.id } }),
    touches: [keys.tasks],
    renews: after,
    change: (client, task) => patchCached<FollowUpTask>(client, keys.tasks, [task.id], { failed: false, reason: null }),
    failed: () => t("tasks.not_retried"),
    done: () => toast({ message: t("tasks.retried") }),
  });
  const remove = useAct({
    run: (task: FollowUpTask) => call("delete_task", { path: { id: task.id } }),
    touches: [keys.tasks],
    renews: after,
    change: (client, task) => removeCached(client, keys.tasks, [task.id]),
    failed: () => t("tasks.not_deleted"),
  });
  const back: TaskPatch = { status: "pending" };
  return {
    complete: (task: FollowUpTask) =>
      change.mutate({ task, patch: { status: "completed" }, back, message: t("tasks.completed", words(task)) }),
    skip: (task: FollowUpTask) =>
      change.mutate({ task, patch: { status: "skipped" }, back, message: t("tasks.skipped", words(task)) }),
    reopen: (task: FollowUpTask) => change.mutate({ task, patch: back }),
    approve: (task: FollowUpTask) =>
      change.mutate({ task, patch: { mode: "automatic" }, back: { mode: "approve" }, message: t("tasks.approved", words(task)) }),
    reschedule: (task: FollowUpTask, at: string, time: string) =>
      change.mutate({
        task,
        patch: { scheduled_for: at },
        back: { scheduled_for: task.scheduled_for },
        message: t("tasks.rescheduled", { ...words(task), time }),
      }),
    retry: (task: FollowUpTask) => retry.mutate(task),
    remove: (task: FollowUpTask) => remove.mutate(task),
  };
}

export type TaskActs = ReturnType<typeof useTaskActs>;

export const useCreateTask = (done: (task: FollowUpTask) => void) =>
  useAct({
    run: (body: NewTask) => call("create_task", { body }),
    touches: [keys.tasks],
    renews: after,
    done,
  });
