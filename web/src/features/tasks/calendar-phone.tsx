import { ActionIcon } from "@mantine/core";
import { MobileMonthView, type ScheduleEventData, type ScheduleLabelsOverride } from "@mantine/schedule";
import { currentLocale, t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import { besideMonth } from "./calendar-days";
import classes from "./tasks.module.css";

interface Props {
  /** "2030-03-04": the chosen day, whose tasks are listed below its month. */
  day: string;
  today: string;
  events: ScheduleEventData[];
  labels: ScheduleLabelsOverride;
  onDay: (day: string) => void;
  onTask: (id: string) => void;
}

const monthName = (day: string) =>
  new Intl.DateTimeFormat(currentLocale(), { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${day}T12:00:00Z`));

/** The month on a phone: dots say where there is work, the chosen day says which. */
export function PhoneCalendar({ day, today, events, labels, onDay, onTask }: Props) {
  const turn = (months: number) => () => onDay(besideMonth(day, months));
  return (
    <MobileMonthView
      className={classes.phoneCalendar}
      date={day}
      selectedDate={day}
      onSelectedDateChange={(date) => date && onDay(date.slice(0, 10))}
      events={events}
      locale={currentLocale()}
      labels={labels}
      highlightToday={false}
      getDayProps={(date) => {
        const on = date.slice(0, 10);
        // A button is pressed; selected are options.
        return { "aria-selected": undefined, "aria-pressed": on === day, className: on === today ? classes.calendarToday : undefined };
      }}
      onEventClick={(event) => onTask(String(event.id))}
      weekendDays={[]}
      renderHeader={() => (
        <div className={classes.phoneMonth}>
          <ActionIcon size={44} aria-label={t("calendar.previous")} onClick={turn(-1)}>
            <Glyph name="back" size={18} />
          </ActionIcon>
          <h2 aria-live="polite">{monthName(day)}</h2>
          <ActionIcon size={44} aria-label={t("calendar.next")} onClick={turn(1)}>
            <Glyph name="next" size={18} />
          </ActionIcon>
        </div>
      )}
    />
  );
}
