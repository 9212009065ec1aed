import { Button } from "@mantine/core";
import type { Passkey } from "@/api/types.gen";
import { formatDate } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { passkeysWork, useAddPasskey, useRemovePasskey } from "./api";
import { browserName } from "./browser-name";
import classes from "./security.module.css";

export function Passkeys({ passkeys }: { passkeys: Passkey[] }) {
  const add = useAddPasskey();
  const remove = useRemovePasskey();
  const make = passkeysWork() && (
    <Button
      leftSection={<Glyph name="add" />}
      loading={add.isPending}
      onClick={() => add.mutate(browserName(navigator.userAgent) ?? t("security.passkeys"))}
    >
      {t("security.passkey_add")}
    </Button>
  );
  return (
    <Section title={t("security.passkeys")} actions={make}>
      <p className={classes.lead}>{t("security.passkeys_lead")}</p>
      {!passkeysWork() && <p>{t("security.passkey_unsupported")}</p>}
      {passkeys.length === 0 ? (
        <p>{t("security.passkey_none")}</p>
      ) : (
        <ul className={rows.list}>
          {passkeys.map((passkey) => (
            <li key={passkey.id} className={rows.item}>
              <div>
                <p className={rows.name}>{passkey.name}</p>
                <p className={rows.second}>
                  <span>{t("security.made_on", { date: formatDate(passkey.created_at) })}</span>
                  {passkey.last_used_at ? (
                    <span>
                      {t("security.used")} <When at={passkey.last_used_at} />
                    </span>
                  ) : (
                    <span>{t("security.never_used")}</span>
                  )}
                </p>
              </div>
              <Button
                variant="default"
                aria-label={t("security.passkey_remove_this", { name: passkey.name })}
                onClick={() => remove.mutate(passkey)}
              >
                {t("security.passkey_remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
