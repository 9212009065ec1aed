import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link, Navigate, useLocation, useParams } from "react-router";
import { isApiError } from "@/lib/http";
import { t } from "@/lib/i18n";
import { loginFrom, paths } from "@/lib/paths";
import { BrandMark } from "@/ui/brand";
import { LanguageSwitch } from "@/ui/language-switch";
import { Empty, Stated } from "@/ui/states";
import { wizardOptions } from "./api";
import { Finish } from "./finish";
import { Wizard } from "./wizard";
import classes from "./onboarding.module.css";

/** Setting up a business: by an invitation's link, or as the one who is signed in. */
export function WizardPage() {
  const { token } = useParams();
  const location = useLocation();
  const query = useQuery(wizardOptions(token));
  useEffect(() => {
    document.title = t("app.window_title", { page: t("wizard.title") });
  }, []);

  if (!token && isApiError(query.error, 401)) return <Navigate to={loginFrom(location)} replace />;
  if (!token && isApiError(query.error, 404)) return <Navigate to={paths.console} replace />;
  const dead = isApiError(query.error, 404) || isApiError(query.error, 410);
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <span className={classes.brand}>
          <BrandMark size={28} />
          {t("app.name")}
        </span>
        <LanguageSwitch />
      </header>
      <main id="main" className={classes.main}>
        {dead ? (
          <Empty
            whole
            icon="attention"
            title={t("wizard.dead")}
            action={<Link to={`${paths.login}?next=${encodeURIComponent(paths.onboarding)}`}>{t("session.sign_in")}</Link>}
          >
            {t("wizard.dead_words")}
          </Empty>
        ) : (
          <Stated query={query} failed={t("wizard.load_failed")}>
            {(wizard) =>
              wizard.completed_at && location.hash !== "#edit" && !location.search.includes("calendar=") ? (
                <Finish wizard={wizard} />
              ) : (
                <Wizard key={token ?? "me"} wizard={wizard} token={token} />
              )
            }
          </Stated>
        )}
      </main>
    </div>
  );
}
