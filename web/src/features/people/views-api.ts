import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import type { NewView, View, ViewPatch } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { paths } from "@/lib/paths";
import { patchCached, removeCached } from "@/lib/query";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

/** What a view remembers of the address: the filters, and the order. */
export const viewed = ["q", "stage", "tag", "assigned_to", "field"] as const;
export type Viewed = Partial<Record<(typeof viewed)[number] | "sort", string>>;

const touches = [keys.views];

export const viewsOptions = queryOptions({
  queryKey: keys.views,
  queryFn: ({ signal }) => call("list_views", { query: { object: "clients" } }, { signal }),
});

const filtersOf = (view: View): Viewed => ({
  ...Object.fromEntries(viewed.flatMap((name) => (typeof view.filters[name] === "string" ? [[name, view.filters[name]]] : []))),
  ...(view.sort ? { sort: view.sort } : {}),
});

/** A view's own address, which can be shared. */
export function addressOf(view: View): string {
  const search = new URLSearchParams({ ...(filtersOf(view) as Record<string, string>), view: view.id });
  return `${view.layout === "board" ? paths.pipeline : paths.people}?${search.toString()}`;
}

export interface Shown {
  filters: Record<string, unknown>;
  sort: string | null;
  layout: View["layout"];
}

/** What the page shows, as a view is told it. */
export function shownAs(now: Viewed, board: boolean): Shown {
  const filters = Object.fromEntries(viewed.flatMap((name) => (now[name] ? [[name, now[name]]] : [])));
  return { filters, sort: now.sort ?? null, layout: board ? "board" : "table" };
}

/** Whether the page has moved away from its view. */
export function differs(view: View, now: Viewed, board: boolean): boolean {
  const before = filtersOf(view);
  const moved = ([...viewed, "sort"] as const).some((name) => (before[name] ?? "") !== (now[name] ?? ""));
  return moved || (view.layout === "board") !== board;
}

/** Opens the list with the view that this person chose for it, where its address asks for nothing. */
export function useDefaultView(): void {
  const { search } = useLocation();
  const navigate = useNavigate();
  const [bare] = useState(search === "");
  const opened = useRef(false);
  const { data } = useQuery({ ...viewsOptions, enabled: bare });
  useEffect(() => {
    if (!bare || !data || opened.current) return;
    opened.current = true;
    const chosen = data.items.find((view) => view.is_default);
    if (chosen && search === "") void navigate(addressOf(chosen), { replace: true });
  }, [bare, data, search, navigate]);
}

export const useAddView = (done: (view: View) => void) =>
  useAct({ run: (body: NewView) => call("add_view", { body }), touches, done });

export function useViewActs() {
  const change = useAct({
    run: ({ view, patch }: { view: View; patch: ViewPatch }) => call("update_view", { path: { id: view.id }, body: patch }),
    touches,
    change: (client, { view, patch }) => patchCached<View>(client, keys.views, [view.id], patch as Partial<View>),
    failed: ({ view }) => t("views.not_changed", { name: view.name }),
  });
  const again = useAct({
    run: ({ object, name, shared, filters, sort, columns, layout, favourite }: View) =>
      call("add_view", { body: { object, name, shared, filters, sort, columns, layout, favourite } }),
    touches,
    failed: (view) => t("views.not_added", { name: view.name }),
  });
  const remove = useAct({
    run: (view: View) => call("delete_view", { path: { id: view.id } }),
    touches,
    change: (client, view) => removeCached(client, keys.views, [view.id]),
    failed: (view) => t("views.not_deleted", { name: view.name }),
    done: (_, view) => toast({ message: t("views.deleted", { name: view.name }), undo: () => again.mutate(view) }),
  });
  return {
    change: (view: View, patch: ViewPatch) => change.mutate({ view, patch }),
    remove: (view: View) => remove.mutate(view),
  };
}
