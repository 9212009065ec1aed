import { useMediaQuery } from "@mantine/hooks";
import { Schedule, type ScheduleEventData } from "@mantine/schedule";
import "@mantine/dates/styles.layer.css";
import "@mantine/schedule/styles.layer.css";
import "dayjs/locale/es";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
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
import { taskListOptions, useTaskActs } from "./api";
import { calendarViews, fromCalendar, rangeAround, toCalendar } from "./calendar-days";
import { PhoneCalendar } from "./calendar-phone";
import { TaskRow } from "./task-row";
import classes from "./tasks.module.css";

/** How long a task looks: tasks have a moment, calendars want an end. */
const minutesLong = 30;
/** A page has a hundred; more than this no calendar shows well. */
const mostPages = 5;

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
  const [url, setUrl] = useUrlState(["show", "on"]);
  const phone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const view = phone ? "month" : (oneOf(calendarViews, url.show) ?? "month");
  // The product's today: the sandbox can move it.
  const today = dayKey(now);
  const day = url.on ?? today;
  const hours = { ...daytime, getCurrentTime: () => toCalendar(now), highlightToday: false, viewSelectProps };
  const query = useInfiniteQuery({
    ...taskListOptions({ status: "pending", sort: "scheduled_for", ...rangeAround(day, view) }, 100),
    placeholderData: (previous) => previous,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const pages = query.data?.pages.length ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && pages < mostPages) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, pages]);

  const acts = useTaskActs();
  const drawer = useDrawer("task");
  const tasks = query.data?.pages.flatMap((page) => page.items) ?? [];
  const opened = tasks.find(({ id }) => id === drawer.value);
  const move = (id: string, start: string) => {
    const task = tasks.find((candidate) => candidate.id === id);
    const at = fromCalendar(start);
    if (task && at !== new Date(task.scheduled_for).toISOString()) acts.reschedule(task, at, dayAndTime(at, now));
  };

  return (
    <Stated query={query} failed={t("tasks.load_failed")}>
      {() => (
        <>
          {hasNextPage && pages >= mostPages && (
            <p className={classes.cut} role="status">
              <Glyph name="info" />
              {t("tasks.calendar_cut", { count: tasks.length })}
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
                viewSelectProps,
                highlightToday: false,
                getDayProps: (date) => (date.slice(0, 10) === today ? { className: classes.calendarToday } : {}),
              }}
            />
          )}
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

const viewSelectProps = { views: calendarViews.toReversed() };
const daytime = { startTime: "07:00:00", endTime: "22:00:00", withAllDaySlots: false };

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
