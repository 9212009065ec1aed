import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Job } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { Glyph } from "@/ui/icons";
import { LoadMore } from "@/ui/load-more";
import { Section } from "@/ui/section";
import { Empty, Stated } from "@/ui/states";
import { When } from "@/ui/when";
import { deadJobsOptions, useRetryJob } from "./api";
import classes from "./settings.module.css";

/** Work of the house that failed for good: why, and another try. */
export function FailedWorkPage() {
  const query = useInfiniteQuery(deadJobsOptions);
  const retry = useRetryJob();
  const jobs = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t("settings.failed_work")} count={query.data?.pages[0]?.total}>
      <p className={classes.lead}>{t("jobs.lead")}</p>
      <Stated query={query} failed={t("jobs.load_failed")}>
        {() =>
          jobs.length === 0 ? (
            <Empty icon="done" title={t("jobs.empty_title")}>
              {t("jobs.empty")}
            </Empty>
          ) : (
            <>
              <ul className={classes.list}>
                {jobs.map((job) => (
                  <Item key={job.id} job={job} onRetry={() => retry.mutate(job)} />
                ))}
              </ul>
              <LoadMore shown={jobs.length} total={query.data?.pages[0]?.total} {...query} />
            </>
          )
        }
      </Stated>
    </Section>
  );
}

const Item = ({ job, onRetry }: { job: Job; onRetry: () => void }) => (
  <li className={classes.item}>
    <div className={classes.itemMain}>
      <p className={classes.name}>{label("job", job.kind)}</p>
      {job.last_error && <p className={classes.error}>{job.last_error}</p>}
      <p className={classes.second}>
        <span>{t("jobs.attempts", { count: job.attempts })}</span>
        {job.failed_at && <When at={job.failed_at} as="day" />}
      </p>
      <details className={classes.args}>
        <summary>{t("jobs.details")}</summary>
        <pre>{JSON.stringify({ id: job.id, kind: job.kind, args: job.args }, null, 2)}</pre>
      </details>
    </div>
    <Button variant="default" leftSection={<Glyph name="refresh" />} onClick={onRetry}>
      {t("jobs.retry")}
    </Button>
  </li>
);
