import { dayKey } from "@/lib/format";

// The days a calendar shows, by the viewer's clock. Dates are "2030-03-04", times "2030-03-04 09:00:00", as the calendar takes them.

export const calendarViews = ["month", "week", "day"] as const;
export type CalendarView = (typeof calendarViews)[number];

const atMidnight = (day: string): Date => new Date(`${day}T00:00:00`);

function shifted(day: string, days: number): Date {
  const at = atMidnight(day);
  at.setDate(at.getDate() + days);
  return at;
}

/** What has to be loaded to fill the view around a day: a month's six weeks, a week on either side, the day. */
export function rangeAround(day: string, view: CalendarView): { from: string; until: string } {
  if (view === "day") return { from: atMidnight(day).toISOString(), until: shifted(day, 1).toISOString() };
  if (view === "week") return { from: shifted(day, -7).toISOString(), until: shifted(day, 8).toISOString() };
  const first = `${day.slice(0, 7)}-01`;
  return { from: shifted(first, -7).toISOString(), until: shifted(first, 44).toISOString() };
}

interface Timed {
  scheduled_for: string;
}

/** The tasks of one day, the first due first. */
export const tasksOn = <Task extends Timed>(tasks: readonly Task[], day: string): Task[] =>
  tasks.filter((task) => dayKey(task.scheduled_for) === day).toSorted((a, b) => Date.parse(a.scheduled_for) - Date.parse(b.scheduled_for));

/** The hours that a day shows: daytime, and whatever else has a task. */
export function hoursOf(tasks: readonly Timed[]): { startTime: string; endTime: string } {
  const hours = tasks.map((task) => new Date(task.scheduled_for).getHours());
  const [first, last] = [Math.min(7, ...hours), Math.max(21, ...hours) + 1];
  return { startTime: `${String(first).padStart(2, "0")}:00:00`, endTime: last === 24 ? "23:59:59" : `${last}:00:00` };
}

/** The same day of another month, or that month's last one. */
export function besideMonth(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** An instant as the calendar writes it, by the viewer's clock. */
export function toCalendar(instant: string | Date): string {
  const at = new Date(instant);
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
  return `${dayKey(at)} ${time}`;
}

export const fromCalendar = (text: string): string => new Date(text.replace(" ", "T")).toISOString();

/** The day of the month on which a button of the calendar lies. */
export function dayUnder(button: Element): string | undefined {
  const { left, width } = button.getBoundingClientRect();
  const week = button.parentElement?.parentElement;
  const days = [...(week?.querySelectorAll<HTMLElement>("[data-day]") ?? [])];
  return days.find((day) => day.getBoundingClientRect().right > left + width / 2)?.dataset.day;
}
