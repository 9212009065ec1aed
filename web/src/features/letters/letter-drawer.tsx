import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { EmailLogDetail } from "@/api/types.gen";
import { rich, t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { SideDrawer } from "@/ui/side-drawer";
import { Stated } from "@/ui/states";
import { When } from "@/ui/when";
import { letterOptions } from "./api";
import { LetterBody } from "./letter-body";
import { LetterStatusMark } from "./letter-row";
import classes from "./letters.module.css";

interface Props {
  id: string | null;
  onClose: () => void;
}

export function LetterDrawer({ id, onClose }: Props) {
  return (
    <SideDrawer opened={id !== null} onClose={onClose} title={t("letters.body")} size={640}>
      {id !== null && <Letter id={id} />}
    </SideDrawer>
  );
}

function Letter({ id }: { id: string }) {
  const query = useQuery(letterOptions(id));
  return (
    <Stated query={query} failed={t("letters.one_load_failed")} small>
      {(letter) => (
        <>
          <Facts letter={letter} />
          <LetterBody html={letter.html} text={letter.text} />
        </>
      )}
    </Stated>
  );
}

const Facts = ({ letter }: { letter: EmailLogDetail }) => (
  <dl className={classes.facts}>
    <Fact term={t("letters.type")}>{label("letter_type", letter.email_type)}</Fact>
    <Fact term={t("letters.to")}>{letter.to_email}</Fact>
    <Fact term={t("letters.status")}>
      <LetterStatusMark status={letter.status} />
    </Fact>
    {letter.error_message && <Fact term={t("letters.reason")}>{letter.error_message}</Fact>}
    <Fact term={t("letters.sent")}>{at(letter.sent_at)}</Fact>
    <Fact term={t("letters.delivered")}>{at(letter.delivered_at)}</Fact>
    <Fact term={t("letters.opened")}>{counted(letter.opened_at, letter.open_count)}</Fact>
    <Fact term={t("letters.clicked")}>{counted(letter.clicked_at, letter.click_count)}</Fact>
  </dl>
);

const Fact = ({ term, children }: { term: string; children: ReactNode }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
);

const at = (time: string | null) => (time ? <When at={time} as="day" /> : t("letters.not_yet"));

const counted = (time: string | null, count: number) =>
  time
    ? rich("letters.first_and_count", { first: <When at={time} as="day" />, times: t("letters.times", { count }) })
    : t("letters.not_yet");
