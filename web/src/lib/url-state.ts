import { useCallback, useEffect, useMemo, useRef } from "react";
import { useSearchParams } from "react-router";

/** Filters that live in the URL: `useUrlState(["q", "stage"])`. Empty values leave it; setting replaces the entry in the
 *  history, so Back leaves the page instead of undoing letters. */
export function useUrlState<Name extends string>(
  names: readonly Name[],
): [Partial<Record<Name, string>>, (change: Partial<Record<Name, string | undefined>>) => void] {
  const [params, setParams] = useSearchParams();
  const text = params.toString();
  const fixed = names.join(" ");

  const values = useMemo(() => {
    const search = new URLSearchParams(text);
    const found: Record<string, string> = {};
    for (const name of fixed.split(" ")) {
      const value = search.get(name);
      if (value) found[name] = value;
    }
    return found as Partial<Record<Name, string>>;
  }, [text, fixed]);

  // Two changes in quick succession: the second builds on the first, though the router has not drawn it yet.
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  }, [text]);

  const set = useCallback(
    (change: Partial<Record<Name, string | undefined>>) => {
      const next = new URLSearchParams(latest.current);
      for (const [name, value] of Object.entries(change) as [Name, string | undefined][]) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      latest.current = next.toString();
      setParams(next, { replace: true, preventScrollReset: true });
    },
    [setParams],
  );
  return [values, set];
}

/** A value out of the URL, if it is one that we know. */
export function oneOf<T extends string>(values: readonly T[], value: string | undefined): T | undefined {
  return values.find((known) => known === value);
}
