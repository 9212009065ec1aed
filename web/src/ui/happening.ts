import { t, translate } from "@/lib/i18n";
import { followupLabel, humanise, label, reasonLabel, stageLabel, type Tone } from "@/lib/model";
import type { IconName } from "./icons";

interface Look {
  icon: IconName;
  tone?: Tone;
}

/** How each kind of event looks; the longest beginning of its name that is here counts. */
const looks: Record<string, Look> = {
  client_created: { icon: "addPerson", tone: "info" },
  client_deleted: { icon: "delete" },
  client_restored: { icon: "restore" },
  client_unsubscribed: { icon: "away", tone: "warn" },
  client_merged: { icon: "merge" },
  merge: { icon: "merge" },
  note: { icon: "note" },
  document: { icon: "document" },
  client: { icon: "edit" },
  stage: { icon: "next", tone: "info" },
  task_completed: { icon: "done", tone: "good" },
  task_failed: { icon: "failed", tone: "bad" },
  task_skipped: { icon: "skip" },
  task_cancelled: { icon: "skip" },
  task_rescheduled: { icon: "reschedule" },
  task_handed_over: { icon: "call", tone: "warn" },
  task_drafted: { icon: "edit", tone: "warn" },
  task_approved: { icon: "yes", tone: "good" },
  task_rejected: { icon: "skip" },
  task: { icon: "tasks" },
  follow_ups_stopped: { icon: "skip", tone: "warn" },
  follow_ups: { icon: "journeys" },
  journey: { icon: "journeys" },
  email_opened: { icon: "open", tone: "good" },
  email_clicked: { icon: "click", tone: "good" },
  email_delivered: { icon: "check", tone: "info" },
  email_deferred: { icon: "clock", tone: "warn" },
  email_bounced: { icon: "failed", tone: "bad" },
  email_failed: { icon: "failed", tone: "bad" },
  email_dropped: { icon: "failed", tone: "bad" },
  email_spam_reported: { icon: "failed", tone: "bad" },
  email_replied: { icon: "email", tone: "good" },
  email_out_of_office: { icon: "away" },
  email_returned: { icon: "failed", tone: "warn" },
  email_cancelled: { icon: "restore" },
  email: { icon: "email" },
  settings: { icon: "settings" },
  template: { icon: "note" },
  calendar_lost: { icon: "failed", tone: "bad" },
  calendar: { icon: "calendar" },
  webhook_disabled: { icon: "failed", tone: "bad" },
  webhook: { icon: "external" },
};

export function lookOf(kind: string): Look {
  const parts = kind.split("_");
  for (let length = parts.length; length > 0; length -= 1) {
    const found = looks[parts.slice(0, length).join("_")];
    if (found) return found;
  }
  return { icon: "info" };
}

export interface Happening extends Look {
  title: string;
  detail: string | null;
}

type Data = Record<string, unknown>;

const text = (value: unknown): string | null => (typeof value === "string" && value ? value : null);

/** An event of the timeline or the activity feed as a sentence. */
export function happening(kind: string, raw: unknown): Happening {
  const data: Data = typeof raw === "object" && raw !== null ? (raw as Data) : {};
  const to = text(data.to) ?? text(data.stage);
  const from = text(data.from);
  const machine = data.machine === true;
  const variant = machine ? "event_machine" : kind.startsWith("task_") && !data.followup_type ? "event_bare" : "event";
  const values = {
    stage: to ? stageLabel(to) : "",
    from: from ? stageLabel(from) : "",
    task: data.followup_type ? followupLabel(String(data.followup_type)) : t("tasks.one"),
    plan: text(data.plan) ?? t("journeys.title"),
    name: text(data.name) ?? "",
    subject: text(data.subject) ?? t("emails.an_email"),
    fields: Array.isArray(data.fields) ? data.fields.map((field) => label("field", String(field))).join(", ") : "",
  };
  const title = translate(`${variant}.${kind}`, values) ?? translate(`event.${kind}`, values);
  const reason = text(data.reason) ?? text(data.error);
  return {
    ...lookOf(kind),
    ...(machine ? { tone: undefined } : {}),
    title: title ?? humanise(kind),
    detail: (reason && reasonLabel(reason)) ?? text(data.url) ?? text(data.snippet) ?? text(data.notes) ?? text(data.excerpt),
  };
}
