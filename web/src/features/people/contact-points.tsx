import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ContactPoint } from "@/api/types.gen";
import { formatPhone } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import classes from "./person.module.css";
import { pointsOptions, usePointActs } from "./points-api";

const shown = ({ kind, value }: ContactPoint) => (kind === "phone" ? formatPhone(value) : value);

/** Other addresses and numbers that somebody writes or calls from: mail from them is theirs, and they are found by them. */
export function ContactPoints({ clientId }: { clientId: string }) {
  const points = useQuery(pointsOptions(clientId)).data?.items ?? [];
  const { add, remove } = usePointActs(clientId);
  const [value, setValue] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value.trim()) add.mutate(value.trim(), { onSuccess: () => setValue("") });
  };
  return (
    <>
      {points.length > 0 && (
        <ul className={classes.points} aria-label={t("people.points")}>
          {points.map((point) => (
            <li key={point.id}>
              {shown(point)}
              <ActionIcon size={24} aria-label={t("people.point_remove", { value: shown(point) })} onClick={() => remove.mutate(point)}>
                <Glyph name="close" size={13} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <details className={classes.fold}>
        <summary>{t("people.point_add")}</summary>
        <form className={classes.addPoint} onSubmit={submit}>
          <TextInput size="xs" label={t("people.point_value")} value={value} onChange={(event) => setValue(event.currentTarget.value)} />
          <Button type="submit" size="xs" variant="default" disabled={!value.trim()} loading={add.isPending}>
            {t("action.add")}
          </Button>
        </form>
      </details>
    </>
  );
}
