import { Modal } from "@mantine/core";
import { useState, useSyncExternalStore } from "react";
import { t } from "@/lib/i18n";
import { type Shortcut, shortcuts, useActiveShortcuts, useShortcut } from "@/lib/keyboard";
import { createSwitch } from "@/lib/switch";
import { KeyCaps } from "@/ui/key-caps";
import classes from "./cheat-sheet.module.css";

const sheet = createSwitch();
export const openCheatSheet = (): void => sheet.set(true);

/** The keys that do something on this page, from the table that the keyboard obeys. */
export function CheatSheet() {
  const opened = useSyncExternalStore(sheet.subscribe, sheet.get);
  const active = useActiveShortcuts();
  const [shown, setShown] = useState<readonly string[]>([]);
  useShortcut("help", () => {
    setShown(active);
    openCheatSheet();
  });
  const live = new Set<string>(shown.length ? shown : active);
  const groups = Map.groupBy(shortcuts.filter(({ id }) => live.has(id)), ({ group }) => group);
  return (
    <Modal opened={opened} onClose={() => sheet.set(false)} title={t("keys.title")} size="lg" closeButtonProps={{ "aria-label": t("action.close") }}>
      <div className={classes.groups}>
        {[...groups].map(([group, entries]) => (
          <section key={group}>
            <h3>{t(group)}</h3>
            <dl className={classes.list}>
              {entries.map((entry) => (
                <Row key={entry.id} entry={entry} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.note}>{t("keys.note")}</p>
    </Modal>
  );
}

const Row = ({ entry }: { entry: Shortcut }) => (
  <div className={classes.row}>
    <dt>{t(entry.label)}</dt>
    <dd>
      {entry.keys.map((keys) => (
        <KeyCaps key={keys} keys={keys} />
      ))}
    </dd>
  </div>
);
