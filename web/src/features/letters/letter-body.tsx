import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { t } from "@/lib/i18n";
import classes from "./letters.module.css";

interface Props {
  html: string;
  text: string;
}

/** The letter as it looks, in a frame that runs no script and opens no link; and as plain text. Another letter gets
 *  another frame: a frame that changes its document makes an entry in the history, and Back would lead to that. */
export function LetterBody({ html, text }: Props) {
  const [view, setView] = useState("html");
  return (
    <div className={classes.body}>
      <SegmentedControl
        size="xs"
        aria-label={t("letters.view")}
        value={view}
        onChange={setView}
        data={[
          { value: "html", label: t("letters.view_html") },
          { value: "text", label: t("letters.view_text") },
        ]}
      />
      {view === "html" ? (
        <iframe key={html} className={classes.frame} title={t("letters.body")} sandbox="" srcDoc={html} referrerPolicy="no-referrer" />
      ) : (
        <pre className={classes.text}>{text}</pre>
      )}
    </div>
  );
}
