#include "core/paging.hpp"
#include "modules/contacts/client_sql.hpp"

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

// $1 account, $2 stage, $3 tag, $4 search pattern; $5, $6 the keys of the last item shown, $7 limit, $8 offset. Each way of asking
// is a statement of its own: within one plan, "or $5 is null" would hide the index from the planner.
#define FILTERS "($3::text is null or tags @> array[$3]) and ($4::text is null or search like $4)"
#define NO_STAGE "$2::text is null and " FILTERS
#define IN_STAGE "stage = $2 and " FILTERS
#define FROM_START "$5::text is null and $6::uuid is null"

#define CLIENT_LIST(name, filter, from, order)                                                                               \
    {"contacts.list." name, "select" CLIENT_COLUMNS "from contacts where account_id = $1 and deleted_at is null and " filter \
                            " and " from " order by " order " limit $7 offset $8"}

// Found by the trigram index first, then put in order: few people match three letters.
#define CLIENT_SEARCH(name, after, order)                                                                                 \
    {"contacts.search." name,                                                                                             \
     "with found as materialized (select * from contacts where account_id = $1 and deleted_at is null and search like $4" \
     " and ($2::text is null or stage = $2) and ($3::text is null or tags @> array[$3]))"                                 \
     " select" CLIENT_COLUMNS "from found where $5::text is null or " after " order by " order " limit $7 offset $8"}

#define NEWEST_AFTER "(created_at, id) < ($5::timestamptz, $6::uuid)"
#define NEWEST_ORDER "created_at desc, id desc"
#define OLDEST_AFTER "(created_at, id) > ($5::timestamptz, $6::uuid)"
#define OLDEST_ORDER "created_at, id"
#define NAME_AFTER "(lower(name), id) > (lower($5), $6::uuid)"
#define NAME_ORDER "lower(name), id"
#define NAME_DESC_AFTER "(lower(name), id) < (lower($5), $6::uuid)"
#define NAME_DESC_ORDER "lower(name) desc, id desc"
// Those never contacted come first where the longest silence is wanted, last where the latest talk is.
#define SILENCE_AFTER "(coalesce(last_contacted, '-infinity'), id) > ($5::timestamptz, $6::uuid)"
#define SILENCE_ORDER "coalesce(last_contacted, '-infinity'), id"
#define TALK_AFTER "(coalesce(last_contacted, '-infinity'), id) < ($5::timestamptz, $6::uuid)"
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
const db::Query search_sql[] = {
    CLIENT_SEARCH("newest", NEWEST_AFTER, NEWEST_ORDER),    CLIENT_SEARCH("oldest", OLDEST_AFTER, OLDEST_ORDER),
    CLIENT_SEARCH("name", NAME_AFTER, NAME_ORDER),          CLIENT_SEARCH("name_desc", NAME_DESC_AFTER, NAME_DESC_ORDER),
    CLIENT_SEARCH("silence", SILENCE_AFTER, SILENCE_ORDER), CLIENT_SEARCH("talk", TALK_AFTER, TALK_ORDER),
};

const db::Query& list_query(const std::optional<Stage>& stage, ClientSort sort, bool later, bool indexed_search) {
    auto index = static_cast<std::size_t>(sort);
    if (indexed_search) return search_sql[index];
    if (stage) return (later ? later_of_stage_sql : first_of_stage_sql)[index];
    return (later ? later_sql : first_sql)[index];
}

const db::Query count_found_sql{"contacts.count_found", R"sql(
    select count(*) from (
        select from contacts
        where account_id = $1 and deleted_at is null and ($2::text is null or stage = $2) and ($3::text is null or tags @> array[$3])
            and ($4::text is null or search like $4)
        limit 10001
    ) found
)sql"};

const db::Query count_sql{"contacts.count", R"sql(
    select coalesce(sum(n), 0)::bigint from (
        select value as n from counters where account_id = $1 and name = any ($2) and bucket = '-infinity'
        union all
        select change from counter_changes where account_id = $1 and name = any ($2)
    ) both_parts
)sql"};

/// A LIKE pattern that finds the text anywhere; a phone number in any shape finds its digits.
std::string pattern_of(const std::string& text) {
    std::string digits;
    bool phone_like = true;
    for (auto c : text) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (std::string_view(" +-().").find(c) == std::string_view::npos)
            phone_like = false;
    }
    auto wanted = phone_like && digits.size() >= 3 ? digits : to_lower_ascii(text);
    std::string pattern = "%";
    for (auto c : wanted) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

std::vector<std::string> counters_of(const std::optional<Stage>& stage) {
    if (stage) return {"clients:" + std::string(enum_text(*stage))};
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

Task<http::Page<Client>> Contacts::list(Context& ctx, const ClientFilter& filter) {
    auto sort = filter.sort.value_or(ClientSort::newest);
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    std::optional<std::string> pattern;
    if (filter.q && !filter.q->value.empty()) pattern = pattern_of(filter.q->value);
    std::optional<std::string> tag;
    if (filter.tag) tag = filter.tag->value;
    std::optional<std::string> first;
    std::optional<std::string> second;
    if (filter.cursor) {
        auto keys = decode_cursor(filter.cursor->value, 2);
        check_keys(keys, sort);
        first = keys[0];
        second = keys[1];
    }
    // A pattern of less than a trigram finds many: walking the order finds a page of them sooner than the index does.
    bool indexed_search = pattern && utf8_length(*pattern) >= 3 + std::string_view("%%").size();
    auto& sql = list_query(filter.stage, sort, filter.cursor.has_value(), indexed_search);
    http::Page<Client> page;
    page.items = co_await db_.all<Client>(
        ctx, sql, ctx.account_id, filter.stage, tag, pattern, first, second, paging.fetch(), filter.cursor ? 0 : paging.offset()
    );
    page.page = paging.page;
    page.limit = paging.limit;
    page.next = cut_page(page.items, paging.limit, [sort](const Client& last) { return keys_of(last, sort); });
    if (pattern || tag) {
        page.total = co_await db_.one<std::int64_t>(ctx, count_found_sql, ctx.account_id, filter.stage, tag, pattern);
    } else {
        page.total = co_await db_.one<std::int64_t>(ctx, count_sql, ctx.account_id, counters_of(filter.stage));
    }
    if (*page.total > counted_up_to) page.total.reset();
    co_return page;
}

} // namespace doorstep::contacts
