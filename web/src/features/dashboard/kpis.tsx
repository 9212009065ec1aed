import type { Stats } from "@/api/types.gen";
import { formatNumber, formatPercent } from "@/lib/format";
import { t, translate } from "@/lib/i18n";
import { Term } from "@/ui/term";
import classes from "./dashboard.module.css";

const groups = [
  { title: "kpi.group.people", names: ["active_clients", "total_clients", "conversion_rate"] },
  { title: "kpi.group.tasks", names: ["pending_tasks", "completed_tasks"] },
  { title: "kpi.group.emails", names: ["emails_sent_today", "emails_sent_this_week", "open_rate", "click_rate"] },
] as const;

type Name = (typeof groups)[number]["names"][number];

/** The numbers of the house; each tells on hover or focus how it is counted. */
export function Kpis({ stats }: { stats: Stats }) {
  return (
    <div className={classes.kpis}>
      {groups.map(({ title, names }) => (
        <section key={title} className={classes.kpiGroup} aria-label={t(title)}>
          <h2 className={classes.kpiTitle}>{t(title)}</h2>
          <dl className={classes.kpiRow} data-count={names.length}>
            {names.map((name, index) => (
              <Kpi key={name} name={name} stats={stats} lead={index === 0} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function Kpi({ name, stats, lead }: { name: Name; stats: Stats; lead: boolean }) {
  const value = name.endsWith("_rate") ? formatPercent(stats[name]) : formatNumber(stats[name]);
  const definition = translate(`definition.${name}`) ?? stats.definitions[name];
  const words = t(`kpi.${name}`);
  return (
    <div className={classes.kpi} data-lead={lead || undefined}>
      <dt>
        {definition ? (
          <Term name={words} definition={definition} />
        ) : (
          words
        )}
      </dt>
      <dd data-kpi={name}>{value}</dd>
    </div>
  );
}
