#include "modules/insights/reports.hpp"

#include <cmath>

#include "core/time.hpp"
#include "modules/insights/insights.hpp"

namespace doorstep::insights {

namespace {

// $1 account, $2 zone, $3 and $4 the first and last day, $5 the bucket.
const db::Query trends_sql{"reports.trends", R"sql(
    with buckets as (
        select d::date as day from generate_series(
            date_trunc($5::text, $3::date::timestamp), $4::date::timestamp, ('1 ' || $5)::interval
        ) d
    ), happened as (
        select date_trunc($5, at at time zone $2::text)::date as day, kind, count(*) as n, count(distinct message_id) as messages
        from events
        where account_id = $1 and at >= date_trunc($5, $3::date::timestamp) at time zone $2
            and at < ($4::date + 1)::timestamp at time zone $2
            and (kind in ('client_created', 'email_sent', 'email_replied', 'task_completed')
                or (kind in ('email_opened', 'email_clicked') and not coalesce((data ->> 'machine')::boolean, false))
                or (kind = 'stage_changed' and data ->> 'to' = 'closed'))
        group by 1, 2
    )
    select to_char(b.day, 'YYYY-MM-DD') as "from",
        coalesce(sum(n) filter (where kind = 'client_created'), 0)::bigint as clients_created,
        coalesce(sum(n) filter (where kind = 'stage_changed'), 0)::bigint as clients_closed,
        coalesce(sum(n) filter (where kind = 'email_sent'), 0)::bigint as emails_sent,
        coalesce(sum(messages) filter (where kind = 'email_opened'), 0)::bigint as emails_opened,
        coalesce(sum(messages) filter (where kind = 'email_clicked'), 0)::bigint as emails_clicked,
        coalesce(sum(n) filter (where kind = 'email_replied'), 0)::bigint as emails_answered,
        coalesce(sum(n) filter (where kind = 'task_completed'), 0)::bigint as tasks_completed
    from buckets b left join happened h on h.day = b.day
    group by b.day order by b.day
)sql"};

// The furthest that each client of the cohort ever came, and when first. Losing one later takes nothing back.
#define COHORT                                                                                                              \
    "with cohort as ("                                                                                                      \
    "    select id, stage, created_at, custom_fields from contacts"                                                         \
    "    where account_id = $1 and created_at >= $3::date::timestamp at time zone $2::text"                                 \
    "        and created_at < ($4::date + 1)::timestamp at time zone $2"                                                    \
    "), steps as ("                                                                                                         \
    "    select c.id, e.at, e.data ->> 'to' as stage from cohort c"                                                         \
    "    join events e on e.account_id = $1 and e.contact_id = c.id and e.kind = 'stage_changed'"                           \
    "    union all select c.id, e.at, e.data ->> 'stage' from cohort c"                                                     \
    "    join events e on e.account_id = $1 and e.contact_id = c.id and e.kind = 'client_created'"                          \
    "    union all select c.id, c.created_at, c.stage from cohort c where not exists ("                                     \
    "        select from events e where e.account_id = $1 and e.contact_id = c.id"                                          \
    "            and e.kind in ('stage_changed', 'client_created'))"                                                        \
    "), ranked as ("                                                                                                        \
    "    select id, at, array_position(array['lead', 'negotiating', 'under_contract', 'closed'], stage) as rank from steps" \
    ")"

const db::Query funnel_sql{"reports.funnel", COHORT R"sql(
    , firsts as (
        select c.id, c.created_at, s.rank, s.stage, min(r.at) as at
        from cohort c
        cross join (values (1, 'lead'), (2, 'negotiating'), (3, 'under_contract'), (4, 'closed')) s (rank, stage)
        left join ranked r on r.id = c.id and r.rank >= s.rank
        group by 1, 2, 3, 4
    )
    select s.stage, count(f.id) filter (where f.at is not null or s.rank = 1) as clients,
        percentile_cont(0.5) within group (order by extract(epoch from f.at - f.created_at) / 86400)
            filter (where f.at is not null and s.rank > 1) as median_days
    from (values (1, 'lead'), (2, 'negotiating'), (3, 'under_contract'), (4, 'closed')) s (rank, stage)
    left join firsts f on f.rank = s.rank
    group by s.rank, s.stage order by s.rank
)sql"};

const db::Query sources_sql{"reports.sources", COHORT R"sql(
    , origins as (
        select c.id, c.stage, coalesce(nullif(trim(c.custom_fields ->> 'source'), ''), (
            select case when e.kind = 'client_imported' then 'import' when e.actor_kind = 'user' then 'manual'
                when e.actor_kind = 'api_key' then 'api' else e.actor_kind end
            from events e
            where e.account_id = $1 and e.contact_id = c.id and e.kind in ('client_created', 'client_imported') order by e.at limit 1
        ), 'unknown') as source
        from cohort c
    ), furthest as (
        select id, max(rank) as rank from ranked group by id
    )
    select o.source, count(*) as clients, count(*) filter (where f.rank >= 2) as negotiating,
        count(*) filter (where f.rank = 4) as closed, count(*) filter (where o.stage = 'lost') as lost
    from origins o left join furthest f on f.id = o.id
    group by o.source order by count(*) desc, o.source limit 100
)sql"};

const db::Query responses_sql{"reports.responses", R"sql(
    with period as (
        select $3::date::timestamp at time zone $2::text as begins, ($4::date + 1)::timestamp at time zone $2 as ends
    ), cases as (
        select 'first_contact' as measure, c.created_at as asked, (
            select min(e.at) from events e
            where e.account_id = $1 and e.contact_id = c.id and e.at >= c.created_at
                and (e.kind = 'email_sent' or (e.kind = 'task_completed' and e.actor_kind = 'user'))
        ) as answered
        from contacts c, period where c.account_id = $1 and c.created_at >= begins and c.created_at < ends
        union all
        select 'answer', r.received_at, (
            select min(m.sent_at) from messages m
            where m.account_id = $1 and m.contact_id = r.contact_id and m.class = 'personal' and m.sent_at > r.received_at
        )
        from received_emails r, period
        where r.account_id = $1 and r.kind = 'reply' and r.contact_id is not null and r.received_at >= begins and r.received_at < ends
    )
    select m.measure, count(c.asked) as cases, count(c.answered) as answered,
        percentile_cont(0.5) within group (order by extract(epoch from c.answered - c.asked)) as median_seconds,
        percentile_cont(0.9) within group (order by extract(epoch from c.answered - c.asked)) as slowest_tenth_seconds
    from (values (1, 'first_contact'), (2, 'answer')) m (place, measure)
    left join cases c on c.measure = m.measure
    group by m.place, m.measure order by m.place
)sql"};

constexpr auto trends_words =
    "What happened in each day, week or month of the account's time zone. E-mails count as opened or clicked once for each "
    "e-mail and bucket, by people and not by machines.";
constexpr auto funnel_words =
    "Of the clients created in these days, deleted ones included, how many have ever reached each stage or a later one, up to "
    "now. Who was lost afterwards still counts for what was reached; a stage that was skipped counts as reached.";
constexpr auto sources_words =
    "The clients created in these days by where they came from: the custom field `source`, else how they were added: `manual`, "
    "`import` or `api`. Closed means that they have ever been closed.";
constexpr auto responses_words =
    "first_contact: from a client's creation to the first e-mail sent or task done by a person. answer: from a person's e-mail "
    "to the next e-mail that somebody of the office wrote. Medians of the answered ones; slowest_tenth is the ninth decile.";

struct FunnelCount {
    std::string stage;
    std::int64_t clients = 0;
    std::optional<double> median_days;
    BOOST_DESCRIBE_CLASS(FunnelCount, (), (stage, clients, median_days), (), ())
};

struct SourceCount {
    std::string source;
    std::int64_t clients = 0;
    std::int64_t negotiating = 0;
    std::int64_t closed = 0;
    std::int64_t lost = 0;
    BOOST_DESCRIBE_CLASS(SourceCount, (), (source, clients, negotiating, closed, lost), (), ())
};

double rounded(double value) {
    return std::round(value * 100) / 100;
}

double share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0 : rounded(100.0 * double(part) / double(whole));
}

std::optional<double> rounded(const std::optional<double>& value) {
    return value ? std::optional(rounded(*value)) : std::nullopt;
}

/// Days since 1970 of a date that Day has checked.
std::int64_t number_of(const std::string& date) {
    auto time = parse_rfc3339(date + "T00:00:00Z");
    return time ? std::chrono::floor<std::chrono::days>(time->time_since_epoch()).count() : 0;
}

} // namespace

