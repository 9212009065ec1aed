#include "modules/settings/settings.hpp"

namespace doorstep::settings {

namespace {

using http::Context;

http::Versioned<Settings> versioned(Settings settings) {
    auto version = std::to_string(settings.version);
    return {std::move(version), std::move(settings)};
}

Task<http::Versioned<Settings>> get_settings(OfficeSettings& office, Context& ctx) {
    auto settings = co_await office.require(ctx);
    co_return versioned(std::move(settings));
}

Task<http::Versioned<Settings>> update_settings(OfficeSettings& office, Context& ctx, SettingsPatch patch) {
    auto settings = co_await office.update(ctx, patch, http::if_match(ctx));
    co_return versioned(std::move(settings));
}

} // namespace

void routes(http::Router& router, OfficeSettings& office) {
    router.tag("Settings");
    router.add("GET", "/api/settings", office, get_settings)
        .scope("settings:read")
        .id("get_settings")
        .summary("How the office presents itself, and when it writes by itself");
    router.add("PATCH", "/api/settings", office, update_settings)
        .scope("settings:write")
        .id("update_settings")
        .summary("Changes what is sent; null clears what may be empty; If-Match guards against lost updates");
}

} // namespace doorstep::settings
