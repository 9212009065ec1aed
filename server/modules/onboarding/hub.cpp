// The agency's side: its businesses, and how they are asked in.

#include "core/paging.hpp"
#include "modules/onboarding/row.hpp"

namespace doorstep::onboarding {
namespace {

// Whoever makes a business waits for the one before: its address is looked up first.
const db::Query agency_sql{"onboarding.agency", R"sql(
    select name from accounts where id = $1 and kind = 'agency' for no key update
)sql"};

const db::Query is_agency_sql{"onboarding.is_agency", R"sql(
    select exists (select from accounts where id = $1 and kind = 'agency')
)sql"};

const db::Query same_email_sql{"onboarding.same_email", R"sql(
    select business_id from client_profiles where agency_id = $1 and email_key = $2 and archived_at is null and business_id <> $3
)sql"};

const db::Query insert_sql{"onboarding.insert", R"sql(
    insert into client_profiles (business_id, agency_id, agency_name, email, email_key, name, plan, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
)sql"};

const db::Query adopt_sql{"onboarding.adopt", R"sql(
    update client_profiles set joined_at = $2, activated_at = $2 where business_id = $1
)sql"};

const db::Query find_sql{
    "onboarding.find_client",
    "select" ONBOARDING_COLUMNS ONBOARDING_TABLES "where p.agency_id = $1 and p.business_id = $2 and p.archived_at is null"
};

// The lock comes first: what is read here is what is changed.
const db::Query lock_sql{"onboarding.lock_client", R"sql(
    select true from client_profiles where agency_id = $1 and business_id = $2 and archived_at is null for update
)sql"};

const db::Query rename_email_sql{"onboarding.set_email_key", R"sql(
    update client_profiles set email_key = $2 where business_id = $1
)sql"};

#define STATE_SQL                                                                                                    \
    "case when p.activated_at is not null then 'active' when p.onboarding_completed_at is not null then 'completed'" \
    " when p.joined_at is not null or p.done_steps <> '{}' then 'in_progress'"                                       \
    " when p.invited_at is not null then 'invited' else 'not_invited' end"
#define WANTED                                                                                      \
    "where p.agency_id = $1 and p.archived_at is null and ($2::text is null or " STATE_SQL " = $2)" \
    " and ($3::text is null or lower(concat_ws(' ', p.name, p.email, p.business_name, p.display_name)) like $3)"

const db::Query list_sql{
    "onboarding.list_clients", "select" ONBOARDING_COLUMNS ONBOARDING_TABLES WANTED
                               " and ($4::timestamptz is null or (p.created_at, p.business_id) < ($4, $5))"
                               " order by p.created_at desc, p.business_id desc limit $6 offset $7"
};

const db::Query count_sql{
    "onboarding.count_clients", "select count(*) from (select from client_profiles p " WANTED " limit 10001) found"
};

const db::Query archive_sql{"onboarding.archive", R"sql(
    update client_profiles set archived_at = $2, updated_at = $2, version = version + 1 where business_id = $1
)sql"};

const db::Query revoke_links_sql{"onboarding.revoke_links_of_client", R"sql(
    update client_onboarding_tokens set revoked_at = $2 where business_id = $1 and consumed_at is null and revoked_at is null
)sql"};

const db::Query activate_sql{"onboarding.activate", R"sql(
    update client_profiles set activated_at = $2, updated_at = $2, version = version + 1
     where business_id = $1 and activated_at is null
    returning business_id
)sql"};

const db::Query manager_sql{"onboarding.is_member", R"sql(
    select exists (select from memberships where account_id = $1 and user_id = $2 and deactivated_at is null)
)sql"};

const db::Query plan_sql{"onboarding.plan", R"sql(
    select steps from onboarding_plans where account_id = $1
)sql"};

const db::Query set_plan_sql{"onboarding.set_plan", R"sql(
    insert into onboarding_plans (account_id, steps, updated_at) values ($1, $2, $3)
    on conflict (account_id) do update set steps = excluded.steps, updated_at = excluded.updated_at
)sql"};

Error not_an_agency() {
    return forbidden("This is for agencies.");
}

std::string like_anywhere(const std::string& text) {
    std::string pattern = "%";
    for (char c : to_lower_ascii(text)) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

Task<> require_new_email(db::Session& tx, const Context& ctx, const Email& email, Id<Account> except) {
    auto email_key = email.key();
    auto existing = co_await tx.maybe<Uuid>(same_email_sql, ctx.account_id, email_key, except);
    if (!existing) co_return;
    throw conflict("email_exists", "There is a business with this e-mail address already.")
        .with("existing_id", existing->text());
}

Task<> require_manager(db::Session& tx, const Context& ctx, const HubPatch& input) {
    if (!input.account_manager_id || !*input.account_manager_id) co_return;
    auto is_member = co_await tx.one<bool>(manager_sql, ctx.account_id, *input.account_manager_id);
    if (!is_member) throw invalid("account_manager_id", "unknown", "must be a member of the agency");
}

Task<HubClient> read_client(db::Session& tx, const Context& ctx, Id<Account> id) {
    auto row = co_await tx.maybe<Row>(find_sql, ctx.account_id, id);
    if (!row) throw not_found("business");
    co_return to_client(std::move(*row));
}

} // namespace

void HubPatch::validate(Reader& reader) const {
    auto& goal = monthly_revenue_goal;
    if (!goal || !*goal) return;
    std::string_view text = (*goal)->value;
    auto point = std::min(text.find('.'), text.size());
    bool good = point > 0 && point <= 10 && text.size() - point <= 3 && text.find_first_not_of("0123456789.") == text.npos &&
                text.find('.', point + 1) == text.npos && !text.ends_with('.');
    if (!good) reader.fail("monthly_revenue_goal", "invalid", "must be an amount such as 25000 or 149.50");
}

Task<HubClient> Onboarding::create(Context& ctx, const NewHubClient& input) {
    auto body = [&](db::Session& tx) -> Task<HubClient> {
        auto agency = co_await tx.maybe<std::string>(agency_sql, ctx.account_id);
        if (!agency) throw not_an_agency();
        co_await require_new_email(tx, ctx, input.email, {});
        co_await require_manager(tx, ctx, input);
        auto own = co_await tx.maybe<std::vector<PlannedStep>>(plan_sql, ctx.account_id);
        auto steps = own.value_or(agency_plan());
        auto zone = input.zone.value_or(Zone{});
        auto id = co_await parts_.accounts.open_business(tx, ctx, input.name.value, zone);
        auto email_key = input.email.key();
        co_await tx.exec(insert_sql, id, ctx.account_id, *agency, input.email, email_key, input.name, steps, ctx.now());
        const HubPatch& known = input;
        Json columns{sent_members(known)};
        co_await write_profile(tx, ctx, id, columns);
        if (input.send_invitation.value_or(true)) co_await invite(tx, ctx, id, input.name.value, input.email);
        co_await note(tx, ctx, "business_created", id, input.name.value);
        co_return co_await read_client(tx, ctx, id);
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

Task<> Onboarding::adopt(
    db::Session& tx, const Context& ctx, Id<Account> business, const Email& email, const std::string& name
) {
    auto agency = co_await tx.maybe<std::string>(agency_sql, ctx.account_id);
    if (!agency) throw not_an_agency();
    co_await require_new_email(tx, ctx, email, {});
    auto own = co_await tx.maybe<std::vector<PlannedStep>>(plan_sql, ctx.account_id);
    auto steps = own.value_or(agency_plan());
    auto email_key = email.key();
    tx.queue(insert_sql, business, ctx.account_id, *agency, email, email_key, name, steps, ctx.now());
    tx.queue(adopt_sql, business, ctx.now());
    co_await note(tx, ctx, "business_created", business, name);
}

Task<http::Page<HubClient>> Onboarding::list(Context& ctx, const HubFilter& filter) {
    auto is_agency = co_await parts_.db.one<bool>(ctx, is_agency_sql, ctx.account_id);
    if (!is_agency) throw not_an_agency();
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    auto after = decode_time_cursor(filter.cursor);
    auto search = filter.q && !filter.q->value.empty() ? std::optional(like_anywhere(filter.q->value)) : std::nullopt;
    auto offset = filter.cursor ? 0 : paging.offset();
    auto rows = co_await parts_.db.all<Row>(
        ctx, list_sql, ctx.account_id, filter.state, search, after.at, after.id, paging.fetch(), offset
    );
    http::Page<HubClient> page{.items = {}, .page = paging.page, .limit = paging.limit, .total = {}, .next = {}};
    page.next = cut_page(rows, paging.limit, [](const Row& last) {
        return std::vector{format_rfc3339(last.created_at), last.id.text()};
    });
    for (auto& row : rows) page.items.push_back(to_client(std::move(row)));
    auto total = co_await parts_.db.one<std::int64_t>(ctx, count_sql, ctx.account_id, filter.state, search);
    if (total <= counted_up_to) page.total = total;
    co_return page;
}

Task<HubClient> Onboarding::require(Context& ctx, Id<Account> id) {
    auto row = co_await parts_.db.maybe<Row>(ctx, find_sql, ctx.account_id, id);
    if (!row) throw not_found("business");
    co_return to_client(std::move(*row));
}

Task<HubClient> Onboarding::update(Context& ctx, Id<Account> id, const HubClientPatch& patch, const http::Precondition& match) {
    auto body = [&](db::Session& tx) -> Task<HubClient> {
        co_await tx.maybe<bool>(lock_sql, ctx.account_id, id);
        auto before = co_await read_client(tx, ctx, id);
        match(std::to_string(before.version));
        auto moved = patch.email && patch.email->key() != Email{*before.email}.key();
        if (patch.email) {
            if (before.onboarding.joined_at) throw conflict("joined", "They sign in with this address already.");
            co_await require_new_email(tx, ctx, *patch.email, id);
            auto email_key = patch.email->key();
            co_await tx.exec(rename_email_sql, id, email_key);
        }
        co_await require_manager(tx, ctx, patch);
        Json columns{sent_members(patch)};
        co_await write_profile(tx, ctx, id, columns);
        if (moved && before.onboarding.invited_at) {
            auto name = patch.name ? patch.name->value : before.name;
            co_await invite(tx, ctx, id, name, *patch.email);
        }
        co_await note(tx, ctx, "business_updated", id, before.name, columns);
        co_return co_await read_client(tx, ctx, id);
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

Task<> Onboarding::remove(Context& ctx, Id<Account> id, const http::Precondition& match) {
    auto body = [&](db::Session& tx) -> Task<> {
        co_await tx.maybe<bool>(lock_sql, ctx.account_id, id);
        auto client = co_await read_client(tx, ctx, id);
        match(std::to_string(client.version));
        if (client.onboarding.joined_at) throw conflict("joined", "Somebody works in this business already.");
        co_await tx.exec(archive_sql, id, ctx.now());
        co_await tx.exec(revoke_links_sql, id, ctx.now());
        co_await note(tx, ctx, "business_removed", id, client.name);
    };
    co_await parts_.db.transaction(ctx, body);
}

Task<InvitationSent> Onboarding::invite_again(Context& ctx, Id<Account> id) {
    auto body = [&](db::Session& tx) -> Task<InvitationSent> {
        co_await tx.maybe<bool>(lock_sql, ctx.account_id, id);
        auto client = co_await read_client(tx, ctx, id);
        if (client.onboarding.completed_at) throw conflict("completed", "This business has been set up already.");
        if (client.onboarding.joined_at) throw conflict("joined", "They have joined: they go on by signing in.");
        auto sent = co_await invite(tx, ctx, id, client.name, Email{*client.email});
        co_await note(tx, ctx, "business_invited", id, client.name);
        co_return sent;
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

Task<HubClient> Onboarding::activate(Context& ctx, Id<Account> id) {
    auto body = [&](db::Session& tx) -> Task<HubClient> {
        co_await tx.maybe<bool>(lock_sql, ctx.account_id, id);
        auto client = co_await read_client(tx, ctx, id);
        if (!client.onboarding.joined_at) throw conflict("not_joined", "Nobody has joined this business yet.");
        auto done = co_await tx.maybe<Uuid>(activate_sql, id, ctx.now());
        if (!done) throw conflict("active", "This business is active already.");
        mail::Letter letter{
            .type = mail::Type::account_activated,
            .to = Email{*client.email},
            .to_name = client.display_name.value_or(client.name),
            .facts = {{"link", parts_.public_url + "/login"}},
        };
        parts_.mail.post(tx, ctx, letter);
        co_await note(tx, ctx, "business_activated", id, client.name);
        co_return co_await read_client(tx, ctx, id);
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

Task<OnboardingPlan> Onboarding::plan(Context& ctx) {
    auto is_agency = co_await parts_.db.one<bool>(ctx, is_agency_sql, ctx.account_id);
    if (!is_agency) throw not_an_agency();
    auto own = co_await parts_.db.maybe<std::vector<PlannedStep>>(ctx, plan_sql, ctx.account_id);
    co_return OnboardingPlan{own.value_or(agency_plan())};
}

Task<OnboardingPlan> Onboarding::set_plan(Context& ctx, const OnboardingPlan& plan) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto agency = co_await tx.maybe<std::string>(agency_sql, ctx.account_id);
        if (!agency) throw not_an_agency();
        co_await tx.exec(set_plan_sql, ctx.account_id, plan.steps, ctx.now());
        co_await note(tx, ctx, "onboarding_plan_changed", {ctx.account_id}, *agency, {to_json(plan)});
    };
    co_await parts_.db.transaction(ctx, body);
    co_return plan;
}

} // namespace doorstep::onboarding
