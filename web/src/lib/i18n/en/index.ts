import { access } from "./access";
import { followUp } from "./follow-up";
import { home } from "./home";
import { imports } from "./imports";
import { people } from "./people";
import { person } from "./person";
import { records } from "./records";
import { letters } from "./letters";
import { hub } from "./hub";
import { people } from "./people";
import { security } from "./security";
import { settings } from "./settings";
import { shell } from "./shell";
import { today } from "./today";
import { wizard } from "./wizard";
import { words } from "./words";
import { work } from "./work";

/** The English words of the console; every other language has the same keys. */
export const en = { ...shell, ...people, ...imports, ...person, ...records, ...work, ...home, ...settings, ...words } as const;
export const en = { ...shell, ...access, ...people, ...work, ...home, ...settings, ...security, ...words } as const;
export const en = { ...shell, ...people, ...work, ...home, ...followUp, ...settings, ...words } as const;
export const en = { ...shell, ...people, ...work, ...home, ...followUp, ...settings, ...today, ...words } as const;
export const en = { ...shell, ...people, ...work, ...home, ...settings, ...letters, ...words } as const;
export const en = { ...shell, ...access, ...people, ...work, ...home, ...hub, ...wizard, ...settings, ...security, ...words } as const;
