import { ActionIcon, TextInput } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import classes from "./cell-edit.module.css";

interface Props {
  /** Whose what: "Property of Ana Sample". */
  label: string;
  children: ReactNode;
  editor: (close: () => void) => ReactNode;
}

/** A cell of the list that is edited where it stands; its pen shows when the row is pointed at or has the focus. */
export function CellEdit({ label, children, editor }: Props) {
  const [editing, setEditing] = useState(false);
  const pen = useId();
  const close = () => {
    setEditing(false);
    requestAnimationFrame(() => document.getElementById(pen)?.focus());
  };
  if (editing) return <div className={classes.editor}>{editor(close)}</div>;
  return (
    <div className={classes.cell}>
      {children}
      <ActionIcon id={pen} size={26} className={classes.pen} aria-label={t("edit.this", { label })} onClick={() => setEditing(true)}>
        <Glyph name="edit" size={13} />
      </ActionIcon>
    </div>
  );
}

interface TextProps {
  label: string;
  value: string;
  validate: (value: string) => string | null;
  onSave: (value: string) => void;
  onClose: () => void;
}

/** Enter or leaving saves, Escape puts back what was. */
export function CellText({ label, value, validate, onSave, onClose }: TextProps) {
  const [text, setText] = useState(value);
  const [error, setError] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => field.current?.select(), []);
  const finish = (save: boolean) => {
    if (done.current) return;
    const next = text.trim();
    const fault = save && next !== value ? validate(next) : null;
    setError(fault);
    if (fault) return;
    done.current = true;
    if (save && next !== value) onSave(next);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    finish(event.key === "Enter");
  };
  return (
    <TextInput
      ref={field}
      size="xs"
      aria-label={label}
      value={text}
      error={error}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => finish(true)}
    />
  );
}
