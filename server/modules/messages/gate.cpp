#include "modules/messages/gate.hpp"

#include <map>

#include "core/address_hash.hpp"

namespace doorstep::messages {

namespace {

using namespace std::chrono_literals;

// Two messages to one person are judged one after the other.
const db::Query lock_sql{"messages.lock_contacts", R"sql(
    select id from contacts where account_id = $1 and id = any ($2) order by id for no key update
)sql"};

const db::Query facts_sql{"messages.gate", R"sql(
    select w.n, c.deleted_at is not null as deleted, c.stage, c.unsubscribed_reason, c.email is null as addressless,
        s.reason as suppression, coalesce(c.zone, a.zone) as zone, a.quiet_from, a.quiet_until, a.daily_cap, r.recent, r.oldest_recent, r.last_step
    from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[]) with ordinality as w (contact_id, to_key, to_hash, message_id, n)
    join contacts c on c.account_id = $1 and c.id = w.contact_id
    join accounts a on a.id = c.account_id
    left join lateral (
        select reason from suppressions s
        where s.account_id = c.account_id and s.channel = 'email' and s.address_key in (w.to_key, w.to_hash)
        order by created_at limit 1
    ) s on true
    cross join lateral (
        select
            count(*) filter (where m.sent_at > $6::timestamptz - interval '24 hours' or m.dispatch in ('sending', 'ambiguous')) as recent,
            min(m.sent_at) filter (where m.sent_at > $6::timestamptz - interval '24 hours') as oldest_recent,
            max(coalesce(m.sent_at, m.sending_since)) filter (where t.journey_id is not null) as last_step
        from messages m
        left join tasks t on t.account_id = m.account_id and t.id = m.task_id
        where m.account_id = c.account_id and m.contact_id = c.id and m.class = 'followup' and m.id <> w.message_id
            and (m.sent_at > $6::timestamptz - interval '48 hours' or m.dispatch in ('sending', 'ambiguous'))
    ) r
)sql"};

// After a pause (an outage, a clock that jumped) the steps of a journey do not all arrive at once.
constexpr auto step_distance = 20h;

std::string words_of(std::string_view suppression) {
    if (suppression == "bounce") return "the address bounced before";
    if (suppression == "complaint") return "the person marked an earlier e-mail as spam";
    if (suppression == "unsubscribe") return "unsubscribed";
    return "the address is blocked by the office";
}

} // namespace

Error no_email() {
    auto error = conflict("no_email", "This client has no e-mail address. Add one first.");
    error.fields.push_back({"client_id", "no_email", "has no e-mail address"});
    return error;
}

void Messages::lock_people(db::Session& tx, Context& ctx, const std::vector<Uuid>& people) {
    tx.queue(lock_sql, ctx.account_id, people);
}

Task<std::vector<Verdict>> Messages::lock_and_judge(db::Session& tx, Context& ctx, const std::vector<Candidate>& candidates) {
    std::vector<Uuid> people;
    for (const auto& each : candidates) people.push_back(each.client.value);
    lock_people(tx, ctx, people);
    co_return co_await judge(tx, ctx, candidates);
}

Task<std::vector<Verdict>> Messages::judge(db::Session& tx, Context& ctx, const std::vector<Candidate>& candidates) {
    std::vector<Uuid> people, messages;
    std::vector<std::string> keys, hashes;
    // Of somebody who was erased, only the hash of the address is left.
    auto secret = parts_.sealer.derive(suppressed_addresses);
    for (const auto& each : candidates) {
        people.push_back(each.client.value);
        messages.push_back(each.message);
        keys.push_back(each.to_key);
        hashes.push_back(address_hash(secret, ctx.account_id, each.to_key));
    }
    auto found = co_await tx.all<GateFacts>(facts_sql, ctx.account_id, people, keys, hashes, messages, ctx.now());
    std::vector<GateFacts*> facts(candidates.size());
    for (auto& each : found) facts[std::size_t(each.n - 1)] = &each;

    std::map<Id<Client>, std::pair<std::int64_t, bool>> let_through; // automatic messages, and whether one was a step
    std::vector<Verdict> verdicts;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        auto& each = candidates[i];
        if (!facts[i]) {
            verdicts.push_back({Verdict::Kind::refuse, "the client was deleted"});
            continue;
        }
        auto& [count, stepped] = let_through[each.client];
        facts[i]->recent += count;
        if (stepped) facts[i]->last_step = ctx.now();
        verdicts.push_back(judge(*facts[i], each.class_, each.stepped, ctx.now()));
        if (verdicts.back().kind != Verdict::Kind::allow || each.class_ != Class::followup) continue;
        ++count;
        stepped = stepped || each.stepped;
    }
    co_return verdicts;
}

Verdict Messages::judge(const GateFacts& facts, Class class_, bool stepped, Time now) const {
    using Kind = Verdict::Kind;
    bool automatic = class_ == Class::followup;
    if (facts.deleted) return {Kind::refuse, "the client was deleted"};
    if (facts.unsubscribed_reason) return {Kind::refuse, "unsubscribed"};
    if (facts.suppression) return {Kind::refuse, words_of(*facts.suppression)};
    if (automatic && facts.stage == contacts::Stage::closed) return {Kind::refuse, "the deal is closed"};
    if (automatic && facts.stage == contacts::Stage::lost) return {Kind::refuse, "the client is lost"};
    if (facts.addressless) return {Kind::needs_person, "no e-mail address"};
    if (!parts_.sender) return {Kind::hold, "no e-mail provider is configured", now + 15min};
    if (!automatic) return {};

    auto earliest = now;
    std::string reason = "quiet hours";
    if (facts.recent >= facts.daily_cap) {
        earliest = facts.oldest_recent.value_or(now) + 24h;
        reason = "enough messages to this person within a day";
    }
    if (stepped && facts.last_step && *facts.last_step + step_distance > earliest) {
        earliest = *facts.last_step + step_distance;
        reason = "too soon after the previous step";
    }
    auto until =
        next_within(earliest, std::chrono::minutes{facts.quiet_from}, std::chrono::minutes{facts.quiet_until}, facts.zone);
    if (until <= now) return {};
    return {Kind::hold, std::move(reason), until};
}

Task<std::vector<Verdict>> Messages::check(Context& ctx, const std::vector<NewEmail>& emails) {
    auto people = co_await clients_of(ctx, emails);
    std::vector<Candidate> candidates;
    for (const auto& email : emails) candidates.push_back(candidate_of(email, people));
    auto body = [&](db::Session& tx) { return judge(tx, ctx, candidates); };
    co_return co_await parts_.db.transaction(ctx, db::Plan::by_index, body);
}

Task<Verdict> Messages::check(Context& ctx, const NewEmail& email) {
    auto verdicts = co_await check(ctx, std::vector{email});
    co_return std::move(verdicts.front());
}

} // namespace doorstep::messages
