import { useEffect, useRef } from "react";
import { NavLink, Outlet, useLocation } from "react-router";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { may } from "@/lib/permissions";
import { useSession } from "@/lib/session";
import { Glyph } from "@/ui/icons";
import { Page } from "@/ui/page";
import classes from "./settings.module.css";

const places = [
  { to: paths.profile, label: "settings.profile", icon: "person" },
  { to: paths.calendar, label: "settings.calendar", icon: "calendar" },
  { to: paths.office, label: "settings.office", icon: "home" },
  { to: paths.templates, label: "settings.library", icon: "note" },
  { to: paths.preferences, label: "settings.preferences", icon: "look" },
  { to: paths.fields, label: "settings.fields", icon: "edit" },
  { to: paths.tags, label: "settings.tags", icon: "tag" },
  { to: paths.security, label: "settings.security", icon: "security" },
  { to: paths.team, label: "settings.team", icon: "people" },
  { to: paths.onboardingPlan, label: "settings.onboarding_plan", icon: "business", agency: true },
  { to: paths.notifications, label: "settings.notifications", icon: "bell" },
  { to: paths.apiKeys, label: "settings.api_keys", icon: "apiKey", needs: "list_api_keys" },
  { to: paths.stageRules, label: "settings.stage_rules", icon: "next" },
  { to: paths.webhooks, label: "settings.webhooks", icon: "external", needs: "list_webhooks" },
  { to: paths.letters, label: "settings.letters", icon: "email", needs: "list_email_logs" },
  { to: paths.letterTemplates, label: "settings.letter_templates", icon: "edit", needs: "list_email_templates" },
  { to: paths.data, label: "settings.data", icon: "document" },
  { to: paths.audit, label: "settings.audit", icon: "log", needs: "list_audit" },
  { to: paths.system, label: "settings.system", icon: "done", needs: "get_status" },
  { to: paths.failedWork, label: "settings.failed_work", icon: "work" },
] as const;

/** The settings: their rooms on the left, the open one beside them. */
export function SettingsLayout() {
  const session = useSession();
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone the rooms are a strip: the open one comes into sight.
  useEffect(() => {
    const strip = nav.current;
    const room = [...(strip?.querySelectorAll("a") ?? [])].find((link) => `${pathname}/`.startsWith(`${link.pathname}/`));
    if (strip && room) strip.scrollLeft = room.offsetLeft - (strip.clientWidth - room.clientWidth) / 2;
  }, [pathname]);
  const open = places.filter(
    (place) =>
      (!("needs" in place) || may(session?.role, place.needs)) &&
      (!("agency" in place) || session?.account.kind === "agency"),
  );
  return (
    <Page title={t("nav.settings")}>
      <div className={classes.columns}>
        <nav ref={nav} aria-label={t("nav.settings")} className={classes.nav}>
          {open.map(({ to, label, icon }) => (
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
