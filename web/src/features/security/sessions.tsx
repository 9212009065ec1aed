import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Session } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { Stated } from "@/ui/states";
import { Tag } from "@/ui/status";
import { When } from "@/ui/when";
import { sessionsOptions, useEndSession, useSignOutEverywhere } from "./api";
import { browserName } from "./browser-name";

export function Sessions() {
  const query = useQuery(sessionsOptions);
  const end = useEndSession();
  // A fresh start of the page forgets all that was loaded.
  const endAll = useSignOutEverywhere(() => window.location.assign(paths.login));
  const all = (
    <Button variant="default" loading={endAll.isPending} onClick={() => endAll.mutate(undefined)}>
      {t("security.sign_out_all")}
    </Button>
  );
  return (
    <Section title={t("security.sessions")} actions={all}>
      <Stated query={query} failed={t("security.sessions_failed")}>
        {({ items }) => (
          <ul className={rows.list}>
            {items.map((session) => (
              <Item key={session.id} session={session} onEnd={() => end.mutate(session)} />
            ))}
          </ul>
        )}
      </Stated>
    </Section>
  );
}

function Item({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const name = browserName(session.name) ?? (session.name || t("security.session_unknown"));
  return (
    <li className={rows.item}>
      <div>
        <p className={rows.name}>{name}</p>
        <p className={rows.second}>
          {session.current && <Tag>{t("security.session_this")}</Tag>}
          {session.address && <span>{session.address}</span>}
          <span>
            {t("security.used")} <When at={session.last_used_at ?? session.created_at} />
          </span>
        </p>
      </div>
      {!session.current && (
        <Button variant="default" aria-label={t("security.session_end_this", { name })} onClick={onEnd}>
          {t("security.session_end")}
        </Button>
      )}
    </li>
  );
}
