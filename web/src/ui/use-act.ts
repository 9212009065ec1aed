import { type QueryClient, type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@/lib/http";
import { toastError } from "./toast";

interface Act<Vars, Result> {
  run: (vars: Vars) => Promise<Result>;
  /** What the act changes: put back as it was if refused, renewed afterwards. */
  touches: readonly QueryKey[];
  /** Shows the change at once, before the server has answered. */
  change?: (client: QueryClient, vars: Vars) => void;
  /** What else is to be renewed. */
  renews?: readonly QueryKey[];
  /** What to say when it was refused: "The stage was not changed". */
  failed?: (vars: Vars, error: unknown) => string | null;
  done?: (result: Result, vars: Vars) => void;
  /** Acts whose order matters go one after the other: what they touch is renewed when the last is done. */
  inTurn?: boolean;
}

/** Of acts that wait for their turn. */
export const turns = ["in-turn"];

type Snapshot = [QueryKey, unknown][];

/** Something a person does to the data: shown at once, rolled back with the reason if the server refuses it. */
export function useAct<Vars, Result>({ run, touches, change, renews = [], failed, done, inTurn }: Act<Vars, Result>) {
  const client = useQueryClient();
  const act = useMutation<Result, unknown, Vars, Snapshot>({
    mutationFn: run,
    ...(inTurn ? { mutationKey: turns, scope: { id: "in-turn" } } : {}),
    onMutate: async (vars) => {
      if (!change) return [];
      await Promise.all(touches.map((queryKey) => client.cancelQueries({ queryKey })));
      const before = touches.flatMap((queryKey) => client.getQueriesData({ queryKey })) as Snapshot;
      change(client, vars);
      return before;
    },
    onError: (error, vars, before) => {
      for (const [queryKey, data] of before ?? []) client.setQueryData(queryKey, data);
      const message = failed?.(vars, error);
      // Where the server was only away, what was meant is kept and can be tried again.
      const again = error instanceof ApiError && error.transient ? () => act.mutate(vars) : undefined;
      if (message) toastError(message, error, again);
    },
    onSuccess: (result, vars) => done?.(result, vars),
    onSettled: () => {
      if (inTurn && client.isMutating({ mutationKey: turns }) > 1) return;
      for (const queryKey of [...touches, ...renews]) void client.invalidateQueries({ queryKey });
    },
  });
  return act;
}
