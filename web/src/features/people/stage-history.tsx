import { Button, NativeSelect, Stack, TextInput } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Client, ClientPatch, StageChange } from "@/api/types.gen";
import { maxLength } from "@/lib/form";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { type Stage, stageLabel, stages } from "@/lib/model";
import { DownloadMenu } from "@/ui/download-menu";
import { SideDrawer } from "@/ui/side-drawer";
import { Stated } from "@/ui/states";
import { Timeline, type TimelineEntry } from "@/ui/timeline";

const historyOptions = (id: string) =>
  queryOptions({
    queryKey: keys.stageHistory(id),
    queryFn: ({ signal }) => call("get_stage_history", { path: { id } }, { signal }),
  });

interface Props {
  client: Client;
  opened: boolean;
  onClose: () => void;
  onMove: (patch: ClientPatch) => void;
}

/** How a person came to their stage, and the next move with its reason. */
export function StageHistory({ client, opened, onClose, onMove }: Props) {
  return (
    <SideDrawer opened={opened} onClose={onClose} title={t("stages.title")}>
      <Move client={client} onMove={onMove} />
      <Past id={client.id} />
    </SideDrawer>
  );
}

function Move({ client, onMove }: Pick<Props, "client" | "onMove">) {
  const [stage, setStage] = useState<Stage | "">("");
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!stage) return;
    onMove({ stage, stage_reason: reason.trim() || null });
    setStage("");
    setReason("");
  };
  const others = stages.filter((other) => other !== client.stage);
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" mb="xl">
        <NativeSelect
          label={t("people.move")}
          data={[{ value: "", label: stageLabel(client.stage) }, ...others.map((value) => ({ value, label: stageLabel(value) }))]}
          value={stage}
          onChange={(event) => setStage(event.currentTarget.value as Stage | "")}
        />
        <TextInput label={t("stages.reason")} maxLength={maxLength("ClientPatch", "stage_reason") ?? 200} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <Button type="submit" disabled={!stage} style={{ justifySelf: "start" }}>
          {t("stages.move")}
        </Button>
      </Stack>
    </form>
  );
}

const entryOf = ({ id, from, to, at, actor, reason }: StageChange): TimelineEntry => ({
  id,
  icon: "next",
  tone: "info",
  at,
  title: from ? t("event.stage_changed", { from: stageLabel(from), stage: stageLabel(to) }) : t("stages.began", { stage: stageLabel(to) }),
  detail: reason,
  by: actor,
});

function Past({ id }: { id: string }) {
  const query = useQuery(historyOptions(id));
  return (
    <Stated query={query} failed={t("stages.load_failed")} small>
      {({ items }) => (
        <>
          <DownloadMenu list={`/api/contacts/${id}/stages`} />
          <Timeline entries={items.map(entryOf)} label={t("stages.title")} />
        </>
      )}
    </Stated>
  );
}
