#include "core/paging.hpp"
#include "modules/journeys/task_sql.hpp"

namespace doorstep::journeys {

namespace {

constexpr std::int64_t most_in_calendar = 3000;
constexpr auto most_days = std::chrono::days(62);

// $1 account, $2 status, $3 client, $4 failed, $5 due before; $6, $7 keys of the last item shown; $8 limit, $9 offset,
// $10 due from.
#define TASK_FILTERS                                                                                                \
    "($4::boolean is null or (t.failed_at is not null) = $4) and ($5::timestamptz is null or t.scheduled_for < $5)" \
    " and ($10::timestamptz is null or t.scheduled_for >= $10)"
#define TASK_LIST(name, filter, from, order)                                                                  \
    {"tasks.list." name,                                                                                      \
     "select" TASK_COLUMNS "from " TASK_TABLES "where t.account_id = $1 and t.deleted_at is null and " filter \
     " and " TASK_FILTERS " and " from " order by " order " limit $8 offset $9"}
#define FROM_START "$6::timestamptz is null and $7::uuid is null"
#define DUE "(t.scheduled_for, t.id) > ($6::timestamptz, $7::uuid)"
#define DUE_ORDER "t.scheduled_for, t.id"
#define DUE_DESC "(t.scheduled_for, t.id) < ($6::timestamptz, $7::uuid)"
#define DUE_DESC_ORDER "t.scheduled_for desc, t.id desc"
#define NEWEST "(t.created_at, t.id) < ($6::timestamptz, $7::uuid)"
#define NEWEST_ORDER "t.created_at desc, t.id desc"

#define ANY "$2::text is null and $3::uuid is null"
#define OF_STATUS "t.status = $2 and $3::uuid is null"
#define OF_CLIENT "t.contact_id = $3 and ($2::text is null or t.status = $2)"

#define TASK_LISTS(name, filter)                                            \
    {                                                                       \
        TASK_LIST("due" name, filter, FROM_START, DUE_ORDER),               \
        TASK_LIST("due_later" name, filter, DUE, DUE_ORDER),                \
        TASK_LIST("due_desc" name, filter, FROM_START, DUE_DESC_ORDER),     \
        TASK_LIST("due_desc_later" name, filter, DUE_DESC, DUE_DESC_ORDER), \
        TASK_LIST("newest" name, filter, FROM_START, NEWEST_ORDER),         \
        TASK_LIST("newest_later" name, filter, NEWEST, NEWEST_ORDER),       \
    }

const db::Query all_sql[] = TASK_LISTS("", ANY);
const db::Query status_sql[] = TASK_LISTS("_of_status", OF_STATUS);
const db::Query client_sql[] = TASK_LISTS("_of_client", OF_CLIENT);

const db::Query count_found_sql{"tasks.count_found", R"sql(
    select count(*) from (
        select from tasks t
        where t.account_id = $1 and t.deleted_at is null and ($2::text is null or t.status = $2)
            and ($3::uuid is null or t.contact_id = $3) and ($4::boolean is null or (t.failed_at is not null) = $4)
            and ($5::timestamptz is null or t.scheduled_for < $5) and ($6::timestamptz is null or t.scheduled_for >= $6)
        limit 10001
    ) found
)sql"};

const db::Query count_all_sql{"tasks.count_range", R"sql(
    select count(*) from tasks
    where account_id = $1 and deleted_at is null and ($2::text is null or status = $2) and scheduled_for >= $3 and scheduled_for < $4
)sql"};

const db::Query count_sql{"tasks.count", R"sql(
    select coalesce(sum(change), 0)::bigint from counter_parts where account_id = $1 and name = any ($2) and bucket = '-infinity'
)sql"};

std::vector<std::string> counters_of(const std::optional<Status>& status) {
    std::vector<std::string> names;
    for (auto text : enum_texts<Status>()) {
        if (!status || text == enum_text(*status)) names.push_back("tasks:" + std::string(text));
    }
    return names;
}

} // namespace

Task<http::Page<FollowUpTask>> Journeys::list(Context& ctx, const TaskFilter& filter) {
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    auto sort = filter.sort.value_or(TaskSort::due);
    auto after = decode_time_cursor(filter.cursor);
    auto& family = filter.client_id ? client_sql : filter.status ? status_sql : all_sql;
    auto& sql = family[static_cast<std::size_t>(sort) * 2 + (filter.cursor ? 1 : 0)];
    // With bounds, the plan is to depend on them; else a page is a walk along an index.
    bool is_bounded = filter.failed || filter.due_before || filter.due_from;
    bool is_counter = !filter.client_id && !is_bounded;
    auto count = is_counter ? db::ask_one<std::int64_t>(count_sql, ctx.account_id, counters_of(filter.status))
                            : db::ask_one<std::int64_t>(
                                  count_found_sql, ctx.account_id, filter.status, filter.client_id, filter.failed,
                                  filter.due_before, filter.due_from
                              );
    auto items = db::ask_all<FollowUpTask>(
        sql, ctx.account_id, filter.status, filter.client_id, filter.failed, filter.due_before, after.at, after.id,
        paging.fetch(), filter.cursor ? 0 : paging.offset(), filter.due_from
    );
    http::Page<FollowUpTask> page;
    std::tie(page.items, page.total) =
        co_await db_.together(ctx, is_counter ? db::Plan::generic : db::Plan::automatic, std::move(items), std::move(count));
    page.page = paging.page;
    page.limit = paging.limit;
    page.next = cut_page(page.items, paging.limit, [sort](const FollowUpTask& last) {
        return std::vector{format_rfc3339(sort == TaskSort::newest ? last.created_at : last.scheduled_for), last.id.text()};
    });
    if (*page.total > counted_up_to) page.total.reset();
    co_return page;
}

void CalendarFilter::validate(Reader& reader) const {
    if (!from) reader.fail("from", "required", "is required");
    if (!until) reader.fail("until", "required", "is required");
    if (!from || !until) return;
    if (*until <= *from)
        reader.fail("until", "invalid", "must be later than from");
    else if (*until - *from > most_days)
        reader.fail("until", "too_long", "may be at most 62 days after from");
}

Task<TaskCalendar> Journeys::calendar(Context& ctx, const CalendarFilter& filter) {
    auto& sql = (filter.status ? status_sql : all_sql)[0];
    auto nobody = std::optional<Id<Client>>();
    auto either = std::optional<bool>();
    auto start_at = std::optional<std::string>();
    TaskCalendar calendar;
    calendar.items = co_await db_.all<FollowUpTask>(
        ctx, sql, ctx.account_id, filter.status, nobody, either, filter.until, start_at, start_at, most_in_calendar + 1,
        std::int64_t(0), filter.from
    );
    calendar.total = std::int64_t(calendar.items.size());
    calendar.cut = calendar.total > most_in_calendar;
    if (calendar.cut) {
        calendar.items.resize(most_in_calendar);
        calendar.total =
            co_await db_.one<std::int64_t>(ctx, count_all_sql, ctx.account_id, filter.status, filter.from, filter.until);
    }
    co_return calendar;
}

} // namespace doorstep::journeys
