import type { PlainKey } from "@/lib/i18n";
import type { ShortcutId } from "@/lib/keyboard";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import type { IconName } from "@/ui/icons";

export interface Place {
  to: string;
  label: PlainKey;
  icon: IconName;
  shortcut: ShortcutId;
  /** Of agencies alone. */
  agency?: boolean;
  /** Stands in the desk's navigation only: on the phone another room leads there. */
  desk?: boolean;
}

/** The rooms of the console: the left navigation, the bottom bar, the palette and the "g" keys all come from here. */
const places: readonly Place[] = [
  { to: paths.today, label: "nav.today", icon: "today", shortcut: "go.today" },
  { to: paths.dashboard, label: "nav.dashboard", icon: "dashboard", shortcut: "go.dashboard", desk: true },
  { to: paths.hub, label: "nav.hub", icon: "business", shortcut: "go.hub", agency: true },
  { to: paths.people, label: "nav.people", icon: "people", shortcut: "go.people" },
  { to: paths.pipeline, label: "nav.pipeline", icon: "board", shortcut: "go.pipeline", desk: true },
  { to: paths.tasks, label: "nav.tasks", icon: "tasks", shortcut: "go.tasks" },
  { to: paths.approvals, label: "nav.approvals", icon: "yes", shortcut: "go.approvals", desk: true },
  { to: paths.journeys, label: "nav.journeys", icon: "journeys", shortcut: "go.journeys", desk: true },
  { to: paths.emails, label: "nav.emails", icon: "email", shortcut: "go.emails" },
  { to: paths.settings, label: "nav.settings", icon: "settings", shortcut: "go.settings" },
];

const ofBusinesses = places.filter(({ agency }) => !agency);

/** The rooms of the account that one works in. */
export const usePlaces = (): readonly Place[] => (useSession()?.account.kind === "agency" ? places : ofBusinesses);
