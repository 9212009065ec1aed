// The business's side: what is asked step by step, saved as it comes.

#include <algorithm>

#include "modules/onboarding/row.hpp"

namespace doorstep::onboarding {
namespace {

const db::Query find_sql{"onboarding.find", "select" ONBOARDING_COLUMNS ONBOARDING_TABLES "where p.business_id = $1"};

const db::Query lock_sql{"onboarding.lock", R"sql(
    select true from client_profiles where business_id = $1 for update
)sql"};

// A realtor who came alone has no profile before the first answer.
const db::Query begin_own_sql{"onboarding.begin_own", R"sql(
    insert into client_profiles (business_id, name, plan, joined_at, activated_at, created_at, updated_at)
    select id, name, $2, $3, $3, $3, $3 from accounts where id = $1 and kind = 'business' and parent_id is null
    on conflict (business_id) do nothing
)sql"};

const db::Query own_account_sql{"onboarding.own_account", R"sql(
    select id, parent_id, kind, name, agent_code, zone, created_at from accounts where id = $1
)sql"};

const db::Query owner_email_sql{"onboarding.owner_email", R"sql(
    select u.email from memberships m join users u on u.id = m.user_id
     where m.account_id = $1 and m.role = 'owner' and m.deactivated_at is null
     order by m.created_at, u.id limit 1
)sql"};

const db::Query done_sql{"onboarding.step_done", R"sql(
    update client_profiles set done_steps = done_steps || jsonb_build_object($2::text, $3::timestamptz) where business_id = $1
)sql"};

const db::Query draft_sql{"onboarding.save_draft", R"sql(
    update client_profiles set draft = $2, draft_saved_at = $3 where business_id = $1
)sql"};

const db::Query complete_sql{"onboarding.complete", R"sql(
    update client_profiles
       set onboarding_completed_at = $2, draft = null, draft_saved_at = null, updated_at = $2, version = version + 1
     where business_id = $1 and onboarding_completed_at is null
    returning agency_id
)sql"};

const db::Query claim_sql{"onboarding.claim_link", R"sql(
    update client_onboarding_tokens set consumed_at = $3
     where business_id = $1 and id = $2 and consumed_at is null and revoked_at is null and expires_at > $3
    returning id
)sql"};

const db::Query revoke_others_sql{"onboarding.revoke_other_links", R"sql(
    update client_onboarding_tokens set revoked_at = $2 where business_id = $1 and consumed_at is null and revoked_at is null
)sql"};

const db::Query joined_sql{"onboarding.joined", R"sql(
    update client_profiles set joined_at = $2, updated_at = $2, version = version + 1 where business_id = $1
)sql"};

Error used() {
    return gone("This invitation has been used. Sign in to go on.");
}

struct NotedStep {
    Step step{};
    BOOST_DESCRIBE_CLASS(NotedStep, (), (step), (), ())
};

/// What a realtor who came alone is asked, before the first answer.
Row unwritten(const Account& account) {
    Row row;
    row.id = account.id;
    row.name = account.name;
    row.zone = account.zone;
    row.plan = own_plan();
    row.joined_at = account.created_at;
    return row;
}

OnboardingWizard to_wizard(Row row) {
    OnboardingWizard wizard;
    wizard.user = {row.email, row.display_name.value_or(row.name), row.joined_at.has_value()};
    wizard.steps = steps_of(row);
    wizard.draft = row.draft;
    wizard.state = state_of(row);
    wizard.completed_at = row.onboarding_completed_at;
    wizard.agency = row.agency_name;
    wizard.profile = std::move(row);
    return wizard;
}

} // namespace

Onboarding::Onboarding(const Parts& parts) : parts_(parts), link_key_(parts.sealer.derive("onboarding link")) {}

Task<OnboardingWizard> Onboarding::show(Context& ctx, const std::string& assets_url) {
    auto row = co_await parts_.db.maybe<Row>(ctx, find_sql, ctx.account_id);
    if (!row) {
        auto account = co_await parts_.db.one<Account>(ctx, own_account_sql, ctx.account_id);
        if (account.kind != accounts::Kind::business) throw not_found("onboarding of this account");
        row = unwritten(account);
    }
    if (!row->email) row->email = co_await parts_.db.maybe<std::string>(ctx, owner_email_sql, ctx.account_id);
    auto wizard = to_wizard(std::move(*row));
    wizard.brand_assets = co_await assets(ctx, assets_url);
    co_return wizard;
}

Task<OnboardingWizard> Onboarding::save_step(Context& ctx, const OnboardingStepInput& input, const std::string& assets_url) {
    auto columns = read_step(input.step, input.data);
    auto body = [&](db::Session& tx) -> Task<> {
        co_await begin(tx, ctx);
        auto row = co_await tx.one<Row>(find_sql, ctx.account_id);
        auto steps = steps_of(row);
        if (std::ranges::find(steps, input.step, &OnboardingStep::key) == steps.end())
            throw invalid("step", "not_asked", "is not asked of this business");
        Id<Account> id{ctx.account_id};
        co_await write_profile(tx, ctx, id, columns);
        co_await tx.exec(done_sql, id, input.step, ctx.now());
        co_await note(tx, ctx, "onboarding_step_saved", id, row.name, {to_json(NotedStep{input.step})});
    };
    co_await parts_.db.transaction(ctx, body);
    co_return co_await show(ctx, assets_url);
}

Task<> Onboarding::save_draft(Context& ctx, const OnboardingDraft& input) {
    auto clean = without_passwords(input.draft);
    auto body = [&](db::Session& tx) -> Task<> {
        co_await begin(tx, ctx);
        co_await tx.exec(draft_sql, ctx.account_id, clean, ctx.now());
        parts_.events.record(tx, ctx, {.kind = "onboarding_draft_saved"});
    };
    co_await parts_.db.transaction(ctx, body);
}

Task<> Onboarding::begin(db::Session& tx, const Context& ctx) {
    auto known = co_await tx.maybe<bool>(lock_sql, ctx.account_id);
    if (known) co_return;
    auto steps = own_plan();
    auto made = co_await tx.exec(begin_own_sql, ctx.account_id, steps, ctx.now());
    if (made == 0) throw not_found("onboarding of this account");
}

Task<identity::SignedIn> Onboarding::join(http::Context& ctx, const std::string& token, const OnboardingActivation& input) {
    auto signed_in = ctx.principal.kind == http::Principal::Kind::session ? std::optional(ctx.principal.user_id) : std::nullopt;
    auto link = co_await open(ctx, token);
    auto hash =
        co_await parts_.identity.hash_new_password("password", input.password.value, link.email, input.display_name.value);

    auto business = inside(ctx, link);
    business.all_accounts = true; // people are nobody's before they are members
    auto body = [&](db::Session& tx) -> Task<identity::SignedIn> {
        // Before the link is looked at, so that the agency does not give the business another address meanwhile.
        co_await tx.maybe<bool>(lock_sql, link.business_id);
        auto claimed = co_await tx.maybe<Uuid>(claim_sql, link.business_id, link.id, ctx.now());
        if (!claimed) throw used();
        accounts::Admission admission{input.display_name.value, link.email, hash, accounts::Role::owner};
        auto user = co_await parts_.accounts.admit(tx, business, admission, signed_in);
        business.actor = Actor{Actor::Kind::user, user.id.value, user.name};
        Id<Account> id{link.business_id};
        co_await tx.exec(revoke_others_sql, id, ctx.now());
        co_await tx.exec(joined_sql, id, ctx.now());
        Json columns{R"({"display_name":)" + json_quote(input.display_name.value) + "}"};
        co_await write_profile(tx, business, id, columns);
        co_await tx.exec(done_sql, id, Step::profile, ctx.now());
        auto session = co_await parts_.identity.begin_session(tx, ctx, user.id, link.business_id);
        co_await note(tx, business, "onboarding_joined", id, user.name);
        co_return session;
    };
    co_return co_await parts_.db.transaction(business, body);
}

Task<OnboardingWizard> Onboarding::complete(Context& ctx, const std::string& assets_url) {
    auto body = [&](db::Session& tx) -> Task<> {
        co_await begin(tx, ctx);
        auto row = co_await tx.one<Row>(find_sql, ctx.account_id);
        Reader reader;
        for (auto& step : steps_of(row)) {
            if (step.required && !step.done)
                reader.fail("steps." + std::string(enum_text(step.key)), "required", "is not done yet");
        }
        reader.require_ok();
        auto agency = co_await tx.maybe<std::optional<Uuid>>(complete_sql, ctx.account_id, ctx.now());
        if (!agency) co_return; // again
        if (*agency) co_await tell_agency(tx, ctx, row);
        co_await note(tx, ctx, "onboarding_completed", row.id, row.name);
    };
    co_await parts_.db.transaction(ctx, body);
    co_return co_await show(ctx, assets_url);
}

Task<> Onboarding::tell_agency(db::Session& tx, const Context& ctx, const Row& row) {
    // The letter is the agency's and stands in its log: a part of this transaction, there.
    Context there = ctx;
    there.account_id = *row.agency_id;
    there.credential.reset();
    there.outer = &tx;
    mail::Letter letter{
        .type = mail::Type::onboarding_complete,
        .to = Email{*row.email},
        .to_name = row.display_name.value_or(row.name),
        .facts = {{"link", parts_.public_url + "/console"}},
    };
    auto body = [&](db::Session& agency) -> Task<> {
        parts_.mail.post(agency, there, letter);
        parts_.events.record(
            agency, there, {.kind = "business_completed", .data = {R"({"business":)" + json_quote(row.name) + "}"}}
        );
        co_return;
    };
    co_await parts_.db.transaction(there, body);
}

Task<> Onboarding::note(
    db::Session& tx, const Context& ctx, std::string kind, Id<Account> id, const std::string& name, Json after
) {
    parts_.events.record(tx, ctx, {.kind = kind});
    audit::Act act{
        .action = std::move(kind),
        .subject_kind = "account",
        .subject_id = id.value,
        .subject_name = name,
        .before = {},
        .after = std::move(after),
    };
    co_await parts_.audit.record(tx, ctx, std::move(act));
}

} // namespace doorstep::onboarding
