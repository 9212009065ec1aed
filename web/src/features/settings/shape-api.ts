import { queryOptions } from "@tanstack/react-query";
import type { CustomField, CustomFieldPatch, NewCustomField, TagCount } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { patchCached, removeCached } from "@/lib/query";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

// What an office shapes for itself: the fields and the tags of its people.

export const fieldsOptions = queryOptions({
  queryKey: keys.customFields,
  queryFn: ({ signal }) => call("list_custom_fields", {}, { signal }),
});

export const useAddField = (done: (field: CustomField) => void) =>
  useAct({ run: (body: NewCustomField) => call("add_custom_field", { body }), touches: [keys.customFields], done });

export function useFieldActs() {
  const touches = [keys.customFields];
  const change = useAct({
    run: ({ field, patch }: { field: CustomField; patch: CustomFieldPatch }) =>
      call("update_custom_field", { path: { id: field.id }, body: patch }),
    touches,
    change: (client, { field, patch }) => patchCached<CustomField>(client, keys.customFields, [field.id], patch as Partial<CustomField>),
    failed: ({ field }) => t("fields.not_changed", { label: field.label }),
  });
  const again = useAct({
    run: ({ label, key, type, choices }: CustomField) =>
      call("add_custom_field", { body: { label, key, type, ...(type === "choice" ? { choices } : {}) } }),
    touches,
    failed: (field) => t("fields.not_added", { label: field.label }),
  });
  const remove = useAct({
    run: (field: CustomField) => call("delete_custom_field", { path: { id: field.id } }),
    touches,
    change: (client, field) => removeCached(client, keys.customFields, [field.id]),
    failed: (field) => t("fields.not_deleted", { label: field.label }),
    done: (_, field) =>
      toast({ message: t("fields.deleted", { label: field.label }), detail: t("fields.deleted_hint"), undo: () => again.mutate(field) }),
  });
  return {
    change: (field: CustomField, patch: CustomFieldPatch) => change.mutate({ field, patch }),
    remove: (field: CustomField) => remove.mutate(field),
  };
}

export const tagsOptions = queryOptions({
  queryKey: keys.tags,
  queryFn: ({ signal }) => call("list_tags", {}, { signal }),
});

export function useTagActs() {
  const touches = [keys.tags];
  const renews = [keys.clients];
  const undo = useAct({
    run: ({ id }: { id: string }) => call("undo_bulk_job", { path: { id } }),
    touches,
    renews,
    failed: () => t("tags.not_undone"),
  });
  const rename = useAct({
    run: ({ tag, to }: { tag: string; to: string }) => call("rename_tag", { body: { tag, to } }),
    touches,
    renews,
    failed: ({ tag }) => t("tags.not_renamed", { tag }),
    done: (job, { tag, to }) => toast({ message: t("tags.renamed", { tag, to }), undo: () => undo.mutate(job) }),
  });
  const remove = useAct({
    run: ({ tag }: TagCount) => call("delete_tag", { query: { tag } }),
    touches,
    renews,
    failed: ({ tag }) => t("tags.not_deleted", { tag }),
    done: (job, { tag, count }) => toast({ message: t("tags.deleted", { tag, count }), undo: () => undo.mutate(job) }),
  });
  return { rename: (tag: string, to: string) => rename.mutate({ tag, to }), remove: (tag: TagCount) => remove.mutate(tag) };
}
