import type { Catalog } from "../messages";
import { access } from "./access";
import { home } from "./home";
import { people } from "./people";
import { security } from "./security";
import { settings } from "./settings";
import { shell } from "./shell";
import { words } from "./words";
import { work } from "./work";

export const es: Catalog = { ...shell, ...access, ...people, ...work, ...home, ...settings, ...security, ...words };
