import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { t } from "@/lib/i18n";
import { InlineEdit } from "@/ui/inline-edit";
import { DefinedField } from "./defined-field";
import { customFieldsOptions, textOf } from "./field-values";
import classes from "./person.module.css";

type Fields = Record<string, unknown>;

interface Props {
  fields: Fields;
  onChange: (fields: Fields) => void;
}

/** A text keeps the kind that the value had: a number stays a number. */
function parsed(text: string, before: unknown): unknown {
  if (typeof before === "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The office's own fields: those it defined, by their types, then what else stands there, free-form. An emptied one goes. */
export function CustomFields({ fields, onChange }: Props) {
  const defined = useQuery(customFieldsOptions).data?.items ?? [];
  const known = new Set(defined.map(({ key }) => key));
  const put = (key: string, value?: unknown) => {
    const { [key]: _, ...rest } = fields;
    onChange(value === undefined ? rest : { ...fields, [key]: value });
  };
  return (
    <>
      {defined.map((field) => (
        <DefinedField key={field.key} field={field} value={fields[field.key]} onChange={(value) => put(field.key, value)} />
      ))}
      {Object.entries(fields)
        .filter(([key]) => !known.has(key))
        .map(([key, value]) => (
          <InlineEdit
            key={key}
            label={key}
            value={textOf(value)}
            onSave={(text) => put(key, text ? parsed(text, value) : undefined)}
          />
        ))}
      <details className={classes.fold}>
        <summary>{t("people.add_field")}</summary>
        <NewField taken={Object.keys(fields)} onAdd={(name, value) => onChange({ ...fields, [name]: value })} />
      </details>
    </>
  );
}

function NewField({ taken, onAdd }: { taken: string[]; onAdd: (name: string, value: string) => void }) {
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const ready = name.trim() !== "" && value.trim() !== "" && !taken.includes(name.trim());
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    onAdd(name.trim(), value.trim());
    setName("");
    setValue("");
  };
  return (
    <form className={classes.addField} onSubmit={add}>
      <TextInput size="xs" label={t("people.field_name")} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput size="xs" label={t("people.field_value")} value={value} onChange={(event) => setValue(event.currentTarget.value)} />
      <Button type="submit" size="xs" variant="default" disabled={!ready}>
        {t("action.add")}
      </Button>
    </form>
  );
}
