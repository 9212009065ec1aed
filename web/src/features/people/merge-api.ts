import { queryOptions } from "@tanstack/react-query";
import type { Client, Duplicate, DuplicateList, Merge, MergeChoices } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

const touches = [keys.clients, keys.duplicates];
const renews = [keys.timelines, keys.tasks, keys.emails, keys.notes, keys.tags, keys.dashboard];

export const duplicatesOptions = queryOptions({
  queryKey: keys.duplicates,
  queryFn: ({ signal }) => call("list_duplicates", {}, { signal }),
});

/** Makes two records one; can be undone for a day, here at once by the message. */
export function useMerge(done: (merge: Merge) => void) {
  const undo = useAct({
    run: (merge: Merge) => call("undo_merge", { path: { id: merge.id } }),
    touches,
    renews,
    failed: () => t("merge.not_undone"),
    done: () => toast({ message: t("merge.undone") }),
  });
  return useAct({
    run: ({ kept, other, choices }: { kept: Client; other: Client; choices: MergeChoices }) =>
      call("merge_contacts", { path: { id: kept.id }, body: { other_id: other.id, choices } }),
    touches,
    renews,
    failed: ({ kept }) => t("merge.failed", { name: kept.name }),
    done: (merge, { other }) => {
      toast({
        message: t("merge.done", { name: merge.client.name, other: other.name }),
        detail: t("merge.undoable"),
        undo: () => undo.mutate(merge),
      });
      done(merge);
    },
  });
}

const idsOf = ({ clients }: Duplicate) => clients.map(({ id }) => id);

export const useDismissDuplicate = () =>
  useAct({
    run: (pair: Duplicate) => {
      const [id = "", other_id = ""] = idsOf(pair);
      return call("dismiss_duplicate", { body: { id, other_id } });
    },
    touches: [keys.duplicates],
    change: (client, pair) =>
      client.setQueryData<DuplicateList>(keys.duplicates, (list) => list && { items: list.items.filter((item) => item !== pair) }),
    failed: () => t("merge.not_dismissed"),
  });
