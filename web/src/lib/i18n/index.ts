import { createElement, Fragment, type ReactNode } from "react";
import { first } from "./en/first";
import { type Catalog, fill, type MessageKey, type Params, pick, type RichParams, type Values } from "./messages";

export type { Catalog, MessageKey, PlainKey } from "./messages";

export const locales = ["en", "es"] as const;
export type Locale = (typeof locales)[number];
/** Each language in its own words, for the switch. */
export const localeNames: Record<Locale, string> = { en: "English", es: "Español" };

const storageKey = "doorstep-locale";
/** English comes in two parts; until a room asks for the later one, only the first is there. */
let whole = false;
const firstWords = first as unknown as Catalog;
const wholeEnglish = (): Promise<Catalog> => import("./en/later").then(({ later }) => ({ ...first, ...later }));
interface Language {
  catalog: Catalog;
  /** What the server says, which it says in English. */
  told: (sentence: string) => string;
}
const asItIs = (sentence: string): string => sentence;
const loaders: Record<Locale, () => Promise<Language>> = {
  en: async () => ({ catalog: whole ? await wholeEnglish() : firstWords, told: asItIs }),
  es: async () => {
    const [{ es }, { toldInSpanish }] = await Promise.all([import("./es/index"), import("./es/told")]);
    return { catalog: es, told: toldInSpanish };
  },
};

let locale: Locale = "en";
let catalog: Catalog = firstWords;
let tell = asItIs;
const listeners = new Set<() => void>();

const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale);

/** The language that was chosen on this device, else the browser's first one that we speak. */
export function preferredLocale(languages: readonly string[] = navigator.languages): Locale {
  const chosen = localStorage.getItem(storageKey);
  if (isLocale(chosen)) return chosen;
  return languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLocale) ?? "en";
}

/** Loads a language's catalogue and makes it the current one. */
export async function setLocale(next: Locale): Promise<void> {
  const language = await loaders[next]();
  catalog = language.catalog;
  tell = language.told;
  locale = next;
  if (typeof document !== "undefined") document.documentElement.lang = next;
  for (const listener of listeners) listener();
}

/** Loads the words of the rooms that are not first. Other languages come whole. */
export async function moreWords(): Promise<void> {
  whole = true;
  if (locale !== "en") return;
  const english = await wholeEnglish();
  if (locale === "en") catalog = english;
}

export async function chooseLocale(next: Locale): Promise<void> {
  localStorage.setItem(storageKey, next);
  await setLocale(next);
}

export const currentLocale = (): Locale => locale;

export function onLocaleChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The words for a key in the current language. The whole page is drawn anew when the language changes, so this may be
 *  called anywhere, also outside of components. */
export function t<K extends MessageKey>(key: K, ...params: Params<K>): string {
  return fill(catalog[key], (params[0] ?? {}) as Values, locale);
}

/** Like t(), for messages with a piece of page (a link, a name) in a placeholder. */
export function rich<K extends MessageKey>(key: K, ...params: RichParams<K>): ReactNode {
  const values = (params[0] ?? {}) as Record<string, ReactNode>;
  const parts = pick(catalog[key], values, locale).split(/\{(\w+)\}/);
  const nodes = parts.map((part, index) => {
    if (index % 2 === 0) return part;
    const value = values[part];
    return typeof value === "number" ? value.toLocaleString(locale) : value;
  });
  return createElement(Fragment, null, ...nodes);
}

/** Whether the catalogue has words for a key made at run time ("event.client_created"). */
export const hasMessage = (key: string): key is MessageKey => key in catalog;

/** The values of a group that the catalogue has words for: "stage" has "lead". */
export const valuesOf = (group: string): string[] =>
  Object.keys(catalog).flatMap((key) => (key.startsWith(`${group}.`) ? [key.slice(group.length + 1)] : []));

/** The words for a key made at run time, with whatever values there are; null where the catalogue has none. */
export function translate(key: string, values: Values = {}): string | null {
  return hasMessage(key) ? fill(catalog[key], values, locale) : null;
}

/** What the server said, in the current language as far as that has it. */
export const told = (sentence: string): string => tell(sentence);
