import { queryOptions } from "@tanstack/react-query";
import type { NotificationPreferences, NotificationPreferencesPatch } from "@/api/types.gen";
import { call } from "@/lib/http";
import { currentLocale, t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export const newsPreferencesOptions = () =>
  queryOptions({
    queryKey: keys.newsPreferences(currentLocale()),
    queryFn: ({ signal }) => call("get_notification_preferences", { query: { language: currentLocale() } }, { signal }),
  });

export const useChoose = () =>
  useAct({
    run: (body: NotificationPreferencesPatch) => call("change_notification_preferences", { body }),
    touches: [keys.newsPreferencesAll],
    change: (client, patch) =>
      client.setQueriesData<NotificationPreferences>({ queryKey: keys.newsPreferencesAll }, (before) => before && chosen(before, patch)),
    failed: () => t("notifications.not_saved"),
  });

/** The choices with some of them changed. */
export function chosen(before: NotificationPreferences, { kinds = [], ...rest }: NotificationPreferencesPatch): NotificationPreferences {
  const ways = new Map(kinds.map(({ kind, way }) => [kind, way]));
  const set = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...before, ...set, kinds: before.kinds.map((one) => ({ ...one, way: ways.get(one.kind) ?? one.way })) };
}

/** Sends a summary with made-up numbers, to see what it is like. */
export const useSummaryExample = () =>
  useAct({
    run: (body: { to: string; language: NotificationPreferences["language"] }) =>
      call("send_test_email", { body: { ...body, email_type: "summary" } }),
    touches: [keys.letters],
    renews: [keys.audit],
    failed: () => t("notifications.example_not_sent"),
    done: (_, { to }) => toast({ message: t("notifications.example_sent", { address: to }) }),
  });
