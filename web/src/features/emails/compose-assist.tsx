import { Button, NativeSelect, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Client, Preview } from "@/api/types.gen";
import { useNow } from "@/lib/clock";
import { maxLength } from "@/lib/form";
import { t } from "@/lib/i18n";
import { lettersOptions } from "@/lib/letters";
import { followupLabel, label } from "@/lib/model";
import { Glyph } from "@/ui/icons";
import { dayAndTime } from "@/ui/when";
import { openTasksOptions } from "./api";
import type { Draft } from "./draft";
import classes from "./emails.module.css";

interface Props {
  client: Client;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  /** Has a draft written, or takes a letter of the library. */
  onWrite: (letter?: string) => void;
  busy: boolean;
  written: Preview | null;
}

const mostInstructions = 500;

/** What the draft is to be about and how, and who wrote the one that stands there. */
export function ComposeAssist({ client, draft, onChange, onWrite, busy, written }: Props) {
  const now = useNow();
  const tasks = useQuery(openTasksOptions(client.id));
  const letters = useQuery(lettersOptions);
  const most = maxLength("PreviewRequest", "agent_instructions") ?? mostInstructions;
  const occasions = (tasks.data?.items ?? [])
    .filter((task) => task.channel === "email")
    .map((task) => ({
      value: task.id,
      label: t("emails.for_task", { task: followupLabel(task.followup_type), time: dayAndTime(task.scheduled_for, now) }),
    }));
  return (
    <div className={classes.assist}>
      <NativeSelect
        label={t("emails.occasion")}
        data={[{ value: "", label: t("emails.no_task") }, ...occasions]}
        value={draft.task}
        onChange={(event) => onChange({ task: event.currentTarget.value })}
      />
      {letters.data && letters.data.items.length > 0 && (
        <NativeSelect
          label={t("emails.letter")}
          data={[{ value: "", label: t("emails.no_letter") }, ...letters.data.items.map(({ id, name }) => ({ value: id, label: name }))]}
          value=""
          disabled={busy}
          onChange={(event) => event.currentTarget.value && onWrite(event.currentTarget.value)}
        />
      )}
      <Textarea
        label={t("emails.instructions")}
        placeholder={t("emails.instructions_hint")}
        minRows={2}
        data-autofocus
        maxLength={most}
        description={t("form.length", { length: draft.instructions.length, max: most })}
        inputWrapperOrder={["label", "input", "error", "description"]}
        value={draft.instructions}
        onChange={(event) => onChange({ instructions: event.currentTarget.value })}
      />
      <div className={classes.assistFoot}>
        <span className={classes.source} role="status">
          {written && (
            <>
              <Glyph name={written.source === "ai" ? "ai" : "note"} size={14} />
              {label(written.facts.length > 0 ? "draft_source" : "letter_source", written.source)}
            </>
          )}
        </span>
        <Button variant="light" leftSection={<Glyph name="ai" />} loading={busy} onClick={() => onWrite()}>
          {t(draft.body ? "emails.write_again" : "emails.write")}
        </Button>
      </div>
    </div>
  );
}
