import { queryOptions } from "@tanstack/react-query";
import type { ReceivedEmail } from "@/api/types.gen";
import { call } from "@/lib/http";
import { keys } from "@/lib/keys";
import { listOptions } from "@/lib/query";

export const receivedListOptions = (filter: { kind?: ReceivedEmail["kind"] }) =>
  listOptions<ReceivedEmail>(keys.receivedList(filter), (cursor, signal) =>
    call("list_received_emails", { query: { ...filter, limit: 50, cursor } }, { signal }),
  );

export const receivedOptions = (id: string) =>
  queryOptions({
    queryKey: keys.received(id),
    queryFn: ({ signal }) => call("get_received_email", { path: { id } }, { signal }),
  });

export const forwardingAddressOptions = queryOptions({
  queryKey: keys.forwardingAddress,
  queryFn: ({ signal }) => call("get_forwarding_address", {}, { signal }),
});
