import { Button } from "@mantine/core";
import { usePrefetchQuery, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Stats } from "@/api/types.gen";
import { useNow } from "@/lib/clock";
import { formatDay } from "@/lib/format";
import { t } from "@/lib/i18n";
import { emailStatuses, label, stageLabel, stages, taskStatuses } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { Page } from "@/ui/page";
import { Section } from "@/ui/section";
import { Empty, Loading, Stated } from "@/ui/states";
import { ActivityFeed, shownActivity } from "./activity-feed";
import { activityOptions, statsOptions, trendsOptions } from "./api";
import { Breakdown } from "./breakdown";
import classes from "./dashboard.module.css";
import { Kpis } from "./kpis";
import { Trends, usualSpan } from "./trends";

export function DashboardPage() {
  const query = useQuery(statsOptions);
  const now = useNow();
  usePrefetchQuery(trendsOptions(usualSpan));
  usePrefetchQuery(activityOptions(shownActivity));
  const reports = (
    <Button component={Link} to={paths.reports} variant="default" leftSection={<Glyph name="dashboard" />}>
      {t("reports.title")}
    </Button>
  );
  return (
    <Page title={t("nav.dashboard")} aside={formatDay(now, now)} actions={reports}>
      <Stated query={query} failed={t("dashboard.load_failed")} loading={<Loading rows={4} height={96} />}>
        {(stats) => (isEmpty(stats) ? <FirstSteps /> : <Numbers stats={stats} />)}
      </Stated>
    </Page>
  );
}

const isEmpty = (stats: Stats) => stats.total_clients === 0 && stats.completed_tasks === 0 && stats.pending_tasks === 0;

const FirstSteps = () => (
  <Empty
    icon="dashboard"
    title={t("dashboard.empty_title")}
    action={
      <Button component={Link} to={`${paths.people}?new=1`} leftSection={<Glyph name="addPerson" />}>
        {t("people.add")}
      </Button>
    }
  >
    {t("dashboard.empty")}
  </Empty>
);

type OfName = (name: string) => string;

const rows = (counts: Record<string, number>, names: readonly string[], words: OfName, to: OfName) =>
  names.map((name) => ({ name, label: words(name), count: counts[name] ?? 0, to: to(name) }));

function Numbers({ stats }: { stats: Stats }) {
  return (
    <div className={classes.grid}>
      <Kpis stats={stats} />
      <div className={classes.main}>
        <Section card title={t("dashboard.pipeline")}>
          <Breakdown
            caption={t("dashboard.pipeline")}
            unit={t("nav.people")}
            tones="stage"
            rows={rows(stats.clients_by_stage, stages, stageLabel, (name) => `${paths.people}?stage=${name}`)}
          />
        </Section>
        <Trends />
        <div className={classes.pair}>
          <Section card title={t("dashboard.tasks_by_status")}>
            <Breakdown
              caption={t("dashboard.tasks_by_status")}
              unit={t("nav.tasks")}
              tones="task"
              rows={rows(
                stats.tasks_by_status,
                taskStatuses,
                (name) => label("task_status", name),
                (name) => `${paths.tasks}?status=${name}`,
              )}
            />
          </Section>
          <Section card title={t("dashboard.emails_by_status")}>
            <Breakdown
              caption={t("dashboard.emails_by_status")}
              unit={t("nav.emails")}
              tones="email"
              rows={rows(
                stats.emails_by_status,
                emailStatuses,
                (name) => label("email_status", name),
                (name) => `${paths.emails}?status=${name}`,
              ).filter(({ count }) => count > 0)}
            />
          </Section>
        </div>
      </div>
      <ActivityFeed />
    </div>
  );
}
