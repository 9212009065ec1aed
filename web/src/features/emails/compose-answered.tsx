import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { rich, t } from "@/lib/i18n";
import { Stated } from "@/ui/states";
import { When } from "@/ui/when";
import { answerTo, type Draft } from "./draft";
import classes from "./emails.module.css";
import { receivedOptions } from "./received-api";

interface Props {
  id: string;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}

/** What is answered, to be read while the answer is written; its subject begins the answer's. */
export function Answered({ id, draft, onChange }: Props) {
  const query = useQuery(receivedOptions(id));
  const subject = query.data?.subject;
  const untitled = draft.subject === "";
  useEffect(() => {
    if (untitled && subject) onChange({ subject: answerTo(subject) });
    // Once: who empties the subject wants another one.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps
  }, [subject]);
  return (
    <section className={classes.answered} aria-label={t("emails.answering")}>
      <Stated query={query} failed={t("received.one_failed")} small>
        {(email) => (
          <>
            <p className={classes.answeredHead}>
              <span>{rich("emails.answers", { subject: <strong>{email.subject || t("emails.no_subject")}</strong>, when: <When at={email.received_at} /> })}</span>
              <Button size="compact-xs" variant="subtle" onClick={() => onChange({ answers: "" })}>
                {t("emails.not_answering")}
              </Button>
            </p>
            <blockquote className={classes.quote}>{email.fresh_text}</blockquote>
          </>
        )}
      </Stated>
    </section>
  );
}
