import { ActionIcon, Tooltip, UnstyledButton } from "@mantine/core";
import { Link, NavLink } from "react-router";
import { Bell } from "@/features/notifications/bell";
import { t } from "@/lib/i18n";
import { shortcuts } from "@/lib/keyboard";
import type { LiveState } from "@/lib/live";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { BrandMark } from "@/ui/brand";
import { Glyph } from "@/ui/icons";
import { KeyCaps } from "@/ui/key-caps";
import classes from "./nav.module.css";
import { usePlaces } from "./navigation";
import { openPalette } from "./palette";
import { UserMenu } from "./user-menu";

const Brand = () => (
  <Link to={paths.console} className={classes.brand} aria-label={t("nav.home")}>
    <BrandMark />
    <span>{t("app.name")}</span>
  </Link>
);

/** The navigation of the desk. */
export function SideNav({ live }: { live: LiveState }) {
  const session = useSession();
  const places = usePlaces();
  return (
    <aside className={classes.side}>
      <div className={classes.top}>
        <div className={classes.head}>
          <Brand />
          <Bell />
        </div>
        <UnstyledButton className={classes.search} onClick={openPalette}>
          <Glyph name="search" />
          <span>{t("palette.button")}</span>
          <KeyCaps keys="mod+k" />
        </UnstyledButton>
      </div>
      <nav aria-label={t("nav.label")} className={classes.places}>
        {places.map(({ to, label, icon, shortcut }) => (
          <Tooltip
            key={to}
            position="right"
            openDelay={700}
            label={<KeyCaps keys={shortcuts.find(({ id }) => id === shortcut)?.keys[0] ?? ""} />}
          >
            <NavLink to={to} className={classes.place}>
              <Glyph name={icon} size={18} />
              {t(label)}
            </NavLink>
          </Tooltip>
        ))}
      </nav>
      <div className={classes.bottom}>
        <LiveMark state={live} />
        {session && <UserMenu session={session} wide />}
      </div>
    </aside>
  );
}

/** Whether what is on the page keeps itself up to date. */
function LiveMark({ state }: { state: LiveState }) {
  return (
    <p className={classes.live} data-state={state} role="status">
      {t(state === "waiting" ? "live.waiting" : "live.open")}
    </p>
  );
}

/** The top of the phone's pages. */
export function TopBar() {
  const session = useSession();
  return (
    <section className={classes.topbar} aria-label={t("app.name")}>
      <Brand />
      <div className={classes.tools}>
        <Bell size={44} />
        <ActionIcon size={44} aria-label={t("palette.button")} onClick={openPalette}>
          <Glyph name="search" size={20} />
        </ActionIcon>
        {session && <UserMenu session={session} />}
      </div>
    </section>
  );
}

/** The phone's navigation, under the thumb. */
export function BottomBar() {
  const places = usePlaces();
  return (
    <nav aria-label={t("nav.label")} className={classes.bar}>
      {places.filter(({ desk }) => !desk).map(({ to, label, icon }) => (
        <NavLink key={to} to={to} className={classes.tab}>
          <Glyph name={icon} size={21} />
          {t(label)}
        </NavLink>
      ))}
    </nav>
  );
}
