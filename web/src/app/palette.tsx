import { Loader, Modal } from "@mantine/core";
import { type KeyboardEvent, useEffect, useId, useState, useSyncExternalStore } from "react";
import { t } from "@/lib/i18n";
import { createSwitch } from "@/lib/switch";
import { Glyph } from "@/ui/icons";
import { KeyCaps } from "@/ui/key-caps";
import { type PaletteItem, usePaletteItems } from "./palette-items";
import classes from "./palette.module.css";

const palette = createSwitch();
export const openPalette = (): void => palette.set(true);

/** Finds any person, page and action: a combobox over everything. */
export function Palette() {
  const opened = useSyncExternalStore(palette.subscribe, palette.get);
  return (
    <Modal.Root
      opened={opened}
      onClose={() => palette.set(false)}
      padding={0}
      size={600}
      yOffset="12dvh"
      centered={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t("palette.label")}>
        <Modal.Body>
          <PaletteBody opened={opened} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function run(item: PaletteItem | undefined): void {
  if (!item) return;
  palette.set(false);
  item.run();
}

function PaletteBody({ opened }: { opened: boolean }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const { items, searching } = usePaletteItems(text, opened);
  const list = useId();
  const chosen = Math.min(at, items.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((chosen + step + items.length) % Math.max(items.length, 1));
    }
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(items[chosen]);
    }
  };
  return (
    <>
      <div className={classes.field}>
        <Glyph name="search" size={18} />
        <input
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={items[chosen] ? `${list}-${chosen}` : undefined}
          aria-autocomplete="list"
          aria-label={t("palette.label")}
          placeholder={t("palette.placeholder")}
          className={classes.input}
          value={text}
          spellCheck={false}
          autoComplete="off"
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
        />
        {searching && <Loader size={16} />}
      </div>
      <PaletteList id={list} items={items} chosen={chosen} onPoint={setAt} onRun={run} />
    </>
  );
}

interface ListProps {
  id: string;
  items: PaletteItem[];
  chosen: number;
  onPoint: (index: number) => void;
  onRun: (item: PaletteItem) => void;
}

function PaletteList({ id, items, chosen, onPoint, onRun }: ListProps) {
  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [id, chosen]);
  const groups = Map.groupBy(items.map((item, index) => ({ item, index })), ({ item }) => item.group);
  return (
    <div id={id} role="listbox" aria-label={t("palette.results")} className={classes.list}>
      {[...groups].map(([group, entries]) => (
        <div key={group} role="group" aria-label={group}>
          <div className={classes.group} aria-hidden>
            {group}
          </div>
          {entries.map(({ item, index }) => (
            // The keyboard stays in the field (aria-activedescendant); the pointer alone comes here.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={item.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === chosen}
              className={classes.item}
              onPointerMove={() => onPoint(index)}
              onClick={() => onRun(item)}
            >
              <Glyph name={item.icon} size={17} />
              <span className={classes.label}>{item.label}</span>
              {item.hint && <span className={classes.hint}>{item.hint}</span>}
              {item.keys && <KeyCaps keys={item.keys} />}
            </div>
          ))}
        </div>
      ))}
      {items.length === 0 && <p className={classes.none}>{t("palette.none")}</p>}
    </div>
  );
}
