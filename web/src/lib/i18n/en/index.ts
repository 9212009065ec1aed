import { home } from "./home";
import { imports } from "./imports";
import { people } from "./people";
import { person } from "./person";
import { records } from "./records";
import { settings } from "./settings";
import { shell } from "./shell";
import { words } from "./words";
import { work } from "./work";

/** The English words of the console; every other language has the same keys. */
export const en = { ...shell, ...people, ...imports, ...person, ...records, ...work, ...home, ...settings, ...words } as const;
