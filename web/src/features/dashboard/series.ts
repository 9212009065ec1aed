import { currentLocale, t } from "@/lib/i18n";

/** What is done for people, day by day. */
export const workSeries = () =>
  [
    { name: "clients_created", label: t("trends.clients_created"), color: "var(--stage-lead)" },
    { name: "tasks_completed", label: t("trends.tasks_completed"), color: "var(--stage-under-contract)" },
  ] as const;

/** What goes out and what comes back: each is a part of the one before. */
export const emailSeries = () =>
  [
    { name: "emails_sent", label: t("trends.emails_sent"), color: "var(--stage-lost)" },
    { name: "emails_opened", label: t("trends.emails_opened"), color: "var(--stage-negotiating)" },
    { name: "emails_clicked", label: t("trends.emails_clicked"), color: "var(--stage-closed)" },
  ] as const;

export const series = () => [...workSeries(), ...emailSeries()];

/** "2026-03-03" as "Mar 3". The day is the account's, so no zone may move it. */
export const dayLabel = (date: string): string =>
  new Intl.DateTimeFormat(currentLocale(), { month: "short", day: "numeric", timeZone: "UTC" }).format(new Date(`${date}T12:00:00Z`));
