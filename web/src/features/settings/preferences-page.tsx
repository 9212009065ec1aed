import { SegmentedControl, Switch, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { useState } from "react";
import { t } from "@/lib/i18n";
import { keyboard, setSingleKeys } from "@/lib/keyboard";
import { LanguageSwitch } from "@/ui/language-switch";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import classes from "./settings.module.css";

/** How the console looks, speaks and listens on this device. */
export function PreferencesPage() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [singleKeys, set] = useState(keyboard.singleKeys);
  return (
    <Section title={t("settings.preferences")}>
      <p className={rows.lead}>{t("preferences.lead")}</p>
      <div className={classes.fields}>
        <div className={classes.field}>
          <span>{t("look.title")}</span>
          <SegmentedControl
            aria-label={t("look.title")}
            value={colorScheme}
            onChange={(value) => setColorScheme(value as MantineColorScheme)}
            data={[
              { value: "auto", label: t("look.auto") },
              { value: "light", label: t("look.light") },
              { value: "dark", label: t("look.dark") },
            ]}
          />
        </div>
        <div className={classes.field}>
          <span>{t("look.language")}</span>
          <LanguageSwitch />
        </div>
        <Switch
          label={t("preferences.single_keys")}
          description={t("preferences.single_keys_hint")}
          checked={singleKeys}
          onChange={(event) => {
            set(event.currentTarget.checked);
            setSingleKeys(event.currentTarget.checked);
          }}
        />
      </div>
    </Section>
  );
}
