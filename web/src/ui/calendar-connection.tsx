import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";
import type { CalendarConnection as Connection } from "@/api/types.gen";
import { connectionOptions, consent, type ReturnTo, scopeName } from "@/lib/calendar";
import { t, translate } from "@/lib/i18n";
import { sessionOptions } from "@/lib/session";
import { Glyph } from "./icons";
import { Stated } from "./states";
import { Mark } from "./status";
import { useAct } from "./use-act";
import classes from "./calendar-connection.module.css";

interface Props {
  returnTo: ReturnTo;
  /** What else can be done with a connection. */
  children?: (connection: Connection, user: string) => ReactNode;
}

/** The own Google Calendar: whether it is connected, how that went, and the way to Google. */
export function CalendarConnection(props: Props) {
  const session = useQuery(sessionOptions);
  return (
    <Stated query={session} small>
      {({ user }) => <Of user={user.id} {...props} />}
    </Stated>
  );
}

function Of({ user, returnTo, children }: Props & { user: string }) {
  const query = useQuery(connectionOptions(user));
  return (
    <Stated query={query} failed={t("calendar.load_failed")} small>
      {(connection) => (
        <div className={classes.card}>
          <Result connection={connection} />
          <State connection={connection} />
          <Connect user={user} returnTo={returnTo} connection={connection} />
          {children?.(connection, user)}
        </div>
      )}
    </Stated>
  );
}

/** What came of the visit to Google, as the address says. */
function Result({ connection }: { connection: Connection }) {
  const [params] = useSearchParams();
  const result = params.get("calendar");
  const reason = params.get("reason");
  if (result === "connected") {
    return connection.connected ? (
      <p className={classes.notice} data-tone="good" role="status">
        {t("calendar.result.connected")}
      </p>
    ) : null;
  }
  if (connection.connected || (result !== "refused" && result !== "failed")) return null;
  const why = (reason && translate(`calendar.result.${reason}`)) ?? t(`calendar.result.${result}`);
  return (
    <p className={classes.notice} data-tone="bad" role="alert">
      {why}
    </p>
  );
}

function State({ connection }: { connection: Connection }) {
  const { state, email, reason, missing_scopes: missing } = connection;
  if (!connection.available) return <p>{t("calendar.unavailable")}</p>;
  if (state === "none") return <p>{t("calendar.none")}</p>;
  return (
    <>
      <p className={classes.who}>
        <strong>{email}</strong>
        <Mark tone={connection.connected ? "good" : "bad"}>{t(connection.connected ? "calendar.connected" : "calendar.lost")}</Mark>
      </p>
      {!connection.connected && <p>{translate(`calendar.lost.${reason}`) ?? t("calendar.lost.invalid_grant")}</p>}
      {connection.connected && missing.length > 0 && (
        <div className={classes.notice} data-tone="bad">
          <p>{t("calendar.missing")}</p>
          <ul>
            {missing.map((scope) => (
              <li key={scope}>{translate(`calendar.scope.${scopeName(scope)}`) ?? scope}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Connect({ user, returnTo, connection }: { user: string; returnTo: ReturnTo; connection: Connection }) {
  const connect = useAct({
    run: () => consent(user, returnTo),
    touches: [],
    failed: () => t("calendar.not_begun"),
    done: ({ url }) => window.location.assign(url),
  });
  const whole = connection.connected && connection.missing_scopes.length === 0;
  if (whole || !connection.available) return null;
  return (
    <div>
      <Button
        leftSection={<Glyph name="external" />}
        loading={connect.isPending || connect.isSuccess}
        onClick={() => connect.mutate(undefined)}
      >
        {t(connection.state === "none" ? "calendar.connect" : "calendar.reconnect")}
      </Button>
    </div>
  );
}
