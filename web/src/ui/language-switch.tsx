import { UnstyledButton } from "@mantine/core";
import { chooseLocale, currentLocale, localeNames, locales, t } from "@/lib/i18n";
import classes from "./language-switch.module.css";

/** The languages of the console, each in its own words. */
export function LanguageSwitch() {
  return (
    <div className={classes.switch} role="group" aria-label={t("look.language")}>
      {locales.map((locale) => (
        <UnstyledButton
          key={locale}
          lang={locale}
          className={classes.choice}
          aria-pressed={locale === currentLocale()}
          onClick={() => void chooseLocale(locale)}
        >
          {localeNames[locale]}
        </UnstyledButton>
      ))}
    </div>
  );
}
