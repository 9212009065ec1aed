#include "modules/messages/gate.hpp"

#include "core/address_hash.hpp"

namespace doorstep::messages {

namespace {

using namespace std::chrono_literals;

// The contact's row is locked, so that two messages to one person are judged one after the other.
const db::Query lock_sql{
    "messages.lock_contact", "select true from contacts where account_id = $1 and id = $2 for no key update"
};

const db::Query facts_sql{"messages.gate", R"sql(
    select c.deleted_at is not null as deleted, c.stage, c.unsubscribed_reason, c.email is null as addressless, s.reason as suppression, coalesce(c.zone, a.zone) as zone,
        a.quiet_from, a.quiet_until, a.daily_cap, r.recent, r.oldest_recent, r.last_step
    from contacts c
    join accounts a on a.id = c.account_id
    left join lateral (
        select reason from suppressions s
        where s.account_id = c.account_id and s.channel = 'email' and s.address_key in ($3, $6) order by created_at limit 1
    ) s on true
    cross join lateral (
        select
            count(*) filter (where m.sent_at > $4::timestamptz - interval '24 hours' or m.dispatch in ('sending', 'ambiguous')) as recent,
            min(m.sent_at) filter (where m.sent_at > $4::timestamptz - interval '24 hours') as oldest_recent,
            max(coalesce(m.sent_at, m.sending_since)) filter (where t.journey_id is not null) as last_step
        from messages m
        left join tasks t on t.account_id = m.account_id and t.id = m.task_id
        where m.account_id = c.account_id and m.contact_id = c.id and m.class = 'followup' and m.id <> $5
            and (m.sent_at > $4::timestamptz - interval '48 hours' or m.dispatch in ('sending', 'ambiguous'))
    ) r
    where c.account_id = $1 and c.id = $2
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

Task<Messages::GateFacts> Messages::gate_facts(
    db::Session& tx, Context& ctx, Id<Client> client, const std::string& to_key, Uuid except
) {
    tx.queue(lock_sql, ctx.account_id, client);
    // Of somebody who was erased, only the hash of the address is left.
    auto hash = address_hash(parts_.sealer.derive(suppressed_addresses), ctx.account_id, to_key);
    auto facts = co_await tx.maybe<GateFacts>(facts_sql, ctx.account_id, client, to_key, ctx.now(), except, hash);
    if (!facts) throw not_found("client");
    co_return std::move(*facts);
}

Error no_email() {
    auto error = conflict("no_email", "This client has no e-mail address. Add one first.");
    error.fields.push_back({"client_id", "no_email", "has no e-mail address"});
    return error;
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

Task<Verdict> Messages::check(Context& ctx, const NewEmail& email) {
    std::string to;
    if (email.to) {
        to = email.to->key();
    } else {
        auto client = co_await parts_.contacts.require(ctx, email.client_id);
        if (client.email) to = client.email->key();
    }
    auto body = [&](db::Session& tx) -> Task<Verdict> {
        auto facts = co_await gate_facts(tx, ctx, email.client_id, to, Uuid{});
        co_return judge(facts, email.class_, email.occasion && email.occasion->stepped, ctx.now());
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

} // namespace doorstep::messages
