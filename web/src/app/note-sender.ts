import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { unreachable } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { openNoteQueue, sendNotes } from "@/lib/note-queue";
import { toast, toastError } from "@/ui/toast";

/** Sends the notes that were written without a connection, as soon as there is one. */
export function useNoteSender(userId: string | undefined): void {
  const client = useQueryClient();
  const away = useSyncExternalStore(unreachable.subscribe, unreachable.get);
  useEffect(() => {
    if (!userId || away) return;
    const run = async () => {
      await openNoteQueue(userId);
      const { sent, refused } = await sendNotes();
      if (sent.length) {
        toast({ message: t("notes.sent", { count: sent.length }) });
        for (const queryKey of [keys.notes, keys.timelines, keys.clients]) void client.invalidateQueries({ queryKey });
      }
      for (const { note, error } of refused) toastError(t("notes.refused", { name: note.clientName, note: note.body }), error);
    };
    void run();
  }, [client, userId, away]);
}
