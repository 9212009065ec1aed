import { currentLocale, t } from "@/lib/i18n";

/** The lines of the chart, in the order of the work. */
export const series = () =>
  [
    { name: "clients_created", label: t("trends.clients_created"), color: "var(--stage-lead)" },
    { name: "tasks_completed", label: t("trends.tasks_completed"), color: "var(--stage-under-contract)" },
    { name: "emails_sent", label: t("trends.emails_sent"), color: "var(--stage-lost)" },
    { name: "emails_opened", label: t("trends.emails_opened"), color: "var(--stage-negotiating)" },
    { name: "emails_clicked", label: t("trends.emails_clicked"), color: "var(--stage-closed)" },
  ] as const;

/** "2026-03-03" as "Mar 3". The day is the account's, so no zone may move it. */
export const dayLabel = (date: string): string =>
  new Intl.DateTimeFormat(currentLocale(), { month: "short", day: "numeric", timeZone: "UTC" }).format(new Date(`${date}T12:00:00Z`));
