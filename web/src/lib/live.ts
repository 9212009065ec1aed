// Live updates: one stream of server-sent events per browser, read with fetch so that a lost session is told apart from
// a lost network, shared by all tabs of the console (browsers allow only a few connections to one server).

import { refreshSession } from "./http";
import { actingAccount } from "./acting";

export interface LiveEvent {
  kind: string;
  id: string | null;
  data: Record<string, unknown>;
}
export type LiveState = "connecting" | "open" | "waiting";

/** Splits a text/event-stream into events as its pieces arrive. */
export class EventParser {
  private rest = "";

  push(text: string): LiveEvent[] {
    const frames = (this.rest + text).replaceAll("\r\n", "\n").split("\n\n");
    this.rest = frames.pop() ?? "";
    return frames.map(parseFrame).filter((event) => event !== null);
  }
}

function parseFrame(frame: string): LiveEvent | null {
  let kind = "message";
  let id: string | null = null;
  const data: string[] = [];
  for (const line of frame.split("\n")) {
    const [, field, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === "event") kind = value ?? kind;
    else if (field === "id") id = value ?? null;
    else if (field === "data") data.push(value ?? "");
  }
  if (data.length === 0) return null;
  try {
    return { kind, id, data: JSON.parse(data.join("\n")) as Record<string, unknown> };
  } catch {
    return { kind, id, data: {} };
  }
}

interface Options {
  url: string;
  onEvent: (event: LiveEvent) => void;
  /** `missed` is set when the stream comes back and something may have happened in between. */
  onState: (state: LiveState, missed: boolean) => void;
  onUnauthorized: () => void;
}

// Tabs that work in different accounts do not listen to each other.
const channelName = `doorstep-live-${actingAccount() ?? "home"}`;
const longestWait = 30_000;

/** Follows the account's events until the signal is aborted. */
export function followEvents(options: Options, signal: AbortSignal): void {
  if (typeof BroadcastChannel === "undefined" || !navigator.locks) {
    void readForever(options, signal);
    return;
  }
  // The tab that holds the lock reads the stream and repeats it to the others; when it closes, the next one takes over.
  const channel = new BroadcastChannel(channelName);
  signal.addEventListener("abort", () => channel.close());
  channel.addEventListener("message", ({ data }: MessageEvent<{ event?: LiveEvent; state?: LiveState; missed?: boolean }>) => {
    if (data.event) options.onEvent(data.event);
    if (data.state) options.onState(data.state, data.missed ?? false);
  });
  const shared: Options = {
    ...options,
    onEvent: (event) => {
      options.onEvent(event);
      channel.postMessage({ event });
    },
    onState: (state, missed) => {
      options.onState(state, missed);
      if (!signal.aborted) channel.postMessage({ state, missed });
    },
  };
  options.onState("open", false);
  navigator.locks.request(channelName, { signal }, () => readForever(shared, signal)).catch(() => {});
}

async function readForever(options: Options, signal: AbortSignal): Promise<void> {
  let lastId: string | null = null;
  let wait = 500;
  // Also before the first connection: what the page shows may be what the device kept.
  let missed = false;
  while (!signal.aborted) {
    try {
      const headers: Record<string, string> = { Accept: "text/event-stream" };
      const acting = actingAccount();
      if (acting) headers["X-Acting-Account"] = acting;
      if (lastId) headers["Last-Event-ID"] = lastId;
      const response = await fetch(options.url, { headers, credentials: "same-origin", signal });
      if (response.status === 401) {
        if (!(await refreshSession())) return options.onUnauthorized();
        continue;
      }
      if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
      options.onState("open", missed);
      wait = 500;
      const parser = new EventParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        for (const event of parser.push(chunk.value)) {
          lastId = event.id ?? lastId;
          options.onEvent(event);
        }
      }
    } catch {
      if (signal.aborted) return;
    }
    missed = true;
    options.onState("waiting", false);
    await pause(wait * (0.8 + Math.random() * 0.4), signal);
    wait = Math.min(wait * 2, longestWait);
  }
}

/** Waits, but not longer than until the network comes back. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    window.addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}
