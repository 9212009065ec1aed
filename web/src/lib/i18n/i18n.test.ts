import { afterEach, describe, expect, it } from "vitest";
import { en } from "./en";
import { es } from "./es";
import { hasMessage, moreWords, setLocale, t, translate } from "./index";
import { first } from "./en/first";
import { later } from "./en/later";
import type { Message } from "./messages";

afterEach(() => setLocale("en"));

const texts = (message: Message) => (typeof message === "string" ? [message] : [message.one, message.other]);
const names = (message: Message) => [...new Set(texts(message).join(" ").match(/\{\w+\}/g))].sort();

describe("the catalogues", () => {
  it.each(Object.keys(en) as (keyof typeof en)[])("%s is whole in every language", (key) => {
    expect(names(es[key]).filter((name) => name !== "{count}")).toEqual(names(en[key]).filter((name) => name !== "{count}"));
    for (const text of [...texts(en[key]), ...texts(es[key])]) expect(text.trim()).not.toBe("");
  });

  it("have no key more than English", () => {
    expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
  });

  it("have no key in both parts of English", () => {
    expect(Object.keys(first).filter((key) => key in later)).toEqual([]);
    expect(Object.keys(first).length + Object.keys(later).length).toBe(Object.keys(en).length);
  });
});

describe("moreWords", () => {
  it("brings the later part, which stays through a change of language", async () => {
    expect(hasMessage("hub.add")).toBe(false);
    await setLocale("es");
    expect(translate("hub.add")).toBe(es["hub.add"]);
    await moreWords();
    await setLocale("en");
    expect(t("hub.add")).toBe(later["hub.add"]);
    expect(t("people.add")).toBe(first["people.add"]);
  });

  it("brings it in English too", async () => {
    await moreWords();
    expect(Object.keys(en).filter((key) => !hasMessage(key))).toEqual([]);
  });
});

describe("t", () => {
  it("fills placeholders and picks the plural", async () => {
    expect(t("people.total", { count: 1 })).toBe("1 person");
    expect(t("people.total", { count: 1200 })).toBe("1,200 people");
    expect(t("people.created", { name: "Ann {name}" })).toBe("Ann {name} was added");
    await setLocale("es");
    expect(t("people.total", { count: 2 })).toBe("2 personas");
  });

  it("is stretched by no key made at run time", () => {
    expect(translate("stage.lead")).toBe("Lead");
    expect(translate("stage.unheard_of")).toBeNull();
  });
});
