import { Button } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import { useEffect } from "react";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import classes from "./load-more.module.css";

interface Props {
  shown: number;
  total: number | null | undefined;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** The end of a list: how much of it is shown, and the next page when one comes near. */
export function LoadMore({ shown, total, hasNextPage, isFetchingNextPage, fetchNextPage }: Props) {
  const { ref, entry } = useIntersection({ rootMargin: "600px" });
  const near = entry?.isIntersecting ?? false;
  useEffect(() => {
    if (near && hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [near, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div ref={ref} className={classes.end}>
      <span>
        {typeof total === "number"
          ? t("list.shown_of", { shown: formatNumber(shown), total: formatNumber(total) })
          : t("list.shown_of_many", { shown: formatNumber(shown) })}
      </span>
      {hasNextPage && (
        <Button variant="subtle" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t("list.more")}
        </Button>
      )}
    </div>
  );
}
