import { t } from "@/lib/i18n";
import { scopeName } from "@/lib/calendar";
import { CalendarConnection } from "@/ui/calendar-connection";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { Choice } from "./choice";
import { Disconnect } from "./disconnect";

const list = "calendar.calendarlist.readonly";

/** The own Google Calendar, and what it is used for. */
export function CalendarPage() {
  return (
    <Section title={t("settings.calendar")}>
      <p className={rows.lead}>{t("calendar.lead")}</p>
      <CalendarConnection returnTo="settings">
        {(connection, user) => (
          <>
            {connection.connected && connection.granted_scopes.map(scopeName).includes(list) && <Choice user={user} />}
            {connection.state !== "none" && <Disconnect user={user} />}
          </>
        )}
      </CalendarConnection>
    </Section>
  );
}
