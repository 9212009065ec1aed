import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Document as Paper } from "@/api/types.gen";
import { address, call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { removeCached } from "@/lib/query";
import { toast, toastError } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export const documentsOptions = (id: string) =>
  queryOptions({
    queryKey: keys.documents(id),
    queryFn: ({ signal }) => call("list_documents", { path: { id } }, { signal }),
  });

const pathOf = ({ client_id, id }: Paper) => ({ id: client_id, document_id: id });
export const fileAddress = (paper: Paper): string =>
  address("/api/contacts/{id}/documents/{document_id}/file", pathOf(paper));

/** Adds files one after the other; each that is refused says why, the others come in all the same. */
export function useAddDocuments(clientId: string) {
  const client = useQueryClient();
  const [adding, setAdding] = useState<string | null>(null);
  const add = async (files: File[]) => {
    for (const file of files) {
      setAdding(file.name);
      const body = new FormData();
      body.set("file", file);
      try {
        await call("add_document", { path: { id: clientId }, body });
      } catch (error) {
        toastError(t("documents.not_added", { name: file.name }), error);
      }
      void client.invalidateQueries({ queryKey: keys.documents(clientId) });
    }
    setAdding(null);
    void client.invalidateQueries({ queryKey: keys.timeline(clientId) });
  };
  return { add, adding };
}

export function useRemoveDocument(clientId: string) {
  const touches = [keys.documents(clientId)];
  const renews = [keys.timeline(clientId)];
  const restore = useAct({
    run: (paper: Paper) => call("restore_document", { path: pathOf(paper) }),
    touches,
    renews,
    failed: (paper) => t("documents.not_restored", { name: paper.name }),
  });
  return useAct({
    run: (paper: Paper) => call("delete_document", { path: pathOf(paper) }),
    touches,
    renews,
    change: (client, paper) => removeCached(client, keys.documents(clientId), [paper.id]),
    failed: (paper) => t("documents.not_deleted", { name: paper.name }),
    done: (_, paper) => toast({ message: t("documents.deleted", { name: paper.name }), undo: () => restore.mutate(paper) }),
  });
}
