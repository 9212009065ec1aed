import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { t } from "@/lib/i18n";
import { InlineEdit } from "@/ui/inline-edit";
import classes from "./person.module.css";

type Fields = Record<string, unknown>;

interface Props {
  fields: Fields;
  onChange: (fields: Fields) => void;
}

const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** A text keeps the kind that the value had: a number stays a number. */
function parsed(text: string, before: unknown): unknown {
  if (typeof before === "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The fields that the office made up itself. An emptied one goes. */
export function CustomFields({ fields, onChange }: Props) {
  const save = (name: string) => (text: string) => {
    const { [name]: before, ...rest } = fields;
    onChange(text ? { ...fields, [name]: parsed(text, before) } : rest);
  };
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <InlineEdit key={name} label={name} value={shown(value)} onSave={save(name)} />
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
