import type { ReactNode } from "react";
import { emailTone, label, type Tone } from "@/lib/model";
import classes from "./status.module.css";

/** A state in words, with a dot in its tone. */
export function Mark({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.mark} data-tone={tone}>
      {children}
    </span>
  );
}

export const EmailStatusMark = ({ status }: { status: string }) => (
  <Mark tone={emailTone(status)}>{label("email_status", status)}</Mark>
);

const taskTones: Record<string, Tone> = { pending: "info", completed: "good", skipped: "neutral", cancelled: "neutral" };

export const TaskStatusMark = ({ status, failed }: { status: string; failed?: boolean }) => (
  <Mark tone={failed ? "bad" : taskTones[status]}>{label("task_status", failed ? "failed" : status)}</Mark>
);

/** A small label for a tag, a source, a channel. */
export const Tag = ({ children, tone }: { children: ReactNode; tone?: Tone }) => (
  <span className={classes.tag} data-tone={tone}>
    {children}
  </span>
);
