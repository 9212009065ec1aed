import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { HealthCheck } from "@/api/types.gen";
import { formatNumber } from "@/lib/format";
import { rich, t, translate } from "@/lib/i18n";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { useConfig } from "@/lib/session";
import { Glyph } from "@/ui/icons";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { Empty, Stated } from "@/ui/states";
import { Mark } from "@/ui/status";
import { When } from "@/ui/when";
import { statusOptions } from "./api";
import classes from "./settings.module.css";

/** Where a person can see more of what a check found, and do something about it. */
const places: Record<string, string> = {
  given_up_work: paths.failedWork,
  emails: `${paths.emails}?status=queued`,
  letters: paths.letters,
};

/** How the installation is: each check with its state, since when, and what to do. */
export function SystemPage() {
  const query = useQuery(statusOptions);
  const config = useConfig();
  return (
    <Section title={t("settings.system")}>
      <p className={rows.lead}>{t("system.lead")}</p>
      <Stated query={query} failed={t("system.load_failed")}>
        {({ healthy, checks, checked_at: at }) =>
          checks.length === 0 ? (
            <Empty icon="clock" title={t("system.empty_title")}>
              {t("system.empty")}
            </Empty>
          ) : (
            <>
              <p className={classes.verdict} data-tone={healthy ? "good" : "bad"} role="status">
                <Glyph name={healthy ? "done" : "warning"} />
                <strong>{healthy ? t("system.well") : t("system.unwell", { count: checks.filter((check) => !check.healthy).length })}</strong>
                {at && <span>{rich("system.looked", { when: <When at={at} /> })}</span>}
              </p>
              <ul className={rows.list}>
                {checks.map((check) => (
                  <Check key={check.name} check={check} />
                ))}
              </ul>
            </>
          )
        }
      </Stated>
      {config && <p className={classes.version}>{t("system.version", { name: config.name, version: config.version })}</p>}
    </Section>
  );
}

function Check({ check }: { check: HealthCheck }) {
  const advice = check.healthy ? null : translate(`health_advice.${check.name}`);
  const words = check.figure === null ? null : translate(`health_figure.${check.name}`, { figure: formatNumber(check.figure) });
  const place = check.healthy ? undefined : places[check.name];
  return (
    <li className={rows.item} data-check={check.name}>
      <div className={rows.what}>
        <p className={rows.name}>{label("health", check.name)}</p>
        {words ? <p>{words}</p> : <p lang="en">{check.detail}</p>}
        {advice && (
          <p className={classes.advice}>
            {advice} {place && <Link to={place}>{t("system.look")}</Link>}
          </p>
        )}
        <p className={rows.second}>
          <span>{rich("system.since", { when: <When at={check.since} as="day" /> })}</span>
        </p>
      </div>
      <Mark tone={check.healthy ? "good" : "bad"}>{t(check.healthy ? "system.state_well" : "system.state_unwell")}</Mark>
    </li>
  );
}
