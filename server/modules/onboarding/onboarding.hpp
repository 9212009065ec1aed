#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/crypto.hpp"
#include "http/precondition.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/audit/audit.hpp"
#include "modules/events/events.hpp"
#include "modules/files/files.hpp"
#include "modules/identity/identity.hpp"
#include "modules/mail/mail.hpp"
#include "modules/onboarding/types.hpp"

namespace doorstep::onboarding {

using accounts::Account;
struct Row;

struct Parts {
    db::Database& db;
    accounts::Accounts& accounts;
    audit::Audit& audit;
    events::Events& events;
    files::Files& files;
    identity::Identity& identity;
    mail::Mail& mail;
    const Sealer& sealer;
    std::string public_url;
};

/// How businesses come in: an agency makes and invites them, a wizard asks what is needed, the agency activates them. A realtor
/// who comes alone goes through a short form of it.
class Onboarding {
public:
    explicit Onboarding(const Parts& parts);

    // --- hub.cpp: for agencies alone; error 403 for everybody else
    /// The account, its profile, and the invitation's letter, which is the only place where the link is. Error 409 with
    /// `existing_id` where the agency has a business with this address.
    Task<HubClient> create(Context& ctx, const NewHubClient& input);
    /// A business that was opened with its owner, under the agency in `ctx`: it has joined and works. Errors as create().
    Task<> adopt(db::Session& tx, const Context& ctx, Id<Account> business, const Email& email, const std::string& name);
    Task<http::Page<HubClient>> list(Context& ctx, const HubFilter& filter);
    /// Error 404, also for another agency's.
    Task<HubClient> require(Context& ctx, Id<Account> id);
    /// Another address ends the link that the earlier one has got; whoever was invited is, at the new one.
    Task<HubClient> update(Context& ctx, Id<Account> id, const HubClientPatch& patch, const http::Precondition& match);
    /// Takes a business away that nobody has joined. Error 409 otherwise.
    Task<> remove(Context& ctx, Id<Account> id, const http::Precondition& match);
    /// A new link; earlier ones are revoked. Error 409 once somebody has joined, 429 after five letters an hour.
    Task<InvitationSent> invite_again(Context& ctx, Id<Account> id);
    /// The agency is done with setting up; the client is told. Error 409 a second time, and `not_joined` before there
    /// is anybody to tell.
    Task<HubClient> activate(Context& ctx, Id<Account> id);
    Task<OnboardingPlan> plan(Context& ctx);
    Task<OnboardingPlan> set_plan(Context& ctx, const OnboardingPlan& plan);

    // --- links.cpp
    /// Error 404 for an unknown link, 410 for one that was used, revoked or has run out.
    Task<Opened> open(const Context& ctx, const std::string& token);
    /// In the business, as the bearer of its link, whoever else the browser may be signed in as.
    static Context inside(const Context& ctx, const Opened& link);
    /// Reminds of links that are about to run out and of those that have. A schedule.
    Task<> remind(Context& ctx);

    // --- wizard.cpp: of the account in `ctx`; brand files are found below `assets_url`
    Task<OnboardingWizard> show(Context& ctx, const std::string& assets_url);
    /// Error 422 with every bad field; the answers of a step replace the earlier ones.
    Task<OnboardingWizard> save_step(Context& ctx, const OnboardingStepInput& input, const std::string& assets_url);
    Task<> save_draft(Context& ctx, const OnboardingDraft& input);
    /// Makes the invited person the owner, ends all links, signs in. Of several at once one wins; the others get 410.
    Task<identity::SignedIn> join(http::Context& ctx, const std::string& token, const OnboardingActivation& input);
    /// Error 422 naming each required step that is missing. Again: nothing happens.
    Task<OnboardingWizard> complete(Context& ctx, const std::string& assets_url);

    // --- assets.cpp
    /// Error 413 and 415 as of Files; 409 beyond 40.
    Task<BrandAsset> add_asset(Context& ctx, http::Upload<AssetFields> upload, const std::string& assets_url);
    Task<http::Response> asset(Context& ctx, Id<BrandAsset> id);
    Task<> remove_asset(Context& ctx, Id<BrandAsset> id);

    /// Error 404 for an agency.
    Task<PublicLinkList> public_links(Context& ctx);

private:
    std::string token_of(Uuid link) const;
    Task<std::vector<BrandAsset>> assets(Context& ctx, const std::string& assets_url);
    Task<InvitationSent> invite(
        db::Session& tx, const Context& ctx, Id<Account> id, const std::string& name, const Email& email
    );
    /// Locks the profile, or begins that of a realtor who came alone; error 404 for an account that has none.
    Task<> begin(db::Session& tx, const Context& ctx);
    Task<> tell_agency(db::Session& tx, const Context& ctx, const Row& row);
    Task<> note(
        db::Session& tx, const Context& ctx, std::string kind, Id<Account> id, const std::string& name, Json after = {}
    );
    Task<> remind_of(Context& ctx, bool expired);

    Parts parts_;
    std::string link_key_;
};

void routes(http::Router& router, Onboarding& onboarding);

} // namespace doorstep::onboarding
