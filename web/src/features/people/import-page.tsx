import { Button, Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useParams } from "react-router";
import type { Import } from "@/api/types.gen";
import { address } from "@/lib/http";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { Page } from "@/ui/page";
import { Stated } from "@/ui/states";
import { useRenewPeople } from "./bulk-api";
import { ImportColumns } from "./import-columns";
import { importOptions, isMoving, useImportActs } from "./imports-api";
import classes from "./imports.module.css";

/** One import, from its columns to its end; it can be left at any time and come back to. */
export function ImportPage() {
  const { id = "" } = useParams();
  const query = useQuery(importOptions(id));
  return (
    <Page title={query.data?.file_name ?? t("imports.title")} back={{ to: paths.imports, label: t("imports.title") }}>
      <Stated query={query} failed={t("imports.one_failed")}>
        {(file) => <Steps key={file.id} file={file} />}
      </Stated>
    </Page>
  );
}

function Steps({ file }: { file: Import }) {
  const acts = useImportActs(file.id);
  const renew = useRenewPeople();
  const over = file.state === "done" || file.state === "undone";
  useEffect(() => {
    if (over) renew();
  }, [over, renew]);
  const open = file.state === "mapping" || file.state === "checked";
  return (
    <>
      <p className={classes.lead} role="status">
        {t(`imports.lead.${file.state}`)}
      </p>
      {isMoving(file) && (
        <div className={classes.progress}>
          <Progress value={(100 * file.position) / Math.max(file.total, 1)} aria-label={label("import_state", file.state)} />
          <span>{t("imports.position", { done: file.position, total: file.total })}</span>
        </div>
      )}
      {file.state !== "mapping" && <Counts file={file} />}
      {file.kept > 0 && <Kept file={file} />}
      {open && (
        <ImportColumns
          file={file}
          busy={acts.configure.isPending || acts.check.isPending}
          onCheck={(choices) => acts.configure.mutate(choices, { onSuccess: () => acts.check.mutate(undefined) })}
        />
      )}
      <div className={classes.acts}>
        {file.state === "checked" && (
          <Button loading={acts.start.isPending} onClick={() => acts.start.mutate(undefined)}>
            {t("imports.start", { count: file.added + file.updated })}
          </Button>
        )}
        {file.state === "done" && (
          <Button variant="default" leftSection={<Glyph name="restore" />} onClick={() => acts.undo.mutate(undefined)}>
            {t("imports.undo")}
          </Button>
        )}
      </div>
    </>
  );
}

const Counts = ({ file }: { file: Import }) => (
  <dl className={classes.counts}>
    {(["added", "updated", "skipped", "bad", ...(file.remarked > 0 ? (["remarked"] as const) : [])] as const).map((kind) => (
      <div key={kind} data-bad={(kind === "bad" && file.bad > 0) || undefined}>
        <dt>{label("import_count", kind)}</dt>
        <dd data-count={kind}>{file[kind]}</dd>
      </div>
    ))}
    {file.bad + file.skipped + file.remarked > 0 && (
      <a className={classes.errors} href={address("/api/imports/{id}/errors.csv", { id: file.id })} download>
        {t("imports.errors")}
      </a>
    )}
  </dl>
);

/** Whom the undo left as they are, and why. */
const Kept = ({ file }: { file: Import }) => (
  <section className={classes.kept} aria-labelledby="import-kept">
    <p id="import-kept">{t("imports.kept", { count: file.kept })}</p>
    <ul>
      {file.kept_for.map(({ reason, count }) => (
        <li key={reason}>{`${label("import_kept", reason)}: ${formatNumber(count)}`}</li>
      ))}
    </ul>
  </section>
);
