import { Button, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import type { Webhook } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { SideDrawer } from "@/ui/side-drawer";
import { Stated } from "@/ui/states";
import { Tag } from "@/ui/status";
import { toast } from "@/ui/toast";
import { useChangeWebhook, useDeleteWebhook, useRotateSecret, useTestWebhook, webhookOptions } from "./api";
import { DeliveryLog } from "./delivery-log";
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
      <DeliveryLog hook={hook} />
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
