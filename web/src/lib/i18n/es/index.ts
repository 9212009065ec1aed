import type { Catalog } from "../messages";
import { home } from "./home";
import { imports } from "./imports";
import { people } from "./people";
import { person } from "./person";
import { records } from "./records";
import { settings } from "./settings";
import { shell } from "./shell";
import { words } from "./words";
import { work } from "./work";

export const es: Catalog = { ...shell, ...people, ...imports, ...person, ...records, ...work, ...home, ...settings, ...words };
