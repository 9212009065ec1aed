/** Something that is open or shut and can be turned from anywhere: for useSyncExternalStore. */
export function createSwitch() {
  let on = false;
  const listeners = new Set<() => void>();
  return {
    get: (): boolean => on,
    set: (next: boolean): void => {
      if (on === next) return;
      on = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
