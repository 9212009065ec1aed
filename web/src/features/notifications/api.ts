import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/http";
import { currentLocale, t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { useAct } from "@/ui/use-act";

/** What the bell shows; it looks again by itself, since news also come without an event of this page. */
export const newsOptions = () =>
  queryOptions({
    queryKey: keys.news(currentLocale()),
    queryFn: ({ signal }) => call("list_notifications", { query: { limit: 20, language: currentLocale() } }, { signal }),
    refetchInterval: 60_000,
  });

export const useRead = () =>
  useAct({
    run: (id: string) => call("read_notification", { path: { id } }),
    touches: [keys.notifications],
  });

export const useReadAll = () =>
  useAct({
    run: () => call("read_all_notifications", {}),
    touches: [keys.notifications],
    failed: () => t("bell.not_marked"),
  });
