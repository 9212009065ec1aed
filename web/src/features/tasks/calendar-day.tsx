import { Button, Group } from "@mantine/core";
import type { FollowUpTask } from "@/api/types.gen";
import { formatDay } from "@/lib/format";
import { t } from "@/lib/i18n";
import { SideDrawer } from "@/ui/side-drawer";
import type { TaskActs } from "./api";
import { tasksOn } from "./calendar-days";
import { TaskRow } from "./task-row";
import classes from "./tasks.module.css";

interface Props {
  day: string | null;
  tasks: FollowUpTask[];
  acts: TaskActs;
  now: Date;
  onClose: () => void;
  onSchedule: (day: string) => void;
}

/** All that is to do on one day. */
export function DayDrawer({ day, tasks, acts, now, onClose, onSchedule }: Props) {
  const theirs = day ? tasksOn(tasks, day) : [];
  return (
    <SideDrawer opened={day !== null} onClose={onClose} title={day ? formatDay(new Date(`${day}T12:00`), now) : ""}>
      <Group justify="space-between" mb="sm">
        <span>{theirs.length ? t("tasks.total", { count: theirs.length }) : t("calendar.nothing")}</span>
        <Button size="compact-sm" variant="light" onClick={() => day && onSchedule(day)}>
          {t("calendar.to_day")}
        </Button>
      </Group>
      <ul className={`${classes.list} ${classes.own}`}>
        {theirs.map((task) => (
          <TaskRow key={task.id} task={task} acts={acts} now={now} />
        ))}
      </ul>
    </SideDrawer>
  );
}
