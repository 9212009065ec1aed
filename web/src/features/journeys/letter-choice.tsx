import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { Link } from "react-router";
import type { Template } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { filledOptions, lettersOptions, settingsOptions } from "@/lib/letters";
import { label } from "@/lib/model";
import { paths } from "@/lib/paths";
import { Glyph } from "@/ui/icons";
import { PersonPicker } from "@/ui/person-picker";
import { Loading } from "@/ui/states";
import classes from "./journeys.module.css";
import { type Doubt, doubtsOf } from "./letter-fit";

interface Props {
  value: string;
  onChange: (id: string) => void;
  error?: ReactNode;
}

/** Which letter a step sends: one of the library, or one that is written for each person. */
export function LetterChoice({ value, onChange, error }: Props) {
  const letters = useQuery(lettersOptions);
  const items = letters.data?.items ?? [];
  const letter = items.find(({ id }) => id === value);
  const gone = value && letters.data && !letter ? [{ value, label: t("plans.letter_gone") }] : [];
  const waiting = value && letters.isPending ? [{ value, label: "…" }] : [];
  return (
    <div className={classes.letter}>
      <NativeSelect
        label={t("plans.letter")}
        description={letters.data && items.length === 0 ? t("plans.no_letters") : undefined}
        data={[{ value: "", label: t("plans.letter_written") }, ...gone, ...waiting, ...items.map(({ id, name }) => ({ value: id, label: name }))]}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error ?? (letters.isError ? t("library.load_failed") : undefined)}
      />
      {gone.length > 0 && <Warning>{t("plans.letter_gone_hint")}</Warning>}
      {letter && <Chosen letter={letter} />}
    </div>
  );
}

const Warning = ({ children }: { children: ReactNode }) => (
  <p className={classes.warning}>
    <Glyph name="warning" size={14} />
    <span>{children}</span>
  </p>
);

const listed = (variables: readonly string[]) => variables.map((name) => label("variable", name)).join(", ");

function doubtWords(doubt: Doubt): string {
  if (doubt.kind === "language") return t("plans.letter_language", { language: label("language", doubt.language), office: label("language", doubt.office) });
  return t(doubt.kind === "office_lacks" ? "plans.letter_office_lacks" : "plans.letter_some_lack", { what: listed(doubt.variables) });
}

function Chosen({ letter }: { letter: Template }) {
  const { data: office } = useQuery(settingsOptions);
  const filled = useQuery(filledOptions({ subject: letter.subject, body: letter.body, client_id: null }));
  return (
    <>
      {doubtsOf(letter, office, filled.data?.missing).map((doubt) => (
        <Warning key={doubt.kind}>{doubtWords(doubt)}</Warning>
      ))}
      <Reading letter={letter} />
    </>
  );
}

/** The letter as it reads, for a made-up person or for one of the office's. */
function Reading({ letter }: { letter: Template }) {
  const [opened, setOpened] = useState(false);
  const panel = useId();
  return (
    <div>
      <div className={classes.letterActs}>
        <button type="button" className={classes.plain} aria-expanded={opened} aria-controls={panel} onClick={() => setOpened(!opened)}>
          {t(opened ? "plans.letter_hide" : "plans.letter_read")}
        </button>
        <Link to={`${paths.templates}?letter=${letter.id}`} target="_blank" rel="opener">
          {t("plans.letter_change")} <Glyph name="external" size={13} />
        </Link>
      </div>
      <div id={panel}>{opened && <Filled letter={letter} />}</div>
    </div>
  );
}

function Filled({ letter }: { letter: Template }) {
  const [person, setPerson] = useState("");
  const query = useQuery({
    ...filledOptions({ subject: letter.subject, body: letter.body, client_id: person || null }),
    placeholderData: (previous) => previous,
  });
  return (
    <section className={classes.reading} aria-label={t("library.preview")}>
      <PersonPicker label={t("plans.letter_for")} optional value={person} onChange={setPerson} />
      {query.isPending && <Loading rows={2} />}
      {query.isError && <p className={classes.bad}>{t("plans.letter_unread")}</p>}
      {query.data && (
        <>
          {person && query.data.missing.length > 0 && <Warning>{t("plans.letter_lacks", { what: listed(query.data.missing) })}</Warning>}
          <p className={classes.readingSubject} lang={letter.language}>
            {query.data.subject}
          </p>
          <p className={classes.readingText} lang={letter.language}>
            {query.data.body}
          </p>
        </>
      )}
    </section>
  );
}
