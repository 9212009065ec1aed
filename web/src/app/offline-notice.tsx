import { useSyncExternalStore } from "react";
import { unreachable } from "@/lib/http";
import { t } from "@/lib/i18n";
import { Glyph } from "@/ui/icons";
import classes from "./offline-notice.module.css";

/** Says that the server is out of reach, and what works all the same. */
export function OfflineNotice() {
  const away = useSyncExternalStore(unreachable.subscribe, unreachable.get);
  return (
    <div role="status">
      {away && (
        <p className={classes.notice}>
          <Glyph name="offline" />
          {t("live.offline")}
        </p>
      )}
    </div>
  );
}
