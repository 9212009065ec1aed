import { ActionIcon, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { FailedJob } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { useMay } from "@/lib/permissions";
import { Glyph } from "@/ui/icons";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { Empty, Stated } from "@/ui/states";
import { When } from "@/ui/when";
import { deadJobsOptions, useGiveUp, useRetryJob } from "./api";
import classes from "./settings.module.css";

/** Work of the house that failed for good: why, and another try. */
export function FailedWorkPage() {
  const query = useQuery(deadJobsOptions);
  const retry = useRetryJob();
  const { left, giveUp } = useGiveUp();
  const maySee = useMay("get_status");
  return (
    <Section title={t("settings.failed_work")} count={query.data?.total}>
      <p className={rows.lead}>
        {t("jobs.lead")} {maySee && <Link to={paths.system}>{t("jobs.system")}</Link>}
      </p>
      <Stated query={query} failed={t("jobs.load_failed")}>
        {({ items }) =>
          items.filter(left).length === 0 ? (
            <Empty icon="done" title={t("jobs.empty_title")}>
              {t("jobs.empty")}
            </Empty>
          ) : (
            <ul className={rows.list}>
              {items.filter(left).map((job) => (
                <Item key={job.id} job={job} onRetry={() => retry.mutate(job)} onGiveUp={() => giveUp(job)} />
              ))}
            </ul>
          )
        }
      </Stated>
    </Section>
  );
}

interface ItemProps {
  job: FailedJob;
  onRetry: () => void;
  onGiveUp: () => void;
}

const Item = ({ job, onRetry, onGiveUp }: ItemProps) => (
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
    <div className={classes.end}>
      <Button variant="default" leftSection={<Glyph name="refresh" />} onClick={onRetry}>
        {t("jobs.retry")}
      </Button>
      <ActionIcon aria-label={t("jobs.give_up", { job: label("job", job.kind) })} title={t("jobs.give_up_hint")} onClick={onGiveUp}>
        <Glyph name="delete" />
      </ActionIcon>
    </div>
  </li>
);
