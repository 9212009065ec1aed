import { ActionIcon, Button, Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "react-router";
import type { BulkJob } from "@/api/types.gen";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import { label, stageLabel } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { bulkJobOptions, isRunning, useRenewPeople, useUndoBulk } from "./bulk-api";
import classes from "./bulk.module.css";

interface Props {
  id: string;
  onClose: () => void;
}

/** How far a change of many people is, and how it ended: it can be left, and come back to by its address. */
export function BulkProgress({ id, onClose }: Props) {
  const { data: job, isError } = useQuery(bulkJobOptions(id));
  const renew = useRenewPeople();
  const running = !job || isRunning(job);
  const undo = useUndoBulk(() => {});
  useEffect(() => {
    if (!running) renew();
  }, [running, renew]);
  if (isError || !job) return null;
  const settled = job.done + job.failed;
  return (
    <section className={classes.progress} aria-label={t("bulk.progress")}>
      <div className={classes.line}>
        <p role="status">{wordsOf(job)}</p>
        {job.state === "done" && job.done > 0 && (
          <Button size="compact-sm" variant="light" loading={undo.isPending} onClick={() => undo.mutate(job)}>
            {t("action.undo")}
          </Button>
        )}
        <ActionIcon aria-label={t("action.close")} onClick={onClose}>
          <Glyph name="close" />
        </ActionIcon>
      </div>
      {running && (
        <Progress
          value={job.total === 0 ? 0 : (100 * (job.state === "undoing" ? job.total - job.done : settled)) / job.total}
          aria-label={t("bulk.progress")}
        />
      )}
      {job.failures.length > 0 && <Failures job={job} />}
    </section>
  );
}

/** What is being done to many people, or was, and how it ended. */
export function wordsOf(job: BulkJob): string {
  const [done, total, failed] = [job.done, job.total, job.failed].map(formatNumber) as [string, string, string];
  const value = job.stage ? stageLabel(job.stage) : job.to ? `${job.tag} → ${job.to}` : job.tag;
  const action = label("bulk_action", job.action);
  const what = value ? t("bulk.what", { action, value }) : action;
  if (job.state === "running") return t("bulk.running", { what, done, total });
  if (job.state === "undoing") return t("bulk.undoing", { what });
  if (job.state === "undone") return job.failed ? t("bulk.undone_but", { what, failed }) : t("bulk.all_undone", { what });
  return job.failed ? t("bulk.done_but", { what, done, failed }) : t("bulk.done", { what, done });
}

const Failures = ({ job }: { job: BulkJob }) => (
  <details className={classes.failures}>
    <summary>{t("bulk.which")}</summary>
    <ul>
      {job.failures.map(({ id, reason }) => (
        <li key={id}>
          <Link to={paths.person(id)}>{t("bulk.open_one")}</Link>
          <span>{label("bulk_reason", reason)}</span>
        </li>
      ))}
    </ul>
  </details>
);
