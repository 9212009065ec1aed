#pragma once

// Businesses and their onboarding, as the API shows them.

#include <optional>
#include <string>
#include <vector>

#include "core/qr.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/files/files.hpp"
#include "modules/identity/identity.hpp"
#include "modules/onboarding/steps.hpp"

namespace doorstep::onboarding {

using accounts::Account;

enum class OnboardingState { not_invited, invited, in_progress, completed, active };
BOOST_DESCRIBE_ENUM(OnboardingState, not_invited, invited, in_progress, completed, active)

enum class ClientPackage { Essentials, Growth, Accelerate, Custom };
BOOST_DESCRIBE_ENUM(ClientPackage, Essentials, Growth, Accelerate, Custom)

/// What a business says of itself.
struct BusinessProfile {
    std::string name; ///< whom the agency invited
    std::optional<std::string> email;
    std::optional<std::string> display_name;
    std::optional<std::string> phone;
    Json communication_prefs;
    std::optional<std::string> front_desk_emails;
    std::optional<std::string> form_email_recipients;
    std::optional<std::string> office_admin_name;
    std::optional<std::string> office_admin_email;
    std::optional<std::string> office_admin_phone;
    std::optional<std::string> business_name;
    std::optional<std::string> business_description;
    std::optional<std::string> primary_brand_colors;
    std::optional<std::string> brand_notes;
    std::optional<std::string> website_url;
    std::optional<std::string> video; ///< "vimeo:76979871"
    std::string zone;                 ///< the account's
    std::vector<OfferedService> services;
    std::optional<WebsiteAccess> website_access_status;
    std::optional<Ga4Access> ga4_access_status;
    std::optional<GoogleAdsAccess> google_ads_access_status;
    std::optional<std::string> google_ads_account_id;
    std::optional<MetaAccess> meta_access_status;
    std::optional<FormsDetails> website_forms_details_status;
    std::optional<CalendarChoice> calendar_status;
    BOOST_DESCRIBE_CLASS(
        BusinessProfile, (),
        (name, email, display_name, phone, communication_prefs, front_desk_emails, form_email_recipients, office_admin_name,
         office_admin_email, office_admin_phone, business_name, business_description, primary_brand_colors, brand_notes,
         website_url, video, zone, services, website_access_status, ga4_access_status, google_ads_access_status,
         google_ads_account_id, meta_access_status, website_forms_details_status, calendar_status),
        (), ()
    )
};

struct OnboardingStep {
    Step key{};
    bool required = true;
    bool done = false;
    BOOST_DESCRIBE_CLASS(OnboardingStep, (), (key, required, done), (), ())
};

struct OnboardingProgress {
    OnboardingState state = OnboardingState::not_invited;
    std::vector<OnboardingStep> steps;
    std::optional<Time> invited_at;
    std::optional<Time> joined_at;
    std::optional<Time> completed_at;
    std::optional<Time> activated_at;
    std::optional<Time> link_expires_at; ///< of the link that opens the wizard now
    BOOST_DESCRIBE_CLASS(
        OnboardingProgress, (), (state, steps, invited_at, joined_at, completed_at, activated_at, link_expires_at), (), ()
    )
};

/// What only the agency knows of a business.
struct HubFields : BusinessProfile {
    Id<Account> id;
    std::string agent_code;
    std::optional<std::string> client_type;
    std::optional<std::string> client_subtype;
    std::optional<ClientPackage> client_package;
    std::optional<Uuid> account_manager_id;
    std::optional<std::string> call_tracking_main_number;
    std::optional<std::string> client_identifier_value;
    std::optional<std::string> monthly_revenue_goal;
    bool requires_website_access = true;
    bool requires_ga4_access = true;
    bool requires_google_ads_access = true;
    bool requires_meta_access = true;
    bool requires_forms_step = true;
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;
    BOOST_DESCRIBE_CLASS(
        HubFields, (BusinessProfile),
        (id, agent_code, client_type, client_subtype, client_package, account_manager_id, call_tracking_main_number,
         client_identifier_value, monthly_revenue_goal, requires_website_access, requires_ga4_access,
         requires_google_ads_access, requires_meta_access, requires_forms_step, created_at, updated_at, version),
        (), ()
    )
};

/// A business as its agency sees it; the id is the account's, to act in.
struct HubClient : HubFields {
    OnboardingProgress onboarding;
    BOOST_DESCRIBE_CLASS(HubClient, (HubFields), (onboarding), (), ())
};

/// What an agency may write down of a business. Null clears.
struct HubPatch {
    Patch<std::optional<Line<1, 100>>> display_name;
    Patch<std::optional<Phone>> phone;
    Patch<std::optional<Line<0, 60>>> client_type;
    Patch<std::optional<Line<0, 60>>> client_subtype;
    Patch<std::optional<ClientPackage>> client_package;
    Patch<std::optional<Uuid>> account_manager_id;
    Patch<std::optional<Line<0, 40>>> call_tracking_main_number;
    Patch<std::optional<Text<0, 500>>> front_desk_emails;
    Patch<std::optional<Text<0, 500>>> form_email_recipients;
    Patch<std::optional<Line<0, 100>>> office_admin_name;
    Patch<std::optional<Email>> office_admin_email;
    Patch<std::optional<Phone>> office_admin_phone;
    Patch<std::optional<Line<0, 100>>> client_identifier_value;
    Patch<std::optional<Line<1, 13>>> monthly_revenue_goal; ///< a decimal text
    Patch<std::optional<Line<1, 100>>> business_name;
    Patch<std::optional<Text<0, 4000>>> business_description;
    Patch<std::optional<Text<0, 300>>> primary_brand_colors;
    Patch<std::optional<Text<0, 4000>>> brand_notes;
    Patch<std::optional<WebLink>> website_url;
    Patch<std::optional<WebsiteAccess>> website_access_status;
    Patch<std::optional<Ga4Access>> ga4_access_status;
    Patch<std::optional<GoogleAdsAccess>> google_ads_access_status;
    Patch<std::optional<Line<0, 20>>> google_ads_account_id;
    Patch<std::optional<MetaAccess>> meta_access_status;
    Patch<std::optional<FormsDetails>> website_forms_details_status;
    Patch<bool> requires_website_access;
    Patch<bool> requires_ga4_access;
    Patch<bool> requires_google_ads_access;
    Patch<bool> requires_meta_access;
    Patch<bool> requires_forms_step;
    BOOST_DESCRIBE_CLASS(
        HubPatch, (),
        (display_name, phone, client_type, client_subtype, client_package, account_manager_id, call_tracking_main_number,
         front_desk_emails, form_email_recipients, office_admin_name, office_admin_email, office_admin_phone,
         client_identifier_value, monthly_revenue_goal, business_name, business_description, primary_brand_colors, brand_notes,
         website_url, website_access_status, ga4_access_status, google_ads_access_status, google_ads_account_id,
         meta_access_status, website_forms_details_status, requires_website_access, requires_ga4_access,
         requires_google_ads_access, requires_meta_access, requires_forms_step),
        (), ()
    )

