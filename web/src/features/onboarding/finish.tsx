import { Button } from "@mantine/core";
import { Link } from "react-router";
import type { OnboardingWizard } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Celebration } from "./celebration";
import { OwnLinks } from "./own-links";
import classes from "./onboarding.module.css";

/** Done: what happens next, and the way into the console. */
export function Finish({ wizard }: { wizard: OnboardingWizard }) {
  const waits = wizard.agency && wizard.state !== "active";
  return (
    <section className={classes.finish} aria-labelledby="wizard-done">
      <Celebration />
      <h1 id="wizard-done">{t("wizard.done", { name: wizard.user.name })}</h1>
      <p className={classes.lead}>{waits ? t("wizard.done_agency", { agency: wizard.agency ?? "" }) : t("wizard.done_alone")}</p>
      {!wizard.agency && <OwnLinks />}
      <div className={classes.ways}>
        <Button component={Link} to={paths.console} size="md">
          {t("wizard.to_console")}
        </Button>
        <Button component={Link} to={`${paths.onboarding}#edit`} variant="subtle" color="gray" size="md">
          {t("wizard.edit")}
        </Button>
      </div>
    </section>
  );
}
