#include "modules/onboarding/onboarding.hpp"

namespace doorstep::onboarding {
namespace {

using http::Context;
using Token = Line<1, 200>;

const std::string own_assets = "/api/onboarding/me/brand-assets";

std::string assets_of(const Token& token) {
    return "/api/onboarding/" + token.value + "/brand-assets";
}

http::Created<BrandAsset> created(BrandAsset asset) {
    auto url = asset.url;
    return {std::move(url), std::move(asset)};
}

http::Versioned<HubClient> versioned(HubClient client) {
    auto version = std::to_string(client.version);
    return {std::move(version), std::move(client)};
}

// --- the agency's hub

Task<http::Created<HubClient>> create_business(Onboarding& onboarding, Context& ctx, NewHubClient input) {
    auto client = co_await onboarding.create(ctx, input);
    auto location = "/api/hub/clients/" + client.id.text();
    co_return http::Created<HubClient>{std::move(location), std::move(client)};
}

Task<http::Page<HubClient>> list_businesses(Onboarding& onboarding, Context& ctx, http::Query<HubFilter> filter) {
    co_return co_await onboarding.list(ctx, filter.value);
}

Task<http::Versioned<HubClient>> get_business(Onboarding& onboarding, Context& ctx, Id<Account> id) {
    auto client = co_await onboarding.require(ctx, id);
    co_return versioned(std::move(client));
}

Task<http::Versioned<HubClient>> update_business(Onboarding& onboarding, Context& ctx, Id<Account> id, HubClientPatch patch) {
    auto client = co_await onboarding.update(ctx, id, patch, http::if_match(ctx));
    co_return versioned(std::move(client));
}

Task<> remove_business(Onboarding& onboarding, Context& ctx, Id<Account> id) {
    co_await onboarding.remove(ctx, id, http::if_match(ctx));
}

Task<InvitationSent> invite_business(Onboarding& onboarding, Context& ctx, Id<Account> id) {
    co_return co_await onboarding.invite_again(ctx, id);
}

Task<HubClient> activate_business(Onboarding& onboarding, Context& ctx, Id<Account> id) {
    co_return co_await onboarding.activate(ctx, id);
}

Task<OnboardingPlan> get_plan(Onboarding& onboarding, Context& ctx) {
    co_return co_await onboarding.plan(ctx);
}

Task<OnboardingPlan> set_plan(Onboarding& onboarding, Context& ctx, OnboardingPlan plan) {
    co_return co_await onboarding.set_plan(ctx, plan);
}

// --- the bearer of a link

Task<OnboardingWizard> get_wizard(Onboarding& onboarding, Context& ctx, Token token) {
    auto link = co_await onboarding.open(ctx, token);
    auto business = Onboarding::inside(ctx, link);
    co_return co_await onboarding.show(business, assets_of(token));
}

Task<OnboardingWizard> save_step(Onboarding& onboarding, Context& ctx, Token token, OnboardingStepInput input) {
    auto link = co_await onboarding.open(ctx, token);
    auto business = Onboarding::inside(ctx, link);
    co_return co_await onboarding.save_step(business, input, assets_of(token));
}

Task<DraftSaved> save_draft(Onboarding& onboarding, Context& ctx, Token token, OnboardingDraft input) {
    auto link = co_await onboarding.open(ctx, token);
    auto business = Onboarding::inside(ctx, link);
    co_await onboarding.save_draft(business, input);
    co_return DraftSaved{};
}

Task<identity::SignedIn> activate(Onboarding& onboarding, Context& ctx, Token token, OnboardingActivation input) {
    co_return co_await onboarding.join(ctx, token, input);
}

Task<http::Created<BrandAsset>> add_asset(Onboarding& onboarding, Context& ctx, Token token, http::Upload<AssetFields> upload) {
    auto link = co_await onboarding.open(ctx, token);
    auto business = Onboarding::inside(ctx, link);
    auto asset = co_await onboarding.add_asset(business, std::move(upload), assets_of(token));
    co_return created(std::move(asset));
}

Task<http::Response> get_asset(Onboarding& onboarding, Context& ctx, Token token, Id<BrandAsset> id) {
    auto link = co_await onboarding.open(ctx, token);
    auto business = Onboarding::inside(ctx, link);
    co_return co_await onboarding.asset(business, id);
}

Task<> remove_asset(Onboarding& onboarding, Context& ctx, Token token, Id<BrandAsset> id) {
    auto link = co_await onboarding.open(ctx, token);
    auto business = Onboarding::inside(ctx, link);
    co_await onboarding.remove_asset(business, id);
}

// --- somebody who is signed in

Task<http::Created<BrandAsset>> add_own_asset(Onboarding& onboarding, Context& ctx, http::Upload<AssetFields> upload) {
    auto asset = co_await onboarding.add_asset(ctx, std::move(upload), own_assets);
    co_return created(std::move(asset));
}

Task<http::Response> get_own_asset(Onboarding& onboarding, Context& ctx, Id<BrandAsset> id) {
    co_return co_await onboarding.asset(ctx, id);
}

Task<> remove_own_asset(Onboarding& onboarding, Context& ctx, Id<BrandAsset> id) {
    co_await onboarding.remove_asset(ctx, id);
}

Task<OnboardingWizard> get_own_wizard(Onboarding& onboarding, Context& ctx) {
    co_return co_await onboarding.show(ctx, own_assets);
}

Task<OnboardingWizard> save_own_step(Onboarding& onboarding, Context& ctx, OnboardingStepInput input) {
    co_return co_await onboarding.save_step(ctx, input, own_assets);
}

Task<DraftSaved> save_own_draft(Onboarding& onboarding, Context& ctx, OnboardingDraft input) {
    co_await onboarding.save_draft(ctx, input);
    co_return DraftSaved{};
}

Task<OnboardingWizard> complete(Onboarding& onboarding, Context& ctx) {
    co_return co_await onboarding.complete(ctx, own_assets);
}

Task<PublicLinkList> list_public_links(Onboarding& onboarding, Context& ctx) {
    co_return co_await onboarding.public_links(ctx);
}

constexpr std::size_t most_draft = 80 << 10;
constexpr std::size_t most_upload = 26 << 20;

void hub_routes(http::Router& router, Onboarding& onboarding) {
    router.tag("Hub");
    router.add("POST", "/api/hub/clients", onboarding, create_business)
        .scope("hub:write")
        .id("create_business")
        .summary("Makes a business and, unless send_invitation is false, mails its first person a link to set it up");
    router.add("GET", "/api/hub/clients", onboarding, list_businesses)
        .scope("hub:read")
        .id("list_businesses")
        .summary("The agency's businesses, newest first, with how far each is");
    router.add("GET", "/api/hub/clients/{id}", onboarding, get_business)
        .scope("hub:read")
        .id("get_business")
        .summary("A business of the agency");
    router.add("PATCH", "/api/hub/clients/{id}", onboarding, update_business)
        .scope("hub:write")
        .id("update_business")
        .summary("Changes what is sent of a business's profile; null clears; If-Match guards against lost updates");
    router.add("DELETE", "/api/hub/clients/{id}", onboarding, remove_business)
        .scope("hub:write")
        .guarded()
        .id("remove_business")
        .summary("Takes back a business that nobody has joined");
    router.add("POST", "/api/hub/clients/{id}/onboarding-email", onboarding, invite_business)
        .scope("hub:write")
        .id("invite_business")
        .summary("Mails a new link; earlier ones stop working; 429 after five an hour");
    router.add("POST", "/api/hub/clients/{id}/activate", onboarding, activate_business)
        .scope("hub:write")
        .id("activate_business")
        .summary("Declares a business ready and tells it so; 409 a second time, or while nobody has joined");
    router.add("GET", "/api/hub/onboarding-plan", onboarding, get_plan)
        .scope("hub:read")
        .id("get_onboarding_plan")
        .summary("Which steps new businesses are asked, in which order");
    router.add("PUT", "/api/hub/onboarding-plan", onboarding, set_plan)
        .scope("hub:write")
        .id("set_onboarding_plan")
        .summary("Chooses the steps of businesses made from now on");
}

void link_routes(http::Router& router, Onboarding& onboarding) {
    router.tag("Onboarding by invitation");
    router.add("GET", "/api/onboarding/{token}", onboarding, get_wizard)
        .open()
        .id("get_onboarding")
        .summary("The wizard as it was left; 404 or 410 for a dead link");
    router.add("POST", "/api/onboarding/{token}/step", onboarding, save_step)
        .open()
        .id("save_onboarding_step")
        .summary("Saves a step's answers");
    router.add("POST", "/api/onboarding/{token}/draft", onboarding, save_draft)
        .open()
        .max_body(most_draft)
        .id("save_onboarding_draft")
        .summary("Keeps what is half filled in, never a password");
    router.add("POST", "/api/onboarding/{token}/activate", onboarding, activate)
        .open()
        .shown_once()
        .id("activate_onboarding")
        .summary("Sets the password, ends the invitation, signs in; of several at once one wins");
    router.add("POST", "/api/onboarding/{token}/brand-assets", onboarding, add_asset)
        .open()
        .max_body(most_upload)
        .id("add_invited_brand_asset")
        .summary("Uploads a logo, style guide or photograph");
    router.add("GET", "/api/onboarding/{token}/brand-assets/{id}", onboarding, get_asset)
        .open()
        .id("get_invited_brand_asset")
        .summary("A brand file, to be saved");
    router.add("DELETE", "/api/onboarding/{token}/brand-assets/{id}", onboarding, remove_asset)
        .open()
        .id("remove_invited_brand_asset")
        .summary("Removes a brand file");
}

void own_routes(http::Router& router, Onboarding& onboarding) {
    router.tag("Onboarding");
    router.add("GET", "/api/onboarding/me", onboarding, get_own_wizard)
        .scope("onboarding:read")
        .id("get_own_onboarding")
        .summary("Setting up the account one works in, as it was left");
    router.add("POST", "/api/onboarding/me/step", onboarding, save_own_step)
        .scope("onboarding:write")
        .id("save_own_onboarding_step")
        .summary("Saves a step's answers");
    router.add("POST", "/api/onboarding/me/draft", onboarding, save_own_draft)
        .scope("onboarding:write")
        .max_body(most_draft)
        .id("save_own_onboarding_draft")
        .summary("Keeps what is half filled in, never a password");
    router.add("POST", "/api/onboarding/me/complete", onboarding, complete)
        .scope("onboarding:write")
        .id("complete_onboarding")
        .summary("Ends the wizard; a confirmation is mailed");
    router.add("POST", "/api/onboarding/me/brand-assets", onboarding, add_own_asset)
        .scope("onboarding:write")
        .max_body(most_upload)
        .id("add_brand_asset")
        .summary("Uploads a logo, style guide or photograph");
    router.add("GET", "/api/onboarding/me/brand-assets/{id}", onboarding, get_own_asset)
        .scope("onboarding:read")
        .id("get_brand_asset")
        .summary("A brand file, to be saved");
    router.add("DELETE", "/api/onboarding/me/brand-assets/{id}", onboarding, remove_own_asset)
        .scope("onboarding:write")
        .id("remove_brand_asset")
        .summary("Removes a brand file");
    router.add("GET", "/api/public-links", onboarding, list_public_links)
        .scope("onboarding:read")
        .id("list_public_links")
        .summary("The addresses to share: survey, booking, value page, each with its QR code");
}

} // namespace

void routes(http::Router& router, Onboarding& onboarding) {
    hub_routes(router, onboarding);
    link_routes(router, onboarding);
    own_routes(router, onboarding);
}

} // namespace doorstep::onboarding
