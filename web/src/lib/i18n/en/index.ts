import { home } from "./home";
import { letters } from "./letters";
import { people } from "./people";
import { settings } from "./settings";
import { shell } from "./shell";
import { words } from "./words";
import { work } from "./work";

/** The English words of the console; every other language has the same keys. */
export const en = { ...shell, ...people, ...work, ...home, ...settings, ...letters, ...words } as const;
