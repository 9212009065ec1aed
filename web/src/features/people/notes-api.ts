import type { Note } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { writeNote } from "@/lib/note-queue";
import { listOptions, patchCached, removeCached } from "@/lib/query";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

const pageSize = 20;
const touches = [keys.notes] as const;
const renews = [keys.timelines, keys.clients];

export const noteListOptions = (id: string) =>
  listOptions<Note>(keys.noteList(id), async (page, signal) => {
    const number = Number(page ?? 1);
    const { items, total } = await call("list_notes", { path: { id }, query: { page: number, limit: pageSize } }, { signal });
    const more = number * pageSize < (total ?? 0);
    return { items, total, next: more ? String(number + 1) : null };
  });

export const useAddNote = () =>
  useAct({
    run: ({ client, body }: { client: { id: string; name: string }; body: string }) => writeNote(client, body),
    touches,
    renews,
    failed: () => t("notes.not_added"),
    done: (note) => {
      if (!note) toast({ message: t("notes.queued") });
    },
  });

const pathOf = ({ client_id, id }: Note) => ({ id: client_id, note_id: id });

export function useNoteActs() {
  const edit = useAct({
    run: ({ note, body }: { note: Note; body: string }) => call("edit_note", { path: pathOf(note), body: { body } }),
    touches,
    renews,
    change: (client, { note, body }) => patchCached<Note>(client, keys.notes, [note.id], { body }),
    failed: () => t("notes.not_changed"),
  });
  const restore = useAct({
    run: (note: Note) => call("restore_note", { path: pathOf(note) }),
    touches,
    renews,
    failed: () => t("notes.not_restored"),
  });
  const remove = useAct({
    run: (note: Note) => call("delete_note", { path: pathOf(note) }),
    touches,
    renews,
    change: (client, note) => removeCached(client, keys.notes, [note.id]),
    failed: () => t("notes.not_deleted"),
    done: (_, note) => toast({ message: t("notes.deleted"), undo: () => restore.mutate(note) }),
  });
  return {
    edit: (note: Note, body: string) => edit.mutate({ note, body }),
    remove: (note: Note) => remove.mutate(note),
  };
}
