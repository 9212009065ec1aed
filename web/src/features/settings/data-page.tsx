import { Button, NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Certificate } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { useMay } from "@/lib/permissions";
import { CertificateFacts } from "@/ui/certificate";
import { Glyph } from "@/ui/icons";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { Empty, Stated } from "@/ui/states";
import { When } from "@/ui/when";
import { erasuresOptions, retentionOptions, useRetain } from "./data-api";
import classes from "./settings.module.css";

/** How long what is deleted stays, everything the office has as a file, and the certificates of who was erased. */
export function DataPage() {
  const retention = useQuery(retentionOptions);
  const mayExport = useMay("export_account");
  const mayList = useMay("list_erasures");
  return (
    <div className={classes.parts}>
      <Section title={t("data.trash")}>
        <Stated query={retention} failed={t("data.load_failed")}>
          {({ trash_days }) => <Retain key={trash_days} days={trash_days} />}
        </Stated>
      </Section>
      {mayExport && (
        <Section title={t("data.export")}>
          <p className={rows.lead}>{t("data.export_lead")}</p>
          <Button component="a" href="/api/account/export" download variant="default" leftSection={<Glyph name="external" />}>
            {t("data.export_action")}
          </Button>
        </Section>
      )}
      {mayList && <Certificates />}
    </div>
  );
}

const longest = 365;

function Retain({ days }: { days: number }) {
  const may = useMay("update_retention");
  const [value, setValue] = useState<number | string>(days);
  const retain = useRetain();
  const valid = typeof value === "number" && value >= 1 && value <= longest;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (valid) retain.mutate(value);
  };
  return (
    <form className={classes.fields} onSubmit={save}>
      <NumberInput
        label={t("data.trash_days")}
        description={t("data.trash_days_hint")}
        min={1}
        max={longest}
        allowDecimal={false}
        clampBehavior="strict"
        disabled={!may}
        value={value}
        onChange={setValue}
      />
      {may && (
        <Button type="submit" loading={retain.isPending} disabled={!valid || value === days}>
          {t("action.save")}
        </Button>
      )}
    </form>
  );
}

function Certificates() {
  const query = useQuery(erasuresOptions);
  return (
    <Section title={t("data.certificates")} count={query.data?.items.length}>
      <p className={rows.lead}>{t("data.certificates_lead")}</p>
      <Stated query={query} failed={t("data.certificates_failed")}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty small title={t("data.certificates_none")} />
          ) : (
            <ul className={rows.list}>
              {items.map((certificate) => (
                <Item key={certificate.id} certificate={certificate} />
              ))}
            </ul>
          )
        }
      </Stated>
    </Section>
  );
}

const Item = ({ certificate }: { certificate: Certificate }) => (
  <li className={classes.certificate}>
    <details>
      <summary>
        <When at={certificate.erased_at} /> {certificate.reason || t("erase.no_reason")}
      </summary>
      <CertificateFacts certificate={certificate} />
    </details>
  </li>
);
