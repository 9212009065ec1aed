import type { Catalog } from "../messages";
import { access } from "./access";
import { followUp } from "./follow-up";
import { home } from "./home";
import { hub } from "./hub";
import { imports } from "./imports";
import { letters } from "./letters";
import { people } from "./people";
import { person } from "./person";
import { records } from "./records";
import { security } from "./security";
import { settings } from "./settings";
import { shell } from "./shell";
import { today } from "./today";
import { wizard } from "./wizard";
import { words } from "./words";
import { work } from "./work";

export const es: Catalog = {
  ...shell,
  ...access,
  ...people,
  ...imports,
  ...person,
  ...records,
  ...work,
  ...home,
  ...hub,
  ...wizard,
  ...followUp,
  ...settings,
  ...security,
  ...letters,
  ...today,
  ...words,
};
