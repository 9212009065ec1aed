import { Button, Switch } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { type Delivery, enums, type Webhook } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { oneOf, useUrlState } from "@/lib/url-state";
import { ChipFilter, FilterBar } from "@/ui/filter-bar";
import { Glyph } from "@/ui/icons";
import { LoadMore } from "@/ui/load-more";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { SideDrawer, useDrawer } from "@/ui/side-drawer";
import { Empty, Stated } from "@/ui/states";
import { Tag } from "@/ui/status";
import { toast } from "@/ui/toast";
import { When } from "@/ui/when";
import { deliveriesOptions, useChangeWebhook, useDeleteWebhook, useRotateSecret, useTestWebhook, webhookOptions } from "./api";
import { DeliveryDrawer } from "./delivery-drawer";
import { ReplayFailed } from "./replay-failed";
import { SecretShown } from "./secret";
import { Health } from "./webhooks-page";
import classes from "./webhooks.module.css";

/** One address: how it does, its secret, and what was sent there. */
export function WebhookPage() {
  const { id = "" } = useParams();
  const query = useQuery(webhookOptions(id));
  return (
    <Stated query={query} failed={t("webhooks.load_failed")}>
      {(hook) => <One hook={hook} />}
    </Stated>
  );
}

const graceHours = 24;

function One({ hook }: { hook: Webhook }) {
  const navigate = useNavigate();
  const [secret, setSecret] = useState<string | null>(null);
  const change = useChangeWebhook(hook.id);
  const test = useTestWebhook(hook.id);
  const rotate = useRotateSecret(hook.id, (made) => setSecret(made.secret));
  const remove = useDeleteWebhook(() => {
    void navigate(paths.webhooks, { replace: true });
    toast({ message: t("webhooks.deleted") });
  });
  return (
    <>
      <Section title={hook.description ?? t("webhooks.one")}>
        <p className={classes.url}>{hook.url}</p>
        <p className={rows.second}>
          <Health hook={hook} />
          {hook.event_types.length === 0 ? (
            <span>{t("webhooks.all_types")}</span>
          ) : (
            hook.event_types.map((type) => <Tag key={type}>{type}</Tag>)
          )}
        </p>
        {hook.disabled_reason && <p className={classes.notice}>{label("webhook_off", hook.disabled_reason)}</p>}
        <div className={classes.acts}>
          <Switch
            label={t("webhooks.enabled")}
            checked={hook.enabled}
            onChange={(event) => change.mutate({ enabled: event.currentTarget.checked })}
          />
          <Button variant="default" disabled={!hook.enabled} loading={test.isPending} onClick={() => test.mutate(undefined)}>
            {t("webhooks.test")}
          </Button>
          <Button variant="default" loading={rotate.isPending} onClick={() => rotate.mutate(graceHours)}>
            {t("webhooks.rotate")}
          </Button>
          <Button variant="default" leftSection={<Glyph name="delete" />} onClick={() => remove.mutate(hook.id)}>
            {t("action.delete")}
          </Button>
        </div>
      </Section>
      <Log hook={hook} />
      <SideDrawer opened={secret !== null} onClose={() => setSecret(null)} title={t("webhooks.rotate")}>
        {secret && (
          <>
            <p className={rows.lead}>{t("webhooks.rotated", { hours: graceHours })}</p>
            <SecretShown secret={secret} onDone={() => setSecret(null)} />
          </>
        )}
      </SideDrawer>
    </>
  );
}

function Log({ hook }: { hook: Webhook }) {
  const { id } = hook;
  const [url, setUrl] = useUrlState(["state"]);
  const state = oneOf(enums.Delivery.state, url.state);
  const query = useInfiniteQuery({ ...deliveriesOptions(id, state), placeholderData: (previous) => previous });
  const drawer = useDrawer("event");
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const options = [
    { value: "", label: t("list.all") },
    ...enums.Delivery.state.map((value) => ({ value, label: label("delivery_state", value) })),
  ];
  return (
    <Section title={t("webhooks.log")} count={total} actions={<ReplayFailed hook={hook} />}>
      <FilterBar>
        <ChipFilter label={t("emails.status")} value={state ?? ""} options={options} onChange={(next) => setUrl({ state: next })} />
      </FilterBar>
      <Stated query={query} failed={t("webhooks.log_failed")} small>
        {() =>
          items.length === 0 ? (
            <Empty small title={t("webhooks.log_empty_title")}>
              {t("webhooks.log_empty")}
            </Empty>
          ) : (
            <>
              <ul className={rows.list}>
                {items.map((item) => (
                  <Sent key={item.event_id} item={item} onOpen={() => drawer.open(item.event_id)} />
                ))}
              </ul>
              <LoadMore shown={items.length} total={total} {...query} />
            </>
          )
        }
      </Stated>
      <DeliveryDrawer id={id} eventId={drawer.value} onClose={drawer.close} />
    </Section>
  );
}

const Sent = ({ item, onOpen }: { item: Delivery; onOpen: () => void }) => (
  <li className={rows.opening}>
    <div className={rows.what}>
      <button type="button" className={rows.open} onClick={onOpen}>
        {item.event_type}
      </button>
      <p className={rows.second}>
        <span className={classes[item.state]}>{label("delivery_state", item.state)}</span>
        {item.attempts > 1 && <span>{t("jobs.attempts", { count: item.attempts })}</span>}
        {item.last_error && <span>{item.last_error}</span>}
      </p>
    </div>
    <span className={classes.at}>
      <When at={item.created_at} />
    </span>
  </li>
);
