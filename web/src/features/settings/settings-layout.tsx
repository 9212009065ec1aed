import { NavLink, Outlet } from "react-router";
import { t } from "@/lib/i18n";
import { useMay } from "@/lib/permissions";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { Page } from "@/ui/page";
import classes from "./settings.module.css";

const places = [
  { to: paths.profile, label: "settings.profile", icon: "person" },
  { to: paths.office, label: "settings.office", icon: "home" },
  { to: paths.templates, label: "settings.library", icon: "note" },
  { to: paths.preferences, label: "settings.preferences", icon: "look" },
  { to: paths.security, label: "settings.security", icon: "security" },
  { to: paths.apiKeys, label: "settings.api_keys", icon: "apiKey" },
  { to: paths.stageRules, label: "settings.stage_rules", icon: "next" },
  { to: paths.webhooks, label: "settings.webhooks", icon: "external" },
  { to: paths.failedWork, label: "settings.failed_work", icon: "work" },
] as const;

/** The settings: their rooms on the left, the open one beside them. */
export function SettingsLayout() {
  const mayMakeKeys = useMay("list_api_keys");
  const mayKeepWebhooks = useMay("list_webhooks");
  const mayNot = new Set<string>([...(mayMakeKeys ? [] : [paths.apiKeys]), ...(mayKeepWebhooks ? [] : [paths.webhooks])]);
  return (
    <Page title={t("nav.settings")}>
      <div className={classes.columns}>
        <nav aria-label={t("nav.settings")} className={classes.nav}>
          {places.filter(({ to }) => !mayNot.has(to)).map(({ to, label, icon }) => (
            <NavLink key={to} to={to} className={classes.place}>
              <Glyph name={icon} />
              {t(label)}
            </NavLink>
          ))}
        </nav>
        <div className={classes.content}>
          <Outlet />
        </div>
      </div>
    </Page>
  );
}
