import { useSyncExternalStore } from "react";
import type { Note } from "@/api/types.gen";
import { call, isApiError, randomKey } from "./http";
import { keep, kept } from "./keep";

// Notes that were written while the server was away. They are kept on the device and sent, each once, when it answers again.

export interface QueuedNote {
  /** Its Idempotency-Key: a note whose answer was lost is not written twice. */
  key: string;
  clientId: string;
  clientName: string;
  body: string;
}

const name = (user: string) => `notes ${user}`;
let user = "";
let queue: readonly QueuedNote[] = [];
const listeners = new Set<() => void>();

function change(next: readonly QueuedNote[]): void {
  queue = next;
  void keep(name(user), next);
  for (const listener of listeners) listener();
}

/** Takes up what this person left behind on this device. */
export async function openNoteQueue(userId: string): Promise<void> {
  if (user === userId) return;
  user = userId;
  queue = [];
  const found = await kept(name(userId));
  if (user === userId && Array.isArray(found)) change([...(found as QueuedNote[]), ...queue]);
}

/** Writes a note, or keeps it for later where the server is away: then there is none yet. */
export async function writeNote(client: { id: string; name: string }, body: string): Promise<Note | null> {
  const note: QueuedNote = { key: randomKey(), clientId: client.id, clientName: client.name, body };
  try {
    return await send(note);
  } catch (error) {
    if (!isApiError(error, 0)) throw error;
    change([...queue, note]);
    return null;
  }
}

const send = ({ key, clientId, body }: QueuedNote) =>
  call("add_note", { path: { id: clientId }, body: { body } }, { idempotencyKey: key });

export interface Sent {
  sent: QueuedNote[];
  refused: { note: QueuedNote; error: unknown }[];
}

let sending: Promise<Sent> | null = null;

/** Sends what waits, oldest first, until the server is away again. One that is refused for good is handed back. */
export function sendNotes(): Promise<Sent> {
  sending ??= sendAll().finally(() => {
    sending = null;
  });
  return sending;
}

async function sendAll(): Promise<Sent> {
  const done: Sent = { sent: [], refused: [] };
  for (let note = queue[0]; note; note = queue[0]) {
    const { key } = note;
    try {
      await send(note);
      done.sent.push(note);
    } catch (error) {
      if (!isApiError(error) || error.transient || error.status === 401 || error.status === 429) return done;
      done.refused.push({ note, error });
    }
    change(queue.filter((other) => other.key !== key));
  }
  return done;
}

export const useQueuedNotes = (): readonly QueuedNote[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => queue,
  );
