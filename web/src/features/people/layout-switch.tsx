import { Link, useLocation } from "react-router";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import classes from "./layout-switch.module.css";

const layouts = [
  { to: paths.people, icon: "rows", label: "people.layout.list" },
  { to: paths.pipeline, icon: "board", label: "people.layout.board" },
] as const;

/** The same people as a list or as a board; what is searched for stays. */
export function LayoutSwitch() {
  const { pathname, search } = useLocation();
  return (
    <nav className={classes.switch} aria-label={t("people.layout")}>
      {layouts.map(({ to, icon, label }) => (
        <Link key={to} to={to + search} className={classes.choice} aria-current={pathname === to ? "page" : undefined} title={t(label)}>
          <Glyph name={icon} />
          <span>{t(label)}</span>
        </Link>
      ))}
    </nav>
  );
}
