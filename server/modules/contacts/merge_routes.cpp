#include "modules/contacts/merge.hpp"

namespace doorstep::contacts {

namespace {

using http::Context;

Task<Merge> merge_contacts(Contacts& contacts, Context& ctx, Id<Client> id, MergeRequest request) {
    co_return co_await contacts.merge(ctx, id, request);
}

Task<Client> undo_merge(Contacts& contacts, Context& ctx, Id<Merge> id) {
    co_return co_await contacts.undo_merge(ctx, id);
}

Task<DuplicateList> list_duplicates(Contacts& contacts, Context& ctx) {
    co_return co_await contacts.duplicates(ctx);
}

Task<Success> dismiss_duplicate(Contacts& contacts, Context& ctx, DistinctPair pair) {
    co_await contacts.keep_apart(ctx, pair);
    co_return Success{};
}

} // namespace

void merge_routes(http::Router& router, Contacts& contacts) {
    router.tag("Duplicates");
    router.add("POST", "/api/contacts/{id}/merge", contacts, merge_contacts)
        .scope("clients:write")
        .id("merge_contacts")
        .summary("Makes two records of one person one, with everything that hangs on either; undoable for a day");
    router.add("POST", "/api/contacts/merges/{id}/undo", contacts, undo_merge)
        .scope("clients:write")
        .id("undo_merge")
        .summary("Makes two clients of one again; what was changed or added since stays with the kept one");
    router.add("GET", "/api/contacts/duplicates", contacts, list_duplicates)
        .scope("clients:read")
        .id("list_duplicates")
        .summary("Pairs that may be one person: up to a hundred, by name");
    router.add("POST", "/api/contacts/duplicates/dismiss", contacts, dismiss_duplicate)
        .scope("clients:write")
        .id("dismiss_duplicate")
        .summary("Says that two are different people; the pair is not shown again");
}

} // namespace doorstep::contacts
