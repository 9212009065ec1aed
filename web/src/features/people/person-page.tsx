import { ActionIcon, Button, Menu, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { useNavigate } from "react-router";
import type { Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { usePeopleWithoutServer } from "@/lib/kept-people";
import { useShortcut } from "@/lib/keyboard";
import { paths } from "@/lib/paths";
import { useMay } from "@/lib/permissions";
import { rememberPerson } from "@/lib/recents";
import { Glyph } from "@/ui/icons";
import { Page } from "@/ui/page";
import { StageLadder } from "@/ui/stage";
import { Stated } from "@/ui/states";
import { clientOptions, useChangeClient, useDeleteClients } from "./api";
import { Erase } from "./erase";
import { MergeWith } from "./merge-with";
import { PersonDocuments } from "./person-documents";
import { PersonFacts } from "./person-facts";
import { PersonNotice } from "./person-notice";
import { PersonNotes } from "./person-notes";
import { PersonTimeline } from "./person-timeline";
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
  const [erasing, setErasing] = useState(false);
  const mayErase = useMay("erase_contact");
  const [part, setPart] = useState<Part>("timeline");
  const { id, name } = client;
  useEffect(() => rememberPerson({ id, name }), [id, name]);
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
      <Button leftSection={<Glyph name="email" />} onClick={onCompose}>
        {t("emails.one")}
      </Button>
      <Menu>
        <Menu.Target>
          <ActionIcon size={36} aria-label={t("people.more_about", { name })}>
            <Glyph name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<Glyph name={client.email_unsubscribed ? "email" : "away"} />}
            onClick={() => change.mutate({ seen: client, patch: { email_unsubscribed: !client.email_unsubscribed } })}
          >
            {t(client.email_unsubscribed ? "people.allow_emails" : "people.stop_emails")}
          </Menu.Item>
          <Menu.Item leftSection={<Glyph name="merge" />} onClick={() => setMerging(true)}>
            {t("merge.with")}
          </Menu.Item>
          <Menu.Item component="a" href={paths.exportPerson(id)} download leftSection={<Glyph name="down" />}>
            {t("people.archive")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<Glyph name="delete" />}
            onClick={() => {
              remove.mutate({ clients: [client] });
              void navigate(paths.people);
            }}
          >
            {t("people.delete")}
          </Menu.Item>
          {mayErase && (
            <Menu.Item color="red" leftSection={<Glyph name="failed" />} onClick={() => setErasing(true)}>
              {t("erase.menu")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );

  return (
    <Page title={name} back={{ to: paths.people, label: t("nav.people") }} actions={actions}>
      <MergeWith client={client} opened={merging} onClose={() => setMerging(false)} />
      <Erase person={client} opened={erasing} onClose={() => setErasing(false)} onErased={() => void navigate(paths.people)} />
      <StageLadder stage={client.stage} name={name} onChange={(stage) => change.mutate({ seen: client, patch: { stage } })} />
      <PersonNotice client={client} />
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
