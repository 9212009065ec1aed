#include "modules/onboarding/row.hpp"

namespace doorstep::onboarding {
namespace {

// What is not in the object keeps its value, null clears it.
const db::Query write_profile_sql{"onboarding.write_profile", R"sql(
    update client_profiles p set
        name = n.name, email = n.email, display_name = n.display_name, phone = n.phone, communication_prefs = n.communication_prefs,
        front_desk_emails = n.front_desk_emails, form_email_recipients = n.form_email_recipients,
        office_admin_name = n.office_admin_name, office_admin_email = n.office_admin_email,
        office_admin_phone = n.office_admin_phone, client_type = n.client_type, client_subtype = n.client_subtype,
        client_package = n.client_package, account_manager_id = n.account_manager_id,
        call_tracking_main_number = n.call_tracking_main_number, client_identifier_value = n.client_identifier_value,
        monthly_revenue_goal = n.monthly_revenue_goal, business_name = n.business_name,
        business_description = n.business_description, primary_brand_colors = n.primary_brand_colors,
        brand_notes = n.brand_notes, website_url = n.website_url, video = n.video, services = n.services,
        website_access_status = n.website_access_status, ga4_access_status = n.ga4_access_status,
        google_ads_access_status = n.google_ads_access_status, google_ads_account_id = n.google_ads_account_id,
        meta_access_status = n.meta_access_status, website_forms_details_status = n.website_forms_details_status,
        calendar_status = n.calendar_status, requires_website_access = n.requires_website_access,
        requires_ga4_access = n.requires_ga4_access, requires_google_ads_access = n.requires_google_ads_access,
        requires_meta_access = n.requires_meta_access, requires_forms_step = n.requires_forms_step,
        version = p.version + 1, updated_at = $3
      from client_profiles o cross join lateral jsonb_populate_record(o, $2::jsonb) n
     where o.business_id = $1 and p.business_id = o.business_id
)sql"};

const db::Query write_account_sql{"onboarding.write_account", R"sql(
    update accounts set name = coalesce($2::jsonb ->> 'business_name', name), zone = coalesce($2::jsonb ->> 'zone', zone)
     where id = $1 and $2::jsonb ?| array['business_name', 'zone']
)sql"};

bool is_wanted(const Row& row, Step step) {
    switch (step) {
    case Step::website: return row.requires_website_access;
    case Step::ga4: return row.requires_ga4_access;
    case Step::google_ads: return row.requires_google_ads_access;
    case Step::meta: return row.requires_meta_access;
    case Step::forms: return row.requires_forms_step;
    default: return true;
    }
}

} // namespace

OnboardingState state_of(const Row& row) {
    if (row.activated_at) return OnboardingState::active;
    if (row.onboarding_completed_at) return OnboardingState::completed;
    if (row.joined_at || !row.done_steps.empty()) return OnboardingState::in_progress;
    return row.invited_at ? OnboardingState::invited : OnboardingState::not_invited;
}

std::vector<OnboardingStep> steps_of(const Row& row) {
    std::vector<OnboardingStep> steps;
    for (auto& planned : row.plan) {
        if (!is_wanted(row, planned.key)) continue;
        steps.push_back({planned.key, planned.required, row.done_steps.contains(std::string(enum_text(planned.key)))});
    }
    return steps;
}

HubClient to_client(Row row) {
    HubClient client;
    client.onboarding = {
        state_of(row),    steps_of(row),       row.invited_at, row.joined_at, row.onboarding_completed_at,
        row.activated_at, row.link_expires_at,
    };
    static_cast<HubFields&>(client) = std::move(row);
    return client;
}

Task<> write_profile(db::Session& tx, const Context& ctx, Id<Account> id, const Json& columns) {
    co_await tx.exec(write_profile_sql, id, columns, ctx.now());
    co_await tx.exec(write_account_sql, id, columns);
}

} // namespace doorstep::onboarding
