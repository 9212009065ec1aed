import { CloseButton, NativeSelect, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { type ReactNode, useRef, useState } from "react";
import { t } from "@/lib/i18n";
import { useShortcut } from "@/lib/keyboard";
import classes from "./filter-bar.module.css";
import { Glyph } from "./icons";

/** The line of filters above a list. */
export const FilterBar = ({ children }: { children: ReactNode }) => (
  <div className={classes.bar} role="search">
    {children}
  </div>
);

interface SearchProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
}

/** The search field of a list; "/" jumps into it, Escape leaves it. */
export function SearchField({ value, onChange, label }: SearchProps) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState(value);
  const tell = useDebouncedCallback((next: string) => {
    setSent(next);
    onChange(next);
  }, 200);
  // The URL changed from elsewhere (Back, "clear the filters"), not as the echo of what was typed here.
  if (value !== seen) {
    setSeen(value);
    if (value !== sent) setText(value);
  }
  useShortcut("search", () => input.current?.select());
  const set = (next: string) => {
    setText(next);
    tell(next);
  };
  return (
    <TextInput
      ref={input}
      type="search"
      className={classes.search}
      placeholder={label}
      aria-label={label}
      value={text}
      onChange={(event) => set(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      leftSection={<Glyph name="search" />}
      rightSection={text ? <CloseButton size="sm" aria-label={t("action.clear")} onClick={() => set("")} /> : undefined}
    />
  );
}

interface Option {
  value: string;
  label: string;
  count?: number;
}

interface ChoiceProps {
  label: string;
  value: string;
  options: Option[];
  onChange: (value: string) => void;
}

/** A filter with few values, as chips side by side. */
export function ChipFilter({ label, value, options, onChange }: ChoiceProps) {
  return (
    <div className={classes.chips} role="group" aria-label={label}>
      {options.map((option) => (
        <UnstyledButton
          key={option.value}
          className={classes.chip}
          aria-pressed={option.value === value}
          data-on={option.value === value || undefined}
          onClick={() => onChange(option.value)}
        >
          {option.label}
          {option.count !== undefined && <span className={classes.count}>{option.count}</span>}
        </UnstyledButton>
      ))}
    </div>
  );
}

/** A filter with more values, as the system's own select. */
export function SelectFilter({ label, value, options, onChange }: ChoiceProps) {
  return (
    <NativeSelect
      size="sm"
      className={classes.select}
      aria-label={label}
      value={value}
      data={options}
      data-on={value ? true : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
