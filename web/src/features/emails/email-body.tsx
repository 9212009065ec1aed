import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { t } from "@/lib/i18n";
import classes from "./emails.module.css";

interface Props {
  html: string;
  text: string;
}

/** The mail as it looks, in a frame that runs no script, loads nothing of ours and opens no link; and as plain text. Another letter gets
 *  another frame: a frame that changes its document makes an entry in the history, and Back would lead to that. What came as plain text
 *  alone is shown as that. */
export function EmailBody({ html, text }: Props) {
  const [view, setView] = useState("html");
  if (!html) return <pre className={classes.text}>{text}</pre>;
  return (
    <>
      <SegmentedControl
        className={classes.views}
        size="xs"
        aria-label={t("emails.view")}
        value={view}
        onChange={setView}
        data={[
          { value: "html", label: t("emails.view_html") },
          { value: "text", label: t("emails.view_text") },
        ]}
      />
      {view === "html" ? <EmailFrame html={html} /> : <pre className={classes.text}>{text}</pre>}
    </>
  );
}

export const EmailFrame = ({ html }: { html: string }) => (
  <iframe key={html} className={classes.frame} title={t("emails.body")} sandbox="" srcDoc={html} referrerPolicy="no-referrer" />
);
