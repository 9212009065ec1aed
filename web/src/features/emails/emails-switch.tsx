import { NavLink } from "react-router";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import classes from "./emails.module.css";

/** What went out, and what came in. */
export const EmailsSwitch = () => (
  <nav className={classes.switch} aria-label={t("emails.which")}>
    <NavLink to={paths.emails} end>
      {t("emails.sent")}
    </NavLink>
    <NavLink to={paths.received}>{t("emails.received")}</NavLink>
  </nav>
);
