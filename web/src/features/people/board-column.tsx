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
import { dropAt, stepFrom, type Step } from "./board-place";
import classes from "./board.module.css";
import type { Place } from "./moving";

interface Props {
  stage: Stage;
  filter: Filter;
  onDrop: (client: Client, stage: Stage, place?: Place) => void;
  onMove: (client: Client, stage: Stage, place?: Place) => void;
  arrives: (id: string, at: string) => boolean;
}

/** The people of one stage; a card that is let go over it comes here. */
export function BoardColumn({ stage, filter, onDrop, onMove, arrives }: Props) {
  const heading = useId();
  const query = useInfiniteQuery(clientListOptions({ ...filter, stage }));
  const people = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const byHand = filter.sort === "board";
  const { column, over, mark } = useDrop(stage, byHand, (client, before) => {
    if (!byHand) return onDrop(client, stage);
    const place = dropAt(people, client.id, before);
    return place ? onDrop(client, stage, place) : undefined;
  });
  const placeAfter = (id: string) => (step: Step) => stepFrom(people, id, step, query.hasNextPage);
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
            {people.map((client, index) => (
              <BoardCard
                key={client.id}
                client={client}
                index={index}
                marked={mark === client.id}
                placeAfter={byHand ? placeAfter(client.id) : undefined}
                onMove={onMove}
                arrives={arrives}
              />
            ))}
            {over && byHand && mark === null && <li className={classes.end} aria-hidden />}
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

/** Lets cards go over the column. `mark`: the card before which the dragged one would stand, null behind all. */
function useDrop(stage: Stage, byHand: boolean, onDrop: (client: Client, before: string | null) => void) {
  const column = useRef<HTMLElement>(null);
  const [over, setOver] = useState(false);
  const [mark, setMark] = useState<string | null>(null);
  const latest = useRef(onDrop);
  useEffect(() => {
    latest.current = onDrop;
  });
  useEffect(() => {
    const element = column.current;
    if (!element) return undefined;
    const clientOf = (data: Record<string, unknown>) => data.client as Client | undefined;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => {
        const client = clientOf(source.data);
        return client !== undefined && (byHand || client.stage !== stage);
      },
      onDragEnter: () => setOver(true),
      onDrag: ({ source, location }) => {
        const client = clientOf(source.data);
        if (client && byHand) setMark(cardBelow(element, location.current.input.clientY, client.id));
      },
      onDragLeave: () => {
        setOver(false);
        setMark(null);
      },
      onDrop: ({ source, location }) => {
        setOver(false);
        setMark(null);
        const client = clientOf(source.data);
        if (client) latest.current(client, cardBelow(element, location.current.input.clientY, client.id));
      },
    });
  }, [stage, byHand]);
  return { column, over, mark };
}

/** The first card whose middle is below the pointer, but for the one that is dragged. */
function cardBelow(column: HTMLElement, y: number, dragged: string): string | null {
  const below = [...column.querySelectorAll<HTMLElement>("[data-row]")].find((card) => {
    const { top, height } = card.getBoundingClientRect();
    return card.dataset.row !== dragged && top + height / 2 > y;
  });
  return below?.dataset.row ?? null;
}
