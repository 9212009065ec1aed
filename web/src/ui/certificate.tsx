import { Button } from "@mantine/core";
import type { Certificate } from "@/api/types.gen";
import { formatFull } from "@/lib/format";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import classes from "./certificate.module.css";
import { Glyph } from "./icons";

const downloadOf = (certificate: Certificate) =>
  `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(certificate, null, 2))}`;

/** What is left of a person who was erased: that it was done, when, by whom, and how much of what went. */
export function CertificateFacts({ certificate }: { certificate: Certificate }) {
  const counts = Object.entries(certificate.erased as Record<string, number>).filter(([, rows]) => rows > 0);
  return (
    <div className={classes.certificate}>
      <dl className={classes.facts}>
        <dt>{t("erase.when")}</dt>
        <dd>{formatFull(certificate.erased_at)}</dd>
        <dt>{t("erase.by")}</dt>
        <dd>{certificate.erased_by}</dd>
        <dt>{t("erase.reason")}</dt>
        <dd>{certificate.reason || t("erase.no_reason")}</dd>
        <dt>{t("erase.what")}</dt>
        <dd>{counts.map(([table, rows]) => t("erase.rows", { what: label("erased", table), count: rows })).join(", ")}</dd>
        <dt>{t("erase.number")}</dt>
        <dd className={classes.code}>{certificate.id}</dd>
        <dt>{t("erase.hash")}</dt>
        <dd className={classes.code}>{certificate.subject_hash}</dd>
      </dl>
      <Button
        component="a"
        href={downloadOf(certificate)}
        download={`erasure-${certificate.id}.json`}
        variant="default"
        leftSection={<Glyph name="document" />}
      >
        {t("erase.download")}
      </Button>
    </div>
  );
}
