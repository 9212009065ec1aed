#include "sandbox/sandbox.hpp"

namespace doorstep::sandbox {
namespace {

const db::Query record_sql{"sandbox.outbox.record", R"sql(
    insert into sandbox.outbox
        (id, channel, provider, message_id, to_address, from_address, subject, body_text, body_html, headers, custom_args, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
)sql"};

const db::Query list_sql{"sandbox.outbox.list", R"sql(
    select id, channel, to_address as "to", from_address as "from", subject, body_text as text, body_html as html, headers,
           provider, message_id, at
    from sandbox.outbox
    where ($1::text is null or channel = $1) and ($2::text is null or lower(to_address) = lower($2))
    order by seq desc limit $3
)sql"};

// A message is named by our id, by the provider's, or by what the provider makes of its id in events ("<id>.<suffix>").
const db::Query find_sql{"sandbox.outbox.find", R"sql(
    select id, channel, to_address as "to", from_address as "from", subject, body_text as text, body_html as html, headers,
           provider, message_id, at
    from sandbox.outbox
    where message_id = $1 or id::text = lower($1) or (position('.' in $1) > 0 and starts_with($1, message_id || '.'))
    order by seq desc limit 1
)sql"};

} // namespace

Task<> Sandbox::record(const Context& ctx, const Message& message, const Json& custom_args) {
    co_await db_.exec(
        ctx, record_sql, message.id, message.channel, message.provider, message.message_id, message.to, message.from,
        message.subject, message.text, message.html, message.headers, custom_args, message.at
    );
}

Task<std::vector<Message>> Sandbox::outbox(const Context& ctx, const OutboxFilter& filter) {
    std::int64_t limit = filter.limit ? filter.limit->value : 100;
    return db_.all<Message>(ctx, list_sql, filter.channel, filter.to, limit);
}

Task<std::optional<Message>> Sandbox::find_message(const Context& ctx, std::string_view id_or_message_id) {
    return db_.maybe<Message>(ctx, find_sql, id_or_message_id);
}

} // namespace doorstep::sandbox
