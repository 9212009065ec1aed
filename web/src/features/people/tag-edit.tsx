import { TagsInput, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import edit from "@/ui/inline-edit.module.css";
import { Tag } from "@/ui/status";
import classes from "./person.module.css";
import { splitTags } from "./tags";
import { tagsOptions } from "./tags-api";

interface Props {
  tags: string[];
  onSave: (tags: string[]) => void;
}

/** A person's tags, edited where they stand, with those in use at hand. */
export function TagEdit({ tags, onSave }: Props) {
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setEditing(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <div className={edit.fact}>
      <span className={edit.label} aria-hidden>
        {t("people.tags")}
      </span>
      {editing ? (
        <TagEditor tags={tags} onSave={onSave} onClose={close} />
      ) : (
        <UnstyledButton ref={button} className={edit.value} data-empty={tags.length === 0 || undefined} onClick={() => setEditing(true)}>
          <VisuallyHidden>{t("edit.change", { label: t("people.tags") })} </VisuallyHidden>
          {tags.length === 0 && t("edit.empty")}
          <span className={classes.tags}>
            {tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </span>
          <Glyph name="edit" size={13} className={edit.pen} />
        </UnstyledButton>
      )}
    </div>
  );
}

const same = (a: string[], b: string[]) => a.length === b.length && a.every((tag, index) => tag === b[index]);

/** Leaving saves, Enter in an empty field too; Escape puts back what was. */
export function TagEditor({ tags, onSave, onClose }: Props & { onClose: () => void }) {
  const known = useQuery(tagsOptions).data?.items.map(({ tag }) => tag) ?? [];
  const [draft, setDraft] = useState(tags);
  const [text, setText] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => field.current?.focus(), []);
  const finish = (save: boolean) => {
    if (done.current) return;
    done.current = true;
    const next = splitTags([...draft, text].join(","));
    if (save && !same(next, tags)) onSave(next);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      finish(false);
    }
    if (event.key === "Enter" && text === "") finish(true);
  };
  return (
    <TagsInput
      ref={field}
      size="sm"
      aria-label={t("people.tags")}
      data={known.filter((tag) => !draft.includes(tag))}
      value={draft}
      onChange={(next) => setDraft(splitTags(next.join(",")))}
      searchValue={text}
      onSearchChange={setText}
      onKeyDown={onKeyDown}
      onBlur={() => finish(true)}
      acceptValueOnBlur={false}
      comboboxProps={{ shadow: "md" }}
      clearable={false}
    />
  );
}
