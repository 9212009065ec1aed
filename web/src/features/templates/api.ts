import { queryOptions } from "@tanstack/react-query";
import type { NewTemplate, Template } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { listOptions, removeCached } from "@/lib/query";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export const templateListOptions = (q: string | undefined) =>
  listOptions<Template>(keys.templateList({ q }), (cursor, signal) =>
    call("list_templates", { query: { q, limit: 50, cursor } }, { signal }),
  );

export const templateOptions = (id: string) =>
  queryOptions({
    queryKey: keys.template(id),
    queryFn: ({ signal }) => call("get_template", { path: { id } }, { signal }),
  });

export const variablesOptions = queryOptions({
  queryKey: keys.templateVariables,
  queryFn: ({ signal }) => call("list_template_variables", {}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const useSaveTemplate = (id: string | null, done: (template: Template) => void) =>
  useAct({
    run: (body: NewTemplate) =>
      id
        ? call("update_template", { path: { id }, body: { ...body, language: body.language ?? undefined } }, { ifMatch: true })
        : call("create_template", { body }),
    touches: [keys.templates],
    done,
  });

const useRestoreTemplate = () =>
  useAct({
    run: (id: string) => call("restore_template", { path: { id } }),
    touches: [keys.templates],
    failed: () => t("library.not_restored"),
  });

export const useDeleteTemplate = () => {
  const restore = useRestoreTemplate();
  return useAct({
    run: (template: Template) => call("delete_template", { path: { id: template.id } }),
    touches: [keys.templates],
    change: (client, template) => removeCached(client, keys.templates, [template.id]),
    failed: (template) => t("library.not_deleted", { name: template.name }),
    done: (_, template) =>
      toast({ message: t("library.deleted", { name: template.name }), undo: () => restore.mutate(template.id) }),
  });
};
