import { Autocomplete, Button, Popover } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import type { Change } from "./bulk-api";
import classes from "./bulk.module.css";
import { tagsOptions } from "./tags-api";

interface Props {
  people: Client[];
  onAct: (change: Change) => void;
}

const longest = 40;

/** Gives the chosen people a tag, or takes one off them. */
export function BulkTags({ people, onAct }: Props) {
  const [opened, setOpened] = useState(false);
  const [text, setText] = useState("");
  const known = useQuery({ ...tagsOptions, enabled: opened }).data?.items.map(({ tag }) => tag) ?? [];
  const theirs = [...new Set(people.flatMap(({ tags }) => tags))];
  const act = (change: Change) => {
    setOpened(false);
    setText("");
    onAct(change);
  };
  const add = (event: FormEvent) => {
    event.preventDefault();
    const tag = text.trim();
    if (tag) act({ action: "add_tag", tag });
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="top" trapFocus returnFocus shadow="md" width={280}>
      <Popover.Target>
        <Button variant="default" leftSection={<Glyph name="tag" />} onClick={() => setOpened(!opened)}>
          {t("bulk.tag")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form className={classes.tagger} onSubmit={add}>
          <Autocomplete
            data-autofocus
            label={t("bulk.add_tag")}
            data={known}
            value={text}
            onChange={setText}
            maxLength={longest}
            comboboxProps={{ withinPortal: false }}
          />
          <Button type="submit" disabled={!text.trim()}>
            {t("action.add")}
          </Button>
        </form>
        {theirs.length > 0 && (
          <div className={classes.theirs} role="group" aria-label={t("bulk.remove_tag")}>
            <p>{t("bulk.remove_tag")}</p>
            {theirs.map((tag) => (
              <Button
                key={tag}
                size="compact-sm"
                variant="default"
                rightSection={<Glyph name="close" size={12} />}
                onClick={() => act({ action: "remove_tag", tag })}
              >
                {tag}
              </Button>
            ))}
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
