import { currentLocale } from "./i18n";

// Numbers, times and phones as people write them. Times are in the viewer's zone unless another one is named.

const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>();

function cached<T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(
  kind: string,
  options: object,
  make: (locale: string) => T,
): T {
  const key = `${kind} ${currentLocale()} ${JSON.stringify(options)}`;
  let found = cache.get(key) as T | undefined;
  if (!found) {
    found = make(currentLocale());
    cache.set(key, found);
  }
  return found;
}

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached("date", options, (locale) => new Intl.DateTimeFormat(locale, options));
}

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return cached("number", options, (locale) => new Intl.NumberFormat(locale, options));
}

export const formatNumber = (value: number): string => numbers({}).format(value);

/** "3.4 MB" */
export function formatBytes(bytes: number): string {
  const [size, unit] = bytes < 1e3 ? [bytes, "byte"] : bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  return numbers({ style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }).format(size);
}

/** With whatever digits it has: "640,000.5". */
export const formatPlain = (value: number): string => numbers({ maximumFractionDigits: 20 }).format(value);

/** A share that the server gives as 0 to 100: "41.67%". */
export const formatPercent = (value: number): string =>
  numbers({ style: "percent", maximumFractionDigits: 2 }).format(value / 100);

export const viewerZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

type Instant = string | Date;
const date = (instant: Instant): Date => (typeof instant === "string" ? new Date(instant) : instant);

/** "Tue, Mar 3, 2026, 8:00 AM EST" */
export const formatFull = (instant: Instant, zone?: string): string =>
  dates({
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZone: zone,
    timeZoneName: "short",
  }).format(date(instant));

/** "8:00 AM" */
export const formatTime = (instant: Instant, zone?: string): string =>
  dates({ hour: "numeric", minute: "2-digit", timeZone: zone }).format(date(instant));

/** "Mar 3, 2026" */
export const formatDate = (instant: Instant, zone?: string): string =>
  dates({ year: "numeric", month: "short", day: "numeric", timeZone: zone }).format(date(instant));

/** "Tue, Mar 3", with the year where it is not this one. */
export function formatDay(instant: Instant, now: Date, zone?: string): string {
  const sameYear = dayKey(instant, zone).slice(0, 4) === dayKey(now, zone).slice(0, 4);
  return dates({
    weekday: "short",
    month: "short",
    day: "numeric",
    year: sameYear ? undefined : "numeric",
    timeZone: zone,
  }).format(date(instant));
}

/** The calendar day as "2026-03-03", in a zone. */
export function dayKey(instant: Instant, zone?: string): string {
  const options: Intl.DateTimeFormatOptions = { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone };
  return cached("day", options, () => new Intl.DateTimeFormat("en-CA", options)).format(date(instant));
}

/** How many calendar days lie between now and then: 0 today, 1 tomorrow, -1 yesterday. */
export function daysAway(instant: Instant, now: Date, zone?: string): number {
  const there = Date.parse(`${dayKey(instant, zone)}T00:00:00Z`);
  const here = Date.parse(`${dayKey(now, zone)}T00:00:00Z`);
  return Math.round((there - here) / 86_400_000);
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** "in 3 hours", "2 days ago", "now". */
export function formatRelative(instant: Instant, now: Date): string {
  const seconds = (date(instant).getTime() - now.getTime()) / 1000;
  const relative = cached("relative", {}, (locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return unit === "second" ? relative.format(0, "second") : relative.format(Math.trunc(seconds / size), unit);
}

/** A local date and time for `<input type="datetime-local">`, and back. */
export function toLocalInput(instant: Instant): string {
  const at = date(instant);
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

export const fromLocalInput = (value: string): string => new Date(value).toISOString();

/** A phone number as people write it: "(415) 555-0123", "+44 20 7946 0018". */
export function formatPhone(phone: string): string {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone);
  if (american) return `(${american[1]}) ${american[2]}-${american[3]}`;
  const foreign = /^\+(\d{2})(\d{2})(\d{3,4})(\d{3,5})$/.exec(phone);
  if (foreign) return `+${foreign.slice(1).join(" ")}`;
  return phone;
}

/** How a person is reached: by e-mail, else by phone. */
export const reachedBy = ({ email, phone }: { email: string | null; phone: string | null }): string =>
  email ?? (phone ? formatPhone(phone) : "");

/** The first letters of a name, for its badge. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? "")][0] ?? "").join("").toLocaleUpperCase(currentLocale());
}
