#include "core/paging.hpp"
#include "modules/messages/messages.hpp"

namespace doorstep::messages {

namespace {

#define EMAIL_COLUMNS                                                                                                       \
    " m.id, m.task_id, m.contact_id as client_id, c.name as client_name, m.from_email, m.from_name, m.to_email, m.subject," \
    " m.body_html as body, m.body_text as text_body, m.status, m.source, m.provider_message_id as sendgrid_message_id,"     \
    " m.error_message, m.retry_count, m.held_until, m.hold_reason, m.undo_until, m.created_at, m.sent_at,"                  \
    " m.delivered_at, m.opened_at, m.clicked_at "

#define EMAIL_LIST(name, filter, from)                                                                               \
    {"messages.list" name,                                                                                           \
     "select" EMAIL_COLUMNS "from messages m join contacts c on c.account_id = m.account_id and c.id = m.contact_id" \
     " where m.account_id = $1 and " filter " and " from " order by m.created_at desc, m.id desc limit $6 offset $7"}
#define FROM_START "$4::timestamptz is null and $5::uuid is null"
#define AFTER "(m.created_at, m.id) < ($4::timestamptz, $5::uuid)"
#define ANY "$2::uuid is null and $3::text is null"
#define OF_STATUS "$2::uuid is null and m.status = $3"
#define OF_CONTACT "m.contact_id = $2 and ($3::text is null or m.status = $3)"

const db::Query list_sql[] = {EMAIL_LIST("", ANY, FROM_START), EMAIL_LIST("_later", ANY, AFTER)};
const db::Query status_sql[] = {
    EMAIL_LIST("_of_status", OF_STATUS, FROM_START), EMAIL_LIST("_of_status_later", OF_STATUS, AFTER)
};
const db::Query contact_sql[] = {
    EMAIL_LIST("_of_contact", OF_CONTACT, FROM_START), EMAIL_LIST("_of_contact_later", OF_CONTACT, AFTER)
};

const db::Query count_contact_sql{"messages.count_of_contact", R"sql(
    select count(*) from (
        select from messages m where account_id = $1 and contact_id = $2 and ($3::text is null or status = $3) limit 10001
    ) found
)sql"};

const db::Query count_sql{"messages.count", R"sql(
    select coalesce(sum(change), 0)::bigint from counter_parts where account_id = $1 and name = any ($2) and bucket = '-infinity'
)sql"};

const db::Query find_sql{
    "messages.find", "select" EMAIL_COLUMNS
                     ", m.answers_id from messages m join contacts c on c.account_id = m.account_id and c.id = m.contact_id"
                     " where m.account_id = $1 and m.id = $2"
};

struct DetailRow : EmailSummary {
    std::optional<Id<ReceivedEmail>> answers_id;
    BOOST_DESCRIBE_CLASS(DetailRow, (EmailSummary), (answers_id), (), ())
};

const db::Query events_sql{"messages.events", R"sql(
    select event, at as timestamp, ip, useragent, url, provider_event_id as sg_event_id, machine
    from message_events where account_id = $1 and message_id = $2
    order by at, received_at, provider_event_id
    limit 1000
)sql"};

std::vector<std::string> counters_of(const std::optional<Status>& status) {
    std::vector<std::string> names;
    for (auto text : enum_texts<Status>()) {
        if (!status || text == enum_text(*status)) names.push_back("emails:" + std::string(text));
    }
    return names;
}

} // namespace

Task<http::Page<EmailSummary>> Messages::list(Context& ctx, const EmailFilter& filter) {
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    auto before = decode_time_cursor(filter.cursor);
    auto& sql = (filter.client_id ? contact_sql : filter.status ? status_sql : list_sql)[filter.cursor ? 1 : 0];
    auto items = db::ask_all<EmailSummary>(
        sql, ctx.account_id, filter.client_id, filter.status, before.at, before.id, paging.fetch(),
        filter.cursor ? 0 : paging.offset()
    );
    auto count = filter.client_id
                     ? db::ask_one<std::int64_t>(count_contact_sql, ctx.account_id, filter.client_id, filter.status)
                     : db::ask_one<std::int64_t>(count_sql, ctx.account_id, counters_of(filter.status));
    http::Page<EmailSummary> page;
    std::tie(page.items, page.total) = co_await parts_.db.together(ctx, db::Plan::generic, std::move(items), std::move(count));
    page.page = paging.page;
    page.limit = paging.limit;
    page.next = cut_page(page.items, paging.limit, [](const EmailSummary& last) {
        return std::vector{format_rfc3339(last.created_at), last.id.text()};
    });
    if (*page.total > counted_up_to) page.total.reset();
    co_return page;
}

Task<EmailDetail> Messages::require(Context& ctx, Id<EmailSummary> id) {
    auto [found, events] = co_await parts_.db.together(
        ctx, db::ask_maybe<DetailRow>(find_sql, ctx.account_id, id), db::ask_all<WebhookEvent>(events_sql, ctx.account_id, id)
    );
    if (!found) throw not_found("e-mail");
    EmailDetail email;
    static_cast<EmailSummary&>(email) = *found;
    email.answers_id = found->answers_id;
    email.webhook_events = std::move(events);
    co_return email;
}

} // namespace doorstep::messages
