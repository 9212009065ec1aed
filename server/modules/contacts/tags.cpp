#include "modules/contacts/tags.hpp"

namespace doorstep::contacts {

namespace {

const db::Query list_sql{"tags.list", R"sql(
    select substr(name, 5) as tag, sum(n)::bigint as count from (
        select name, value as n from counters where account_id = $1 and bucket = '-infinity' and name >= 'tag:' and name < 'tag;'
        union all
        select name, change from counter_changes where account_id = $1 and name >= 'tag:' and name < 'tag;'
    ) both_parts group by name having sum(n) > 0 order by lower(substr(name, 5)), 1
)sql"};

} // namespace

Task<TagList> list_tags(db::Database& db, Context& ctx) {
    TagList list;
    list.items = co_await db.all<TagCount>(ctx, list_sql, ctx.account_id);
    co_return list;
}

} // namespace doorstep::contacts
