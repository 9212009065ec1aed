import { NavLink, Outlet } from "react-router";
import { t } from "@/lib/i18n";
import { useMay } from "@/lib/permissions";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { Page } from "@/ui/page";
import classes from "./settings.module.css";

const places = [
  { to: paths.profile, label: "settings.profile", icon: "person" },
  { to: paths.preferences, label: "settings.preferences", icon: "look" },
  { to: paths.fields, label: "settings.fields", icon: "edit" },
  { to: paths.tags, label: "settings.tags", icon: "tag" },
  { to: paths.apiKeys, label: "settings.api_keys", icon: "apiKey" },
  { to: paths.failedWork, label: "settings.failed_work", icon: "work" },
] as const;

/** The settings: their rooms on the left, the open one beside them. */
export function SettingsLayout() {
  const mayMakeKeys = useMay("list_api_keys");
  return (
    <Page title={t("nav.settings")}>
      <div className={classes.columns}>
        <nav aria-label={t("nav.settings")} className={classes.nav}>
          {places.filter(({ to }) => to !== paths.apiKeys || mayMakeKeys).map(({ to, label, icon }) => (
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
