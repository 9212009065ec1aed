import { Button, NativeSelect, Popover, TextInput } from "@mantine/core";
import { type ChangeEvent, type FormEvent, useState } from "react";
import type { CustomField } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import { type FieldFilter, filterText, isSpan, spanFaults } from "./field-filter";
import classes from "./field-filter.module.css";
import { optionsOf } from "./field-values";

const nothing: FieldFilter = { value: "", from: "", to: "" };

interface Props {
  /** Those of the office, at least one. */
  fields: CustomField[];
  onChoose: (filter: string) => void;
}

/** People by one of the office's own fields: a value, or a span of numbers or days. */
export function FieldFilterForm({ fields, onChoose }: Props) {
  const [opened, setOpened] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const [filter, setFilter] = useState(nothing);
  const field = fields.find(({ key }) => key === chosen) ?? fields[0];
  if (!field) return null;
  const faults = isSpan(field) ? spanFaults(field, filter) : [null, null];
  const text = faults.some(Boolean) ? undefined : filterText(field, filter);
  const put = (part: keyof FieldFilter) => (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) => {
    const { value } = event.currentTarget;
    setFilter((before) => ({ ...before, [part]: value }));
  };
  const choose = (key: string) => {
    setChosen(key);
    setFilter(nothing);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!text) return;
    setOpened(false);
    setFilter(nothing);
    onChoose(text);
  };
  const options = optionsOf(field);
  const type = field.type === "date" ? "date" : "text";
  const inputMode = field.type === "number" ? "decimal" : undefined;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus shadow="md" width={288}>
      <Popover.Target>
        <Button variant="default" size="xs" className={classes.open} leftSection={<Glyph name="filter" size={14} />} onClick={() => setOpened(!opened)}>
          {t("people.by_field")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("people.by_field")}>
        <form className={classes.form} onSubmit={submit}>
          <NativeSelect
            label={t("people.field")}
            value={field.key}
            data={fields.map(({ key, label }) => ({ value: key, label }))}
            onChange={(event) => choose(event.currentTarget.value)}
          />
          {isSpan(field) ? (
            <div className={classes.span}>
              <TextInput type={type} inputMode={inputMode} label={t("people.from")} value={filter.from} error={faults[0]} onChange={put("from")} />
              <TextInput type={type} inputMode={inputMode} label={t("people.to")} value={filter.to} error={faults[1]} onChange={put("to")} />
            </div>
          ) : options ? (
            <NativeSelect label={t("people.field_value")} value={filter.value} data={options} onChange={put("value")} />
          ) : (
            <TextInput label={t("people.field_value")} value={filter.value} onChange={put("value")} />
          )}
          <Button type="submit" disabled={!text}>
            {t("people.filter")}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
