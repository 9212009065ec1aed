import { ActionIcon, Button, Popover, TextInput, Tooltip } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { fromLocalInput, toLocalInput } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Glyph } from "./icons";
import classes from "./reschedule.module.css";
import { dayAndTime } from "./when";

interface Props {
  /** Which task, and whose, for a screen reader. */
  what: { task: string; name: string };
  at: string;
  now: Date;
  onChoose: (at: string, words: string) => void;
}

/** In so many days at nine in the morning, the viewer's. */
function morning(now: Date, days: number): Date {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  at.setHours(9, 0, 0, 0);
  return at;
}

const daysToMonday = (now: Date): number => ((8 - now.getDay()) % 7) || 7;

/** Another time for a task: a few good ones, or any. */
export function Reschedule({ what, at: current, now, onChoose }: Props) {
  const [opened, setOpened] = useState(false);
  const [value, setValue] = useState("");
  const choose = (at: Date) => {
    const instant = at.toISOString();
    setOpened(false);
    onChoose(instant, dayAndTime(instant, now));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value) choose(new Date(fromLocalInput(value)));
  };
  const quick = [
    { label: t("reschedule.hour"), at: new Date(now.getTime() + 3_600_000) },
    { label: t("reschedule.tomorrow"), at: morning(now, 1) },
    { label: t("reschedule.monday"), at: morning(now, daysToMonday(now)) },
    { label: t("reschedule.month"), at: morning(now, 30) },
  ];
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus shadow="md" width={272}>
      <Tooltip label={t("tasks.reschedule")} disabled={opened}>
        <Popover.Target>
          <ActionIcon
            aria-label={t("tasks.reschedule_this", what)}
            onClick={() => {
              setValue(toLocalInput(current));
              setOpened(!opened);
            }}
          >
            <Glyph name="reschedule" />
          </ActionIcon>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown aria-label={t("tasks.reschedule_this", what)}>
        <div className={classes.quick}>
          {quick.map(({ label, at }) => (
            <Button key={label} variant="subtle" color="gray" justify="space-between" fullWidth onClick={() => choose(at)} rightSection={<span className={classes.theirs}>{dayAndTime(at.toISOString(), now)}</span>}>
              {label}
            </Button>
          ))}
        </div>
        <form className={classes.exact} onSubmit={submit}>
          <TextInput
            type="datetime-local"
            label={t("reschedule.exact")}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!value}>
            {t("reschedule.set")}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
