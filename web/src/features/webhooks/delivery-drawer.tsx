import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Attempt, DeliveryDetail } from "@/api/types.gen";
import { formatFull } from "@/lib/format";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import rows from "@/ui/rows.module.css";
import { DrawerFoot, SideDrawer } from "@/ui/side-drawer";
import { Stated } from "@/ui/states";
import { deliveryOptions, useReplay } from "./api";
import classes from "./webhooks.module.css";

interface Props {
  id: string;
  eventId: string | null;
  onClose: () => void;
}

/** What was sent, each attempt and its answer, and sending it again. */
export const DeliveryDrawer = ({ id, eventId, onClose }: Props) => (
  <SideDrawer opened={eventId !== null} onClose={onClose} title={t("webhooks.delivery")} size={560}>
    {eventId && <Loaded id={id} eventId={eventId} />}
  </SideDrawer>
);

function Loaded({ id, eventId }: { id: string; eventId: string }) {
  const query = useQuery(deliveryOptions(id, eventId));
  return (
    <Stated query={query} failed={t("webhooks.log_failed")}>
      {(delivery) => <Shown id={id} delivery={delivery} />}
    </Stated>
  );
}

const pretty = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
};

function Shown({ id, delivery }: { id: string; delivery: DeliveryDetail }) {
  const replay = useReplay(id);
  return (
    <>
      <p className={rows.second}>
        <span>{delivery.event_type}</span>
        <span className={classes[delivery.state]}>{label("delivery_state", delivery.state)}</span>
        {delivery.next_attempt_at && <span>{t("webhooks.next", { time: formatFull(delivery.next_attempt_at) })}</span>}
      </p>
      <h3 className={classes.heading}>{t("webhooks.attempts")}</h3>
      <ol className={classes.attempts}>
        {delivery.log.map((attempt) => (
          <Try key={attempt.number} attempt={attempt} />
        ))}
      </ol>
      {delivery.body && (
        <>
          <h3 className={classes.heading}>{t("webhooks.body")}</h3>
          <pre className={rows.code}>{pretty(delivery.body)}</pre>
        </>
      )}
      <DrawerFoot>
        <Button
          variant="default"
          disabled={delivery.state === "pending"}
          loading={replay.isPending}
          onClick={() => replay.mutate(delivery.event_id)}
        >
          {t("webhooks.replay")}
        </Button>
      </DrawerFoot>
    </>
  );
}

const Try = ({ attempt }: { attempt: Attempt }) => (
  <li>
    <p>
      {`${formatFull(attempt.at)} · ${attempt.status ?? t("webhooks.no_answer")} · `}
      {t("webhooks.took", { milliseconds: attempt.duration_ms })}
    </p>
    {attempt.error && <p className={classes.bad}>{attempt.error}</p>}
    {attempt.response && <pre className={rows.code}>{attempt.response}</pre>}
  </li>
);
