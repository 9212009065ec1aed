import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { t } from "@/lib/i18n";
import { useDisconnect } from "./api";
import classes from "./calendar.module.css";

/** Ends the connection, once that is what is meant: it can be had again only by way of Google. */
export function Disconnect({ user }: { user: string }) {
  const [asked, setAsked] = useState(false);
  const question = useRef<HTMLDivElement>(null);
  const [, setParams] = useSearchParams();
  const disconnect = useDisconnect(user, () => setParams({}, { replace: true }));
  useEffect(() => {
    if (asked) question.current?.focus();
  }, [asked]);
  if (!asked) {
    return (
      <div>
        <Button variant="default" onClick={() => setAsked(true)}>
          {t("calendar.disconnect")}
        </Button>
      </div>
    );
  }
  return (
    <div ref={question} tabIndex={-1} role="group" aria-label={t("calendar.disconnect")} className={classes.ask}>
      <p>{t("calendar.disconnect_words")}</p>
      <div className={classes.acts}>
        <Button loading={disconnect.isPending} onClick={() => disconnect.mutate(undefined)}>
          {t("calendar.disconnect_now")}
        </Button>
        <Button variant="default" onClick={() => setAsked(false)}>
          {t("action.cancel")}
        </Button>
      </div>
    </div>
  );
}
