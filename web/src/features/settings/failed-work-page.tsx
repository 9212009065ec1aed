import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { FailedJob } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { Glyph } from "@/ui/icons";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { Empty, Stated } from "@/ui/states";
import { When } from "@/ui/when";
import { deadJobsOptions, useRetryJob } from "./api";
import classes from "./settings.module.css";

/** Work of the house that failed for good: why, and another try. */
export function FailedWorkPage() {
  const query = useQuery(deadJobsOptions);
  const retry = useRetryJob();
  return (
    <Section title={t("settings.failed_work")} count={query.data?.total}>
      <p className={rows.lead}>{t("jobs.lead")}</p>
      <Stated query={query} failed={t("jobs.load_failed")}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="done" title={t("jobs.empty_title")}>
              {t("jobs.empty")}
            </Empty>
          ) : (
            <ul className={rows.list}>
              {items.map((job) => (
                <Item key={job.id} job={job} onRetry={() => retry.mutate(job)} />
              ))}
            </ul>
          )
        }
      </Stated>
    </Section>
  );
}

const Item = ({ job, onRetry }: { job: FailedJob; onRetry: () => void }) => (
  <li className={rows.item}>
    <div className={rows.what}>
      <p className={rows.name}>{label("job", job.kind)}</p>
      {job.last_error && <p className={rows.error}>{job.last_error}</p>}
      <p className={rows.second}>
        <span>{t("jobs.attempts", { count: job.attempts })}</span>
        <When at={job.failed_at} as="day" />
      </p>
      <details className={classes.args}>
        <summary>{t("jobs.details")}</summary>
        <pre className={rows.code}>{JSON.stringify({ id: job.id, kind: job.kind, args: job.args }, null, 2)}</pre>
      </details>
    </div>
    <Button variant="default" leftSection={<Glyph name="refresh" />} onClick={onRetry}>
      {t("jobs.retry")}
    </Button>
  </li>
);
