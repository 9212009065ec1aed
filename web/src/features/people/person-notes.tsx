import { Button, Textarea } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import type { Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { useShortcut } from "@/lib/keyboard";
import { useQueuedNotes } from "@/lib/note-queue";
import { Section } from "@/ui/section";
import { Stated } from "@/ui/states";
import { Tag } from "@/ui/status";
import { NoteItem } from "./note-item";
import { noteListOptions, useAddNote, useNoteActs } from "./notes-api";
import classes from "./notes.module.css";

const longest = 10_000;

/** What was noted about a person, and the place to note more. */
export function PersonNotes({ client }: { client: Client }) {
  const query = useInfiniteQuery(noteListOptions(client.id));
  const acts = useNoteActs();
  const queued = useQueuedNotes().filter(({ clientId }) => clientId === client.id);
  const notes = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t("notes.title")} count={query.data?.pages[0]?.total}>
      <Composer client={client} />
      {queued.length > 0 && (
        <ul className={classes.list}>
          {queued.map(({ key, body }) => (
            <li key={key} className={classes.note}>
              <p className={classes.body}>{body}</p>
              <Tag tone="warn">{t("notes.waiting")}</Tag>
            </li>
          ))}
        </ul>
      )}
      <Stated query={query} failed={t("notes.load_failed")} small>
        {() => (
          <>
            <ul className={classes.list} aria-label={t("notes.title")}>
              {notes.map((note) => (
                <NoteItem key={note.id} note={note} onEdit={acts.edit} onRemove={acts.remove} />
              ))}
            </ul>
            {query.hasNextPage && (
              <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t("list.older")}
              </Button>
            )}
          </>
        )}
      </Stated>
    </Section>
  );
}

function Composer({ client }: { client: Client }) {
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const add = useAddNote();
  useShortcut("person.note", () => field.current?.focus());
  const save = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    const body = text.trim();
    if (!body || add.isPending) return;
    add.mutate({ client, body }, { onSuccess: () => setText("") });
  };
  return (
    <form className={classes.composer} onSubmit={save}>
      <Textarea
        ref={field}
        aria-label={t("notes.write")}
        placeholder={t("notes.write")}
        minRows={1}
        maxRows={10}
        maxLength={longest}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && save(event)}
      />
      {text.trim() && (
        <Button type="submit" size="xs" loading={add.isPending}>
          {t("notes.add")}
        </Button>
      )}
    </form>
  );
}
