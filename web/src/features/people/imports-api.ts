import { queryOptions } from "@tanstack/react-query";
import type { Import, ImportColumn, ImportDefaults } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { useAct } from "@/ui/use-act";

const lookAgain = 700;
const touches = [keys.imports];
const renews = [keys.clients, keys.tasks, keys.tags, keys.dashboard];

/** What a column of a file can be; those of the office's own fields come beside them as "custom:<key>". */
export const targets = [
  "name", "first_name", "last_name", "email", "phone", "calling_code", "property_address", "street", "city", "state",
  "zip", "property_type", "stage", "tags", "notes", "zone", "source", "email_unsubscribed",
] as const;
export const rules: readonly ImportColumn["rule"][] = ["fill", "overwrite", "never"];
export const matches: readonly Import["match_by"][] = ["likely", "email_or_phone", "email"];

/** What is said of a file before it is imported. */
export interface ImportChoices {
  columns: ImportColumn[];
  defaults: ImportDefaults;
  matchBy: Import["match_by"];
}

const moving = new Set<Import["state"]>(["checking", "running", "undoing"]);
export const isMoving = (file: Import): boolean => moving.has(file.state);

export const importsOptions = queryOptions({
  queryKey: keys.imports,
  queryFn: ({ signal }) => call("list_imports", {}, { signal }),
});

export const importOptions = (id: string) =>
  queryOptions({
    queryKey: keys.import(id),
    queryFn: ({ signal }) => call("get_import", { path: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? lookAgain : false),
  });

export const useAddImport = (done: (file: Import) => void) =>
  useAct({
    run: (file: File) => {
      const body = new FormData();
      body.set("file", file);
      return call("add_import", { body });
    },
    touches,
    failed: (file) => t("imports.not_added", { name: file.name }),
    done,
  });

/** The steps of an import; each answers with how it stands. */
export function useImportActs(id: string) {
  const path = { id };
  const step = (run: () => Promise<Import>, words: () => string) => ({ run, touches, renews, failed: words });
  const configure = useAct({
    run: ({ columns, defaults, matchBy }: ImportChoices) =>
      call("configure_import", {
        path,
        body: { columns: columns.map(({ target, rule }) => ({ target, rule })), defaults, match_by: matchBy },
      }),
    touches,
    failed: () => t("imports.not_configured"),
  });
  const check = useAct(step(() => call("check_import", { path }), () => t("imports.not_checked")));
  const start = useAct(step(() => call("start_import", { path }), () => t("imports.not_started")));
  const undo = useAct(step(() => call("undo_import", { path }), () => t("imports.not_undone")));
  return { configure, check, start, undo };
}
