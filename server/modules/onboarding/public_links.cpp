// The addresses that a realtor gives to the world.

#include "core/qr.hpp"
#include "modules/onboarding/onboarding.hpp"

namespace doorstep::onboarding {

Task<PublicLinkList> Onboarding::public_links(Context& ctx) {
    auto account = co_await parts_.accounts.require_account(ctx, {ctx.account_id});
    if (account.kind != accounts::Kind::business) throw not_found("public page of this account");
    PublicLinkList list;
    auto add = [&](std::string kind, const std::string& path) {
        auto url = parts_.public_url + path;
        auto code = draw_qr(url);
        list.items.push_back({std::move(kind), std::move(url), std::move(code)});
    };
    add("survey", "/survey/" + account.id.text());
    add("booking", "/s/" + account.id.text());
    add("value_page", "/cma/" + account.agent_code);
    co_return list;
}

} // namespace doorstep::onboarding
