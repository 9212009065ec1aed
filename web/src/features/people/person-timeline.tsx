import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { Section } from "@/ui/section";
import { Empty, Stated } from "@/ui/states";
import { Timeline } from "@/ui/timeline";
import { timelineOptions } from "./api";
import { describe } from "./timeline-entry";

/** Everything that happened with a person, newest first. */
export function PersonTimeline({ client }: { client: Client }) {
  const query = useInfiniteQuery(timelineOptions(client.id));
  const entries = query.data?.pages.flatMap((page) => page.items.map(describe)) ?? [];
  return (
    <Section title={t("people.part.timeline")}>
      <Stated query={query} failed={t("people.timeline_failed")} small>
        {() =>
          entries.length === 0 ? (
            <Empty small title={t("people.timeline_empty_title")}>
              {t("people.timeline_empty")}
            </Empty>
          ) : (
            <>
              <Timeline entries={entries} label={t("people.part.timeline")} />
              {query.hasNextPage && (
                <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t("list.older")}
                </Button>
              )}
            </>
          )
        }
      </Stated>
    </Section>
  );
}
