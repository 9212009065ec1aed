#include "core/paging.hpp"
#include "modules/messages/messages.hpp"

namespace doorstep::messages {

namespace {

#define RECEIVED_COLUMNS                                                                                                  \
    " r.id, r.contact_id as client_id, c.name as client_name, r.message_id as email_id, r.kind, r.from_email,"            \
    " r.from_name, r.to_email, r.subject, r.body_text as text_body, r.body_html as body, r.fresh_text, r.attachments,"    \
    " (select m.id from messages m where m.account_id = r.account_id and m.answers_id = r.id order by m.created_at desc " \
    "limit 1)"                                                                                                            \
    " as answered_by, r.received_at "

#define RECEIVED_TABLES "from received_emails r left join contacts c on c.account_id = r.account_id and c.id = r.contact_id "

#define RECEIVED_LIST(name, filter)                                                                                           \
    {"inbound.list" name,                                                                                                     \
     "select" RECEIVED_COLUMNS RECEIVED_TABLES "where r.account_id = $1 and " filter " and ($3::text is null or r.kind = $3)" \
     " and ($4::timestamptz is null or (r.received_at, r.id) < ($4, $5::uuid))"                                               \
     " order by r.received_at desc, r.id desc limit $6 offset $7"}

const db::Query list_sql RECEIVED_LIST("", "$2::uuid is null");
const db::Query contact_sql RECEIVED_LIST("_of_contact", "r.contact_id = $2");

const db::Query count_sql{"inbound.count", R"sql(
    select count(*) from (
        select from received_emails
        where account_id = $1 and ($2::uuid is null or contact_id = $2) and ($3::text is null or kind = $3) limit 10001
    ) found
)sql"};

const db::Query find_sql{"inbound.find", "select" RECEIVED_COLUMNS RECEIVED_TABLES "where r.account_id = $1 and r.id = $2"};

} // namespace

Task<http::Page<ReceivedEmail>> Messages::received(Context& ctx, const ReceivedFilter& filter) {
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    auto before = decode_time_cursor(filter.cursor);
    http::Page<ReceivedEmail> page;
    page.items = co_await parts_.db.all<ReceivedEmail>(
        ctx, filter.client_id ? contact_sql : list_sql, ctx.account_id, filter.client_id, filter.kind, before.at, before.id,
        paging.fetch(), filter.cursor ? 0 : paging.offset()
    );
    page.page = paging.page;
    page.limit = paging.limit;
    page.next = cut_page(page.items, paging.limit, [](const ReceivedEmail& last) {
        return std::vector{format_rfc3339(last.received_at), last.id.text()};
    });
    page.total = co_await parts_.db.one<std::int64_t>(ctx, count_sql, ctx.account_id, filter.client_id, filter.kind);
    if (*page.total > counted_up_to) page.total.reset();
    co_return page;
}

Task<ReceivedEmail> Messages::require_received(Context& ctx, Id<ReceivedEmail> id) {
    auto email = co_await parts_.db.maybe<ReceivedEmail>(ctx, find_sql, ctx.account_id, id);
    if (!email) throw not_found("e-mail");
    co_return std::move(*email);
}

} // namespace doorstep::messages
