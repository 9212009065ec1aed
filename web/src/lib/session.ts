import { queryOptions, useQuery } from "@tanstack/react-query";
import { call, send } from "./http";
import { keys } from "./keys";

/** Who is signed in, for which account. */
export const sessionOptions = queryOptions({
  queryKey: keys.session,
  queryFn: ({ signal }) => call("get_me", {}, { signal }),
  staleTime: 5 * 60_000,
});

export interface ServerConfig {
  name: string;
  version: string;
  sandbox: boolean;
  public_url: string;
  /** Whether people can sign in with it. */
  google: boolean;
}

/** What kind of server this is; told to anyone. */
export const configOptions = queryOptions({
  queryKey: keys.config,
  queryFn: ({ signal }) => send("GET", "/api/config", undefined, { signal }) as Promise<ServerConfig>,
  staleTime: Number.POSITIVE_INFINITY,
});

export const useSession = () => useQuery(sessionOptions).data;
export const useConfig = () => useQuery(configOptions).data;
