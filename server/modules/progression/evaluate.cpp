// Counts what people did since they came to their stage, and acts where a rule is met.
#include <algorithm>

#include "modules/progression/progression.hpp"

namespace doorstep::progression {

struct Progression::Found {
    Id<Client> contact_id;
    Id<StageRule> rule_id;
    std::string rule_name;
    Trigger trigger = Trigger::replied;
    Stage from_stage = Stage::lead;
    Stage to_stage = Stage::lead;
    Action action = Action::suggest;
    std::int64_t count = 0;
    BOOST_DESCRIBE_CLASS(Found, (), (contact_id, rule_id, rule_name, trigger, from_stage, to_stage, action, count), (), ())
};

namespace {

const db::Query accounts_sql{"stage_rules.accounts", R"sql(
    select r.account_id, coalesce(min(n.seen_until), min(r.created_at)) as since
    from stage_rules r left join stage_rule_runs n on n.account_id = r.account_id
    where r.active and r.deleted_at is null and (r.trigger = 'silent') = $1
    group by r.account_id
)sql"};

// Who moved otherwise, or is gone, needs no decision any more.
const db::Query outdate_sql{"stage_rules.outdate_moved", R"sql(
    update stage_suggestions s set status = 'outdated', decided_at = $2
    from contacts c
    where s.account_id = $1 and s.status = 'open' and c.account_id = $1 and c.id = s.contact_id
        and (c.stage <> s.from_stage or c.deleted_at is not null)
)sql"};

// Which events count for which trigger; what machines open or click counts for none.
#define KINDS                                                                                                    \
    "case r.trigger when 'replied' then array['email_received', 'email_replied', 'message_received']"            \
    " when 'booked' then array['booking_created', 'booking_confirmed'] when 'opened' then array['email_opened']" \
    " when 'clicked' then array['email_clicked'] else array['task_completed'] end"

// $2 since the last look: an event's id tells when it was written, its time when it happened.
const db::Query met_sql{
    "stage_rules.met", R"sql(
    with touched as (
        select distinct e.contact_id from events e
        where e.account_id = $1 and e.id >= $2 and e.contact_id is not null and e.kind = any ('{email_received,email_replied,
            message_received,booking_created,booking_confirmed,email_opened,email_clicked,task_completed}')
    )
    select distinct on (c.id) c.id as contact_id, r.id as rule_id, r.name as rule_name, r.trigger, c.stage as from_stage, r.to_stage,
        r.action, n.count
    from touched t
    join contacts c on c.account_id = $1 and c.id = t.contact_id and c.deleted_at is null
    join stage_rules r on r.account_id = $1 and r.active and r.deleted_at is null and r.trigger <> 'silent'
        and c.stage = any (r.from_stages)
    cross join lateral (
        select greatest(
            c.created_at,
            (select max(e.at) from events e where e.account_id = $1 and e.contact_id = c.id and e.kind = 'stage_changed'),
            (select max(s.decided_at) from stage_suggestions s where s.account_id = $1 and s.contact_id = c.id and s.rule_id = r.id)
        ) as since
    ) w
    cross join lateral (
        select count(*) from events e
        where e.account_id = $1 and e.contact_id = c.id and e.at >= w.since and not e.data ? 'machine' and e.kind = any ()sql" KINDS
                       R"sql()
    ) n
    where n.count >= r.threshold
        and not exists (
            select from stage_suggestions s where s.account_id = $1 and s.contact_id = c.id and s.status = 'open'
        )
    order by c.id, r.created_at, r.id
)sql"
};

const db::Query silent_sql{"stage_rules.silent", R"sql(
    select distinct on (c.id) c.id as contact_id, r.id as rule_id, r.name as rule_name, r.trigger, c.stage as from_stage, r.to_stage,
        r.action, extract(day from $2::timestamptz - w.since)::integer as count
    from stage_rules r
    join contacts c on c.account_id = $1 and c.deleted_at is null and c.stage = any (r.from_stages)
        and coalesce(c.last_contacted, '-infinity') < $2::timestamptz - r.threshold * interval '1 day'
        and c.created_at < $2::timestamptz - r.threshold * interval '1 day'
    cross join lateral (
        select greatest(
            c.created_at, c.last_contacted,
            (select max(e.at) from events e where e.account_id = $1 and e.contact_id = c.id
                and e.kind in ('stage_changed', 'email_received', 'email_replied', 'message_received', 'booking_created')),
            (select max(s.decided_at) from stage_suggestions s where s.account_id = $1 and s.contact_id = c.id and s.rule_id = r.id)
        ) as since
    ) w
    where r.account_id = $1 and r.active and r.deleted_at is null and r.trigger = 'silent'
        and w.since < $2::timestamptz - r.threshold * interval '1 day'
        and not exists (
            select from stage_suggestions s where s.account_id = $1 and s.contact_id = c.id and s.status = 'open'
        )
    order by c.id, r.threshold desc, r.id
    limit 500
)sql"};

const db::Query seen_sql{"stage_rules.seen", R"sql(
    insert into stage_rule_runs (account_id, seen_until) values ($1, $2)
    on conflict (account_id) do update set seen_until = $2
)sql"};

const db::Query suggest_sql{"stage_rules.suggest", R"sql(
    insert into stage_suggestions (account_id, id, contact_id, rule_id, from_stage, to_stage, count, status, created_at, decided_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    on conflict do nothing
)sql"};

const db::Query lock_contact_sql{"stage_rules.lock_contact", R"sql(
    select true from contacts where account_id = $1 and id = $2 and stage = $3 and deleted_at is null for update
)sql"};

struct Account {
    Uuid account_id;
    Time since;
    BOOST_DESCRIBE_CLASS(Account, (), (account_id, since), (), ())
};

/// Transactions that took a while commit after their ids were made.
constexpr auto overlap = std::chrono::minutes{2};

/// The least id that can have been made at `time`.
Uuid first_id(Time time) {
    auto id = Uuid::v7(time);
    for (std::size_t i = 6; i < id.bytes.size(); ++i) id.bytes[i] = 0;
    return id;
}

} // namespace

Task<> Progression::evaluate_events(Context& job) {
    Context everyone = job;
    everyone.all_accounts = true;
    auto now = job.now();
    auto accounts = co_await db_.all<Account>(everyone, accounts_sql, false);
    for (auto& account : accounts) {
        Context owner = job;
        owner.all_accounts = false;
        owner.account_id = account.account_id;
        co_await db_.exec(owner, outdate_sql, account.account_id, now);
        auto since = first_id(std::min(account.since, now) - overlap);
        auto found = co_await db_.all<Found>(owner, met_sql, account.account_id, since);
        for (auto& one : found) co_await act_on(owner, one);
        co_await db_.exec(owner, seen_sql, account.account_id, now);
    }
}

Task<> Progression::evaluate_silence(Context& job) {
    Context everyone = job;
    everyone.all_accounts = true;
    auto accounts = co_await db_.all<Account>(everyone, accounts_sql, true);
    for (auto& account : accounts) {
        Context owner = job;
        owner.all_accounts = false;
        owner.account_id = account.account_id;
        co_await db_.exec(owner, outdate_sql, account.account_id, job.now());
        auto found = co_await db_.all<Found>(owner, silent_sql, account.account_id, job.now());
        for (auto& one : found) co_await act_on(owner, one);
    }
}

Task<> Progression::act_on(Context& job, const Found& found) {
    Context ctx = job;
    ctx.actor = {Actor::Kind::system, {}, found.rule_name};
    auto now = ctx.now();
    auto id = Id<StageSuggestion>::make(now);
    bool moves = found.action == Action::move;
    auto body = [&](db::Session& tx) -> Task<> {
        auto still = co_await tx.maybe<bool>(lock_contact_sql, ctx.account_id, found.contact_id, found.from_stage);
        if (!still) co_return; // moved or deleted meanwhile
        auto made = co_await tx.exec(
            suggest_sql, ctx.account_id, id, found.contact_id, found.rule_id, found.from_stage, found.to_stage, found.count,
            moves ? SuggestionStatus::done : SuggestionStatus::open, now, moves ? std::optional(now) : std::nullopt
        );
        if (made == 0) co_return; // another server was faster
        Json data{
            R"({"rule":)" + json_quote(found.rule_name) + R"(,"trigger":)" + json_quote(enum_text(found.trigger)) +
            R"(,"count":)" + std::to_string(found.count) + R"(,"from":)" + json_quote(enum_text(found.from_stage)) +
            R"(,"to":)" + json_quote(enum_text(found.to_stage)) + "}"
        };
        std::string kind = moves ? "stage_moved_by_rule" : "stage_suggested";
        events_.record(tx, ctx, {.kind = kind, .contact_id = found.contact_id.value, .data = std::move(data)});
        if (!moves) co_return;
        Context inner = ctx;
        inner.outer = &tx;
        co_await move(inner, found.contact_id, found.to_stage, found.rule_name);
    };
    co_await db_.transaction(ctx, body);
}

Task<> Progression::move(Context& ctx, Id<Client> client, Stage to, std::string_view reason) {
    contacts::ClientPatch patch;
    patch.stage.value = to;
    patch.stage_reason = Line<0, 200>{std::string(utf8_prefix(reason, 200))};
    http::Precondition any = [](std::string_view) {};
    co_await contacts_.update(ctx, client, patch, any);
}

} // namespace doorstep::progression
