import { Button, SegmentedControl, Stack, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Client, Preview } from "@/api/types.gen";
import { maxLength } from "@/lib/form";
import { rich, t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import { DrawerFoot, SideDrawer } from "@/ui/side-drawer";
import { toast, toastError } from "@/ui/toast";
import { checkedOptions, undoSeconds, useCancelEmail, usePreview, useSend } from "./api";
import { Answered } from "./compose-answered";
import { ComposeAssist } from "./compose-assist";
import { ComposeChecks } from "./compose-checks";
import { clearDraft, keepDraft, useDraft } from "./draft";
import { EmailFrame } from "./email-body";
import classes from "./emails.module.css";

interface Props {
  client: Client;
  opened: boolean;
  /** The e-mail that came in which is answered. */
  answers?: string | null;
  onClose: () => void;
}

/** Writes an e-mail to a person: by oneself, or from a draft that is read before it goes. */
export const Compose = ({ client, opened, answers = null, onClose }: Props) => (
  <SideDrawer opened={opened} onClose={onClose} title={t("emails.compose")} size={620}>
    {client.email ? (
      <ComposeForm key={`${client.id} ${answers}`} client={client} email={client.email} answers={answers} onClose={onClose} />
    ) : (
      <NoAddress client={client} onClose={onClose} />
    )}
  </SideDrawer>
);

const NoAddress = ({ client, onClose }: Pick<Props, "client" | "onClose">) => (
  <>
    <p className={classes.notice}>
      <Glyph name="away" />
      {t("emails.no_address_of", { name: client.name })}
    </p>
    <DrawerFoot>
      <Button variant="default" onClick={onClose}>
        {t("action.close")}
      </Button>
    </DrawerFoot>
  </>
);

function ComposeForm({ client, email: to, answers, onClose }: Omit<Props, "opened"> & { email: string; answers: string | null }) {
  const [draft, setDraft] = useDraft(client.id, answers);
  const [written, setWritten] = useState<Preview | null>(null);
  const [view, setView] = useState("edit");
  const preview = usePreview();
  const cancel = useCancelEmail(() => {
    keepDraft(client.id, draft);
    toast({ message: t("emails.cancelled") });
  });
  const send = useSend((email) => {
    clearDraft(client.id);
    onClose();
    toast({ message: t("emails.sent_to", { name: client.name }), undo: () => cancel.mutate(email.id) });
  });
  const about = { client_id: client.id, task_id: draft.task || null, agent_instructions: draft.instructions.trim() || null };
  const [text] = useDebouncedValue({ ...about, subject: draft.subject, body: draft.body }, 500);
  const checked = useQuery({ ...checkedOptions(text), placeholderData: (previous) => previous });

  const write = (letter?: string) =>
    preview.mutate(
      { ...about, template_id: letter },
      {
        onSuccess: (answer) => {
          setWritten(answer);
          setDraft({ subject: answer.subject, body: answer.body });
        },
        onError: (error) => toastError(t("emails.not_written"), error),
      },
    );
  const ready = draft.subject.trim() !== "" && draft.body.trim() !== "";

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ ...about, subject: draft.subject.trim(), body: draft.body.trim(), answers_id: draft.answers || null, undo_seconds: undoSeconds });
      }}
    >
      <Stack gap="md" pb="xl">
        <p className={classes.to}>{rich("emails.to_whom", { name: <strong>{client.name}</strong>, email: to })}</p>
        {client.email_unsubscribed && (
          <p className={classes.notice}>
            <Glyph name="away" />
            {t("emails.unsubscribed")}
          </p>
        )}
        {draft.answers && <Answered id={draft.answers} draft={draft} onChange={setDraft} />}
        <ComposeAssist client={client} draft={draft} onChange={setDraft} onWrite={write} busy={preview.isPending} written={written} />
        <TextInput
          label={t("emails.subject")}
          value={draft.subject}
          maxLength={maxLength("SendRequest", "subject")}
          onChange={(event) => setDraft({ subject: event.currentTarget.value })}
        />
        <SegmentedControl
          size="xs"
          className={classes.views}
          aria-label={t("emails.view")}
          value={view}
          onChange={setView}
          data={[
            { value: "edit", label: t("emails.view_edit") },
            { value: "look", label: t("emails.view_html") },
          ]}
        />
        {view === "edit" ? (
          <Textarea
            aria-label={t("emails.text")}
            minRows={10}
            maxRows={24}
            value={draft.body}
            onChange={(event) => setDraft({ body: event.currentTarget.value })}
          />
        ) : (
          <EmailFrame html={checked.data?.html_body ?? ""} />
        )}
        <ComposeChecks warnings={draft.body.trim() ? (checked.data?.warnings ?? []) : []} written={written} />
      </Stack>
      <DrawerFoot>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button type="submit" disabled={!ready || client.email_unsubscribed} loading={send.isPending} leftSection={<Glyph name="send" />}>
          {t("emails.send")}
        </Button>
      </DrawerFoot>
    </form>
  );
}
