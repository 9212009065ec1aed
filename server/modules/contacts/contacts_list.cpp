#include "core/paging.hpp"
#include "modules/contacts/client_sql.hpp"
#include "modules/contacts/search_sql.hpp"

namespace doorstep {

std::string_view EnumText<contacts::ClientSort>::text(contacts::ClientSort sort) {
    using enum contacts::ClientSort;
    switch (sort) {
    case newest: return "-created_at";
    case oldest: return "created_at";
    case name: return "name";
    case name_desc: return "-name";
    case last_contacted: return "last_contacted";
    case last_contacted_desc: return "-last_contacted";
    }
    return "-created_at";
}

} // namespace doorstep

namespace doorstep::contacts {

namespace {

// $1 account, $2 stage, $3 whose; $4, $5 the keys of the last item shown, $6 limit, $7 offset; $8 to $10 what is sought. Each way of
// asking is a statement of its own: within one plan, "or $4 is null" would hide the index from the planner.
#define FILTERS "($3::uuid is null or assigned_to = $3)"
#define NO_STAGE "$2::text is null and " FILTERS
#define IN_STAGE "stage = $2 and " FILTERS
// No join, lest the planner begins with all who have the tag.
#define TAGGED \
    NO_STAGE   \
    " and (select count(*) from contact_words w where w.account_id = $1 and w.word = $8 and w.contact_id = contacts.id) = 1"
#define FROM_START "$4::text is null and $5::uuid is null"

#define CLIENT_LIST(name, filter, from, order)                                                                               \
    {"contacts.list." name, "select" CLIENT_COLUMNS "from contacts where account_id = $1 and deleted_at is null and " filter \
                            " and " from " order by " order " limit $6 offset $7"}

// Found by their words first, then put in order.
#define CLIENT_SEARCH(name, after, order)                                                         \
    {"contacts.search." name,                                                                     \
     "with" MATCHING(                                                                             \
         "$8", "$9", "$10"                                                                        \
     ) ", found as materialized (select c.* from matching m"                                      \
       " join contacts c on c.account_id = $1 and c.id = m.contact_id where c.deleted_at is null" \
       " and ($2::text is null or c.stage = $2) and ($3::uuid is null or c.assigned_to = $3))"    \
       " select" CLIENT_COLUMNS "from found where $4::text is null or " after " order by " order " limit $6 offset $7"}

#define NEWEST_AFTER "(created_at, id) < ($4::timestamptz, $5::uuid)"
#define NEWEST_ORDER "created_at desc, id desc"
#define OLDEST_AFTER "(created_at, id) > ($4::timestamptz, $5::uuid)"
#define OLDEST_ORDER "created_at, id"
#define NAME_AFTER "(lower(name), id) > (lower($4), $5::uuid)"
#define NAME_ORDER "lower(name), id"
#define NAME_DESC_AFTER "(lower(name), id) < (lower($4), $5::uuid)"
#define NAME_DESC_ORDER "lower(name) desc, id desc"
// Those never contacted come first where the longest silence is wanted, last where the latest talk is.
#define SILENCE_AFTER "(coalesce(last_contacted, '-infinity'), id) > ($4::timestamptz, $5::uuid)"
#define SILENCE_ORDER "coalesce(last_contacted, '-infinity'), id"
#define TALK_AFTER "(coalesce(last_contacted, '-infinity'), id) < ($4::timestamptz, $5::uuid)"
#define TALK_ORDER "coalesce(last_contacted, '-infinity') desc, id desc"

#define ALL_LISTS(name, filter, part)                                                  \
    {                                                                                  \
        CLIENT_LIST("newest" name, filter, part(NEWEST_AFTER), NEWEST_ORDER),          \
        CLIENT_LIST("oldest" name, filter, part(OLDEST_AFTER), OLDEST_ORDER),          \
        CLIENT_LIST("name" name, filter, part(NAME_AFTER), NAME_ORDER),                \
        CLIENT_LIST("name_desc" name, filter, part(NAME_DESC_AFTER), NAME_DESC_ORDER), \
        CLIENT_LIST("silence" name, filter, part(SILENCE_AFTER), SILENCE_ORDER),       \
        CLIENT_LIST("talk" name, filter, part(TALK_AFTER), TALK_ORDER),                \
    }
#define FIRST_PAGE(after) FROM_START
#define LATER_PAGE(after) after

const db::Query first_sql[] = ALL_LISTS("", NO_STAGE, FIRST_PAGE);
const db::Query later_sql[] = ALL_LISTS("_later", NO_STAGE, LATER_PAGE);
const db::Query first_of_stage_sql[] = ALL_LISTS("_of_stage", IN_STAGE, FIRST_PAGE);
const db::Query later_of_stage_sql[] = ALL_LISTS("_of_stage_later", IN_STAGE, LATER_PAGE);
const db::Query first_of_tag_sql[] = ALL_LISTS("_of_tag", TAGGED, FIRST_PAGE);
const db::Query later_of_tag_sql[] = ALL_LISTS("_of_tag_later", TAGGED, LATER_PAGE);
const db::Query search_sql[] = {
    CLIENT_SEARCH("newest", NEWEST_AFTER, NEWEST_ORDER),    CLIENT_SEARCH("oldest", OLDEST_AFTER, OLDEST_ORDER),
    CLIENT_SEARCH("name", NAME_AFTER, NAME_ORDER),          CLIENT_SEARCH("name_desc", NAME_DESC_AFTER, NAME_DESC_ORDER),
    CLIENT_SEARCH("silence", SILENCE_AFTER, SILENCE_ORDER), CLIENT_SEARCH("talk", TALK_AFTER, TALK_ORDER),
};

const db::Query& list_query(const std::optional<Stage>& stage, ClientSort sort, bool later) {
    auto index = static_cast<std::size_t>(sort);
    if (stage) return (later ? later_of_stage_sql : first_of_stage_sql)[index];
    return (later ? later_sql : first_sql)[index];
}

const db::Query count_found_sql{"contacts.count_found", "with" MATCHING("$4", "$5", "$6") R"sql(
    select count(*) from (
        select from matching m join contacts c on c.account_id = $1 and c.id = m.contact_id
        where c.deleted_at is null and ($2::text is null or c.stage = $2) and ($3::uuid is null or c.assigned_to = $3)
        limit 10001
    ) found
)sql"};

const db::Query count_assigned_sql{"contacts.count_assigned", R"sql(
    select count(*) from (
        select from contacts
        where account_id = $1 and deleted_at is null and ($2::text is null or stage = $2) and assigned_to = $3
        limit 10001
    ) found
)sql"};

const db::Query count_sql{"contacts.count", R"sql(
    select coalesce(sum(change), 0)::bigint from counter_parts where account_id = $1 and name = any ($2) and bucket = '-infinity'
)sql"};

/// From this many on, the page of a tag is sooner found by going along the order than by sorting all who have it.
constexpr std::int64_t many_have_it = 2000;

/// The filter asks for a tag and nothing else: counters know how many have it.
bool tag_alone(const ClientFilter& filter) {
    return filter.tag && !filter.q && !filter.field && !filter.stage && !filter.assigned_to;
}

std::vector<std::string> counters_of(const ClientFilter& filter) {
    if (tag_alone(filter)) return {"tag:" + filter.tag->value};
    if (filter.stage) return {"clients:" + std::string(enum_text(*filter.stage))};
    std::vector<std::string> names;
    for (auto text : enum_texts<Stage>()) names.push_back("clients:" + std::string(text));
    return names;
}

std::vector<std::string> keys_of(const Client& client, ClientSort sort) {
    switch (sort) {
    case ClientSort::newest:
    case ClientSort::oldest: return {format_rfc3339(client.created_at), client.id.text()};
    case ClientSort::name:
    case ClientSort::name_desc: return {client.name, client.id.text()};
    case ClientSort::last_contacted:
    case ClientSort::last_contacted_desc:
        return {client.last_contacted ? format_rfc3339(*client.last_contacted) : "-infinity", client.id.text()};
    }
    throw std::logic_error("an unknown sort order");
}

/// A cursor is opaque but comes from outside: what it holds must be what the statement casts it to.
void check_keys(const std::vector<std::string>& keys, ClientSort sort) {
    bool by_name = sort == ClientSort::name || sort == ClientSort::name_desc;
    bool first = by_name ? is_utf8(keys[0]) && keys[0].find('\0') == std::string::npos
                         : keys[0] == "-infinity" || parse_rfc3339(keys[0]);
    if (!first || !Uuid::parse(keys[1])) throw invalid("cursor", "invalid", "is not a cursor of this list");
}

} // namespace

Terms terms_of(const ClientFilter& filter) {
    auto terms = filter.q ? read_terms(filter.q->value) : Terms{};
    if (filter.tag) terms.key("#" + filter.tag->value);
    if (filter.field) seek_field(terms, filter.field->value);
    return terms;
}

namespace {

db::Ask<std::int64_t> count(const Context& ctx, const ClientFilter& filter, const Terms& terms) {
    if (!terms.empty() && !tag_alone(filter)) {
        return db::ask_one<std::int64_t>(
            count_found_sql, ctx.account_id, filter.stage, filter.assigned_to, terms.texts, terms.ends, terms.ords
        );
    }
    if (filter.assigned_to)
        return db::ask_one<std::int64_t>(count_assigned_sql, ctx.account_id, filter.stage, filter.assigned_to);
    return db::ask_one<std::int64_t>(count_sql, ctx.account_id, counters_of(filter));
}

Task<bool> many_have_the_tag(db::Database& db, Context& ctx, const ClientFilter& filter, const Terms& terms) {
    if (!tag_alone(filter)) co_return false;
    auto [found] = co_await db.together(ctx, db::Plan::generic, count(ctx, filter, terms));
    co_return found >= many_have_it;
}

struct Slice {
    std::optional<std::string> first;
    std::optional<std::string> second;
    std::int64_t limit = 0;
    std::int64_t offset = 0;
};

/// `walk`: of a tag that many have.
db::Ask<std::vector<Client>> clients(
    const Context& ctx, const ClientFilter& filter, const Terms& terms, const Slice& slice, bool walk
) {
    auto sort = filter.sort.value_or(ClientSort::newest);
    if (walk) {
        auto& query = (slice.first ? later_of_tag_sql : first_of_tag_sql)[static_cast<std::size_t>(sort)];
        return db::ask_all<Client>(
            query, ctx.account_id, filter.stage, filter.assigned_to, slice.first, slice.second, slice.limit, slice.offset,
            terms.texts.front()
        );
    }
    if (terms.empty()) {
        return db::ask_all<Client>(
            list_query(filter.stage, sort, slice.first.has_value()), ctx.account_id, filter.stage, filter.assigned_to,
            slice.first, slice.second, slice.limit, slice.offset
        );
    }
    return db::ask_all<Client>(
        search_sql[static_cast<std::size_t>(sort)], ctx.account_id, filter.stage, filter.assigned_to, slice.first, slice.second,
        slice.limit, slice.offset, terms.texts, terms.ends, terms.ords
    );
}

} // namespace

Task<std::vector<Client>> Contacts::following(
    Context& ctx, const ClientFilter& filter, const std::optional<Client>& last, std::int64_t limit
) {
    Slice next{.limit = limit};
    if (last) {
        auto keys = keys_of(*last, filter.sort.value_or(ClientSort::newest));
        next.first = keys[0];
        next.second = keys[1];
    }
    auto terms = terms_of(filter);
    auto walk = co_await many_have_the_tag(db_, ctx, filter, terms);
    auto plan = walk ? db::Plan::generic : db::Plan::automatic;
    auto [found] = co_await db_.together(ctx, plan, clients(ctx, filter, terms, next, walk));
    co_return std::move(found);
}

Task<http::Page<Client>> Contacts::list(Context& ctx, const ClientFilter& filter) {
    auto sort = filter.sort.value_or(ClientSort::newest);
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    Slice slice{.limit = paging.fetch(), .offset = filter.cursor ? 0 : paging.offset()};
    if (filter.cursor) {
        auto keys = decode_cursor(filter.cursor->value, 2);
        check_keys(keys, sort);
        slice.first = keys[0];
        slice.second = keys[1];
    }
    http::Page<Client> page;
    page.page = paging.page;
    page.limit = paging.limit;
    auto terms = terms_of(filter);
    bool nothing_sought = filter.q && !filter.q->value.empty() && terms.empty();
    if (nothing_sought) { // signs alone, which nobody has
        page.total = 0;
        co_return page;
    }
    // Words and members differ in how many people they find; else a page is a walk along an index, whoever asks.
    auto walk = co_await many_have_the_tag(db_, ctx, filter, terms);
    auto plan = walk || (terms.empty() && !filter.assigned_to) ? db::Plan::generic : db::Plan::automatic;
    auto look = [&] { return db_.together(ctx, plan, clients(ctx, filter, terms, slice, walk), count(ctx, filter, terms)); };
    std::tie(page.items, page.total) = co_await look();
    if (*page.total == 0 && filter.q) {
        auto better = co_await corrected(db_, ctx, terms);
        if (better) {
            terms = std::move(*better);
            std::tie(page.items, page.total) = co_await look();
        }
    }
    page.next = cut_page(page.items, paging.limit, [sort](const Client& last) { return keys_of(last, sort); });
    if (*page.total > counted_up_to) page.total.reset();
    co_return page;
}

} // namespace doorstep::contacts
