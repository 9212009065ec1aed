import { queryOptions } from "@tanstack/react-query";
import type { ReceivedEmail } from "@/api/types.gen";
import { call } from "@/lib/http";
import { keys } from "@/lib/keys";
import { listOptions } from "@/lib/query";

interface Filter {
  kind?: ReceivedEmail["kind"];
  client_id?: string;
}

export const receivedListOptions = (filter: Filter, limit = 50) =>
  listOptions<ReceivedEmail>(keys.receivedList({ ...filter, limit }), (cursor, signal) =>
    call("list_received_emails", { query: { ...filter, limit, cursor } }, { signal }),
  );

export const receivedOptions = (id: string) =>
  queryOptions({
    queryKey: keys.received(id),
    queryFn: ({ signal }) => call("get_received_email", { path: { id } }, { signal }),
  });

/** The people whom a search by an address finds: those who have it, and those whose own is longer. */
export const withAddressOptions = (address: string) =>
  queryOptions({
    queryKey: keys.clientSearch(address),
    queryFn: ({ signal }) => call("list_clients", { query: { q: address, limit: 8 } }, { signal }),
  });

export const forwardingAddressOptions = queryOptions({
  queryKey: keys.forwardingAddress,
  queryFn: ({ signal }) => call("get_forwarding_address", {}, { signal }),
});
