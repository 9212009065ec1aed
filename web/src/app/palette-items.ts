import { useMantineColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { formatPhone } from "@/lib/format";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { shortcuts } from "@/lib/keyboard";
import { keys } from "@/lib/keys";
import { paths } from "@/lib/paths";
import { useMay } from "@/lib/permissions";
import { recentPeople } from "@/lib/recents";
import type { IconName } from "@/ui/icons";
import { openCheatSheet } from "./cheat-sheet";
import { usePlaces } from "./navigation";

export interface PaletteItem {
  id: string;
  group: string;
  icon: IconName;
  label: string;
  hint?: string;
  keys?: string;
  run: () => void;
}

const keysOf = (id: string) => shortcuts.find((entry) => entry.id === id)?.keys[0];
const plain = (text: string) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

/** What the palette offers for a text: people from the server, pages and actions from here. */
export function usePaletteItems(text: string, opened: boolean): { items: PaletteItem[]; searching: boolean } {
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [query] = useDebouncedValue(text.trim(), 120);
  const people = useQuery({
    queryKey: keys.clientSearch(query),
    queryFn: ({ signal }) => call("list_clients", { query: { q: query, limit: 6 } }, { signal }),
    enabled: opened && query.length > 0,
    placeholderData: keepPreviousData,
  });

  const places = usePlaces();
  const maySeeSystem = useMay("get_status");
  const go = (to: string) => () => void navigate(to);
  const found: PaletteItem[] = (query ? (people.data?.items ?? []) : []).map((client) => ({
    id: client.id,
    group: t("palette.people"),
    icon: "person",
    label: client.name,
    hint: [client.email, client.phone && formatPhone(client.phone)].filter(Boolean).join(" · "),
    run: go(paths.person(client.id)),
  }));
  const recent: PaletteItem[] = recentPeople().map(({ id, name }) => ({
    id,
    group: t("palette.recent"),
    icon: "person",
    label: name,
    run: go(paths.person(id)),
  }));
  const pages: PaletteItem[] = [
    ...places.map(({ to, label, icon, shortcut }) => ({ to, label: t(label), icon, keys: keysOf(shortcut) })),
    { to: paths.duplicates, label: t("merge.duplicates"), icon: "merge" as const },
    { to: paths.imports, label: t("imports.title"), icon: "document" as const },
    { to: paths.trash, label: t("trash.title"), icon: "delete" as const },
    { to: paths.fields, label: t("settings.fields"), icon: "edit" as const },
    { to: paths.tags, label: t("settings.tags"), icon: "tag" as const },
    { to: paths.reports, label: t("reports.title"), icon: "dashboard" as const },
    { to: paths.office, label: t("settings.office"), icon: "home" as const },
    { to: paths.templates, label: t("settings.library"), icon: "note" as const },
    { to: paths.webhooks, label: t("settings.webhooks"), icon: "external" as const },
    { to: paths.team, label: t("settings.team"), icon: "people" as const },
    { to: paths.apiKeys, label: t("settings.api_keys"), icon: "apiKey" as const },
    { to: paths.stageRules, label: t("settings.stage_rules"), icon: "next" as const },
    ...(maySeeSystem ? [{ to: paths.system, label: t("settings.system"), icon: "done" as const }] : []),
    { to: paths.failedWork, label: t("settings.failed_work"), icon: "work" as const },
    { to: paths.preferences, label: t("settings.preferences"), icon: "look" as const },
  ].map(({ to, ...rest }) => ({ id: to, group: t("palette.pages"), run: go(to), ...rest }));
  const dark = colorScheme === "dark";
  const actions: PaletteItem[] = [
    { id: "new-person", icon: "addPerson" as const, label: t("people.add"), run: go(`${paths.people}?new=1`) },
    { id: "new-task", icon: "add" as const, label: t("tasks.add"), run: go(`${paths.tasks}?new=1`) },
    { id: "keys", icon: "keyboard" as const, label: t("keys.help"), keys: keysOf("help"), run: openCheatSheet },
    {
      id: "scheme",
      icon: dark ? ("light" as const) : ("dark" as const),
      label: t(dark ? "look.to_light" : "look.to_dark"),
      run: () => setColorScheme(dark ? "light" : "dark"),
    },
  ].map((item) => ({ group: t("palette.actions"), ...item }));

  const wanted = plain(text.trim());
  const matches = (item: PaletteItem) => plain(item.label).includes(wanted);
  return {
    items: wanted ? [...found, ...[...actions, ...pages].filter(matches)] : [...recent, ...actions, ...pages],
    searching: people.isFetching,
  };
}
