#include "modules/audit/audit.hpp"

#include "core/csv.hpp"
#include "core/paging.hpp"
#include "core/time.hpp"

namespace doorstep::audit {

namespace {

// The trigger fills seq and the hashes in.
const db::Query insert_sql{"audit.insert", R"sql(
    insert into audit_log (account_id, id, at, action, actor_kind, actor_id, actor_name, actor_account_id, acted_in_account_id,
                           subject_kind, subject_id, subject_name, before, after, ip, user_agent, trace_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
)sql"};

#define ENTRY_COLUMNS                                                                                                       \
    " id, seq, at, action,"                                                                                                 \
    " jsonb_build_object('kind', actor_kind, 'id', actor_id, 'name', actor_name, 'account_id', actor_account_id) as actor," \
    " acted_in_account_id, jsonb_build_object('kind', subject_kind, 'id', subject_id, 'name', subject_name) as subject,"    \
    " before, after, ip, user_agent, hash "

#define IN_RANGE \
    " account_id = $1 and at >= coalesce($2, '-infinity'::timestamptz) and at < coalesce($3, 'infinity'::timestamptz) "
#define WANTED                                                                                \
    IN_RANGE " and ($4::text is null or action = $4) and ($5::uuid is null or actor_id = $5)" \
             " and ($6::uuid is null or subject_id = $6) "

const db::Query list_sql{
    "audit.list", "select" ENTRY_COLUMNS "from audit_log where" WANTED
                  "and seq < coalesce($7, 9223372036854775807) order by seq desc limit $8 offset $9"
};

const db::Query count_sql{"audit.count", "select count(*) from (select from audit_log where" WANTED "limit 10001) found"};

const db::Query export_sql{
    "audit.export", "select" ENTRY_COLUMNS "from audit_log where" IN_RANGE "and seq > $4 order by seq limit $5"
};

const db::Query verify_sql{"audit.verify", R"sql(
    select count(*) as entries, count(*) filter (where broken) = 0 as intact, min(seq) filter (where broken) as broken_at,
        (array_agg(hash order by seq desc))[1] as head
    from app.audit_checks where account_id = $1
)sql"};

constexpr std::int64_t export_limit = 100'000;
constexpr std::int64_t export_step = 5'000;

std::string_view text_of(doorstep::Actor::Kind kind) {
    using Kind = doorstep::Actor::Kind;
    switch (kind) {
    case Kind::user: return "user";
    case Kind::api_key: return "api_key";
    case Kind::contact: return "contact";
    case Kind::provider: return "provider";
    case Kind::nobody:
    case Kind::system: return "system";
    }
    return "system";
}

std::optional<Uuid> unless_nil(Uuid id) {
    return id.is_nil() ? std::nullopt : std::optional(id);
}

std::optional<std::string> unless_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

/// The agency, where its staff act in a business: both logs get the entry.
std::optional<Uuid> home_of(const Context& ctx) {
    auto home = ctx.actor.home_account;
    return home.is_nil() || home == ctx.account_id ? std::nullopt : std::optional(home);
}

/// `own`: whose log; the entry itself says the same in both.
void insert(db::Session& tx, const Context& ctx, Uuid own, const Act& act) {
    auto home = home_of(ctx);
    auto acted_in = home ? std::optional(ctx.account_id) : std::nullopt;
    auto now = ctx.now();
    tx.queue(
        insert_sql, own, Uuid::v7(now), now, act.action, text_of(ctx.actor.kind), unless_nil(ctx.actor.id), ctx.actor.name,
        home, acted_in, act.subject_kind, act.subject_id, act.subject_name, act.before, act.after, unless_empty(ctx.ip),
        unless_empty(ctx.user_agent), ctx.trace_id
    );
}

std::string optional_text(const std::optional<Uuid>& id) {
    return id ? id->text() : std::string();
}

void append_row(std::string& out, const AuditEntry& entry) {
    append_csv_row(
        out, {std::to_string(entry.seq), format_rfc3339(entry.at), entry.action, entry.actor.kind,
              optional_text(entry.actor.id), entry.actor.name, optional_text(entry.actor.account_id),
              optional_text(entry.acted_in_account_id), entry.subject.kind, optional_text(entry.subject.id), entry.subject.name,
              entry.before.text, entry.after.text, entry.ip.value_or(""), entry.user_agent.value_or(""), entry.hash}
    );
}

} // namespace

void add_member(Json& object, std::string_view name, std::string_view value) {
    if (object.text.empty())
        object.text = "{";
    else
        object.text.back() = ',';
    object.text += json_quote(name);
    object.text += ':';
    object.text += value;
    object.text += '}';
}

Task<> Audit::record(db::Session& tx, const Context& ctx, Act act) {
    insert(tx, ctx, ctx.account_id, act);
    auto agency = home_of(ctx);
    if (!agency) co_return;
    // The other log lies in the other tenant: a part of this transaction, there.
    Context home = ctx;
    home.account_id = *agency;
    home.credential.reset();
    home.outer = &tx;
    auto body = [&](db::Session& there) -> Task<> {
        insert(there, ctx, *agency, act);
        co_return;
    };
    co_await db_.transaction(home, body);
}

Task<http::Page<AuditEntry>> Audit::list(Context& ctx, const AuditFilter& filter) {
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    std::optional<std::int64_t> before;
    if (filter.cursor) {
        auto keys = decode_cursor(filter.cursor->value, 1);
        Reader reader;
        if (!read_text(keys[0], before.emplace(), reader)) throw invalid("cursor", "invalid", "is not a cursor of this list");
    }
    auto offset = filter.cursor ? 0 : paging.offset();
    http::Page<AuditEntry> page{.page = paging.page, .limit = paging.limit};
    page.items = co_await db_.all<AuditEntry>(
        ctx, list_sql, ctx.account_id, filter.from, filter.until, filter.action, filter.actor_id, filter.subject_id, before,
        paging.fetch(), offset
    );
    page.next =
        cut_page(page.items, paging.limit, [](const AuditEntry& last) { return std::vector{std::to_string(last.seq)}; });
    page.total = co_await db_.one<std::int64_t>(
        ctx, count_sql, ctx.account_id, filter.from, filter.until, filter.action, filter.actor_id, filter.subject_id
    );
    if (*page.total > counted_up_to) page.total.reset();
    co_return page;
}

Task<std::string> Audit::export_csv(Context& ctx, const AuditRange& range) {
    std::string csv;
    append_csv_row(
        csv, {"seq", "at", "action", "actor_kind", "actor_id", "actor_name", "actor_account_id", "acted_in_account_id",
              "subject_kind", "subject_id", "subject_name", "before", "after", "ip", "user_agent", "hash"}
    );
    std::int64_t after = 0;
    for (std::int64_t written = 0;;) {
        auto part = co_await db_.all<AuditEntry>(ctx, export_sql, ctx.account_id, range.from, range.until, after, export_step);
        for (auto& entry : part) append_row(csv, entry);
        written += std::int64_t(part.size());
        if (written > export_limit)
            throw invalid("from", "too_many", "leaves more than 100,000 entries; choose a shorter time");
        if (std::int64_t(part.size()) < export_step) co_return csv;
        after = part.back().seq;
    }
}

Task<AuditChain> Audit::verify(Context& ctx) {
    co_return co_await db_.one<AuditChain>(ctx, verify_sql, ctx.account_id);
}

} // namespace doorstep::audit
