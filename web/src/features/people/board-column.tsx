import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import type { Client } from "@/api/types.gen";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import { type Stage, stageLabel } from "@/lib/model";
import { StageMark } from "@/ui/stage";
import { Loading, Stated } from "@/ui/states";
import { clientListOptions, type Filter } from "./api";
import { BoardCard } from "./board-card";
import classes from "./board.module.css";

interface Props {
  stage: Stage;
  filter: Filter;
  onMove: (client: Client, stage: Stage) => void;
  arrives: (id: string) => boolean;
}

/** The people of one stage; a card that is let go over it comes here. */
export function BoardColumn({ stage, filter, onMove, arrives }: Props) {
  const heading = useId();
  const query = useInfiniteQuery(clientListOptions({ ...filter, stage }));
  const people = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const { column, over } = useDrop(stage, onMove);
  return (
    <section ref={column} className={classes.column} data-stage-column={stage} data-over={over || undefined} aria-labelledby={heading}>
      <header className={classes.head}>
        <h2 id={heading}>
          <StageMark stage={stage} />
        </h2>
        {typeof total === "number" && <span className={classes.count}>{formatNumber(total)}</span>}
      </header>
      <Stated query={query} failed={t("people.load_failed")} loading={<Loading rows={3} height={84} />} small>
        {() => (
          // A list that scrolls must be reachable by key even while it holds no card.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <ul className={classes.cards} aria-label={stageLabel(stage)} tabIndex={0}>
            {people.map((client) => (
              <BoardCard key={client.id} client={client} onMove={onMove} arrives={arrives} />
            ))}
            {people.length === 0 && <li className={classes.none}>{t("board.column_empty")}</li>}
            {query.hasNextPage && (
              <li>
                <Button fullWidth variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t("list.more")}
                </Button>
              </li>
            )}
          </ul>
        )}
      </Stated>
    </section>
  );
}

function useDrop(stage: Stage, onMove: Props["onMove"]) {
  const column = useRef<HTMLElement>(null);
  const [over, setOver] = useState(false);
  const latest = useRef(onMove);
  useEffect(() => {
    latest.current = onMove;
  });
  useEffect(() => {
    const element = column.current;
    if (!element) return undefined;
    const clientOf = (data: Record<string, unknown>) => data.client as Client | undefined;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => clientOf(source.data) !== undefined && clientOf(source.data)?.stage !== stage,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        const client = clientOf(source.data);
        if (client) latest.current(client, stage);
      },
    });
  }, [stage]);
  return { column, over };
}
