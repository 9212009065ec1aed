#include "core/paging.hpp"
#include "modules/progression/progression.hpp"

namespace doorstep::progression {

namespace {

#define SUGGESTIONS(filter)                                                                                              \
    "select s.id, s.contact_id as client_id, c.name as client_name, s.rule_id, r.name as rule_name, r.trigger, s.count," \
    " s.from_stage, s.to_stage, s.status, s.created_at, s.decided_at"                                                    \
    " from stage_suggestions s"                                                                                          \
    " join contacts c on c.account_id = s.account_id and c.id = s.contact_id"                                            \
    " join stage_rules r on r.account_id = s.account_id and r.id = s.rule_id"                                            \
    " where s.account_id = $1 and " filter

const db::Query list_sql{
    "stage_suggestions.list", SUGGESTIONS("c.deleted_at is null and (s.status <> 'open' or c.stage = s.from_stage)"
                                          " and ($2::text is null or s.status = $2) and ($3::uuid is null or s.contact_id = $3)"
                              ) " and ($4::timestamptz is null or (s.created_at, s.id) < ($4, $5::uuid))"
                                " order by s.created_at desc, s.id desc limit $6 offset $7"
};

const db::Query count_sql{"stage_suggestions.count", R"sql(
    select count(*) from (
        select from stage_suggestions s join contacts c on c.account_id = s.account_id and c.id = s.contact_id
        where s.account_id = $1 and c.deleted_at is null and (s.status <> 'open' or c.stage = s.from_stage) and ($2::text is null or s.status = $2)
            and ($3::uuid is null or s.contact_id = $3)
        limit 10001
    ) found
)sql"};

const db::Query find_sql{"stage_suggestions.find", SUGGESTIONS("s.id = $2")};

const db::Query lock_sql{"stage_suggestions.lock", SUGGESTIONS("s.id = $2") " for update of s"};

const db::Query stage_sql{"stage_suggestions.stage", R"sql(
    select stage from contacts where account_id = $1 and id = $2 and deleted_at is null for update
)sql"};

const db::Query decide_sql{"stage_suggestions.decide", R"sql(
    update stage_suggestions set status = $3, decided_at = $4 where account_id = $1 and id = $2
)sql"};

} // namespace

Task<http::Page<StageSuggestion>> Progression::suggestions(Context& ctx, const SuggestionFilter& filter) {
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    auto after = decode_time_cursor(filter.cursor);
    http::Page<StageSuggestion> page;
    page.items = co_await db_.all<StageSuggestion>(
        ctx, list_sql, ctx.account_id, filter.status, filter.client_id, after.at, after.id, paging.fetch(),
        filter.cursor ? 0 : paging.offset()
    );
    page.page = paging.page;
    page.limit = paging.limit;
    page.next = cut_page(page.items, paging.limit, [](const StageSuggestion& last) {
        return std::vector{format_rfc3339(last.created_at), last.id.text()};
    });
    page.total = co_await db_.one<std::int64_t>(ctx, count_sql, ctx.account_id, filter.status, filter.client_id);
    if (*page.total > counted_up_to) page.total.reset();
    co_return page;
}

Task<StageSuggestion> Progression::require_suggestion(Context& ctx, Id<StageSuggestion> id) {
    auto suggestion = co_await db_.maybe<StageSuggestion>(ctx, find_sql, ctx.account_id, id);
    if (!suggestion) throw not_found("stage suggestion");
    co_return std::move(*suggestion);
}

Task<StageSuggestion> Progression::accept(Context& ctx, Id<StageSuggestion> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto suggestion = co_await tx.maybe<StageSuggestion>(lock_sql, ctx.account_id, id);
        if (!suggestion) throw not_found("stage suggestion");
        if (suggestion->status != SuggestionStatus::open)
            throw conflict("decided", "This suggestion has been decided already.");
        auto stage = co_await tx.maybe<Stage>(stage_sql, ctx.account_id, suggestion->client_id);
        if (!stage) throw not_found("client");
        if (*stage != suggestion->from_stage) throw conflict("moved_on", "The client is at another stage by now.");
        tx.queue(decide_sql, ctx.account_id, id, SuggestionStatus::accepted, ctx.now());
        Context inner = ctx;
        inner.outer = &tx;
        co_await move(inner, suggestion->client_id, suggestion->to_stage, suggestion->rule_name);
    };
    co_await db_.transaction(ctx, body);
    co_return co_await require_suggestion(ctx, id);
}

Task<StageSuggestion> Progression::dismiss(Context& ctx, Id<StageSuggestion> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto suggestion = co_await tx.maybe<StageSuggestion>(lock_sql, ctx.account_id, id);
        if (!suggestion) throw not_found("stage suggestion");
        if (suggestion->status != SuggestionStatus::open)
            throw conflict("decided", "This suggestion has been decided already.");
        tx.queue(decide_sql, ctx.account_id, id, SuggestionStatus::dismissed, ctx.now());
        events_.record(
            tx, ctx,
            {.kind = "stage_suggestion_dismissed",
             .contact_id = suggestion->client_id.value,
             .data = Json{R"({"rule":)" + json_quote(suggestion->rule_name) + "}"}}
        );
    };
    co_await db_.transaction(ctx, body);
    co_return co_await require_suggestion(ctx, id);
}

Task<StageSuggestion> Progression::undo(Context& ctx, Id<StageSuggestion> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto suggestion = co_await tx.maybe<StageSuggestion>(lock_sql, ctx.account_id, id);
        if (!suggestion) throw not_found("stage suggestion");
        bool moved = suggestion->status == SuggestionStatus::done || suggestion->status == SuggestionStatus::accepted;
        if (!moved) throw conflict("not_moved", "This suggestion has moved nobody.");
        auto stage = co_await tx.maybe<Stage>(stage_sql, ctx.account_id, suggestion->client_id);
        if (!stage) throw not_found("client");
        if (*stage != suggestion->to_stage) throw conflict("moved_on", "The client is at another stage by now.");
        Context inner = ctx;
        inner.outer = &tx;
        co_await move(inner, suggestion->client_id, suggestion->from_stage, "undone: " + suggestion->rule_name);
        co_await tx.exec(decide_sql, ctx.account_id, id, SuggestionStatus::undone, ctx.now());
    };
    co_await db_.transaction(ctx, body);
    co_return co_await require_suggestion(ctx, id);
}

} // namespace doorstep::progression
