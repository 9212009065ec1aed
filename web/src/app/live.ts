import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { followEvents, type LiveState } from "@/lib/live";
import { keys } from "@/lib/keys";
import { turns } from "@/ui/use-act";
import { touchedBy } from "./live-table";

const url = "/api/events";
/** Events come in bursts (a day's mails at once): their queries are renewed together. */
const gather = 120;

/** Keeps what is on the page up to date with the server's events. */
export function useLiveUpdates(enabled: boolean): LiveState {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  useEffect(() => {
    if (!enabled) return undefined;
    const controller = new AbortController();
    const stale = new Map<string, QueryKey>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const renew = () => {
      // A list that is being put in order would fall back to where the server has come so far.
      const busy = client.isMutating({ mutationKey: turns }) > 0;
      timer = busy ? setTimeout(renew, gather) : undefined;
      if (busy) return;
      for (const queryKey of stale.values()) void client.invalidateQueries({ queryKey });
      stale.clear();
    };
    followEvents(
      {
        url,
        onEvent: (event) => {
          for (const key of touchedBy(event)) stale.set(JSON.stringify(key), key);
          timer ??= setTimeout(renew, gather);
        },
        onState: (next, missed) => {
          setState(next);
          if (missed) void client.invalidateQueries();
        },
        onUnauthorized: () => void client.invalidateQueries({ queryKey: keys.session }),
      },
      controller.signal,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, enabled]);
  return state;
}
