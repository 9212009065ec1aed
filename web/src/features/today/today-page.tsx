import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useNow } from "@/lib/clock";
import { formatDay } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useListKeys } from "@/ui/list-keys";
import { Page } from "@/ui/page";
import { Empty, Stated } from "@/ui/states";
import { todayOptions, useTodayActs } from "./api";
import { TodayCard } from "./today-card";
import classes from "./today.module.css";

/** What to do now, the weightiest first, each with its reasons and done with one tap. */
export function TodayPage() {
  const query = useQuery(todayOptions);
  const acts = useTodayActs();
  const now = useNow();
  const list = useRef<HTMLOListElement>(null);
  const items = query.data?.items ?? [];
  useListKeys(list, {
    onComplete: (id) => {
      const item = items.find((candidate) => candidate.id === id);
      if (item?.kind === "task") acts.complete(item);
    },
  });
  const done = query.data?.done ?? 0;
  return (
    <Page title={t("nav.today")} aside={formatDay(now, now)} narrow>
      <Stated query={query} failed={t("today.load_failed")}>
        {({ total }) => (
          <>
            <p className={classes.summary} role="status">
              {[t("today.to_do", { count: total }), done > 0 ? t("today.done_count", { count: done }) : ""].filter(Boolean).join(" · ")}
            </p>
            {items.length === 0 ? (
              <Empty icon="today" title={t("today.empty_title")}>
                {t("today.empty")}
              </Empty>
            ) : (
              <ol ref={list} className={classes.list}>
                {items.map((item) => (
                  <TodayCard key={item.id} item={item} acts={acts} now={now} />
                ))}
              </ol>
            )}
            {total > items.length && <p className={classes.summary}>{t("today.more", { count: total - items.length })}</p>}
          </>
        )}
      </Stated>
    </Page>
  );
}
