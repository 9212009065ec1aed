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
export function rangeAround(day: string, view: CalendarView): { due_from: string; due_before: string } {
  if (view === "day") return { due_from: atMidnight(day).toISOString(), due_before: shifted(day, 1).toISOString() };
  if (view === "week") return { due_from: shifted(day, -7).toISOString(), due_before: shifted(day, 8).toISOString() };
  const first = `${day.slice(0, 7)}-01`;
  return { due_from: shifted(first, -7).toISOString(), due_before: shifted(first, 44).toISOString() };
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
