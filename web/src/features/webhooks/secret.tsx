import { Button, CopyButton, Stack } from "@mantine/core";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import rows from "@/ui/rows.module.css";
import { DrawerFoot } from "@/ui/side-drawer";

/** A secret, the one time that it is shown. */
export const SecretShown = ({ secret, onDone }: { secret: string; onDone: () => void }) => (
  <>
    <Stack gap="md">
      <p>{t("webhooks.secret_made")}</p>
      <code className={rows.code}>{secret}</code>
      <p className={rows.once}>
        <Glyph name="attention" />
        {t("webhooks.secret_once")}
      </p>
    </Stack>
    <DrawerFoot>
      <CopyButton value={secret}>
        {({ copied, copy }) => (
          <Button variant="default" leftSection={<Glyph name={copied ? "check" : "copy"} />} onClick={copy}>
            {t(copied ? "action.copied" : "action.copy")}
          </Button>
        )}
      </CopyButton>
      <Button onClick={onDone}>{t("action.done")}</Button>
    </DrawerFoot>
  </>
);
