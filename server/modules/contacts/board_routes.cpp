#include "modules/contacts/contacts.hpp"

namespace doorstep::contacts {

namespace {

using http::Context;

Task<Board> get_pipeline(Contacts& contacts, Context& ctx, http::Query<ColumnFilter> filter) {
    if (filter->cursor) throw invalid("cursor", "invalid", "goes with one stage: /api/pipeline/{stage}");
    co_return co_await contacts.board(ctx, filter.value);
}

Task<BoardColumn> get_pipeline_stage(Contacts& contacts, Context& ctx, Stage stage, http::Query<ColumnFilter> filter) {
    co_return co_await contacts.column(ctx, stage, filter.value);
}

Task<StageHistory> get_stage_history(Contacts& contacts, Context& ctx, Id<Client> id) {
    co_return co_await contacts.stage_history(ctx, id);
}

Task<SearchResult> search_everything(Contacts& contacts, Context& ctx, http::Query<SearchFilter> filter) {
    co_return co_await contacts.find(ctx, filter.value);
}

} // namespace

void board_routes(http::Router& router, Contacts& contacts) {
    router.tag("Pipeline");
    router.add("GET", "/api/pipeline", contacts, get_pipeline)
        .scope("clients:read")
        .id("get_pipeline")
        .summary("The board: each stage with its count and its first clients; PATCH a client's stage and after to move it");
    router.add("GET", "/api/pipeline/{stage}", contacts, get_pipeline_stage)
        .scope("clients:read")
        .id("get_pipeline_stage")
        .summary("More of one stage, in the board's order");
    router.add("GET", "/api/contacts/{id}/stages", contacts, get_stage_history)
        .scope("clients:read")
        .id("get_stage_history")
        .summary("How a client moved through the stages: who, when, from, to and why");
    router.tag("Search");
    router.add("GET", "/api/search", contacts, search_everything)
        .scope("clients:read")
        .id("search")
        .summary("Finds people by name, e-mail, telephone in any writing, address, tag words and notes, forgiving a mistyped "
                 "letter; best first");
}

} // namespace doorstep::contacts
