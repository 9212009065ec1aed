import { access } from "./access";
import { elsewhere } from "./elsewhere";
import { home } from "./home";
import { people } from "./people";
import { shell } from "./shell";
import { today } from "./today";
import { views } from "./views";
import { words } from "./words";

/** What the shell and the first rooms say; it comes with the console's first screen. */
export const first = {
  ...access,
  ...elsewhere,
  ...home,
  ...people,
  ...shell,
  ...today,
  ...views,
  ...words,
} as const;
