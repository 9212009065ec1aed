#include "modules/contacts/tags.hpp"

namespace doorstep::contacts {

namespace {

const db::Query list_sql{"tags.list", R"sql(
    select substr(name, 5) as tag, sum(change)::bigint as count from counter_parts
    where account_id = $1 and bucket = '-infinity' and name >= 'tag:' and name < 'tag;'
    group by name having sum(change) > 0 order by lower(substr(name, 5)), 1
)sql"};

} // namespace

Task<TagList> list_tags(db::Database& db, Context& ctx) {
    TagList list;
    list.items = co_await db.all<TagCount>(ctx, list_sql, ctx.account_id);
    co_return list;
}

} // namespace doorstep::contacts
