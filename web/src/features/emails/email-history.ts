import type { EmailDetail } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label, type Tone } from "@/lib/model";
import type { IconName } from "@/ui/icons";
import type { TimelineEntry } from "@/ui/timeline";

const looks: Record<string, { icon: IconName; tone?: Tone }> = {
  processed: { icon: "send" },
  delivered: { icon: "check", tone: "info" },
  open: { icon: "open", tone: "good" },
  click: { icon: "click", tone: "good" },
  bounce: { icon: "failed", tone: "bad" },
  blocked: { icon: "failed", tone: "bad" },
  dropped: { icon: "failed", tone: "bad" },
  deferred: { icon: "clock", tone: "warn" },
  spamreport: { icon: "failed", tone: "bad" },
  unsubscribe: { icon: "away", tone: "warn" },
  group_unsubscribe: { icon: "away", tone: "warn" },
};

/** All that is known of what happened to an e-mail, newest first. */
export function historyOf(email: EmailDetail): TimelineEntry[] {
  const ours: TimelineEntry[] = [{ id: "created", icon: "edit", at: email.created_at, title: t("emails.was_written") }];
  if (email.sent_at) ours.unshift({ id: "sent", icon: "send", tone: "info", at: email.sent_at, title: t("emails.was_sent") });
  const theirs = email.webhook_events.toReversed().map((event): TimelineEntry => {
    const { icon, tone } = looks[event.event] ?? { icon: "info" };
    return {
      id: event.sg_event_id,
      icon,
      tone: event.machine ? undefined : tone,
      at: event.timestamp,
      title: label(event.machine ? "email_event_machine" : "email_event", event.event),
      detail: [event.url, event.useragent].filter(Boolean).join(" · ") || undefined,
      by: event.ip,
    };
  });
  // What happened in the same instant keeps its order.
  return [...theirs, ...ours].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
