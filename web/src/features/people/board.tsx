import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import type { Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { type Stage, stages } from "@/lib/model";
import { type Filter, useMoveClients } from "./api";
import { usePlaceClient } from "./board-api";
import { BoardColumn } from "./board-column";
import { useBoardKeys } from "./board-keys";
import { placeOf } from "./board-place";
import classes from "./board.module.css";
import { columnOf, findCached, first, type Place } from "./moving";

/** The pipeline: a column a stage. People are dragged, moved by their menu, or taken along by key; where all of a stage are
 *  shown they stand as they were put. */
export function Board({ filter }: { filter: Filter }) {
  const cache = useQueryClient();
  const board = useRef<HTMLDivElement>(null);
  const follow = useRef<{ id: string; from: string } | null>(null);
  const arrives = useCallback((id: string, at: string) => {
    const arrived = follow.current?.id === id && follow.current.from !== at;
    if (arrived) follow.current = null;
    return arrived;
  }, []);
  const byHand = filter.sort === "board";
  const { mutate: moveAll } = useMoveClients();
  const { mutate: put } = usePlaceClient();
  const move = (client: Client, stage: Stage, place: Place = first) =>
    byHand
      ? put({ client, stage, place, before: placeOf(columnOf(cache, client.stage), client.id) })
      : moveAll({ clients: [client], stage });
  const take = (client: Client, stage: Stage, place?: Place) => {
    const index = columnOf(cache, client.stage).findIndex(({ id }) => id === client.id);
    follow.current = { id: client.id, from: `${client.stage} ${index}` };
    move(client, stage, place);
  };
  useBoardKeys(board, byHand, (id, stage, place) => {
    const client = findCached(cache, id);
    if (client) take(client, stage, place);
  });
  return (
    <div ref={board} className={classes.board} role="group" aria-label={t("nav.pipeline")}>
      {stages.map((stage) => (
        <BoardColumn key={stage} stage={stage} filter={filter} onDrop={move} onMove={take} arrives={arrives} />
      ))}
    </div>
  );
}