template <class Row>
Task<Report<Row>> Insights::frame(Context& ctx, const ReportFilter& filter, std::string definition) {
    auto profile = co_await accounts_.sending_profile(ctx);
    Report<Row> report;
    report.zone = profile.zone.value;
    report.to = filter.to ? filter.to->value : local_date(ctx.now(), profile.zone);
    if (filter.from) {
        report.from = filter.from->value;
    } else {
        auto last = parse_rfc3339(report.to + "T12:00:00Z").value();
        report.from = local_date(last - std::chrono::days{29}, Zone{"UTC"});
    }
    constexpr std::int64_t longest = 3 * 366;
    auto days = number_of(report.to) - number_of(report.from);
    if (days < 0) throw invalid("to", "too_early", "must not be before from");
    if (days > longest) throw invalid("from", "too_early", "may be at most three years before to");
    report.definition = std::move(definition);
    co_return report;
}

Task<Report<TrendRow>> Insights::report_trends(Context& ctx, const ReportFilter& filter) {
    auto report = co_await frame<TrendRow>(ctx, filter, trends_words);
    auto bucket = std::string(enum_text(filter.by.value_or(Bucket::day)));
    report.items = co_await db_.all<TrendRow>(ctx, trends_sql, ctx.account_id, report.zone, report.from, report.to, bucket);
    co_return report;
}

