import { access } from "./access";
import { home } from "./home";
import { people } from "./people";
import { security } from "./security";
import { settings } from "./settings";
import { shell } from "./shell";
import { words } from "./words";
import { work } from "./work";

/** The English words of the console; every other language has the same keys. */
export const en = { ...shell, ...access, ...people, ...work, ...home, ...settings, ...security, ...words } as const;
