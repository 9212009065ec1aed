import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Import, ImportColumn, ImportDefaults } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label, type PropertyType, propertyTypes, type Stage, stageLabel, stages } from "@/lib/model";
import { customFieldsOptions } from "./field-values";
import { type ImportChoices, matches, rules, targets } from "./imports-api";
import classes from "./imports.module.css";

interface Props {
  file: Import;
  busy: boolean;
  onCheck: (choices: ImportChoices) => void;
}

/** What each column is, as far as it could be guessed, and what the file does not say of anybody. */
export function ImportColumns({ file, busy, onCheck }: Props) {
  const [columns, setColumns] = useState(file.columns);
  const [defaults, setDefaults] = useState<ImportDefaults>(file.defaults);
  const [matchBy, setMatchBy] = useState(file.match_by);
  const own = useQuery(customFieldsOptions).data?.items ?? [];
  const options = [
    { value: "", label: t("imports.ignore") },
    ...targets.map((value) => ({ value: value as string, label: label("import_target", value) })),
    ...own.map((field) => ({ value: `custom:${field.key}`, label: field.label })),
  ];
  const put = (at: number, change: Partial<ImportColumn>) =>
    setColumns(columns.map((column, index) => (index === at ? { ...column, ...change } : column)));
  return (
    <>
      <ul className={classes.columns} aria-label={t("imports.columns")}>
        {Object.entries(columns).map(([at, column]) => (
          <li key={at}>
            <span className={classes.header}>
              <strong>{column.header}</strong>
              <span>{column.samples.filter(Boolean).slice(0, 3).join(" · ")}</span>
            </span>
            <NativeSelect
              aria-label={t("imports.is", { header: column.header })}
              data={options}
              value={column.target}
              onChange={(event) => put(Number(at), { target: event.currentTarget.value })}
            />
            <NativeSelect
              aria-label={t("imports.rule", { header: column.header })}
              disabled={!column.target}
              data={rules.map((value) => ({ value, label: label("import_rule", value) }))}
              value={column.rule}
              onChange={(event) => put(Number(at), { rule: event.currentTarget.value as ImportColumn["rule"] })}
            />
          </li>
        ))}
      </ul>
      <fieldset className={classes.defaults}>
        <legend>{t("imports.defaults")}</legend>
        <NativeSelect
          label={t("people.stage")}
          data={stages.map((value) => ({ value, label: stageLabel(value) }))}
          value={defaults.stage ?? "lead"}
          onChange={(event) => setDefaults({ ...defaults, stage: event.currentTarget.value as Stage })}
        />
        <NativeSelect
          label={t("people.property_type")}
          data={propertyTypes.map((value) => ({ value, label: label("property_type", value) }))}
          value={defaults.property_type ?? "residential"}
          onChange={(event) => setDefaults({ ...defaults, property_type: event.currentTarget.value as PropertyType })}
        />
        <TextInput
          label={t("people.address")}
          value={defaults.property_address ?? ""}
          onChange={(event) => setDefaults({ ...defaults, property_address: event.currentTarget.value || null })}
        />
        <TextInput
          label={t("imports.tag")}
          value={defaults.tag ?? ""}
          onChange={(event) => setDefaults({ ...defaults, tag: event.currentTarget.value || null })}
        />
      </fieldset>
      <NativeSelect
        className={classes.match}
        label={t("imports.match_by")}
        description={t("imports.match_words")}
        data={matches.map((value) => ({ value, label: label("import_match", value) }))}
        value={matchBy}
        onChange={(event) => setMatchBy(event.currentTarget.value as Import["match_by"])}
      />
      <Button variant={file.state === "checked" ? "default" : "filled"} loading={busy} onClick={() => onCheck({ columns, defaults, matchBy })}>
        {t(file.state === "checked" ? "imports.check_again" : "imports.check")}
      </Button>
    </>
  );
}
