import { NativeSelect, Textarea, TextInput, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { t } from "@/lib/i18n";
import { Glyph } from "./icons";
import classes from "./inline-edit.module.css";

interface Props {
  label: string;
  /** The label is for a screen reader only: what stands around says it already. */
  hideLabel?: boolean;
  value: string;
  /** How the value reads when it is not being edited. */
  display?: ReactNode;
  /** What an empty value means, where that is something. */
  none?: string;
  onSave: (value: string) => void;
  /** Says what is wrong with a value, null when nothing is. */
  validate?: (value: string) => string | null;
  type?: "text" | "email" | "tel" | "number" | "date" | "url";
  multiline?: boolean;
  options?: { value: string; label: string }[];
  /** Stands beside the value: a link to call or write. */
  action?: ReactNode;
}

/** A fact that is edited where it stands: click or Enter edits, Enter or leaving saves, Escape puts it back. */
export function InlineEdit(props: Props) {
  const { label, hideLabel, value, display, none, action } = props;
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setEditing(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <div className={classes.fact}>
      {!hideLabel && (
        <span className={classes.label} aria-hidden>
          {label}
        </span>
      )}
      {editing ? (
        <Editor {...props} close={close} />
      ) : (
        <div className={classes.line}>
          <UnstyledButton
            ref={button}
            className={classes.value}
            data-empty={!value || undefined}
            onClick={() => setEditing(true)}
          >
            <VisuallyHidden>{t("edit.change", { label })} </VisuallyHidden>
            {value ? (display ?? value) : (none ?? t("edit.empty"))}
            <Glyph name="edit" size={13} className={classes.pen} />
          </UnstyledButton>
          {action}
        </div>
      )}
    </div>
  );
}

function Editor({ label, value, onSave, validate, type = "text", multiline, options, close }: Props & { close: () => void }) {
  const [draft, setDraft] = useState(value);
  const [error, setError] = useState<string | null>(null);
  const done = useRef(false);

  const save = () => {
    if (done.current) return;
    const next = draft.trim();
    const fault = next === value ? null : (validate?.(next) ?? null);
    setError(fault);
    if (fault) return;
    done.current = true;
    if (next !== value) onSave(next);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      done.current = true;
      close();
    }
    if (event.key === "Enter" && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
  };
  const shared = { "aria-label": label, value: draft, error, onKeyDown, onBlur: save, autoFocus: true, size: "sm" } as const;
  if (options) {
    return <NativeSelect {...shared} data={options} onChange={(event) => setDraft(event.currentTarget.value)} />;
  }
  if (multiline) {
    return <Textarea {...shared} description={t("edit.save_hint")} onChange={(event) => setDraft(event.currentTarget.value)} />;
  }
  return <TextInput {...shared} type={type} step={type === "number" ? "any" : undefined} onChange={(event) => setDraft(event.currentTarget.value)} />;
}
