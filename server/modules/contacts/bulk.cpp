#include "modules/contacts/bulk.hpp"

#include <algorithm>
#include <map>

#include "modules/contacts/client_sql.hpp"
#include "modules/contacts/search_sql.hpp"

namespace doorstep {

std::string_view EnumText<contacts::BulkAction>::text(contacts::BulkAction action) {
    using enum contacts::BulkAction;
    switch (action) {
    case stage: return "stage";
    case add_tag: return "add_tag";
    case remove_tag: return "remove_tag";
    case rename_tag: return "rename_tag";
    case assign: return "assign";
    case remove: return "delete";
    }
    return "stage";
}

} // namespace doorstep

namespace doorstep::contacts {

namespace {

constexpr std::int64_t at_once = 200; ///< so many are changed before the answer goes out
constexpr std::int64_t step_size = 500;

#define BULK_COLUMNS                                                                                                \
    " b.id, b.action, b.state, b.total, b.done, b.failed, b.actor_name as started_by, b.created_at, b.finished_at," \
    " b.arguments->>'stage' as stage, b.arguments->>'tag' as tag, b.arguments->>'to' as \"to\","                    \
    " b.arguments->>'assigned_to' as assigned_to,"                                                                  \
    " coalesce((select json_agg(json_build_object('id', f.contact_id, 'reason', f.reason)) from ("                  \
    "  select contact_id, reason from bulk_rows r where r.account_id = b.account_id and r.bulk_id = b.id"           \
    "  and r.state = 'failed' order by contact_id limit 100) f), '[]') as failures "

const db::Query insert_sql{"bulk.insert", R"sql(
    insert into bulk_jobs (account_id, id, action, arguments, state, total, actor_kind, actor_id, actor_name, created_at)
    values ($1, $2, $3, $4, 'running', 0, $5, $6, $7, $8)
)sql"};

const db::Query select_ids_sql{"bulk.select_ids", R"sql(
    insert into bulk_rows (account_id, bulk_id, contact_id) select $1, $2, unnest($3::uuid[])
)sql"};

const db::Query select_all_sql{"bulk.select_all", R"sql(
    insert into bulk_rows (account_id, bulk_id, contact_id)
    select $1, $2, id from contacts
    where account_id = $1 and deleted_at is null and ($3::text is null or stage = $3) and ($4::uuid is null or assigned_to = $4)
)sql"};

const db::Query select_found_sql{"bulk.select_found", "with" MATCHING("$5", "$6", "$7") R"sql(
    insert into bulk_rows (account_id, bulk_id, contact_id)
    select $1, $2, c.id from matching m join contacts c on c.account_id = $1 and c.id = m.contact_id
    where c.deleted_at is null and ($3::text is null or c.stage = $3) and ($4::uuid is null or c.assigned_to = $4)
)sql"};

const db::Query member_sql{"bulk.member", "select true from memberships where account_id = $1 and user_id = $2"};

const db::Query total_sql{"bulk.total", "update bulk_jobs set total = $3, failed = $4 where account_id = $1 and id = $2"};

const db::Query find_sql{"bulk.find", "select" BULK_COLUMNS "from bulk_jobs b where b.account_id = $1 and b.id = $2"};

const db::Query list_sql{
    "bulk.list", "select" BULK_COLUMNS "from bulk_jobs b where b.account_id = $1 order by b.created_at desc, b.id desc limit 50"
};

const db::Query plan_sql{"bulk.plan", R"sql(
    select action, state, arguments, actor_kind, coalesce(actor_id, '00000000-0000-0000-0000-000000000000') as actor_id, actor_name
    from bulk_jobs where account_id = $1 and id = $2 for update
)sql"};

const db::Query take_sql{"bulk.take", R"sql(
    select contact_id, before from bulk_rows where account_id = $1 and bulk_id = $2 and state = $3
    order by contact_id limit $4 for update
)sql"};

const db::Query settle_sql{"bulk.settle", R"sql(
    update bulk_rows r set state = s.state, before = coalesce(s.before, r.before), reason = s.reason
    from jsonb_to_recordset($3) s (id uuid, state text, before jsonb, reason text)
    where r.account_id = $1 and r.bulk_id = $2 and r.contact_id = s.id
)sql"};

const db::Query progress_sql{"bulk.progress", R"sql(
    update bulk_jobs set done = done + $3, failed = failed + $4 where account_id = $1 and id = $2
)sql"};

const db::Query finish_sql{"bulk.finish", R"sql(
    update bulk_jobs set state = $3, finished_at = $4 where account_id = $1 and id = $2
)sql"};

const db::Query undo_sql{"bulk.undo", R"sql(
    update bulk_jobs set state = 'undoing', finished_at = null where account_id = $1 and id = $2 and state = 'done'
)sql"};

/// Writes of one row what became of it.
struct Settled {
    Uuid id;
    std::string state;
    Json before;
    std::optional<std::string> reason;
    BOOST_DESCRIBE_CLASS(Settled, (), (id, state, before, reason), (), ())
};

// What a row was before, in an object so that it reads as one.
struct StageValue {
    Stage stage = Stage::lead;
    BOOST_DESCRIBE_CLASS(StageValue, (), (stage), (), ())
};
struct AssignedValue {
    std::optional<Id<accounts::User>> assigned_to;
    BOOST_DESCRIBE_CLASS(AssignedValue, (), (assigned_to), (), ())
};
struct TagsValue {
    std::vector<std::string> tags;
    BOOST_DESCRIBE_CLASS(TagsValue, (), (tags), (), ())
};

Json told(const BulkJob& job) {
    auto action = enum_text(job.action);
    return Json{
        R"({"bulk_id":")" + job.id.text() + R"(","action":)" + json_quote(action) + R"(,"total":)" + std::to_string(job.total) +
        "}"
    };
}

void require_part(bool given, std::string_view name, Reader& reader) {
    if (!given) reader.fail(name, "required", "is required for this action");
}

} // namespace

struct Bulk::Plan {
    BulkAction action = BulkAction::stage;
    BulkState state = BulkState::running;
    Json arguments;
    std::string actor_kind;
    Uuid actor_id;
    std::string actor_name;
    BOOST_DESCRIBE_CLASS(Plan, (), (action, state, arguments, actor_kind, actor_id, actor_name), (), ())

