import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { t } from "@/lib/i18n";
import { useUrlState } from "@/lib/url-state";
import { Glyph } from "@/ui/icons";
import { LoadMore } from "@/ui/load-more";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { Empty, Stated } from "@/ui/states";
import { Mark } from "@/ui/status";
import { auditOptions, chainOptions } from "./api";
import classes from "./audit.module.css";
import { EntryRow } from "./audit-entry";
import { AuditFilters } from "./audit-filters";

/** The security log of the office, with the proof that it is whole. */
export function AuditPage() {
  const [filter, setUrl] = useUrlState(["action", "actor_id"]);
  const query = useInfiniteQuery({ ...auditOptions(filter), placeholderData: (previous) => previous });
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Boolean(filter.action ?? filter.actor_id);
  const download = (
    <Button component="a" href="/api/audit/export" download variant="default" leftSection={<Glyph name="external" />}>
      {t("audit.export")}
    </Button>
  );
  return (
    <Section title={t("settings.audit")} actions={download}>
      <p className={classes.lead}>{t("audit.lead")}</p>
      <ChainState />
      <AuditFilters filter={filter} shown={entries} onChange={setUrl} />
      <Stated query={query} failed={t("audit.load_failed")}>
        {() =>
          entries.length === 0 ? (
            <Empty icon="done" title={t(filtered ? "audit.none_found" : "audit.empty_title")}>
              {t(filtered ? "audit.none_found_words" : "audit.empty")}
            </Empty>
          ) : (
            <>
              <ol className={rows.list} aria-label={t("settings.audit")}>
                {entries.map((entry) => (
                  <EntryRow key={entry.id} entry={entry} />
                ))}
              </ol>
              <LoadMore shown={entries.length} total={query.data?.pages[0]?.total} {...query} />
            </>
          )
        }
      </Stated>
    </Section>
  );
}

function ChainState() {
  const chain = useQuery(chainOptions).data;
  if (!chain) return null;
  return (
    <p className={classes.chain}>
      <Mark tone={chain.intact ? "good" : "bad"}>
        {chain.intact ? t("audit.intact", { count: chain.entries }) : t("audit.broken", { seq: chain.broken_at ?? 0 })}
      </Mark>
    </p>
  );
}
