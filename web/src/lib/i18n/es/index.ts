import type { Catalog } from "../messages";
import { home } from "./home";
import { letters } from "./letters";
import { people } from "./people";
import { settings } from "./settings";
import { shell } from "./shell";
import { words } from "./words";
import { work } from "./work";

export const es: Catalog = { ...shell, ...people, ...work, ...home, ...settings, ...letters, ...words };
