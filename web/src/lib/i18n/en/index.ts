import { access } from "./access";
import { home } from "./home";
import { hub } from "./hub";
import { people } from "./people";
import { security } from "./security";
import { settings } from "./settings";
import { shell } from "./shell";
import { wizard } from "./wizard";
import { words } from "./words";
import { work } from "./work";

/** The English words of the console; every other language has the same keys. */
export const en = { ...shell, ...access, ...people, ...work, ...home, ...hub, ...wizard, ...settings, ...security, ...words } as const;
