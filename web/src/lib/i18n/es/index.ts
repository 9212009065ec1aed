import type { Catalog } from "../messages";
import { followUp } from "./follow-up";
import { home } from "./home";
import { people } from "./people";
import { settings } from "./settings";
import { shell } from "./shell";
import { today } from "./today";
import { words } from "./words";
import { work } from "./work";

export const es: Catalog = { ...shell, ...people, ...work, ...home, ...followUp, ...settings, ...today, ...words };
