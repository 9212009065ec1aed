import { ActionIcon, Button, Group, Menu, Textarea } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Note } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import { When } from "@/ui/when";
import classes from "./notes.module.css";

interface Props {
  note: Note;
  onEdit: (note: Note, body: string) => void;
  onRemove: (note: Note) => void;
}

export function NoteItem({ note, onEdit, onRemove }: Props) {
  const [editing, setEditing] = useState(false);
  if (editing) return <Editor note={note} onEdit={onEdit} onClose={() => setEditing(false)} />;
  return (
    <li className={classes.note}>
      <p className={classes.body}>{note.body}</p>
      <p className={classes.meta}>
        <span>{note.author}</span>
        <When at={note.created_at} />
        {note.edited_at && <span>{t("notes.edited")}</span>}
      </p>
      <Menu>
        <Menu.Target>
          <ActionIcon size={28} className={classes.more} aria-label={t("notes.more")}>
            <Glyph name="more" size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Glyph name="edit" />} onClick={() => setEditing(true)}>
            {t("action.edit")}
          </Menu.Item>
          <Menu.Item leftSection={<Glyph name="delete" />} onClick={() => onRemove(note)}>
            {t("action.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

function Editor({ note, onEdit, onClose }: { note: Note; onEdit: Props["onEdit"]; onClose: () => void }) {
  const [text, setText] = useState(note.body);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const save = () => {
    const body = text.trim();
    if (body && body !== note.body) onEdit(note, body);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
  };
  return (
    <li className={classes.note}>
      <Textarea
        ref={field}
        aria-label={t("notes.edit")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Group gap="xs" mt="xs">
        <Button size="xs" disabled={!text.trim()} onClick={save}>
          {t("action.save")}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
      </Group>
    </li>
  );
}
