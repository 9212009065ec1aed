#include "core/text.hpp"
#include "modules/mail/mail.hpp"

namespace doorstep::mail {

namespace {

const db::Query keep_sql{"webhooks.keep", R"sql(
    insert into inbound_webhooks (id, provider, body, once, received_at) values ($1, $2, decode($3, 'hex'), nullif($4, ''), $5)
    on conflict do nothing
    returning id
)sql"};

const db::Query read_sql{"webhooks.read", R"sql(
    select encode(body, 'hex') from inbound_webhooks where id = $1
)sql"};

const db::Query processed_sql{"webhooks.processed", R"sql(
    update inbound_webhooks set processed_at = $2, outcome = $3 where id = $1
)sql"};

// Processed ones can be looked into and replayed for a month.
const db::Query forget_sql{
    "webhooks.forget",
    "delete from inbound_webhooks where received_at < $1::timestamptz - interval '30 days' and processed_at is not null"
};

std::string from_hex(std::string_view hex) {
    auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(value(hex[i]) << 4 | value(hex[i + 1]));
    return bytes;
}

} // namespace

Task<Uuid> keep_webhook(
    db::Session& tx, const Context& ctx, std::string_view provider, const std::string& body, const std::string& once
) {
    auto id = Uuid::v7(ctx.now());
    auto hex = to_hex(body);
    auto kept = co_await tx.maybe<Uuid>(keep_sql, id, provider, hex, once, ctx.now());
    if (!kept) throw Error(406, "replayed", "This webhook's signature was used before.");
    co_return id;
}

Task<std::optional<std::string>> read_webhook(db::Database& db, const Context& ctx, Uuid id) {
    auto hex = co_await db.maybe<std::string>(ctx, read_sql, id);
    if (!hex) co_return std::nullopt;
    co_return from_hex(*hex);
}

Task<> finish_webhook(db::Database& db, const Context& ctx, Uuid id, const Json& outcome) {
    co_await db.exec(ctx, processed_sql, id, ctx.now(), outcome);
}

Task<> forget_webhooks(db::Database& db, const Context& ctx) {
    co_await db.exec(ctx, forget_sql, ctx.now());
}

} // namespace doorstep::mail
