import { Button, Group, Modal, Radio } from "@mantine/core";
import { useState } from "react";
import type { Client, Merge, MergeChoices } from "@/api/types.gen";
import { formatDate, formatPhone } from "@/lib/format";
import { t } from "@/lib/i18n";
import { label, stageLabel } from "@/lib/model";
import { useMerge } from "./merge-api";
import classes from "./merge.module.css";

interface Props {
  /** The record that stays, and the one that is taken into it; null while there is nothing to merge. */
  pair: readonly [Client, Client] | null;
  onClose: () => void;
  onDone: (merge: Merge) => void;
}

type Field = keyof MergeChoices & keyof Client;

const fields: readonly Field[] = ["name", "email", "phone", "property_address", "property_type", "stage", "notes", "zone"];

const shown: Partial<Record<Field, (client: Client) => string | null>> = {
  phone: (client) => client.phone && formatPhone(client.phone),
  property_type: (client) => label("property_type", client.property_type),
  stage: (client) => stageLabel(client.stage),
};

const textOf = (client: Client, field: Field): string =>
  shown[field]?.(client) ?? (typeof client[field] === "string" ? client[field] : "");

/** Two records side by side: what differs is chosen, what hangs on either stays. */
export function MergeDialog({ pair, onClose, onDone }: Props) {
  return (
    <Modal
      opened={pair !== null}
      onClose={onClose}
      size="xl"
      title={t("merge.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {pair && <MergeForm kept={pair[0]} other={pair[1]} onClose={onClose} onDone={onDone} />}
    </Modal>
  );
}

interface FormProps {
  kept: Client;
  other: Client;
  onClose: () => void;
  onDone: (merge: Merge) => void;
}

function MergeForm({ kept, other, onClose, onDone }: FormProps) {
  const [choices, setChoices] = useState<MergeChoices>({});
  const merge = useMerge(onDone);
  const different = fields.filter((field) => textOf(kept, field) !== textOf(other, field));
  return (
    <>
      <p className={classes.lead}>{t("merge.lead")}</p>
      <div className={classes.table}>
        <div className={classes.row} aria-hidden>
          <span />
          <strong>{t("merge.this", { date: formatDate(kept.created_at) })}</strong>
          <strong>{t("merge.other", { date: formatDate(other.created_at) })}</strong>
        </div>
        {different.map((field) => (
          <Choice
            key={field}
            field={field}
            mine={textOf(kept, field)}
            theirs={textOf(other, field)}
            value={choices[field] ?? (textOf(kept, field) ? "this" : "other")}
            onChange={(value) => setChoices({ ...choices, [field]: value })}
          />
        ))}
      </div>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button loading={merge.isPending} onClick={() => merge.mutate({ kept, other, choices }, { onSuccess: onClose })}>
          {t("merge.action")}
        </Button>
      </Group>
    </>
  );
}

interface ChoiceProps {
  field: Field;
  mine: string;
  theirs: string;
  value: "this" | "other";
  onChange: (value: "this" | "other") => void;
}

function Choice({ field, mine, theirs, value, onChange }: ChoiceProps) {
  const name = label("field", field);
  return (
    <Radio.Group className={classes.row} value={value} onChange={(next) => onChange(next as "this" | "other")} aria-label={name}>
      <span className={classes.field} aria-hidden>
        {name}
      </span>
      <Radio value="this" label={mine || t("merge.nothing")} disabled={!mine} />
      <Radio value="other" label={theirs || t("merge.nothing")} disabled={!theirs} />
    </Radio.Group>
  );
}
