// What this device keeps for the time without a network: a few named values in IndexedDB.
const store = "kept";

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("doorstep", 1);
    request.addEventListener("upgradeneeded", () => request.result.createObjectStore(store));
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("no store")));
  });
}

async function act<T>(mode: IDBTransactionMode, use: (objects: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const open = await database();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = open.transaction(store, mode);
      const request = use(transaction.objectStore(store));
      transaction.addEventListener("complete", () => resolve(request.result));
      transaction.addEventListener("abort", () => reject(transaction.error ?? new Error("not kept")));
    });
  } finally {
    open.close();
  }
}

/** A device may refuse to keep anything (a private window, a full disk): then nothing is kept, and nothing breaks. */
const lenient = <T>(work: Promise<T>): Promise<T | undefined> => work.catch(() => undefined);

export const keep = (name: string, value: unknown): Promise<unknown> =>
  lenient(act("readwrite", (objects) => objects.put(value, name)));
export const kept = (name: string): Promise<unknown> => lenient(act("readonly", (objects) => objects.get(name) as IDBRequest<unknown>));
export const forget = (name: string): Promise<unknown> => lenient(act("readwrite", (objects) => objects.delete(name)));
