// The letters that let a business in: a link is good for three days, once, and the newest ends the earlier ones.

#include "modules/onboarding/row.hpp"

namespace doorstep::onboarding {
namespace {

using namespace std::chrono_literals;

constexpr auto good_for = 72h;

const db::Query revoke_sql{"onboarding.revoke_links", R"sql(
    update client_onboarding_tokens set revoked_at = $2 where business_id = $1 and consumed_at is null and revoked_at is null
)sql"};

const db::Query insert_sql{"onboarding.insert_link", R"sql(
    insert into client_onboarding_tokens (business_id, id, agency_id, hash, email, email_key, created_at, created_by, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)sql"};

const db::Query invited_sql{"onboarding.invited", R"sql(
    update client_profiles set invited_at = $2, updated_at = $2, version = version + 1 where business_id = $1
)sql"};

// Another address than the one it was mailed to: as good as revoked.
const db::Query find_sql{"onboarding.find_link", R"sql(
    select t.business_id, t.agency_id, t.id, p.name, t.email, t.expires_at, t.validated_at, t.consumed_at,
           coalesce(t.revoked_at, case when t.email_key <> p.email_key then p.updated_at end) as revoked_at
      from client_onboarding_tokens t join client_profiles p using (business_id)
     where t.hash = $1 and p.archived_at is null
)sql"};

const db::Query validated_sql{"onboarding.validated", R"sql(
    update client_onboarding_tokens set validated_at = $3 where business_id = $1 and id = $2 and validated_at is null
)sql"};

const db::Query ending_sql{"onboarding.ending_links", R"sql(
    select business_id, agency_id, id, name, t.email, expires_at, validated_at, consumed_at, revoked_at
      from client_onboarding_tokens t join client_profiles p using (business_id, agency_id, email_key)
     where consumed_at is null and revoked_at is null and reminded_at is null and expires_at > $1
       and expires_at <= $1 + interval '24 hours' and archived_at is null
     order by expires_at limit 200
)sql"};

const db::Query ended_sql{"onboarding.ended_links", R"sql(
    select business_id, agency_id, id, name, t.email, expires_at, validated_at, consumed_at, revoked_at
      from client_onboarding_tokens t join client_profiles p using (business_id, agency_id, email_key)
     where consumed_at is null and revoked_at is null and expiry_told_at is null and expires_at <= $1 and archived_at is null
     order by expires_at limit 200
)sql"};

const db::Query claim_ending_sql{"onboarding.claim_ending_link", R"sql(
    update client_onboarding_tokens set reminded_at = $3
     where business_id = $1 and id = $2 and consumed_at is null and revoked_at is null and reminded_at is null
    returning id
)sql"};

const db::Query claim_ended_sql{"onboarding.claim_ended_link", R"sql(
    update client_onboarding_tokens set expiry_told_at = $3
     where business_id = $1 and id = $2 and consumed_at is null and revoked_at is null and expiry_told_at is null
    returning id
)sql"};

} // namespace

// Not kept anywhere: made again from its id for the reminder.
std::string Onboarding::token_of(Uuid link) const {
    return base64url_encode(hmac_sha256(link_key_, link.text()));
}

Task<InvitationSent> Onboarding::invite(
    db::Session& tx, const Context& ctx, Id<Account> id, const std::string& name, const Email& email
) {
    auto now = ctx.now();
    co_await accounts::require_few_letters(tx, ctx, "onboarding of " + id.text());
    co_await accounts::require_few_letters(tx, ctx, ctx.account_id.text() + " onboarding at " + email.key());
    co_await tx.exec(revoke_sql, id, now);
    auto link = Uuid::v7(now);
    auto token = token_of(link);
    auto hash = sha256_hex(token);
    auto by = ctx.actor.id.is_nil() ? std::nullopt : std::optional(ctx.actor.id);
    auto email_key = email.key();
    co_await tx.exec(insert_sql, id, link, ctx.account_id, hash, email, email_key, now, by, now + good_for);
    co_await tx.exec(invited_sql, id, now);
    mail::Letter letter{
        .type = mail::Type::onboarding_invite,
        .to = email,
        .to_name = name,
        .facts = {{"link", parts_.public_url + "/onboarding/" + token}, {"hours", std::to_string(good_for.count())}},
        .expires_at = now + good_for,
    };
    parts_.mail.post(tx, ctx, letter);
    co_return InvitationSent{email.value, now + good_for};
}

Context Onboarding::inside(const Context& ctx, const Opened& link) {
    auto business = ctx;
    business.account_id = link.business_id;
    business.credential.reset();
    business.actor = Actor{Actor::Kind::user, {}, link.name};
    return business;
}

Task<Opened> Onboarding::open(const Context& ctx, const std::string& token) {
    Context everyone = ctx;
    everyone.account_id = {};
    everyone.all_accounts = true;
    everyone.credential.reset();
    auto hash = sha256_hex(token);
    auto found = co_await parts_.db.maybe<Opened>(everyone, find_sql, hash);
    if (!found) throw not_found("invitation");
    if (found->consumed_at) throw gone("This invitation has been used. Sign in to go on.");
    if (found->revoked_at) throw gone("There is a newer invitation. Use the link in the latest e-mail.");
    if (found->expires_at <= ctx.now()) throw gone("This invitation has run out. Ask for a new one.");

    if (!found->validated_at) {
        auto business = inside(ctx, *found);
        co_await parts_.db.exec(business, validated_sql, found->business_id, found->id, ctx.now());
    }
    co_return std::move(*found);
}

Task<> Onboarding::remind(Context& ctx) {
    co_await remind_of(ctx, false);
    co_await remind_of(ctx, true);
}

Task<> Onboarding::remind_of(Context& ctx, bool expired) {
    auto links = co_await parts_.db.all<Opened>(ctx, expired ? ended_sql : ending_sql, ctx.now());
    for (auto& link : links) {
        auto agency = ctx;
        agency.all_accounts = false;
        agency.account_id = link.agency_id;
        mail::Letter letter{
            .type = mail::Type::onboarding_reminder,
            .to = link.email,
            .to_name = link.name,
        };
        if (expired) {
            letter.facts = {{"ended_at", format_rfc3339(link.expires_at)}};
        } else {
            auto left = std::chrono::ceil<std::chrono::hours>(link.expires_at - ctx.now());
            letter.facts = {
                {"link", parts_.public_url + "/onboarding/" + token_of(link.id)}, {"hours", std::to_string(left.count())}
            };
            letter.expires_at = link.expires_at;
        }
        auto body = [&](db::Session& tx) -> Task<> {
            auto claimed =
                co_await tx.maybe<Uuid>(expired ? claim_ended_sql : claim_ending_sql, link.business_id, link.id, agency.now());
            if (!claimed) co_return;
            parts_.mail.post(tx, agency, letter);
            auto kind = expired ? "onboarding_link_expired" : "onboarding_reminded";
            parts_.events.record(tx, agency, {.kind = kind, .data = {R"({"business":)" + json_quote(link.name) + "}"}});
        };
        co_await parts_.db.transaction(agency, body);
    }
}

} // namespace doorstep::onboarding
