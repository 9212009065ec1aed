import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { setServerTime, useNow } from "@/lib/clock";
import { formatDay, formatFull, formatTime } from "@/lib/format";
import { send } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { paths } from "@/lib/paths";
import { useConfig } from "@/lib/session";
import { Glyph } from "@/ui/icons";
import { toast, toastError } from "@/ui/toast";
import classes from "./sandbox-banner.module.css";

const clockUrl = "/sandbox/clock";
const hour = 3600;
const settle = [1500, 4000];

async function readClock(signal?: AbortSignal) {
  const answer = (await send("GET", clockUrl, undefined, { signal })) as { now: string };
  setServerTime(answer.now);
  return answer;
}

/** Says that nothing leaves the house, and lets the time pass. */
export function SandboxBanner() {
  const on = useConfig()?.sandbox ?? false;
  const client = useQueryClient();
  const now = useNow();
  useQuery({ queryKey: keys.sandboxClock, queryFn: ({ signal }) => readClock(signal), enabled: on, staleTime: 0 });
  const jump = useMutation({
    mutationFn: async (seconds: number) => {
      await send("POST", clockUrl, { advance_seconds: seconds });
      return readClock();
    },
    onSuccess: ({ now: instant }) => {
      toast({ message: t("sandbox.jumped", { time: formatFull(instant) }) });
      // Due work runs within two seconds of a jump; its events renew the pages, this catches what has none.
      void client.invalidateQueries();
      for (const wait of settle) setTimeout(() => void client.invalidateQueries(), wait);
    },
    onError: (error) => toastError(t("sandbox.jump_failed"), error),
  });
  if (!on) return null;
  return (
    <aside className={classes.banner} aria-label={t("sandbox.label")}>
      <p className={classes.title}>
        <strong>{t("sandbox.title")}</strong> <span className={classes.words}>{t("sandbox.words")}</span>
      </p>
      <div className={classes.tools}>
        <span className={classes.clock}>
          <Glyph name="clock" size={14} />
          <time dateTime={now.toISOString()}>
            <span className={classes.long}>{formatFull(now)}</span>
            <span className={classes.short}>{t("when.day_time", { day: formatDay(now, now), time: formatTime(now) })}</span>
          </time>
        </span>
        <Button size="compact-sm" variant="subtle" color="gray" loading={jump.isPending} onClick={() => jump.mutate(hour)}>
          <span className={classes.long}>{t("sandbox.hour")}</span>
          <span className={classes.short}>{t("sandbox.hour_short")}</span>
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" loading={jump.isPending} onClick={() => jump.mutate(24 * hour)}>
          <span className={classes.long}>{t("sandbox.day")}</span>
          <span className={classes.short}>{t("sandbox.day_short")}</span>
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" component="a" href={paths.sandboxOutbox} target="_blank" rightSection={<Glyph name="external" size={13} />}>
          <span className={classes.long}>{t("sandbox.outbox")}</span>
          <span className={classes.short}>{t("sandbox.outbox_short")}</span>
        </Button>
      </div>
    </aside>
  );
}
