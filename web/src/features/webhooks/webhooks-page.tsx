import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Webhook } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { useDrawer } from "@/ui/side-drawer";
import { Empty, Stated } from "@/ui/states";
import { When } from "@/ui/when";
import { webhooksOptions } from "./api";
import { NewWebhookDrawer } from "./new-webhook";
import classes from "./webhooks.module.css";

/** The addresses that are told what happens. */
export function WebhooksPage() {
  const query = useQuery(webhooksOptions);
  const drawer = useDrawer("new");
  const add = (
    <Button leftSection={<Glyph name="add" />} onClick={() => drawer.open()}>
      {t("webhooks.add")}
    </Button>
  );
  return (
    <Section title={t("settings.webhooks")} actions={add}>
      <p className={rows.lead}>{t("webhooks.lead")}</p>
      <Stated query={query} failed={t("webhooks.load_failed")}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="external" title={t("webhooks.empty_title")} action={add}>
              {t("webhooks.empty")}
            </Empty>
          ) : (
            <ul className={rows.list}>
              {items.map((hook) => (
                <Item key={hook.id} hook={hook} />
              ))}
            </ul>
          )
        }
      </Stated>
      <NewWebhookDrawer opened={drawer.opened} onClose={drawer.close} />
    </Section>
  );
}

const Item = ({ hook }: { hook: Webhook }) => (
  <li className={rows.opening}>
    <div className={rows.what}>
      <Link to={paths.webhook(hook.id)} className={rows.open}>
        {hook.description ?? hook.url}
      </Link>
      <p className={rows.second}>
        {hook.description && <span>{hook.url}</span>}
        <Health hook={hook} />
      </p>
    </div>
    <Glyph name="chevron" className={classes.chevron} />
  </li>
);

/** How an address does, in a few words. */
export function Health({ hook }: { hook: Webhook }) {
  if (!hook.enabled) return <span className={classes.off}>{t("webhooks.off")}</span>;
  if (hook.failing_since) {
    return (
      <span className={classes.bad}>
        {t("webhooks.failing")} <When at={hook.failing_since} />
      </span>
    );
  }
  if (!hook.last_success_at) return <span>{t("webhooks.never")}</span>;
  return (
    <span className={classes.good}>
      {t("webhooks.last_success")} <When at={hook.last_success_at} />
    </span>
  );
}
