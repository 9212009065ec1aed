import { Button, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import type { Approval } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { followupLabel } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { Tag } from "@/ui/status";
import { When } from "@/ui/when";
import type { ApprovalActs } from "./api";
import classes from "./approvals.module.css";

interface Props {
  approval: Approval;
  acts: ApprovalActs;
}

/** A draft: read it, change it, send it or leave it. */
export function ApprovalCard({ approval, acts }: Props) {
  const [subject, setSubject] = useState(approval.subject);
  const [body, setBody] = useState(approval.body);
  const [instructions, setInstructions] = useState("");
  const changed = subject !== approval.subject || body !== approval.body;
  const name = approval.client_name;
  const approve = () => acts.approve.mutate({ approval, words: changed ? { subject, body } : undefined });
  return (
    <li className={classes.card} aria-label={t("approvals.for", { name })}>
      <header className={classes.head}>
        <h2>
          <Link to={paths.person(approval.client_id)}>{name}</Link>
        </h2>
        <span className={classes.second}>{approval.client_email ?? t("emails.no_address")}</span>
        {approval.priority === "high" && <Tag tone="warn">{t("priority.high")}</Tag>}
      </header>
      <p className={classes.second}>
        {approval.journey_name
          ? t("approvals.why_plan", { step: followupLabel(approval.name), plan: approval.journey_name })
          : t("approvals.why_task", { step: followupLabel(approval.name) })}
        {", "}
        <When at={approval.scheduled_for} as="day" />
      </p>
      {approval.notes && <p className={classes.notes}>{approval.notes}</p>}
      <TextInput label={t("emails.subject")} value={subject} maxLength={200} onChange={(event) => setSubject(event.currentTarget.value)} />
      <Textarea
        label={t("emails.text")}
        value={body}
        autosize
        minRows={5}
        maxRows={18}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <p className={classes.second}>{t(`draft_source.${approval.source === "ai" ? "ai" : approval.source === "person" ? "person" : "template"}`)}</p>
      <div className={classes.again}>
        <TextInput
          aria-label={t("emails.instructions")}
          placeholder={t("emails.instructions_hint")}
          maxLength={500}
          value={instructions}
          onChange={(event) => setInstructions(event.currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={<Glyph name="ai" />}
          loading={acts.rewrite.isPending}
          onClick={() => acts.rewrite.mutate({ approval, instructions })}
        >
          {t("emails.write_again")}
        </Button>
      </div>
      <div className={classes.acts}>
        <Button leftSection={<Glyph name="send" />} disabled={!subject.trim() || !body.trim()} onClick={approve} aria-label={t("approvals.approve_this", { name })}>
          {t(changed ? "approvals.approve_changed" : "approvals.approve")}
        </Button>
        <Button variant="default" leftSection={<Glyph name="skip" />} onClick={() => acts.reject.mutate(approval)} aria-label={t("approvals.reject_this", { name })}>
          {t("approvals.reject")}
        </Button>
      </div>
    </li>
  );
}
