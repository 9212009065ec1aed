#include "modules/insights/summaries.hpp"

#include "core/log.hpp"

namespace doorstep::insights {

namespace {

const db::Query zones_sql{"summaries.zones", "select distinct zone from accounts order by zone"};

// $1 zone, $2 period, $3 its first day, $4 when it was over.
const db::Query due_sql{"summaries.due", R"sql(
    select a.id from accounts a
    where a.zone = $1 and a.created_at < $4 and not exists (
        select from summary_runs r where r.account_id = a.id and r.period = $2 and r.starts_on >= $3::date
    )
    order by a.id limit $5
)sql"};

// Of all servers that come here, one gets a row; a clock or zone that goes back repeats nothing.
const db::Query claim_sql{"summaries.claim", R"sql(
    insert into summary_runs (account_id, period, starts_on, made_at) values ($1, $2, $3, $4)
    on conflict (account_id, period) do update set starts_on = excluded.starts_on, made_at = excluded.made_at
        where summary_runs.starts_on < excluded.starts_on
)sql"};

// Who joined, or wanted it, only after it was due does not get it afterwards.
const db::Query readers_sql{"summaries.readers", R"sql(
    select u.id as user_id, u.name, u.email, coalesce(d.language, a.language) as language
    from memberships m
    join accounts a on a.id = m.account_id
    join users u on u.id = m.user_id
    left join digest_preferences d on d.account_id = m.account_id and d.user_id = m.user_id
    where m.account_id = $1 and greatest(m.created_at, d.summaries_since) <= $3 and u.email_verified_at is not null
        and coalesce(case $2 when 'week' then d.weekly_summary else d.monthly_summary end, app.wants_summary(a.kind, m.role))
    order by u.id
)sql"};

struct SummaryReader {
    Uuid user_id;
    std::string name;
    Email email;
    mail::Language language = mail::Language::en;
    BOOST_DESCRIBE_CLASS(SummaryReader, (), (user_id, name, email, language), (), ())
};

constexpr std::int64_t batch = 200;
constexpr std::chrono::hours hour{8};

Context within(const Context& ctx, Uuid account) {
    Context scoped = ctx;
    scoped.all_accounts = false;
    scoped.account_id = account;
    return scoped;
}

int day_of_month(const std::string& date) {
    return std::stoi(date.substr(8));
}

/// The instant at which the week or month before the one that begins at `start` begins.
Time start_before(Period period, Time start, const Zone& zone) {
    if (period == Period::week) return plus_local_days(start, -7, zone);
    auto last_day = plus_local_days(start, -1, zone);
    return plus_local_days(start, -day_of_month(local_date(last_day, zone)), zone);
}

} // namespace

Span latest_span(Period period, Time now, const Zone& zone) {
    auto today = start_of_day(now, zone);
    auto start = period == Period::week ? start_of_week(now, zone)
                                        : plus_local_days(today, 1 - day_of_month(local_date(now, zone)), zone);
    auto due_after = [&](Time begin) { return next_within(begin, hour, std::chrono::hours{24}, zone); };
    if (due_after(start) > now) start = start_before(period, start, zone);
    auto first = start_before(period, start, zone);
    return {
        .period = period,
        .from = local_date(first, zone),
        .to = local_date(plus_local_days(start, -1, zone), zone),
        .before = local_date(start_before(period, first, zone), zone),
        .ended = start,
        .due = due_after(start),
    };
}

Task<Figures> Summaries::figures(Context& ctx, const Span& span) {
    auto by = span.period == Period::week ? Bucket::week : Bucket::month;
    ReportFilter both{.from = Day{span.before}, .to = Day{span.to}, .by = by};
    auto trends = co_await parts_.insights.report_trends(ctx, both);
    Figures figures;
    figures.before = trends.items.at(0);
    figures.now = trends.items.at(1);
    auto day_before = *parse_rfc3339(span.from + "T12:00:00Z") - std::chrono::days{1};
    ReportFilter this_one{.from = Day{span.from}, .to = Day{span.to}};
    ReportFilter one_before{.from = Day{span.before}, .to = Day{local_date(day_before, Zone{"UTC"})}};
    auto answers = co_await parts_.insights.report_responses(ctx, this_one);
    auto answers_before = co_await parts_.insights.report_responses(ctx, one_before);
    auto median = [](const Report<ResponseRow>& report) {
        std::optional<double> seconds;
        for (const auto& row : report.items) {
            if (row.measure == "answer") seconds = row.median_seconds;
        }
        return seconds;
    };
    figures.answer_seconds = median(answers);
    figures.answer_seconds_before = median(answers_before);
    co_return figures;
}

Task<std::int64_t> Summaries::send(Context& everyone, Uuid account, const Span& span) {
    Context ctx = within(everyone, account);
    auto numbers = co_await figures(ctx, span);
    auto body = [&](db::Session& tx) -> Task<std::int64_t> {
        auto first = co_await tx.exec(claim_sql, account, span.period, span.from, ctx.now());
        if (first == 0) co_return 0;
        auto readers = co_await tx.all<SummaryReader>(readers_sql, account, span.period, span.due);
        using notifications::Regular;
        auto regular = span.period == Period::week ? Regular::weekly_summary : Regular::monthly_summary;
        for (const auto& reader : readers) {
            auto language = enum_text(reader.language);
            mail::Letter letter{
                .type = mail::Type::summary,
                .to = reader.email,
                .to_name = reader.name,
                .facts =
                    {
                        {"period", span_in_words(language, span)},
                        {"lines", figures_in_words(language, span.period, numbers)},
                        {"link", parts_.public_url + "/console"},
                        {"preferences", parts_.notifications.preferences_url()},
                    },
                .user = reader.user_id,
                .language = reader.language,
                .unsubscribe_url = parts_.notifications.unsubscribe_url(account, reader.user_id, regular),
            };
            parts_.mail.post(tx, ctx, letter);
        }
        co_return std::int64_t(readers.size());
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

Task<std::int64_t> Summaries::send_due(Context& job) {
    Context everyone = job;
    everyone.all_accounts = true;
    auto zones = co_await parts_.db.all<std::string>(everyone, zones_sql);
    std::int64_t letters = 0;
    std::exception_ptr problem;
    for (const auto& zone : zones) {
        for (auto period : {Period::week, Period::month}) {
            auto span = latest_span(period, job.now(), Zone{zone});
            auto accounts = co_await parts_.db.all<Uuid>(everyone, due_sql, zone, period, span.from, span.ended, batch);
            for (const auto& account : accounts) {
                // One account's trouble is no reason for the others to wait.
                try {
                    letters += co_await send(everyone, account, span);
                } catch (const jobs::Lost&) {
                    throw;
                } catch (const std::exception& error) {
                    log::error("a summary could not be made", {{"account", account.text()}, {"error", error.what()}});
                    problem = std::current_exception();
                }
            }
        }
    }
    if (problem) std::rethrow_exception(problem);
    co_return letters;
}

} // namespace doorstep::insights
