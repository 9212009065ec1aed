import { queryOptions } from "@tanstack/react-query";
import type { Delivery, MadeWebhook, NewSecret, NewWebhook, Webhook, WebhookPatch } from "@/api/types.gen";
import { now } from "@/lib/clock";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { listOptions, patchCached } from "@/lib/query";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";

export type DeliveryState = Delivery["state"];

export const webhooksOptions = queryOptions({
  queryKey: keys.webhookList,
  queryFn: ({ signal }) => call("list_webhooks", {}, { signal }),
});

export const webhookOptions = (id: string) =>
  queryOptions({
    queryKey: keys.webhook(id),
    queryFn: ({ signal }) => call("get_webhook", { path: { id } }, { signal }),
  });

export const deliveriesOptions = (id: string, state: DeliveryState | undefined) => ({
  ...listOptions<Delivery>(keys.webhookDeliveries(id, { state }), (cursor, signal) =>
    call("list_webhook_deliveries", { path: { id }, query: { state, limit: 30, cursor } }, { signal }),
  ),
  // Attempts leave no event behind, so the log is looked at again while it is open.
  refetchInterval: 5000,
});

export const deliveryOptions = (id: string, eventId: string) =>
  queryOptions({
    queryKey: keys.webhookDelivery(id, eventId),
    queryFn: ({ signal }) => call("get_webhook_delivery", { path: { id, event_id: eventId } }, { signal }),
  });

export const useMakeWebhook = (done: (made: MadeWebhook) => void) =>
  useAct({ run: (body: NewWebhook) => call("create_webhook", { body }), touches: [keys.webhooks], done });

export const useChangeWebhook = (id: string) =>
  useAct({
    run: (body: WebhookPatch) => call("update_webhook", { path: { id }, body }),
    touches: [keys.webhooks],
    change: (client, { enabled }) =>
      enabled === undefined || enabled === null ? undefined : patchCached<Webhook>(client, keys.webhooks, [id], { enabled }),
    failed: () => t("webhooks.not_changed"),
  });

export const useDeleteWebhook = (done: () => void) =>
  useAct({
    run: (id: string) => call("delete_webhook", { path: { id } }),
    touches: [keys.webhookList],
    failed: () => t("webhooks.not_deleted"),
    done,
  });

export const useRotateSecret = (id: string, done: (made: NewSecret) => void) =>
  useAct({
    run: (hours: number) => call("rotate_webhook_secret", { path: { id }, body: { old_valid_hours: hours } }),
    touches: [keys.webhook(id)],
    failed: () => t("webhooks.not_rotated"),
    done,
  });

export const useTestWebhook = (id: string) =>
  useAct({
    run: () => call("test_webhook", { path: { id } }),
    touches: [keys.webhook(id)],
    failed: () => t("webhooks.not_tested"),
    done: () => toast({ message: t("webhooks.tested") }),
  });

/** Sends again whatever failed within the last hours. */
export const useReplayFailed = (id: string) =>
  useAct({
    run: (hours: number) =>
      call("replay_failed_deliveries", { path: { id }, body: { since: new Date(now().getTime() - hours * 3_600_000).toISOString() } }),
    touches: [keys.webhook(id)],
    failed: () => t("webhooks.not_replayed"),
    done: ({ replayed }) => toast({ message: replayed ? t("webhooks.replayed_many", { count: replayed }) : t("webhooks.none_failed") }),
  });

export const useReplay = (id: string) =>
  useAct({
    run: (eventId: string) => call("replay_webhook_delivery", { path: { id, event_id: eventId } }),
    touches: [keys.webhook(id)],
    failed: () => t("webhooks.not_replayed"),
    done: () => toast({ message: t("webhooks.replayed") }),
  });
