#include "modules/contacts/contacts.hpp"

namespace doorstep::contacts {

namespace {

using http::Context;

http::Versioned<Client> versioned(Client client) {
    auto version = std::to_string(client.version);
    return {std::move(version), std::move(client)};
}

Task<http::Created<Client>> create_client(
    Contacts& contacts, Context& ctx, http::Query<CreateOptions> options, NewClient input
) {
    auto client = co_await contacts.create(ctx, input, options->create_tasks.value_or(true));
    auto location = "/api/clients/" + client.id.text();
    co_return http::Created<Client>{std::move(location), std::move(client)};
}

Task<http::Page<Client>> list_clients(Contacts& contacts, Context& ctx, http::Query<ClientFilter> filter) {
    co_return co_await contacts.list(ctx, filter.value);
}

Task<http::Versioned<Client>> get_client(Contacts& contacts, Context& ctx, Id<Client> id) {
    auto client = co_await contacts.require(ctx, id);
    co_return versioned(std::move(client));
}

Task<http::Versioned<Client>> update_client(Contacts& contacts, Context& ctx, Id<Client> id, ClientPatch patch) {
    auto client = co_await contacts.update(ctx, id, patch, http::if_match(ctx));
    co_return versioned(std::move(client));
}

Task<Success> delete_client(Contacts& contacts, Context& ctx, Id<Client> id) {
    auto client = co_await contacts.require(ctx, id);
    http::if_match(ctx)(std::to_string(client.version));
    co_await contacts.remove(ctx, id);
    co_return Success{};
}

Task<Client> restore_client(Contacts& contacts, Context& ctx, Id<Client> id) {
    return contacts.restore(ctx, id);
}

Task<BulkDeleted> delete_clients(Contacts& contacts, Context& ctx, BulkIds input) {
    co_return co_await contacts.remove_all(ctx, input.ids);
}

Task<BulkUpdated> restore_clients(Contacts& contacts, Context& ctx, BulkIds input) {
    co_return co_await contacts.restore_all(ctx, input.ids);
}

Task<BulkUpdated> move_clients(Contacts& contacts, Context& ctx, BulkStage input) {
    co_return co_await contacts.move_all(ctx, input.ids, input.stage);
}

Task<events::Timeline> get_timeline(
    Contacts& contacts, Context& ctx, Id<Client> id, http::Query<events::TimelineFilter> filter
) {
    co_return co_await contacts.timeline(ctx, id, filter.value);
}

} // namespace

void routes(http::Router& router, Contacts& contacts) {
    router.tag("Clients");
    router.add("POST", "/api/clients", contacts, create_client)
        .scope("clients:write")
        .id("create_client")
        .summary("Adds a client, with its five follow-ups unless create_tasks=false");
    router.add("GET", "/api/clients", contacts, list_clients)
        .scope("clients:read")
        .id("list_clients")
        .summary("Lists, searches, filters and sorts the living clients");
    router.add("DELETE", "/api/clients/bulk", contacts, delete_clients)
        .scope("clients:write")
        .id("delete_clients")
        .summary("Deletes up to 1,000 clients; their follow-ups stop");
    router.add("POST", "/api/clients/bulk/restore", contacts, restore_clients)
        .scope("clients:write")
        .id("restore_clients")
        .summary("Undoes deletions");
    router.add("POST", "/api/clients/bulk/stage", contacts, move_clients)
        .scope("clients:write")
        .id("move_clients")
        .summary("Moves up to 1,000 clients to a stage");
    router.add("GET", "/api/clients/{id}", contacts, get_client).scope("clients:read").id("get_client").summary("A client");
    router.add("PATCH", "/api/clients/{id}", contacts, update_client)
        .scope("clients:write")
        .id("update_client")
        .summary("Changes what is sent; null clears what may be empty; If-Match guards against lost updates");
    router.add("DELETE", "/api/clients/{id}", contacts, delete_client)
        .scope("clients:write")
        .id("delete_client")
        .guarded()
        .summary("Deletes a client, keeping its history; its follow-ups stop");
    router.add("POST", "/api/clients/{id}/restore", contacts, restore_client)
        .scope("clients:write")
        .id("restore_client")
        .summary("Undoes a deletion");
    router.add("GET", "/api/contacts/{id}/timeline", contacts, get_timeline)
        .scope("clients:read")
        .id("get_timeline")
        .summary("Everything that happened with a client, newest first");
    document_routes(router, contacts);
    custom_routes(router, contacts);
    board_routes(router, contacts);
    merge_routes(router, contacts);
}

} // namespace doorstep::contacts
