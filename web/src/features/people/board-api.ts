import { useQueryClient } from "@tanstack/react-query";
import type { Client } from "@/api/types.gen";
import { call } from "@/lib/http";
import { t } from "@/lib/i18n";
import { keys } from "@/lib/keys";
import { type Stage, stageLabel } from "@/lib/model";
import { toast } from "@/ui/toast";
import { useAct } from "@/ui/use-act";
import { columnOf, moveCached, type Place, placeTold } from "./moving";

interface Placing {
  client: Client;
  stage: Stage;
  place: Place;
  /** The place it has now, to be taken back to. */
  before: Place;
}

/** Puts a person in a place of a column, of their own or of another stage. */
export function usePlaceClient() {
  const cache = useQueryClient();
  const act = useAct<Placing, Client>({
    run: ({ client, stage, place }) => call("update_client", { path: { id: client.id }, body: { stage, ...placeTold(columnOf(cache, stage), place) } }),
    touches: [keys.clients],
    renews: [keys.timelines, keys.tasks, keys.dashboard],
    inTurn: true,
    change: (client, { client: { id }, stage, place }) => moveCached(client, [id], stage, place),
    failed: ({ client, stage }) => (stage === client.stage ? t("board.not_placed", { name: client.name }) : t("people.not_moved")),
    done: (moved, { client, stage, place, before }) =>
      toast({
        message:
          stage === client.stage
            ? t("board.placed", { name: client.name, stage: stageLabel(stage) })
            : t("people.moved", { count: 1, stage: stageLabel(stage) }),
        undo: () => act.mutate({ client: moved, stage: client.stage, place: before, before: place }),
      }),
  });
  return act;
}
