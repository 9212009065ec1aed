import { type Client, type EmailSummary, enums, type FollowUpTask } from "@/api/types.gen";
import { t, translate } from "./i18n";

// The words of the domain's enums, and what follows from a task's or an e-mail's state.

export type Stage = Client["stage"];
export type PropertyType = Client["property_type"];
export type TaskStatus = FollowUpTask["status"];
export type EmailStatus = EmailSummary["status"];
export type Priority = FollowUpTask["priority"];

export const stages: readonly Stage[] = enums.Client.stage;
export const propertyTypes: readonly PropertyType[] = enums.Client.property_type;
export const taskStatuses: readonly TaskStatus[] = enums.FollowUpTask.status;
export const emailStatuses: readonly EmailStatus[] = enums.EmailSummary.status;
export const priorities: readonly Priority[] = enums.FollowUpTask.priority;

/** "under_contract" as "Under contract": for values that came after these catalogues. */
export function humanise(value: string): string {
  const words = /\s/.test(value) ? value : value.replace(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The words for a value of an enum, or the value made readable. */
export const label = (group: string, value: string): string => translate(`${group}.${value}`) ?? humanise(value);

/** Why something was held back, skipped or given up: the server's short words as a sentence. */
export const reasonLabel = (reason: string): string => {
  const plan = /^another plan has begun: (.*)$/.exec(reason)?.[1];
  if (plan) return t("reason_with.another_plan", { plan });
  const why = /^rejected: (.*)$/.exec(reason)?.[1];
  if (why) return t("reason_with.rejected", { reason: why });
  const bare = reason.replace(/^(?:Held|Not sent): (.*)\.$/, "$1");
  return translate(`reason.${reason}`) ?? translate(`reason.${bare}`) ?? humanise(reason);
};

export const stageLabel = (stage: string): string => label("stage", stage);
export const followupLabel = (type: string): string => label("followup", type);

/** What a task is called: its own title, else its occasion. */
export const taskLabel = (task: Pick<FollowUpTask, "title" | "followup_type">): string =>
  task.title ?? followupLabel(task.followup_type);

export type Tone = "neutral" | "info" | "good" | "warn" | "bad";

const emailTones: Partial<Record<EmailStatus, Tone>> = {
  sent: "info",
  delivered: "info",
  opened: "good",
  clicked: "good",
  deferred: "warn",
  bounced: "bad",
  failed: "bad",
  dropped: "bad",
  spamreport: "bad",
};
export const emailTone = (status: string): Tone => emailTones[status as EmailStatus] ?? "neutral";

export type Due = "overdue" | "today" | "soon" | "later" | "held";

/** How urgent a pending task is. */
export function dueOf(task: Pick<FollowUpTask, "scheduled_for" | "held_until">, now: Date, days: number): Due {
  if (task.held_until && new Date(task.held_until) > now) return "held";
  if (new Date(task.scheduled_for) < now) return "overdue";
  if (days <= 0) return "today";
  return days <= 2 ? "soon" : "later";
}
