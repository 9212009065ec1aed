import { currentLocale, t } from "@/lib/i18n";

export const series = () =>
  [
    { name: "clients_created", label: t("trends.clients_created"), color: "var(--stage-lead)" },
    { name: "clients_closed", label: t("reports.clients_closed"), color: "var(--stage-closed)" },
    { name: "emails_sent", label: t("trends.emails_sent"), color: "var(--stage-lost)" },
    { name: "emails_opened", label: t("trends.emails_opened"), color: "var(--stage-negotiating)" },
    { name: "emails_clicked", label: t("trends.emails_clicked"), color: "var(--clay)" },
    { name: "emails_answered", label: t("reports.emails_answered"), color: "var(--sea)" },
    { name: "tasks_completed", label: t("trends.tasks_completed"), color: "var(--stage-under-contract)" },
  ] as const;

/** "Mar 3", or "March 2026" for a month. The day is the account's, so no zone may move it. */
export const bucketLabel = (date: string, by: string): string =>
  new Intl.DateTimeFormat(currentLocale(), {
    month: "short",
    ...(by === "month" ? { year: "numeric" } : { day: "numeric" }),
    timeZone: "UTC",
  }).format(new Date(`${date}T12:00:00Z`));
