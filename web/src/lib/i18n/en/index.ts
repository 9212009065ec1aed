import { followUp } from "./follow-up";
import { home } from "./home";
import { people } from "./people";
import { settings } from "./settings";
import { shell } from "./shell";
import { today } from "./today";
import { words } from "./words";
import { work } from "./work";

/** The English words of the console; every other language has the same keys. */
export const en = { ...shell, ...people, ...work, ...home, ...followUp, ...settings, ...today, ...words } as const;
