import { ActionIcon, Button, Checkbox, Tooltip, UnstyledButton } from "@mantine/core";
import { Link } from "react-router";
import type { FollowUpTask } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label, reasonLabel, taskLabel } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { Reschedule } from "@/ui/reschedule";
import { Tag, TaskStatusMark } from "@/ui/status";
import type { TaskActs } from "./api";
import { TaskDue } from "./task-due";
import classes from "./tasks.module.css";

interface Props {
  task: FollowUpTask;
  acts: TaskActs;
  now: Date;
  /** On a person's page the person goes without saying; their zone matters. */
  own?: boolean;
  zone?: string | null;
  chosen?: boolean;
  onToggle?: (id: string) => void;
}

const channelIcons = { email: "email", sms: "sms", whatsapp: "whatsapp", call: "call", note: "note" } as const;

/** A task with what can be done about it. */
export function TaskRow({ task, acts, now, own, zone, chosen, onToggle }: Props) {
  const pending = task.status === "pending";
  const name = taskLabel(task);
  const what = { task: name, name: task.client_name };
  return (
    <li className={classes.row} data-row={task.id} data-done={!pending || undefined} data-chosen={chosen || undefined}>
      {onToggle && (
        <Checkbox
          size="xs"
          className={classes.choose}
          checked={chosen ?? false}
          onChange={() => onToggle(task.id)}
          aria-label={t("list.select_one", { name: `${name}, ${task.client_name}` })}
        />
      )}
      <UnstyledButton
        className={classes.tick}
        aria-label={t(pending ? "tasks.complete_this" : "tasks.reopen_this", what)}
        onClick={() => (pending ? acts.complete(task) : acts.reopen(task))}
        disabled={!pending && Boolean(task.email_sent_id)}
        data-status={task.status}
      >
        <Glyph name={task.status === "pending" || task.status === "completed" ? "check" : "skip"} size={13} />
      </UnstyledButton>
      <div className={classes.what}>
        <p className={classes.title}>
          <span className={classes.name}>{name}</span>
          {!own && (
            <Link to={paths.person(task.client_id)} data-row-link className={classes.person}>
              {task.client_name}
            </Link>
          )}
          {pending && task.priority === "high" && <Tag tone="warn">{t("priority.high")}</Tag>}
          {task.failed && <Tag tone="bad">{t("task_status.failed")}</Tag>}
        </p>
        {task.notes && <p className={classes.notes}>{task.notes}</p>}
        {task.reason && (
          <p className={classes.reason} data-bad={task.failed || undefined}>
            {reasonLabel(task.reason)}
          </p>
        )}
        <p className={classes.how}>
          <Glyph name={channelIcons[task.channel]} size={13} />
          {t(`task_how.${task.mode}`, { channel: label("channel", task.channel) })}
          {task.journey_name && <span>{t("tasks.why_plan", { plan: task.journey_name })}</span>}
          {task.paused && <span>{t("tasks.paused")}</span>}
        </p>
      </div>
      <div className={classes.due}>
        {pending ? <TaskDue task={task} now={now} zone={zone} /> : <TaskStatusMark status={task.status} />}
      </div>
      <Offer task={task} acts={acts} />
      <div className={classes.acts}>
        {task.email_sent_id && (
          <Tooltip label={t("tasks.see_email")}>
            <ActionIcon component={Link} to={paths.email(task.email_sent_id)} aria-label={t("tasks.see_email")}>
              <Glyph name="open" />
            </ActionIcon>
          </Tooltip>
        )}
        {pending && (
          <>
            <Reschedule what={what} at={task.scheduled_for} now={now} onChoose={(at, time) => acts.reschedule(task, at, time)} />
            <Tooltip label={t("tasks.skip")}>
              <ActionIcon aria-label={t("tasks.skip_this", what)} onClick={() => acts.skip(task)}>
                <Glyph name="skip" />
              </ActionIcon>
            </Tooltip>
          </>
        )}
      </div>
    </li>
  );
}

/** The one thing that a task waits for a person to do. */
function Offer({ task, acts }: Pick<Props, "task" | "acts">) {
  const approvable = task.status === "pending" && task.mode === "approve";
  if (task.drafted) {
    return (
      <Button component={Link} to={paths.approvals} className={classes.offer} size="compact-sm" variant="light" leftSection={<Glyph name="edit" size={14} />}>
        {t("tasks.read_draft")}
      </Button>
    );
  }
  if (!task.failed && !approvable) return null;
  return (
    <Button
      className={classes.offer}
      size="compact-sm"
      variant="light"
      leftSection={<Glyph name={task.failed ? "refresh" : "send"} size={14} />}
      onClick={() => (task.failed ? acts.retry(task) : acts.approve(task))}
    >
      {t(task.failed ? "action.retry" : "tasks.approve")}
    </Button>
  );
}
