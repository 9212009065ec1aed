import { board } from "./board";
import { calendar } from "./calendar";
import { followUp } from "./follow-up";
import { hub } from "./hub";
import { imports } from "./imports";
import { letters } from "./letters";
import { person } from "./person";
import { records } from "./records";
import { reports } from "./reports";
import { security } from "./security";
import { settings } from "./settings";
import { stageRules } from "./stage-rules";
import { wizard } from "./wizard";
import { work } from "./work";

/** What the other rooms say; it comes with the first of them that is opened. */
export const later = {
  ...board,
  ...calendar,
  ...followUp,
  ...hub,
  ...imports,
  ...letters,
  ...person,
  ...records,
  ...reports,
  ...security,
  ...settings,
  ...stageRules,
  ...wizard,
  ...work,
} as const;