Task<Report<FunnelRow>> Insights::report_funnel(Context& ctx, const ReportFilter& filter) {
    auto report = co_await frame<FunnelRow>(ctx, filter, funnel_words);
    auto counts = co_await db_.all<FunnelCount>(ctx, funnel_sql, ctx.account_id, report.zone, report.from, report.to);
    std::int64_t previous = counts.empty() ? 0 : counts.front().clients;
    for (auto& count : counts) {
        report.items.push_back(
            {count.stage, count.clients, share(count.clients, counts.front().clients), share(count.clients, previous),
             rounded(count.median_days)}
        );
        previous = count.clients;
    }
    co_return report;
}

Task<Report<ResponseRow>> Insights::report_responses(Context& ctx, const ReportFilter& filter) {
    auto report = co_await frame<ResponseRow>(ctx, filter, responses_words);
    report.items = co_await db_.all<ResponseRow>(ctx, responses_sql, ctx.account_id, report.zone, report.from, report.to);
    co_return report;
}

Task<Report<SourceRow>> Insights::report_sources(Context& ctx, const ReportFilter& filter) {
    auto report = co_await frame<SourceRow>(ctx, filter, sources_words);
    auto counts = co_await db_.all<SourceCount>(ctx, sources_sql, ctx.account_id, report.zone, report.from, report.to);
    for (auto& count : counts) {
        report.items.push_back(
            {count.source, count.clients, count.negotiating, count.closed, count.lost, share(count.closed, count.clients)}
        );
    }
    co_return report;
}

std::string csv_cell(std::string_view text) {
    bool number = !text.empty() && text.find_first_not_of("0123456789.-") == text.npos;
    std::string out;
    if (!number && !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) out += '\'';
    out += text;
    if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
    std::string quoted = "\"";
    for (auto c : out) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

} // namespace doorstep::insights

namespace doorstep {

std::optional<Fault> Field<insights::Day>::parse(std::string_view text, insights::Day& out) {
    if (text.size() != 10 || !parse_rfc3339(std::string(text) + "T00:00:00Z")) {
        return Fault{"invalid", R"(must be a date like "2026-11-29")"};
    }
    out.value = text;
    return std::nullopt;
}

} // namespace doorstep
