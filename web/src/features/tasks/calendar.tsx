import { useMediaQuery } from "@mantine/hooks";
import { Schedule, type ScheduleEventData } from "@mantine/schedule";
import "@mantine/dates/styles.layer.css";
import "@mantine/schedule/styles.layer.css";
import "dayjs/locale/es";
import { useQuery } from "@tanstack/react-query";
import type { MouseEvent } from "react";
import type { FollowUpTask } from "@/api/types.gen";
import { useNow } from "@/lib/clock";
import { dayKey } from "@/lib/format";
import { currentLocale, t } from "@/lib/i18n";
import { taskLabel } from "@/lib/model";
import { oneOf, useUrlState } from "@/lib/url-state";
import { Glyph } from "@/ui/icons";
import { SideDrawer, useDrawer } from "@/ui/side-drawer";
import { Stated } from "@/ui/states";
import { dayAndTime } from "@/ui/when";
import { taskCalendarOptions, useTaskActs } from "./api";
import { DayDrawer } from "./calendar-day";
import { calendarViews, dayUnder, fromCalendar, hoursOf, rangeAround, toCalendar } from "./calendar-days";
import { PhoneCalendar } from "./calendar-phone";
import { TaskRow } from "./task-row";
import classes from "./tasks.module.css";

/** How long a task looks: tasks have a moment, calendars want an end. */
const minutesLong = 30;

const colors = { high: "var(--brass)", medium: "var(--door)", low: "var(--ink-3)" } as const;

function eventOf(task: FollowUpTask): ScheduleEventData {
  const end = new Date(new Date(task.scheduled_for).getTime() + minutesLong * 60_000);
  return {
    id: task.id,
    title: `${task.client_name} · ${taskLabel(task)}`,
    start: toCalendar(task.scheduled_for),
    end: toCalendar(end),
    color: task.failed ? "var(--bad)" : colors[task.priority],
  };
}

/** Tasks to come, day by day: moved by dragging, or by opening one and choosing another time. */
export default function TaskCalendar() {
  const now = useNow();
  const [url, setUrl] = useUrlState(["show", "on", "day"]);
  const phone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const view = phone ? "month" : (oneOf(calendarViews, url.show) ?? "month");
  // The product's today: the sandbox can move it.
  const today = dayKey(now);
  const day = url.on ?? today;
  const query = useQuery(taskCalendarOptions(rangeAround(day, view)));

  const acts = useTaskActs();
  const drawer = useDrawer("task");
  const tasks = query.data?.items ?? [];
  const opened = tasks.find(({ id }) => id === drawer.value);
  const daily = useDrawer("day");
  const common = { highlightToday: false, viewSelectProps: { views: [...calendarViews].toReversed() }, todayControlProps: { onClick: () => setUrl({ on: undefined }) } };
  const hours = { ...common, ...hoursOf(tasks), withAllDaySlots: false, getCurrentTime: () => toCalendar(now) };
  const openDay = ({ currentTarget }: MouseEvent) => {
    const under = dayUnder(currentTarget);
    if (under) daily.open(under);
  };
  const move = (id: string, start: string) => {
    const task = tasks.find((candidate) => candidate.id === id);
    const at = fromCalendar(start);
    if (task && at !== new Date(task.scheduled_for).toISOString()) acts.reschedule(task, at, dayAndTime(at, now));
  };

  return (
    <Stated query={query} failed={t("tasks.load_failed")}>
      {({ cut, total }) => (
        <>
          {cut && (
            <p className={classes.cut} role="status">
              <Glyph name="info" />
              {t("tasks.calendar_cut", { count: tasks.length, total })}
            </p>
          )}
          {phone ? (
            <PhoneCalendar
              day={day}
              today={today}
              events={tasks.map(eventOf)}
              labels={labels()}
              onDay={(on) => setUrl({ on })}
              onTask={drawer.open}
            />
          ) : (
            <Schedule
              className={classes.calendar}
              view={view}
              onViewChange={(next) => setUrl({ show: next === "month" ? undefined : next })}
              date={day}
              onDateChange={(date) => setUrl({ on: date.slice(0, 10) })}
              events={tasks.map(eventOf)}
              locale={currentLocale()}
              labels={labels()}
              withEventsDragAndDrop
              canDragEvent={(event) => !tasks.find(({ id }) => id === event.id)?.email_sent_id}
              onEventDrop={({ eventId, newStart }) => move(String(eventId), newStart)}
              onEventClick={(event) => drawer.open(String(event.id))}
              onDayClick={(date) => setUrl({ on: date.slice(0, 10), show: "day" })}
              dayViewProps={hours}
              weekViewProps={hours}
              monthViewProps={{
                ...common,
                maxEventsPerDay: 3,
                moreEventsProps: { onClick: openDay },
                getDayProps: (date) => ({ "data-day": date, ...(date === today ? { className: classes.calendarToday } : {}) }),
              }}
            />
          )}
          <DayDrawer day={daily.value} tasks={tasks} acts={acts} now={now} onClose={daily.close} onSchedule={(on) => setUrl({ on, show: "day", day: undefined })} />
          <SideDrawer opened={Boolean(opened)} onClose={drawer.close} title={opened?.client_name ?? ""}>
            {opened && (
              <ul className={`${classes.list} ${classes.own}`}>
                <TaskRow task={opened} acts={acts} now={now} />
              </ul>
            )}
          </SideDrawer>
        </>
      )}
    </Stated>
  );
}

const labels = () => ({
  day: t("calendar.day"),
  week: t("calendar.week"),
  month: t("calendar.month"),
  weekday: t("calendar.weekday"),
  timeSlot: t("calendar.time_slot"),
  today: t("day.today"),
  next: t("calendar.next"),
  previous: t("calendar.previous"),
  more: t("calendar.more"),
  selectMonth: t("calendar.select_month"),
  selectYear: t("calendar.select_year"),
  switchToDayView: t("calendar.to_day"),
  switchToWeekView: t("calendar.to_week"),
  switchToMonthView: t("calendar.to_month"),
  viewSelectLabel: t("calendar.view"),
  noEvents: t("calendar.nothing"),
  moreLabel: (count: number) => t("calendar.more_count", { count }),
});
