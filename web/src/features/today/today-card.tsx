import { Link } from "react-router";
import type { TodayItem } from "@/api/types.gen";
import { formatPhone } from "@/lib/format";
import { t, translate } from "@/lib/i18n";
import { followupLabel, stageLabel } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Glyph, type IconName } from "@/ui/icons";
import { StageMark } from "@/ui/stage";
import type { TodayActs } from "./api";
import { TodayActions } from "./today-actions";
import classes from "./today.module.css";

interface Props {
  item: TodayItem;
  acts: TodayActs;
  now: Date;
}

const icons: Record<TodayItem["kind"], IconName> = {
  approve: "edit",
  failed: "failed",
  task: "tasks",
  suggestion: "next",
  reach_out: "person",
};

/** What it is about, in a line. */
export function titleOf(item: TodayItem): string {
  if (item.kind === "reach_out") return t("today.reach_out");
  if (item.kind === "suggestion") return t("today.suggests", { stage: stageLabel(item.to_stage ?? item.stage) });
  const what = followupLabel(item.title);
  if (item.kind === "approve") return t("today.draft", { what });
  if (item.kind === "failed") return t("today.failed", { what });
  return what;
}

export function TodayCard({ item, acts, now }: Props) {
  return (
    <li className={classes.card} data-row={item.id} data-kind={item.kind}>
      <span className={classes.icon}>
        <Glyph name={item.channel === "call" ? "call" : icons[item.kind]} size={18} />
      </span>
      <div className={classes.main}>
        <p className={classes.title}>
          <Link to={paths.person(item.client_id)} data-row-link className={classes.person}>
            {item.client_name}
          </Link>
          <StageMark stage={item.stage} />
        </p>
        <p className={classes.what}>{titleOf(item)}</p>
        {item.notes && <p className={classes.notes}>{item.notes}</p>}
        {item.phone && <p className={classes.second}>{formatPhone(item.phone)}</p>}
        <Reasons item={item} />
      </div>
      <TodayActions item={item} acts={acts} now={now} />
    </li>
  );
}

/** Why now: each reason with its points, which add up to the rank. */
const Reasons = ({ item }: { item: TodayItem }) => (
  <ul className={classes.reasons} aria-label={t("today.why", { points: item.points })}>
    {item.reasons.map((reason) => (
      <li key={reason.code}>
        {translate(`today_reason.${reason.code}`, { count: reason.count }) ?? reason.words}
        <span className={classes.points}>{t("today.points", { points: reason.points })}</span>
      </li>
    ))}
    <li className={classes.total}>{t("today.total", { points: item.points })}</li>
  </ul>
);
