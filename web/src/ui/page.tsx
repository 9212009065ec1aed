import { type ReactNode, useEffect } from "react";
import { Link } from "react-router";
import { t } from "@/lib/i18n";
import { Glyph } from "./icons";
import classes from "./page.module.css";

interface Props {
  title: string;
  /** What stands beside the title, small: a count, a date. */
  aside?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; label: string };
  /** Text pages keep a readable measure; lists use the whole width. */
  narrow?: boolean;
  children: ReactNode;
}

/** The frame of every page: its title in the window and on top, its actions, its content. */
export function Page({ title, aside, actions, back, narrow, children }: Props) {
  useEffect(() => {
    document.title = t("app.window_title", { page: title });
  }, [title]);
  return (
    <div className={classes.page} data-narrow={narrow || undefined}>
      <header className={classes.header}>
        {back && (
          <Link to={back.to} className={classes.back}>
            <Glyph name="back" size={14} />
            {back.label}
          </Link>
        )}
        <div className={classes.bar}>
          <div className={classes.title}>
            <h1>{title}</h1>
            {aside && <span className={classes.aside}>{aside}</span>}
          </div>
          {actions && <div className={classes.actions}>{actions}</div>}
        </div>
      </header>
      {children}
    </div>
  );
}
