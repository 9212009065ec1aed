import type { Client } from "@/api/types.gen";
import { t, translate } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import classes from "./person.module.css";

function wordsOf(reason: string): string {
  const by = /^set by (.+)$/.exec(reason)?.[1];
  return by ? t("people.unsubscribed_by", { name: by }) : (translate(`unsubscribed.${reason}`) ?? reason);
}

/** What holds mail back from a person, where something does. */
export function PersonNotice({ client }: { client: Client }) {
  if (!client.email_unsubscribed) return null;
  const reason = client.unsubscribed_reason && wordsOf(client.unsubscribed_reason);
  return (
    <p className={classes.notice}>
      <Glyph name="away" />
      {reason ? t("people.unsubscribed_because", { reason }) : t("people.unsubscribed")}
    </p>
  );
}
