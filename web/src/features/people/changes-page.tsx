import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { BulkJob } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Page } from "@/ui/page";
import { Empty, Stated } from "@/ui/states";
import { When } from "@/ui/when";
import { bulkJobsOptions, isRunning, useUndoBulk } from "./bulk-api";
import { wordsOf } from "./bulk-progress";
import classes from "./trash.module.css";

/** The latest changes of many people at once: who made them, how they ended, and the way back. */
export function ChangesPage() {
  const query = useQuery(bulkJobsOptions);
  const undo = useUndoBulk(() => void query.refetch());
  const takeBack = (job: BulkJob) => undo.mutate(job, { onSuccess: () => void query.refetch() });
  return (
    <Page title={t("bulk.title")} back={{ to: paths.people, label: t("nav.people") }} narrow>
      <Stated query={query} failed={t("bulk.load_failed")}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="people" title={t("bulk.empty_title")}>
              {t("bulk.empty")}
            </Empty>
          ) : (
            <ul className={classes.list} aria-label={t("bulk.title")}>
              {items.map((job) => (
                <Item key={job.id} job={job} busy={undo.isPending} onUndo={() => takeBack(job)} />
              ))}
            </ul>
          )
        }
      </Stated>
    </Page>
  );
}

interface ItemProps {
  job: BulkJob;
  busy: boolean;
  onUndo: () => void;
}

const Item = ({ job, busy, onUndo }: ItemProps) => (
  <li className={classes.item}>
    <div className={classes.main}>
      <strong>{wordsOf(job)}</strong>
      <p className={classes.about}>
        <span>{t("bulk.by", { name: job.started_by })}</span>
        <When at={job.created_at} as="day" />
        {(isRunning(job) || job.failures.length > 0) && (
          <Link to={`${paths.people}?job=${job.id}`}>{t(isRunning(job) ? "bulk.follow" : "bulk.which")}</Link>
        )}
      </p>
    </div>
    {job.state === "done" && job.done > 0 && (
      <Button size="compact-sm" variant="light" disabled={busy} onClick={onUndo}>
        {t("bulk.take_back")}
      </Button>
    )}
  </li>
);
