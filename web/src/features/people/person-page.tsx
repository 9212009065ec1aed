import { Button, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useId, useState } from "react";
import { useNavigate } from "react-router";
import type { Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { usePeopleWithoutServer } from "@/lib/kept-people";
import { useShortcut } from "@/lib/keyboard";
import { paths } from "@/lib/paths";
import { rememberPerson } from "@/lib/recents";
import { Glyph } from "@/ui/icons";
import { Page } from "@/ui/page";
import { useDrawer } from "@/ui/side-drawer";
import { StageLadder } from "@/ui/stage";
import { Stated } from "@/ui/states";
import { clientOptions, useChangeClient, useDeleteClients } from "./api";
import { Erase } from "./erase";
import { MergeWith } from "./merge-with";
import { PersonDocuments } from "./person-documents";
import { PersonFacts } from "./person-facts";
import { PersonMore } from "./person-more";
import { PersonNotice } from "./person-notice";
import { PersonNotes } from "./person-notes";
import { PersonTimeline } from "./person-timeline";
import { StageHistory } from "./stage-history";
import classes from "./person.module.css";

interface Props {
  id: string;
  onCompose: () => void;
  onNewTask: () => void;
  /** What other features show about the person. */
  tasks: (client: Client) => ReactNode;
  emails: (client: Client) => ReactNode;
}

export function PersonPage({ id, ...slots }: Props) {
  const query = useQuery(clientOptions(id));
  const kept = usePeopleWithoutServer(query.error)?.find((client) => client.id === id);
  const client = query.data ?? kept;
  if (client) return <Person client={client} {...slots} />;
  return (
    <Page title={t("people.one")} back={{ to: paths.people, label: t("nav.people") }}>
      <Stated query={query} failed={query.error ? t("people.one_failed") : undefined}>
        {() => null}
      </Stated>
    </Page>
  );
}

const parts = ["timeline", "tasks", "emails", "facts"] as const;
type Part = (typeof parts)[number];

function Person({ client, onCompose, onNewTask, tasks, emails }: Omit<Props, "id"> & { client: Client }) {
  const navigate = useNavigate();
  const change = useChangeClient();
  const remove = useDeleteClients();
  const [merging, setMerging] = useState(false);
  const stages = useDrawer("stages");
  const [erasing, setErasing] = useState(false);
  const [part, setPart] = useState<Part>("timeline");
  const { id, name } = client;
  useEffect(() => rememberPerson({ id, name }), [id, name]);
  const notice = useId();
  useShortcut("person.email", onCompose);
  useShortcut("person.task", onNewTask);

  const actions = (
    <>
      {client.phone && (
        <Button component="a" href={`tel:${client.phone}`} variant="default" leftSection={<Glyph name="call" />}>
          {t("people.call")}
        </Button>
      )}
      <Button variant="default" leftSection={<Glyph name="add" />} onClick={onNewTask}>
        {t("tasks.one")}
      </Button>
      <Button
        leftSection={<Glyph name="email" />}
        onClick={onCompose}
        disabled={!client.email}
        aria-describedby={client.email ? undefined : notice}
      >
        {t("emails.one")}
      </Button>
      <PersonMore
        client={client}
        onEmails={(email_unsubscribed) => change.mutate({ seen: client, patch: { email_unsubscribed } })}
        onMerge={() => setMerging(true)}
        onStages={() => stages.open()}
        onErase={() => setErasing(true)}
        onDelete={() => {
          remove.mutate({ clients: [client] });
          void navigate(paths.people);
        }}
      />
    </>
  );

  return (
    <Page title={name} back={{ to: paths.people, label: t("nav.people") }} actions={actions}>
      <MergeWith client={client} opened={merging} onClose={() => setMerging(false)} />
      <Erase person={client} opened={erasing} onClose={() => setErasing(false)} onErased={() => void navigate(paths.people)} />
      <StageHistory client={client} opened={stages.opened} onClose={stages.close} onMove={(patch) => change.mutate({ seen: client, patch })} />
      <StageLadder stage={client.stage} name={name} onChange={(stage) => change.mutate({ seen: client, patch: { stage } })} />
      <PersonNotice client={client} id={notice} />
      <SegmentedControl
        fullWidth
        className={classes.parts}
        aria-label={t("people.parts")}
        value={part}
        onChange={(value) => setPart(value as Part)}
        data={parts.map((value) => ({ value, label: t(`people.part.${value}`) }))}
      />
      <div className={classes.columns} data-part={part}>
        <div className={classes.facts}>
          <PersonFacts client={client} onChange={(patch) => change.mutate({ seen: client, patch })} />
        </div>
        <div className={classes.timeline}>
          <PersonNotes client={client} />
          <PersonTimeline client={client} />
        </div>
        <div className={classes.side}>
          <div className={classes.tasks}>{tasks(client)}</div>
          <div className={classes.emails}>{emails(client)}</div>
          <div className={classes.papers}>
            <PersonDocuments client={client} />
          </div>
        </div>
      </div>
    </Page>
  );
}
