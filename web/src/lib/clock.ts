import { useEffect, useState } from "react";

// The product's clock. It is the machine's, except while the sandbox has moved it: then the distance between the two
// is kept here, so that "due in two hours" stays true after a jump.
let offset = 0;
const listeners = new Set<() => void>();

export const now = (): Date => new Date(Date.now() + offset);

/** Tells what time it is for the server. */
export function setServerTime(instant: string): void {
  const distance = new Date(instant).getTime() - Date.now();
  const next = Math.abs(distance) < 5000 ? 0 : distance;
  if (Math.abs(next - offset) < 1000) return;
  offset = next;
  for (const listener of listeners) listener();
}

/** The current time, renewed every half minute and when the clock jumps. */
export function useNow(interval = 30_000): Date {
  const [instant, setInstant] = useState(now);
  useEffect(() => {
    const renew = () => setInstant(now());
    const timer = setInterval(renew, interval);
    listeners.add(renew);
    return () => {
      clearInterval(timer);
      listeners.delete(renew);
    };
  }, [interval]);
  return instant;
}
