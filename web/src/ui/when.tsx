import { Tooltip } from "@mantine/core";
import { useNow } from "@/lib/clock";
import { dayKey, daysAway, formatDay, formatFull, formatRelative, formatTime, viewerZone } from "@/lib/format";
import { t } from "@/lib/i18n";

/** "Today 8:00 AM", "Tomorrow 9:30 AM", "Tue, Mar 3, 8:00 AM". */
export function dayAndTime(at: string, now: Date, zone?: string): string {
  const away = daysAway(at, now, zone);
  const named = { "-1": t("day.yesterday"), "0": t("day.today"), "1": t("day.tomorrow") }[String(away)];
  return t("when.day_time", { day: named ?? formatDay(at, now, zone), time: formatTime(at, zone) });
}

/** Whether the person's clock reads differently from the viewer's at that instant. */
export function differs(at: string, zone: string | null | undefined): zone is string {
  return Boolean(zone) && formatTime(at) + dayKey(at) !== formatTime(at, zone ?? undefined) + dayKey(at, zone ?? undefined);
}

interface Props {
  at: string;
  /** The person's zone, where it matters: shown when it is not the viewer's. */
  zone?: string | null;
  as?: "relative" | "day";
}

/** An instant: short in place, exact (in the viewer's and the person's zone) on hover. */
export function When({ at, zone, as = "relative" }: Props) {
  const now = useNow();
  const full = differs(at, zone)
    ? t("when.both_zones", { mine: formatFull(at), theirs: formatFull(at, zone), zone })
    : t("when.in_zone", { time: formatFull(at), zone: viewerZone() });
  return (
    <Tooltip label={full}>
      <time dateTime={at}>{as === "relative" ? formatRelative(at, now) : dayAndTime(at, now)}</time>
    </Tooltip>
  );
}
