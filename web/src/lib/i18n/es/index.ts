import type { Catalog } from "../messages";
import { access } from "./access";
import { board } from "./board";
import { calendar } from "./calendar";
import { elsewhere } from "./elsewhere";
import { followUp } from "./follow-up";
import { home } from "./home";
import { hub } from "./hub";
import { imports } from "./imports";
import { letters } from "./letters";
import { people } from "./people";
import { person } from "./person";
import { records } from "./records";
import { reports } from "./reports";
import { security } from "./security";
import { settings } from "./settings";
import { shell } from "./shell";
import { stageRules } from "./stage-rules";
import { today } from "./today";
import { views } from "./views";
import { wizard } from "./wizard";
import { words } from "./words";
import { work } from "./work";

export const es: Catalog = {
  ...shell,
  ...access,
  ...people,
  ...board,
  ...imports,
  ...person,
  ...records,
  ...work,
  ...home,
  ...hub,
  ...wizard,
  ...calendar,
  ...followUp,
  ...settings,
  ...security,
  ...letters,
  ...today,
  ...elsewhere,
  ...views,
  ...reports,
  ...stageRules,
  ...words,
};
