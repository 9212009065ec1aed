#include "modules/contacts/cleanup.hpp"

namespace doorstep::contacts {

namespace {

using http::Context;

Task<Retention> get_retention(Cleanup& cleanup, Context& ctx) {
    co_return co_await cleanup.retention(ctx);
}

Task<Retention> update_retention(Cleanup& cleanup, Context& ctx, RetentionPatch patch) {
    co_return co_await cleanup.retain(ctx, patch);
}

Task<http::Page<Trashed>> list_trash(Cleanup& cleanup, Context& ctx, http::Query<TrashFilter> filter) {
    co_return co_await cleanup.trash(ctx, filter.value);
}

Task<Certificate> erase_contact(Cleanup& cleanup, Context& ctx, Id<Client> id, EraseRequest request) {
    co_return co_await cleanup.erase(ctx, id, request);
}

Task<CertificateList> list_erasures(Cleanup& cleanup, Context& ctx) {
    co_return co_await cleanup.certificates(ctx);
}

} // namespace

void routes(http::Router& router, Cleanup& cleanup) {
    router.tag("Clean-up");
    router.add("GET", "/api/retention", cleanup, get_retention)
        .scope("clients:read")
        .id("get_retention")
        .summary("How long what is deleted can be restored");
    router.add("PATCH", "/api/retention", cleanup, update_retention)
        .scope("retention:write")
        .id("update_retention")
        .summary("Sets after how many days in the trash a client goes for good");
    router.add("GET", "/api/trash", cleanup, list_trash)
        .scope("clients:read")
        .id("list_trash")
        .summary("Deleted clients, latest first, and when each goes for good");
    router.add("POST", "/api/contacts/{id}/erase", cleanup, erase_contact)
        .scope("erasures:write")
        .id("erase_contact")
        .summary("Erases a person for good, with all that is kept about them, and certifies it. Can't be undone");
    router.add("GET", "/api/erasures", cleanup, list_erasures)
        .scope("erasures:read")
        .id("list_erasures")
        .summary("Certificates of erased people, latest first");
}

} // namespace doorstep::contacts
