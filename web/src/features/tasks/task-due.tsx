import type { FollowUpTask } from "@/api/types.gen";
import { daysAway, formatTime } from "@/lib/format";
import { t } from "@/lib/i18n";
import { dueOf } from "@/lib/model";
import { Glyph } from "@/ui/icons";
import { differs, When } from "@/ui/when";
import classes from "./tasks.module.css";

interface Props {
  task: FollowUpTask;
  now: Date;
  zone?: string | null;
}

/** When a task is due, how urgent that is, and what the person's clock says then. */
export function TaskDue({ task, now, zone }: Props) {
  const due = dueOf(task, now, daysAway(task.scheduled_for, now));
  const at = due === "held" && task.held_until ? task.held_until : task.scheduled_for;
  return (
    <span className={classes.when} data-due={due}>
      <span>
        {due === "held" && <Glyph name="held" size={13} />}
        {due === "overdue" && <Glyph name="attention" size={13} />}
        <When at={at} zone={zone} as="day" />
      </span>
      {due === "held" && <span className={classes.theirs}>{t("tasks.held")}</span>}
      {differs(at, zone) && <span className={classes.theirs}>{t("when.their_time", { time: formatTime(at, zone) })}</span>}
    </span>
  );
}
