import type { ReactNode } from "react";
import type { en } from "./en/index";

/** A message that depends on a count; `{count}` stands for the number as people write it. */
export interface Plural {
  one: string;
  other: string;
}
export type Message = string | Plural;

type English = typeof en;
export type MessageKey = keyof English;

/** Every language has every key of the English catalogue, with a plural where English has one. */
export type Catalog = { readonly [K in MessageKey]: English[K] extends string ? string : Plural };

type Placeholders<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;
type NamesOf<M> = M extends string
  ? Placeholders<M>
  : M extends { one: infer One; other: infer Other }
    ? Placeholders<One> | Placeholders<Other> | "count"
    : never;

type ParamsOf<M, Value> = [NamesOf<M>] extends [never]
  ? []
  : [params: { [Name in NamesOf<M>]: Name extends "count" ? number : Value }];

/** The keys of messages that need no parameters. */
export type PlainKey = { [K in MessageKey]: [NamesOf<English[K]>] extends [never] ? K : never }[MessageKey];

/** The parameters that a message needs: none, or an object with each of its placeholders. */
export type Params<K extends MessageKey> = ParamsOf<English[K], string | number>;
/** The same, where a placeholder may be a piece of page: a link, a name in bold. */
export type RichParams<K extends MessageKey> = ParamsOf<English[K], ReactNode>;

export type Values = Record<string, string | number>;

/** Fills the placeholders of a message. */
export function fill(message: Message, values: Values, locale: string): string {
  return pick(message, values, locale).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? value.toLocaleString(locale) : value;
  });
}

/** The form of a plural that the language uses for this count. */
export function pick(message: Message, values: Record<string, unknown>, locale: string): string {
  if (typeof message === "string") return message;
  const form = new Intl.PluralRules(locale).select(Number(values.count));
  return form === "one" ? message.one : message.other;
}
