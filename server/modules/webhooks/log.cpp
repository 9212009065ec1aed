#include "core/paging.hpp"
#include "core/time.hpp"
#include "modules/webhooks/webhooks.hpp"

namespace doorstep::webhooks {

namespace {

#define DELIVERY_COLUMNS                                                                                      \
    " event_id, event_type, state, attempts, case when state = 'pending' then due_at end as next_attempt_at," \
    " last_status, last_error, created_at, delivered_at "

#define OF_WEBHOOK "from webhook_deliveries where account_id = $1 and webhook_id = $2"

const db::Query list_sql{
    "webhooks.deliveries", "select" DELIVERY_COLUMNS OF_WEBHOOK " and ($3::text is null or state = $3)"
                           " and ($4::timestamptz is null or (created_at, event_id) < ($4, $5::uuid))"
                           " order by created_at desc, event_id desc limit $6 offset $7"
};

const db::Query count_sql{
    "webhooks.count_deliveries",
    "select count(*) from (select " OF_WEBHOOK " and ($3::text is null or state = $3) limit 10001) found"
};

const db::Query find_sql{"webhooks.delivery", "select" DELIVERY_COLUMNS OF_WEBHOOK " and event_id = $3"};

const db::Query body_sql{"webhooks.delivery_body", "select body " OF_WEBHOOK " and event_id = $3"};

const db::Query attempts_sql{"webhooks.attempts", R"sql(
    select number, at, status, error, response, duration_ms from webhook_attempts
    where account_id = $1 and webhook_id = $2 and event_id = $3 order by number desc limit 100
)sql"};

// A whole new ladder begins; the log goes on.
const db::Query replay_sql{"webhooks.replay", R"sql(
    update webhook_deliveries set state = 'pending', attempts = 0, due_at = $4, dispatched_at = null, delivered_at = null
    where account_id = $1 and webhook_id = $2 and event_id = $3 and state <> 'pending'
)sql"};

const db::Query replay_failed_sql{"webhooks.replay_failed", R"sql(
    update webhook_deliveries set state = 'pending', attempts = 0, due_at = $4, dispatched_at = null
    where account_id = $1 and webhook_id = $2 and created_at >= $3 and state = 'failed'
)sql"};

void require_enabled(const Webhook& hook) {
    if (!hook.enabled) throw conflict("disabled", "This webhook is switched off; switch it on to send anything.");
}

} // namespace

Task<http::Page<Delivery>> Webhooks::deliveries(Context& ctx, Id<Webhook> id, const DeliveryFilter& filter) {
    co_await require(ctx, id);
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    auto before = decode_time_cursor(filter.cursor);
    http::Page<Delivery> page;
    page.items = co_await parts_.db.all<Delivery>(
        ctx, list_sql, ctx.account_id, id, filter.state, before.at, before.id, paging.fetch(),
        filter.cursor ? 0 : paging.offset()
    );
    page.page = paging.page;
    page.limit = paging.limit;
    page.next = cut_page(page.items, paging.limit, [](const Delivery& last) {
        return std::vector{format_rfc3339(last.created_at), last.event_id.text()};
    });
    page.total = co_await parts_.db.one<std::int64_t>(ctx, count_sql, ctx.account_id, id, filter.state);
    if (*page.total > counted_up_to) page.total.reset();
    co_return page;
}

Task<DeliveryDetail> Webhooks::delivery(Context& ctx, Id<Webhook> id, Uuid event_id) {
    auto found = co_await parts_.db.maybe<Delivery>(ctx, find_sql, ctx.account_id, id, event_id);
    if (!found) throw not_found("delivery");
    DeliveryDetail detail;
    static_cast<Delivery&>(detail) = std::move(*found);
    detail.body = co_await parts_.db.one<std::optional<std::string>>(ctx, body_sql, ctx.account_id, id, event_id);
    detail.log = co_await parts_.db.all<Attempt>(ctx, attempts_sql, ctx.account_id, id, event_id);
    co_return detail;
}

Task<DeliveryDetail> Webhooks::replay(Context& ctx, Id<Webhook> id, Uuid event_id) {
    auto hook = co_await require(ctx, id);
    require_enabled(hook);
    co_await delivery(ctx, id, event_id);
    auto body = [&](db::Session& tx) -> Task<> {
        auto again = co_await tx.exec(replay_sql, ctx.account_id, id, event_id, ctx.now());
        if (again == 0) throw conflict("pending", "This delivery is under way already.");
        Json data{R"({"url":)" + json_quote(hook.url.value) + R"(,"count":1})"};
        parts_.events.record(tx, ctx, {.kind = "webhook_replayed", .data = std::move(data)});
    };
    co_await parts_.db.transaction(ctx, body);
    co_return co_await delivery(ctx, id, event_id);
}

Task<Replayed> Webhooks::replay_failed(Context& ctx, Id<Webhook> id, Time since) {
    auto hook = co_await require(ctx, id);
    require_enabled(hook);
    auto body = [&](db::Session& tx) -> Task<std::int64_t> {
        auto again = co_await tx.exec(replay_failed_sql, ctx.account_id, id, since, ctx.now());
        Json data{R"({"url":)" + json_quote(hook.url.value) + R"(,"count":)" + std::to_string(again) + "}"};
        if (again > 0) parts_.events.record(tx, ctx, {.kind = "webhook_replayed", .data = std::move(data)});
        co_return again;
    };
    auto count = co_await parts_.db.transaction(ctx, body);
    co_return Replayed{count};
}

} // namespace doorstep::webhooks