    NewBulkJob input() const { return from_json<NewBulkJob>(arguments.text, Reader::Unknown::ignore); }
};

struct Bulk::Row {
    Id<Client> contact_id;
    Json before;
    BOOST_DESCRIBE_CLASS(Row, (), (contact_id, before), (), ())
};

void NewBulkJob::validate(Reader& reader) const {
    if (ids.has_value() == filter.has_value()) reader.fail("ids", "invalid", "or a filter must be given, and not both");
    if (ids && ids->empty()) reader.fail("ids", "required", "must name at least one client");
    if (ids && ids->size() > 10'000)
        reader.fail("ids", "too_long", "may name at most 10,000 clients; a filter takes any number");
    if (action == BulkAction::stage) require_part(stage.has_value(), "stage", reader);
    bool tags = action == BulkAction::add_tag || action == BulkAction::remove_tag || action == BulkAction::rename_tag;
    if (tags) require_part(tag.has_value(), "tag", reader);
    if (action == BulkAction::rename_tag) require_part(to.has_value(), "to", reader);
}

Task<std::int64_t> Bulk::select(db::Session& tx, Context& ctx, Id<BulkJob> id, const NewBulkJob& input) {
    if (input.ids) {
        std::vector<Uuid> ids;
        for (auto& text : *input.ids)
            if (auto uuid = Uuid::parse(text)) ids.push_back(*uuid);
        std::ranges::sort(ids);
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        co_return co_await tx.exec(select_ids_sql, ctx.account_id, id, ids);
    }
    auto& filter = *input.filter;
    ClientFilter list{.q = filter.q, .stage = filter.stage, .tag = filter.tag, .field = filter.field};
    auto terms = terms_of(list);
    if (terms.empty()) co_return co_await tx.exec(select_all_sql, ctx.account_id, id, filter.stage, filter.assigned_to);
    co_return co_await tx.exec(
        select_found_sql, ctx.account_id, id, filter.stage, filter.assigned_to, terms.texts, terms.ends, terms.ords
    );
}

Task<BulkJob> Bulk::start(Context& ctx, const NewBulkJob& input) {
    auto id = Id<BulkJob>::make(ctx.now());
    Json arguments{to_json(input)};
    auto actor = ctx.actor.id.is_nil() ? std::nullopt : std::optional(ctx.actor.id);
    auto body = [&](db::Session& tx) -> Task<BulkJob> {
        if (input.assigned_to) {
            auto member = co_await tx.maybe<bool>(member_sql, ctx.account_id, *input.assigned_to);
            if (!member) throw invalid("assigned_to", "invalid", "is no member of this account");
        }
        tx.queue(
            insert_sql, ctx.account_id, id, input.action, arguments, events::actor_kind(ctx.actor), actor, ctx.actor.name,
            ctx.now()
        );
        auto total = co_await select(tx, ctx, id, input);
        auto unreadable = input.ids ? std::int64_t(input.ids->size()) - total : 0;
        tx.queue(total_sql, ctx.account_id, id, total + unreadable, unreadable);
        auto job = co_await tx.one<BulkJob>(find_sql, ctx.account_id, id);
        events_.record(tx, ctx, {.kind = "bulk_started", .data = told(job)});
        if (total > at_once) {
            jobs::enqueue(tx, ctx, RunBulk{id});
            co_return job;
        }
        for (bool more = true; more;) more = co_await step(tx, ctx, id);
        co_return co_await tx.one<BulkJob>(find_sql, ctx.account_id, id);
    };
    co_return co_await db_.transaction(ctx, body);
}

Task<BulkJob> Bulk::require(Context& ctx, Id<BulkJob> id) {
    auto job = co_await db_.maybe<BulkJob>(ctx, find_sql, ctx.account_id, id);
    if (!job) throw not_found("job");
    co_return std::move(*job);
}

Task<BulkJobList> Bulk::list(Context& ctx) {
    BulkJobList list;
    list.items = co_await db_.all<BulkJob>(ctx, list_sql, ctx.account_id);
    co_return list;
}

Task<BulkJob> Bulk::undo(Context& ctx, Id<BulkJob> id) {
    auto body = [&](db::Session& tx) -> Task<BulkJob> {
        auto job = co_await tx.maybe<BulkJob>(find_sql, ctx.account_id, id);
        if (!job) throw not_found("job");
        auto begun = co_await tx.exec(undo_sql, ctx.account_id, id);
        if (begun == 0) throw conflict("not_done", "Only what is done, and not undone before, can be undone.");
        events_.record(tx, ctx, {.kind = "bulk_undone", .data = told(*job)});
        if (job->done > at_once) {
            jobs::enqueue(tx, ctx, RunBulk{id});
        } else {
            for (bool more = true; more;) more = co_await step(tx, ctx, id);
        }
        co_return co_await tx.one<BulkJob>(find_sql, ctx.account_id, id);
    };
    co_return co_await db_.transaction(ctx, body);
}

Task<jobs::Outcome> Bulk::run(Context& ctx, const jobs::Run& run, Id<BulkJob> id) {
    for (bool more = true; more;) {
        auto body = [&](db::Session& tx) -> Task<bool> {
            co_await jobs::require_held(tx, ctx, run);
            co_return co_await step(tx, ctx, id);
        };
        more = co_await db_.transaction(ctx, body);
    }
    co_return jobs::Outcome::done();
}

Task<bool> Bulk::step(db::Session& tx, Context& ctx, Id<BulkJob> id) {
    auto plan = co_await tx.maybe<Plan>(plan_sql, ctx.account_id, id);
    if (!plan || plan->state == BulkState::done || plan->state == BulkState::undone) co_return false;
    Context asked(ctx);
    asked.actor = asked_by(plan->actor_kind, plan->actor_id, plan->actor_name);

    bool back = plan->state == BulkState::undoing;
    auto rows = co_await tx.all<Row>(take_sql, ctx.account_id, id, std::string(back ? "done" : "waiting"), step_size);
    if (rows.empty()) {
        tx.queue(finish_sql, ctx.account_id, id, back ? BulkState::undone : BulkState::done, ctx.now());
        co_return false;
    }
    std::map<Uuid, Settled> settled;
    std::vector<Id<Client>> ids;
    for (auto& row : rows) {
        ids.push_back(row.contact_id);
        auto why = back ? "It was changed meanwhile." : "It is no client, or deleted.";
        settled[row.contact_id.value] = {row.contact_id.value, "failed", {}, why};
    }
    std::int64_t good = 0;
    if (back) {
        for (auto& done : co_await revert(tx, asked, *plan, rows)) {
            settled[done.value] = {done.value, "undone", {}, std::nullopt};
            ++good;
        }
        tx.queue(progress_sql, ctx.account_id, id, -std::int64_t(rows.size()), std::int64_t(rows.size()) - good);
    } else {
        for (auto& done : co_await apply(tx, asked, *plan, ids)) {
            settled[done.contact_id.value] = {done.contact_id.value, "done", done.before, std::nullopt};
            ++good;
        }
        tx.queue(progress_sql, ctx.account_id, id, good, std::int64_t(rows.size()) - good);
    }
    std::vector<Settled> list;
    for (auto& [contact, row] : settled) list.push_back(std::move(row));
    Json settlement{to_json(list)};
    co_await tx.exec(settle_sql, ctx.account_id, id, settlement);
    co_return true;
}

Task<std::vector<Bulk::Row>> Bulk::apply(db::Session& tx, Context& ctx, const Plan& plan, const std::vector<Id<Client>>& ids) {
    auto input = plan.input();
    std::vector<Row> rows;
    switch (plan.action) {
    case BulkAction::stage: {
        auto moved = co_await contacts_.move(
            tx, ctx, ids, *input.stage, input.reason ? std::optional(input.reason->value) : std::nullopt
        );
        for (auto& was : moved) rows.push_back({was.id, Json{json_quote(enum_text(was.stage))}});
        break;
    }
    case BulkAction::add_tag:
    case BulkAction::remove_tag:
    case BulkAction::rename_tag: {
        auto add = plan.action == BulkAction::remove_tag ? std::nullopt
                   : plan.action == BulkAction::add_tag  ? input.tag
                                                         : input.to;
        auto drop = plan.action == BulkAction::add_tag ? std::nullopt : input.tag;
        auto tagged = co_await contacts_.retag(tx, ctx, ids, add, drop);
        for (auto& was : tagged) rows.push_back({was.id, Json{to_json(was.tags)}});
        break;
    }
    case BulkAction::assign: {
        auto assigned = co_await contacts_.assign(tx, ctx, ids, input.assigned_to);
        for (auto& was : assigned) rows.push_back({was.id, Json{to_json(was.assigned_to)}});
        break;
    }
    case BulkAction::remove: {
        auto removed = co_await contacts_.remove(tx, ctx, ids);
        for (auto& id : removed) rows.push_back({id, Json{"true"}});
        break;
    }
    }
    co_return rows;
}

Task<std::vector<Id<Client>>> Bulk::revert(db::Session& tx, Context& ctx, const Plan& plan, const std::vector<Row>& rows) {
    auto input = plan.input();
    if (plan.action == BulkAction::remove) {
        std::vector<Id<Client>> ids;
        for (auto& row : rows) ids.push_back(row.contact_id);
        co_return co_await contacts_.restore(tx, ctx, ids);
    }
    // Those that were alike before go back together.
    std::map<std::string, std::vector<Id<Client>>> alike;
    for (auto& row : rows) alike[row.before.text.empty() ? "null" : row.before.text].push_back(row.contact_id);
    std::vector<Id<Client>> done;
    for (auto& [before, ids] : alike) {
        auto back = co_await put_back(tx, ctx, input, Json{before}, ids);
        done.insert(done.end(), back.begin(), back.end());
    }
    co_return done;
}

Task<std::vector<Id<Client>>> Bulk::put_back(
    db::Session& tx, Context& ctx, const NewBulkJob& input, const Json& before, const std::vector<Id<Client>>& ids
) {
    std::vector<Id<Client>> done;
    if (input.action == BulkAction::stage) {
        auto was = from_json<StageValue>(R"({"stage":)" + before.text + "}").stage;
        auto moved = co_await contacts_.move(tx, ctx, ids, was, "undone", input.stage);
        for (auto& client : moved) done.push_back(client.id);
    } else if (input.action == BulkAction::assign) {
        auto was = from_json<AssignedValue>(R"({"assigned_to":)" + before.text + "}").assigned_to;
        auto assigned = co_await contacts_.assign(tx, ctx, ids, was, input.assigned_to);
        for (auto& client : assigned) done.push_back(client.id);
    } else {
        auto tags = from_json<TagsValue>(R"({"tags":)" + before.text + "}").tags;
        auto had = [&tags](const std::optional<Tag>& tag) { return tag && std::ranges::find(tags, tag->value) != tags.end(); };
        auto added = input.action == BulkAction::rename_tag ? input.to : input.tag;
        std::optional<Tag> add;
        std::optional<Tag> drop;
        if (input.action != BulkAction::add_tag && had(input.tag)) add = input.tag;
        if (input.action != BulkAction::remove_tag && !had(added)) drop = added;
        auto tagged = co_await contacts_.retag(tx, ctx, ids, add, drop);
        for (auto& client : tagged) done.push_back(client.id);
    }
    co_return done;
}

} // namespace doorstep::contacts
