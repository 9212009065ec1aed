import { ActionIcon } from "@mantine/core";
import { Link } from "react-router";
import type { CustomField } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { InlineEdit } from "@/ui/inline-edit";
import { faultOf, optionsOf, shownOf, textOf, valueOf } from "./field-values";

interface Props {
  field: CustomField;
  value: unknown;
  /** Without a value the field is emptied. */
  onChange: (value?: unknown) => void;
}

const inputs = { number: "number", date: "date", url: "url", text: "text" } as const;

/** A field that the office defined, edited as its type wants. */
export function DefinedField({ field, value, onChange }: Props) {
  const text = textOf(value);
  const link = field.type === "url" && !faultOf(field, text) ? text : null;
  return (
    <InlineEdit
      label={field.label}
      value={text}
      display={shownOf(field, value)}
      type={field.type === "boolean" || field.type === "choice" ? "text" : inputs[field.type]}
      options={optionsOf(field)}
      validate={(next) => faultOf(field, next)}
      onSave={(next) => (next ? onChange(valueOf(field, next)) : onChange())}
      action={
        link ? (
          <ActionIcon component="a" href={link} target="_blank" rel="noreferrer" size={28} aria-label={t("people.open_link", { label: field.label })}>
            <Glyph name="external" size={14} />
          </ActionIcon>
        ) : (
          (field.type === "choice" || field.type === "boolean") &&
          text && (
            <ActionIcon
              component={Link}
              to={`${paths.people}?field=${encodeURIComponent(`${field.key}:${text}`)}`}
              size={28}
              aria-label={t("people.filter_by_field", { field: `${field.label}: ${shownOf(field, value)}` })}
            >
              <Glyph name="filter" size={14} />
            </ActionIcon>
          )
        )
      }
    />
  );
}
