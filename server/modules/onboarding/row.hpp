#pragma once

#include <map>

#include "modules/onboarding/onboarding.hpp"

namespace doorstep::onboarding {

/// A business with all that the hub and the wizard show of it.
struct Row : HubFields {
    std::optional<Uuid> agency_id;
    std::optional<std::string> agency_name;
    std::vector<PlannedStep> plan;
    std::map<std::string, Time> done_steps;
    Json draft;
    std::optional<Time> invited_at;
    std::optional<Time> joined_at;
    std::optional<Time> onboarding_completed_at;
    std::optional<Time> activated_at;
    std::optional<Time> link_expires_at;
    BOOST_DESCRIBE_CLASS(
        Row, (HubFields),
        (agency_id, agency_name, plan, done_steps, draft, invited_at, joined_at, onboarding_completed_at, activated_at,
         link_expires_at),
        (), ()
    )
};

#define ONBOARDING_COLUMNS                                                                                                  \
    " p.business_id as id, a.agent_code, a.zone, p.agency_id, p.agency_name, p.name, p.email, p.display_name, p.phone,"     \
    " p.communication_prefs, p.front_desk_emails, p.form_email_recipients, p.office_admin_name, p.office_admin_email,"      \
    " p.office_admin_phone, p.business_name, p.business_description, p.primary_brand_colors, p.brand_notes, p.website_url," \
    " p.video, p.services, p.website_access_status, p.ga4_access_status, p.google_ads_access_status,"                       \
    " p.google_ads_account_id, p.meta_access_status, p.website_forms_details_status, p.calendar_status, p.client_type,"     \
    " p.client_subtype, p.client_package, p.account_manager_id, p.call_tracking_main_number, p.client_identifier_value,"    \
    " p.monthly_revenue_goal, p.requires_website_access, p.requires_ga4_access, p.requires_google_ads_access,"              \
    " p.requires_meta_access, p.requires_forms_step, p.created_at, p.updated_at, p.version, p.plan, p.done_steps, p.draft," \
    " p.invited_at, p.joined_at, p.onboarding_completed_at, p.activated_at, t.expires_at as link_expires_at "

#define ONBOARDING_TABLES                                                                                                    \
    " from client_profiles p join accounts a on a.id = p.business_id left join lateral (select expires_at"                   \
    " from client_onboarding_tokens where business_id = p.business_id and consumed_at is null and revoked_at is null limit " \
    "1) t on true "

OnboardingState state_of(const Row& row);
std::vector<OnboardingStep> steps_of(const Row& row);
HubClient to_client(Row row);

/// Writes the members of a JSON object that are columns of the profile, and what of them belongs to the account itself.
Task<> write_profile(db::Session& tx, const Context& ctx, Id<Account> id, const Json& columns);

} // namespace doorstep::onboarding
