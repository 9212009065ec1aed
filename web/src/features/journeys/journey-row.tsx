import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { Link } from "react-router";
import type { Journey } from "@/api/types.gen";
import { useNow } from "@/lib/clock";
import { t } from "@/lib/i18n";
import { followupLabel, label, reasonLabel, type Tone } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { Mark } from "@/ui/status";
import { dayAndTime, differs, When } from "@/ui/when";
import type { JourneyActs } from "./api";
import classes from "./journeys.module.css";

interface Props {
  journey: Journey;
  acts: JourneyActs;
  /** On the person's page the person goes without saying. */
  own?: boolean;
}

const tones: Record<Journey["status"], Tone> = { in_progress: "info", paused: "warn", stopped: "neutral", completed: "good" };

/** A plan under way: how far it is, what comes next and when, and what can be done about it. */
export function JourneyRow({ journey, acts, own }: Props) {
  const running = journey.status === "in_progress";
  const what = { plan: journey.name, name: journey.client_name };
  return (
    <li className={classes.row} data-row={journey.id}>
      <div className={classes.rowMain}>
        <p className={classes.title}>
          {own ? (
            <span className={classes.name}>{journey.name}</span>
          ) : (
            <>
              <Link to={paths.person(journey.client_id)} data-row-link className={classes.name}>
                {journey.client_name}
              </Link>
              <span className={classes.second}>{journey.name}</span>
            </>
          )}
          <Mark tone={tones[journey.status]}>{label("journey_status", journey.status)}</Mark>
        </p>
        <p className={classes.second}>
          {t("journeys.progress", { done: journey.steps_done, steps: journey.steps })}
          {journey.end_reason && ` · ${reasonLabel(journey.end_reason)}`}
        </p>
        {journey.next && <Next journey={journey} />}
      </div>
      <div className={classes.rowActs}>
        {running && (
          <Tooltip label={t("journeys.pause")}>
            <ActionIcon aria-label={t("journeys.pause_this", what)} onClick={() => acts.pause(journey)}>
              <Glyph name="held" />
            </ActionIcon>
          </Tooltip>
        )}
        {journey.status === "paused" && (
          <Button size="compact-sm" variant="light" onClick={() => acts.resume(journey)} aria-label={t("journeys.resume_this", what)}>
            {t("journeys.resume")}
          </Button>
        )}
        {!journey.ended_at && (
          <Menu>
            <Menu.Target>
              <ActionIcon aria-label={t("journeys.more", what)}>
                <Glyph name="more" />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {journey.next && journey.next.channel === "email" && journey.next.mode !== "manual" && (
                <Menu.Item
                  leftSection={<Glyph name="send" />}
                  onClick={() => journey.next && acts.sendNow(journey.next.task_id)}
                >
                  {t("journeys.send_now")}
                </Menu.Item>
              )}
              {journey.next && (
                <Menu.Item leftSection={<Glyph name="skip" />} onClick={() => journey.next && acts.skip(journey.next.task_id)}>
                  {t("journeys.skip_step")}
                </Menu.Item>
              )}
              <Menu.Divider />
              <Menu.Item leftSection={<Glyph name="close" />} onClick={() => acts.stop(journey)}>
                {t("journeys.stop")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
    </li>
  );
}

/** What comes next; where the person's clock reads differently, by that clock. */
function Next({ journey }: { journey: Journey }) {
  const now = useNow();
  const next = journey.next;
  if (!next) return null;
  const step = followupLabel(next.name);
  if (journey.status === "paused") return <p className={classes.next}>{t("journeys.next_paused", { step })}</p>;
  const sent = next.mode === "automatic";
  return (
    <p className={classes.next}>
      <Glyph name={sent ? "send" : "clock"} size={13} />
      <span>{t(sent ? "journeys.will_go" : "journeys.is_due", { step })}</span> <When at={next.goes_at} zone={journey.zone} as="day" />
      {differs(next.goes_at, journey.zone) && (
        <span className={classes.second}>{t("when.their_time", { time: dayAndTime(next.goes_at, now, journey.zone) })}</span>
      )}
      {next.reason && <span className={classes.second}>{reasonLabel(next.reason)}</span>}
    </p>
  );
}
