import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export const retentionOptions = queryOptions({
  queryKey: keys.retention,
  queryFn: ({ signal }) => call("get_retention", {}, { signal }),
});

export const useRetain = () =>
  useAct({
    run: (trash_days: number) => call("update_retention", { body: { trash_days } }),
    touches: [keys.retention],
    renews: [keys.trash, keys.audit],
    failed: () => t("data.not_saved"),
    done: ({ trash_days: count }) => toast({ message: t("data.saved", { count }) }),
  });

export const erasuresOptions = queryOptions({
  queryKey: keys.erasures,
  queryFn: ({ signal }) => call("list_erasures", {}, { signal }),
});
