import type { Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { Glyph } from "@/ui/icons";
import classes from "./person.module.css";

/** What holds mail back from a person, where something does. */
export function PersonNotice({ client }: { client: Client }) {
  if (!client.email_unsubscribed) return null;
  const reason = client.unsubscribed_reason && label("unsubscribed", client.unsubscribed_reason);
  return (
    <p className={classes.notice}>
      <Glyph name="away" />
      {reason ? t("people.unsubscribed_because", { reason }) : t("people.unsubscribed")}
    </p>
  );
}
