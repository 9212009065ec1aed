import { queryOptions } from "@tanstack/react-query";
import type { ContactPoint } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

/** The other addresses and numbers that somebody is known by. */
export const pointsOptions = (client: string) =>
  queryOptions({
    queryKey: keys.contactPoints(client),
    queryFn: ({ signal }) => call("list_contact_points", { path: { id: client } }, { signal }),
  });

/** What somebody typed, as the server takes it. */
export const asPoint = (value: string) => (value.includes("@") ? { email: value } : { phone: value });

export function usePointActs(client: string) {
  const touches = [keys.contactPoints(client)];
  const renews = [keys.timelines];
  const add = useAct({
    run: (value: string) => call("add_contact_point", { path: { id: client }, body: asPoint(value) }),
    touches,
    renews,
    failed: () => t("people.point_not_added"),
  });
  const remove = useAct({
    run: ({ id }: ContactPoint) => call("delete_contact_point", { path: { id: client, point_id: id } }),
    touches,
    renews,
    failed: () => t("people.point_not_removed"),
    done: (_, point) => toast({ message: t("people.point_removed", { value: point.value }), undo: () => add.mutate(point.value) }),
  });
  return { add, remove };
}
