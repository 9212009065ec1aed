#include "modules/journeys/running.hpp"

#include "core/paging.hpp"
#include "modules/journeys/journeys.hpp"

namespace doorstep::journeys {

namespace {

/// A journey with what its next step's time is worked out from.
struct JourneyRow : Journey {
    std::int64_t quiet_from = 0;
    std::int64_t quiet_until = 1440;
    std::optional<Id<FollowUpTask>> next_id;
    std::optional<std::string> next_name;
    std::optional<Channel> next_channel;
    std::optional<Mode> next_mode;
    std::optional<Time> next_scheduled_for;
    std::optional<Time> next_held_until;
    std::optional<std::string> next_reason;
    std::optional<bool> next_failed;
    BOOST_DESCRIBE_CLASS(
        JourneyRow, (),
        (id, client_id, client_name, template_id, name, status, started_at, paused_at, ended_at, end_reason, steps, steps_done,
         zone, quiet_from, quiet_until, next_id, next_name, next_channel, next_mode, next_scheduled_for, next_held_until,
         next_reason, next_failed),
        (), ()
    )
};

#define JOURNEY_SELECT(filter)                                                                                    \
    "select j.id, j.contact_id as client_id, c.name as client_name, j.template_id, j.template as name, j.status," \
    " j.created_at as started_at, j.paused_at, j.ended_at, j.end_reason, s.steps, s.steps_done,"                  \
    " coalesce(c.zone, a.zone) as zone, a.quiet_from, a.quiet_until, n.id as next_id,"                            \
    " coalesce(n.title, n.followup_type) as next_name, n.channel as next_channel, n.mode as next_mode,"           \
    " n.scheduled_for as next_scheduled_for, n.held_until as next_held_until, n.reason as next_reason,"           \
    " n.failed_at is not null as next_failed"                                                                     \
    " from journeys j"                                                                                            \
    " join contacts c on c.account_id = j.account_id and c.id = j.contact_id"                                     \
    " join accounts a on a.id = j.account_id"                                                                     \
    " cross join lateral ("                                                                                       \
    "   select count(*) as steps, count(*) filter (where t.status = 'completed') as steps_done from tasks t"      \
    "   where t.account_id = j.account_id and t.journey_id = j.id and t.deleted_at is null) s"                    \
    " left join lateral ("                                                                                        \
    "   select * from tasks t where t.account_id = j.account_id and t.journey_id = j.id and t.status = 'pending'" \
    "     and t.deleted_at is null and j.ended_at is null order by t.scheduled_for, t.id limit 1) n on true"      \
    " where j.account_id = $1 and " filter

#define JOURNEY_LIST(name, filter)                                                                                            \
    {"journeys.list" name,                                                                                                    \
     JOURNEY_SELECT(filter                                                                                                    \
     ) " and c.deleted_at is null and ($2::text is null or j.status = $2)"                                                    \
       " and ($4::uuid is null or j.template_id = $4) and ($5::timestamptz is null or (j.created_at, j.id) < ($5, $6::uuid))" \
       " order by j.created_at desc, j.id desc limit $7 offset $8"}

const db::Query list_sql JOURNEY_LIST("", "$3::uuid is null");
const db::Query client_sql JOURNEY_LIST("_of_client", "j.contact_id = $3");

const db::Query find_sql{"journeys.find", JOURNEY_SELECT("j.id = $2")};

const db::Query count_sql{"journeys.count", R"sql(
    select count(*) from (
        select from journeys j join contacts c on c.account_id = j.account_id and c.id = j.contact_id
        where j.account_id = $1 and c.deleted_at is null and ($2::text is null or j.status = $2)
            and ($3::uuid is null or j.contact_id = $3) and ($4::uuid is null or j.template_id = $4)
        limit 10001
    ) found
)sql"};

Journey journey_of(JourneyRow row) {
    Journey journey = row;
    if (row.next_id) {
        auto at = std::max(*row.next_scheduled_for, row.next_held_until.value_or(*row.next_scheduled_for));
        bool sent = *row.next_mode == Mode::automatic;
        auto goes_at =
            sent ? next_within(at, std::chrono::minutes{row.quiet_from}, std::chrono::minutes{row.quiet_until}, row.zone) : at;
        journey.next = NextStep{
            *row.next_id,
            *row.next_name,
            *row.next_channel,
            *row.next_mode,
            *row.next_scheduled_for,
            goes_at,
            std::move(row.next_reason),
            row.next_failed.value_or(false)
        };
    }
    return journey;
}

} // namespace

Task<http::Page<Journey>> Journeys::list_journeys(Context& ctx, const JourneyFilter& filter) {
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    auto after = decode_time_cursor(filter.cursor);
    auto& sql = filter.client_id ? client_sql : list_sql;
    auto rows = co_await db_.all<JourneyRow>(
        ctx, sql, ctx.account_id, filter.status, filter.client_id, filter.template_id, after.at, after.id, paging.fetch(),
        filter.cursor ? 0 : paging.offset()
    );
    http::Page<Journey> page;
    page.page = paging.page;
    page.limit = paging.limit;
    page.next = cut_page(rows, paging.limit, [](const JourneyRow& last) {
        return std::vector{format_rfc3339(last.started_at), last.id.text()};
    });
    for (auto& row : rows) page.items.push_back(journey_of(std::move(row)));
    page.total =
        co_await db_.one<std::int64_t>(ctx, count_sql, ctx.account_id, filter.status, filter.client_id, filter.template_id);
    if (*page.total > counted_up_to) page.total.reset();
    co_return page;
}

Task<Journey> Journeys::require_journey(Context& ctx, Id<Journey> id) {
    auto row = co_await db_.maybe<JourneyRow>(ctx, find_sql, ctx.account_id, id);
    if (!row) throw not_found("journey");
    co_return journey_of(std::move(*row));
}

} // namespace doorstep::journeys
