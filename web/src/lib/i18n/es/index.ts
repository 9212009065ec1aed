import type { Catalog } from "../messages";
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
import { words } from "./words";
import { work } from "./work";

export const es: Catalog = { ...shell, ...people, ...imports, ...person, ...records, ...work, ...home, ...settings, ...words };
export const es: Catalog = { ...shell, ...access, ...people, ...work, ...home, ...settings, ...security, ...words };
export const es: Catalog = { ...shell, ...people, ...work, ...home, ...followUp, ...settings, ...words };
export const es: Catalog = { ...shell, ...people, ...work, ...home, ...followUp, ...settings, ...today, ...words };
export const es: Catalog = { ...shell, ...people, ...work, ...home, ...settings, ...letters, ...words };
import { wizard } from "./wizard";
import { words } from "./words";
import { work } from "./work";

export const es: Catalog = { ...shell, ...access, ...people, ...work, ...home, ...hub, ...wizard, ...settings, ...security, ...words };
