import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { t } from "@/lib/i18n";
import { label } from "@/lib/model";
import { useUrlState } from "@/lib/url-state";
import { FilterBar, SelectFilter } from "@/ui/filter-bar";
import { Glyph } from "@/ui/icons";
import { LoadMore } from "@/ui/load-more";
import rows from "@/ui/rows.module.css";
import { Section } from "@/ui/section";
import { Empty, Stated } from "@/ui/states";
import { Mark } from "@/ui/status";
import { auditOptions, chainOptions } from "./api";
import classes from "./audit.module.css";
import { EntryRow } from "./audit-entry";

/** The security log of the office, with the proof that it is whole. */
export function AuditPage() {
  const [url, setUrl] = useUrlState(["action"]);
  const query = useInfiniteQuery({ ...auditOptions({ action: url.action }), placeholderData: (previous) => previous });
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  const actions = [...new Set([...entries.map((entry) => entry.action), ...(url.action ? [url.action] : [])])].sort();
  const download = (
    <Button component="a" href="/api/audit/export" download variant="default" leftSection={<Glyph name="external" />}>
      {t("audit.export")}
    </Button>
  );
  return (
    <Section title={t("settings.audit")} actions={download}>
      <p className={classes.lead}>{t("audit.lead")}</p>
      <ChainState />
      <FilterBar>
        <SelectFilter
          label={t("audit.action")}
          value={url.action ?? ""}
          options={[
            { value: "", label: t("audit.all_actions") },
            ...actions.map((action) => ({ value: action, label: label("audit_action", action) })),
          ]}
          onChange={(action) => setUrl({ action })}
        />
      </FilterBar>
      <Stated query={query} failed={t("audit.load_failed")}>
        {() =>
          entries.length === 0 ? (
            <Empty icon="done" title={t(url.action ? "audit.none_found" : "audit.empty_title")}>
              {t(url.action ? "audit.none_found_words" : "audit.empty")}
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
