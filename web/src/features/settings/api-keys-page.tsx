import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ApiKey } from "@/api/types.gen";
import { formatDate } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { useDrawer } from "@/ui/side-drawer";
import { Empty, Stated } from "@/ui/states";
import { Tag } from "@/ui/status";
import { When } from "@/ui/when";
import { apiKeysOptions, useRevokeApiKey } from "./api";
import { NewApiKeyDrawer } from "./new-api-key";

export function ApiKeysPage() {
  const query = useQuery(apiKeysOptions);
  const revoke = useRevokeApiKey();
  const drawer = useDrawer("new");
  const make = (
    <Button leftSection={<Glyph name="add" />} onClick={() => drawer.open()}>
      {t("api_keys.make")}
    </Button>
  );
  return (
    <Section title={t("settings.api_keys")} actions={make}>
      <p className={rows.lead}>{t("api_keys.lead")}</p>
      <Stated query={query} failed={t("api_keys.load_failed")}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="apiKey" title={t("api_keys.empty_title")}>
              {t("api_keys.empty")}
            </Empty>
          ) : (
            <ul className={rows.list}>
              {items.map((key) => (
                <Item key={key.id} apiKey={key} onRevoke={() => revoke.mutate(key)} />
              ))}
            </ul>
          )
        }
      </Stated>
      <NewApiKeyDrawer opened={drawer.opened} onClose={drawer.close} />
    </Section>
  );
}

const Item = ({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) => (
  <li className={rows.item}>
    <div className={rows.what}>
      <p className={rows.name}>{apiKey.name}</p>
      <p className={rows.second}>
        <span>{t("api_keys.begins", { prefix: apiKey.prefix })}</span>
        <span>{t("api_keys.made_on", { date: formatDate(apiKey.created_at) })}</span>
        {apiKey.last_used_at ? (
          <span>
            {t("api_keys.used")} <When at={apiKey.last_used_at} />
          </span>
        ) : (
          <span>{t("api_keys.never_used")}</span>
        )}
      </p>
      <p className={rows.second}>
        {apiKey.scopes.map((scope) => (
          <Tag key={scope}>{scope}</Tag>
        ))}
      </p>
    </div>
    <Button variant="default" aria-label={t("api_keys.revoke_this", { name: apiKey.name })} onClick={onRevoke}>
      {t("api_keys.revoke")}
    </Button>
  </li>
);
