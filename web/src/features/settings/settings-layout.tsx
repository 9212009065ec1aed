import { NavLink, Outlet } from "react-router";
import { t } from "@/lib/i18n";
import { useMay } from "@/lib/permissions";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { Glyph } from "@/ui/icons";
import { Page } from "@/ui/page";
import classes from "./settings.module.css";

const places = [
  { to: paths.profile, label: "settings.profile", icon: "person" },
  { to: paths.preferences, label: "settings.preferences", icon: "look" },
  { to: paths.security, label: "settings.security", icon: "security" },
  { to: paths.team, label: "settings.team", icon: "people" },
  { to: paths.onboardingPlan, label: "settings.onboarding_plan", icon: "business" },
  { to: paths.apiKeys, label: "settings.api_keys", icon: "apiKey" },
  { to: paths.failedWork, label: "settings.failed_work", icon: "work" },
] as const;

/** The settings: their rooms on the left, the open one beside them. */
export function SettingsLayout() {
  const hidden = new Set<string>();
  if (!useMay("list_api_keys")) hidden.add(paths.apiKeys);
  if (useSession()?.account.kind !== "agency") hidden.add(paths.onboardingPlan);
  return (
    <Page title={t("nav.settings")}>
      <div className={classes.columns}>
        <nav aria-label={t("nav.settings")} className={classes.nav}>
          {places.filter(({ to }) => !hidden.has(to)).map(({ to, label, icon }) => (
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
