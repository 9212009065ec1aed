import { useRef } from "react";
import type { FollowUpTask } from "@/api/types.gen";
import { useNow } from "@/lib/clock";
import { daysAway } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useListKeys } from "@/ui/list-keys";
import { useTaskActs } from "./api";
import { TaskRow } from "./task-row";
import classes from "./tasks.module.css";

interface Props {
  tasks: FollowUpTask[];
  /** Under headings by when they are due. */
  grouped?: boolean;
  /** Those that are chosen, where choosing makes sense. */
  chosen?: ReadonlySet<string>;
  onToggle?: (id: string) => void;
}

const groups = ["overdue", "today", "tomorrow", "week", "later"] as const;
type Group = (typeof groups)[number];

function groupOf(task: FollowUpTask, now: Date): Group {
  if (new Date(task.scheduled_for) < now) return "overdue";
  const days = daysAway(task.scheduled_for, now);
  if (days <= 0) return "today";
  if (days === 1) return "tomorrow";
  return days < 7 ? "week" : "later";
}

export function TaskList({ tasks, grouped, chosen, onToggle }: Props) {
  const now = useNow();
  const acts = useTaskActs();
  const list = useRef<HTMLDivElement>(null);
  useListKeys(list, {
    onSelect: onToggle,
    onComplete: (id) => {
      const task = tasks.find((candidate) => candidate.id === id);
      if (task?.status === "pending") acts.complete(task);
    },
  });
  const parts = grouped ? Map.groupBy(tasks, (task) => groupOf(task, now)) : new Map([[null, tasks]]);
  return (
    <div ref={list}>
      {[...parts].map(([group, items]) => (
        <section key={group} aria-label={group ? t(`tasks.group.${group}`) : t("nav.tasks")}>
          {group && (
            <h2 className={classes.group} data-group={group}>
              {t(`tasks.group.${group}`)}
            </h2>
          )}
          <ul className={classes.list}>
            {items.map((task) => (
              <TaskRow key={task.id} task={task} acts={acts} now={now} chosen={chosen?.has(task.id)} onToggle={onToggle} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
