import type { Client } from "@/api/types.gen";
import { t, translate } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import classes from "./person.module.css";

function wordsOf(reason: string): string {
  const by = /^set by (.+)$/.exec(reason)?.[1];
  return by ? t("people.unsubscribed_by", { name: by }) : (translate(`unsubscribed.${reason}`) ?? reason);
}

/** What holds mail back from a person, where something does. */
export function PersonNotice({ client, id }: { client: Client; id: string }) {
  if (!client.email_unsubscribed && client.email) return null;
  const reason = client.unsubscribed_reason && wordsOf(client.unsubscribed_reason);
  const unsubscribed = reason ? t("people.unsubscribed_because", { reason }) : t("people.unsubscribed");
  return (
    <p className={classes.notice} id={id}>
      <Glyph name="away" />
      {client.email_unsubscribed ? unsubscribed : t("people.no_email")}
    </p>
  );
}
