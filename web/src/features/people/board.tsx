import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import type { Client } from "@/api/types.gen";
import { t } from "@/lib/i18n";
import { type Stage, stages } from "@/lib/model";
import { type Filter, useMoveClients } from "./api";
import { BoardColumn } from "./board-column";
import { useBoardKeys } from "./board-keys";
import classes from "./board.module.css";
import { findCached } from "./moving";

/** The pipeline: a column a stage. People are dragged, moved by their menu, or taken along by key. */
export function Board({ filter }: { filter: Filter }) {
  const cache = useQueryClient();
  const board = useRef<HTMLDivElement>(null);
  const follow = useRef<string | null>(null);
  const arrives = useCallback((id: string) => {
    const awaited = follow.current === id;
    if (awaited) follow.current = null;
    return awaited;
  }, []);
  const { mutate } = useMoveClients();
  const move = (client: Client, stage: Stage) => mutate({ clients: [client], stage });
  useBoardKeys(board, (id, stage) => {
    const client = findCached(cache, id);
    if (!client) return;
    follow.current = id;
    move(client, stage);
  });
  return (
    <div ref={board} className={classes.board} role="group" aria-label={t("nav.pipeline")}>
      {stages.map((stage) => (
        <BoardColumn key={stage} stage={stage} filter={filter} onMove={move} arrives={arrives} />
      ))}
    </div>
  );
}
