#include "core/paging.hpp"
#include "modules/mail/stored.hpp"

namespace doorstep::mail {

namespace {

#define LOG_COLUMNS                                                                                              \
    " id, to_email, to_name, email_type, status, subject, is_test, provider, provider_message_id as mailgun_id," \
    " error_message, created_at, sent_at, delivered_at, opened_at, open_count, clicked_at, click_count "
#define WANTED                                                                                         \
    " account_id = $1 and ($2::text is null or email_type = $2) and ($3::text is null or status = $3)" \
    " and ($4::text is null or lower(to_email || ' ' || to_name) like $4)"                             \
    " and created_at >= coalesce($5, '-infinity'::timestamptz) and created_at < coalesce($6, 'infinity'::timestamptz) "

const db::Query list_sql{
    "mail.list",
    "select" LOG_COLUMNS "from email_logs where" WANTED
    "and (created_at, id) < (coalesce($7, 'infinity'::timestamptz), coalesce($8, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))"
    " order by created_at desc, id desc limit $9 offset $10"
};

const db::Query count_sql{"mail.count", "select count(*) from (select from email_logs where" WANTED "limit 10001) found"};

struct DetailRow : EmailLog {
    std::string language;
    Json facts;
    std::optional<Time> facts_removed_at;
    BOOST_DESCRIBE_CLASS(DetailRow, (EmailLog), (language, facts, facts_removed_at), (), ())
};

const db::Query find_sql{
    "mail.find", "select" LOG_COLUMNS ", " LETTER_LANGUAGE
                 " as language, facts, facts_removed_at from email_logs where account_id = $1 and id = $2"
};

// Who it went to and what became of it are kept; what it said of people is not.
const db::Query forget_sql{"mail.forget", R"sql(
    with old as (
        select account_id, id from email_logs
        where created_at < $1::timestamptz - interval '90 days' and facts_removed_at is null and status <> 'pending'
        order by created_at limit $2 for update skip locked
    )
    update email_logs l set facts = '{}', secrets = null, unsubscribe_url = '', subject = null, facts_removed_at = $1
    from old where l.account_id = old.account_id and l.id = old.id
)sql"};

constexpr std::int64_t forget_batch = 2'000;

const db::Query events_sql{"mail.events", R"sql(
    select event, at, ip, useragent, url, machine from email_log_events where account_id = $1 and log_id = $2
    order by at, received_at, provider_event_id
)sql"};

const db::Query stats_sql{"mail.stats", R"sql(
    select email_type, status, count(*) as count from email_logs
    where account_id = $1 and created_at > $2::timestamptz - make_interval(days => $3::int)
    group by email_type, status order by email_type, status
)sql"};

std::optional<std::string> pattern_of(const std::optional<Line<0, 100>>& search) {
    if (!search || search->value.empty()) return std::nullopt;
    std::string pattern = "%";
    for (auto c : to_lower_ascii(search->value)) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

} // namespace

Task<http::Page<EmailLog>> Mail::list(Context& ctx, const EmailLogFilter& filter) {
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    auto before = decode_time_cursor(filter.cursor);
    auto pattern = pattern_of(filter.search);
    auto offset = filter.cursor ? 0 : paging.offset();
    http::Page<EmailLog> page{.page = paging.page, .limit = paging.limit};
    page.items = co_await parts_.db.all<EmailLog>(
        ctx, list_sql, ctx.account_id, filter.email_type, filter.status, pattern, filter.from, filter.until, before.at,
        before.id, paging.fetch(), offset
    );
    page.next = cut_page(page.items, paging.limit, [](const EmailLog& last) {
        return std::vector{format_rfc3339(last.created_at), last.id.text()};
    });
    page.total = co_await parts_.db.one<std::int64_t>(
        ctx, count_sql, ctx.account_id, filter.email_type, filter.status, pattern, filter.from, filter.until
    );
    if (*page.total > counted_up_to) page.total.reset();
    co_return page;
}

Task<EmailLogDetail> Mail::require(Context& ctx, Id<EmailLog> id) {
    auto row = co_await parts_.db.maybe<DetailRow>(ctx, find_sql, ctx.account_id, id);
    if (!row) throw not_found("letter");
    EmailLogDetail detail;
    static_cast<EmailLog&>(detail) = *row;
    detail.events = co_await parts_.db.all<LetterEvent>(ctx, events_sql, ctx.account_id, id);
    detail.content_removed_at = row->facts_removed_at;
    if (row->facts_removed_at) co_return detail;
    auto house = co_await find_house(parts_.db, ctx);
    auto draft = read_draft(row->email_type, row->language, row->to_name, row->facts);
    auto words = co_await find_template(parts_.db, ctx, draft.type, draft.language);
    auto shown = compose(words, mask(std::move(draft)), house, parts_.from);
    detail.text = std::move(shown.text);
    detail.html = std::move(shown.html);
    co_return detail;
}

Task<std::int64_t> Mail::forget_old(Context& job) {
    Context ctx = job;
    ctx.all_accounts = true;
    co_await forget_webhooks(parts_.db, ctx);
    std::int64_t total = 0;
    while (true) {
        auto count = co_await parts_.db.exec(ctx, forget_sql, ctx.now(), forget_batch);
        total += count;
        if (count < forget_batch) co_return total;
    }
}

Task<EmailStats> Mail::stats(Context& ctx, const EmailStatsFilter& filter) {
    std::int64_t days = filter.days ? filter.days->value : 30;
    auto items = co_await parts_.db.all<EmailCount>(ctx, stats_sql, ctx.account_id, ctx.now(), days);
    co_return EmailStats{std::move(items)};
}

} // namespace doorstep::mail