    void validate(Reader& reader) const;
};

struct NewHubClient : HubPatch {
    Email email;
    Line<1, 100> name;
    std::optional<Zone> zone;
    std::optional<bool> send_invitation; ///< unset: yes
    BOOST_DESCRIBE_CLASS(NewHubClient, (HubPatch), (email, name, zone, send_invitation), (), ())
};

struct HubClientPatch : HubPatch {
    Patch<Email> email; ///< as long as nobody has joined
    Patch<Line<1, 100>> name;
    BOOST_DESCRIBE_CLASS(HubClientPatch, (HubPatch), (email, name), (), ())
};

struct HubFilter {
    std::optional<Line<0, 100>> q; ///< in names and address
    std::optional<OnboardingState> state;
    std::optional<Int<1, 1'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 200>> cursor;
    BOOST_DESCRIBE_CLASS(HubFilter, (), (q, state, page, limit, cursor), (), ())
};

struct InvitationSent {
    std::string to;
    Time expires_at;
    BOOST_DESCRIBE_CLASS(InvitationSent, (), (to, expires_at), (), ())
};

struct OnboardingPlan {
    std::vector<PlannedStep> steps;
    BOOST_DESCRIBE_CLASS(OnboardingPlan, (), (steps), (), ())

    void validate(Reader& reader) const { check_plan(steps, reader); }
};

struct WizardUser {
    std::optional<std::string> email;
    std::string name;
    bool joined = false; ///< has a password and signs in
    BOOST_DESCRIBE_CLASS(WizardUser, (), (email, name, joined), (), ())
};

enum class AssetKind { logo, style_guide, photo, other };
BOOST_DESCRIBE_ENUM(AssetKind, logo, style_guide, photo, other)

struct AssetFields {
    std::optional<AssetKind> kind;
    BOOST_DESCRIBE_CLASS(AssetFields, (), (kind), (), ())
};

struct BrandAsset {
    Id<BrandAsset> id;
    AssetKind kind = AssetKind::other;
    std::string name;
    std::string media_type;
    std::int64_t size = 0;
    std::string url;
    BOOST_DESCRIBE_CLASS(BrandAsset, (), (id, kind, name, media_type, size, url), (), ())
};

/// The wizard as it was left.
struct OnboardingWizard {
    WizardUser user;
    BusinessProfile profile;
    std::vector<OnboardingStep> steps;
    Json draft;
    OnboardingState state = OnboardingState::in_progress;
    std::optional<Time> completed_at;
    std::optional<std::string> agency; ///< whose invitation it is
    std::vector<BrandAsset> brand_assets;
    BOOST_DESCRIBE_CLASS(OnboardingWizard, (), (user, profile, steps, draft, state, completed_at, agency, brand_assets), (), ())
};

struct OnboardingStepInput {
    Step step{};
    JsonObject data;
    BOOST_DESCRIBE_CLASS(OnboardingStepInput, (), (step, data), (), ())
};

struct OnboardingDraft {
    JsonObject draft;
    BOOST_DESCRIBE_CLASS(OnboardingDraft, (), (draft), (), ())
};

struct DraftSaved {
    bool success = true;
    BOOST_DESCRIBE_CLASS(DraftSaved, (), (success), (), ())
};

struct OnboardingActivation {
    Line<1, 100> display_name;
    identity::NewPassword password;
    BOOST_DESCRIBE_CLASS(OnboardingActivation, (), (display_name, password), (), ())
};

/// A link that is alive, and whose it is.
struct Opened {
    Uuid business_id;
    Uuid agency_id;
    Uuid id;
    std::string name;
    Email email;
    Time expires_at;
    std::optional<Time> validated_at;
    std::optional<Time> consumed_at;
    std::optional<Time> revoked_at;
    BOOST_DESCRIBE_CLASS(
        Opened, (), (business_id, agency_id, id, name, email, expires_at, validated_at, consumed_at, revoked_at), (), ()
    )
};

/// A page of the realtor's for everybody.
struct PublicLink {
    std::string kind; ///< survey, booking, value_page
    std::string url;
    QrCode qr;
    BOOST_DESCRIBE_CLASS(PublicLink, (), (kind, url, qr), (), ())
};

struct PublicLinkList {
    std::vector<PublicLink> items;
    BOOST_DESCRIBE_CLASS(PublicLinkList, (), (items), (), ())
};

} // namespace doorstep::onboarding
