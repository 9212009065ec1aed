#include "app/pages.hpp"

#include <fmt/format.h>

#include <kainjow/mustache.hpp>

#include "core/embedded.hpp"
#include "http/languages.hpp"
#include "modules/accounts/accounts.hpp"

namespace doorstep::app {

namespace {

std::string make_start_page(std::string_view language, bool sandbox) {
    auto text = embedded_template("pages/start." + std::string(language) + ".mustache");
    kainjow::mustache::mustache page{std::string(text.value())};
    kainjow::mustache::data values;
    values.set("style", std::string(embedded_template("pages/start.css").value()));
    values.set("version", "Doorstep " DOORSTEP_VERSION);
    values.set("sandbox", sandbox);
    return page.render(values);
}

/// What the visitor chose, else what their browser asks for first.
bool wants_spanish(const http::Request& request) {
    if (auto chosen = request.query_value("lang")) return *chosen == "es";
    return http::accepted_language<accounts::Language>(request) == accounts::Language::es;
}

// Deep links: any of them works on reload. What the web app does not know it says itself.
const std::vector<std::string> web_app_pages{"/login",          "/signup",           "/verify-email",       "/forgot-password",
                                             "/reset-password", "/onboarding",       "/onboarding/{token}", "/join/{token}",
                                             "/console",        "/console/{path...}"};

Task<http::Response> get_root(Pages& pages, http::Context& ctx) {
    co_return pages.root(*ctx.request);
}
Task<http::Response> get_openapi(Pages& pages, http::Context& ctx) {
    co_return pages.openapi(*ctx.request);
}

} // namespace

Pages::Pages(const Shared& shared)
    : shared_(shared),
      web_app_(shared.config.doorstep_web),
      english_(make_start_page("en", shared.config.sandbox())),
      spanish_(make_start_page("es", shared.config.sandbox())) {}

http::Response Pages::root(const http::Request& request) const {
    auto response =
        request.wants_html()
            ? http::Response::html(wants_spanish(request) ? spanish_ : english_)
            : http::Response::json(fmt::format(R"({{"name":"Doorstep","version":"{}","docs":"/docs"}})", DOORSTEP_VERSION));
    response.headers.add("Vary", "Accept, Accept-Language");
    return response;
}

http::Response Pages::openapi(const http::Request&) const {
    auto response = http::Response::json(openapi_);
    response.headers.set("Cache-Control", "no-cache");
    return response;
}

void routes(http::Router& router, Pages& pages) {
    pages.openapi_ = router.openapi(DOORSTEP_VERSION, pages.shared_.public_url);
    router.add("GET", "/", pages, get_root).anonymous().hidden();
    router.add("GET", "/openapi.json", pages, get_openapi).anonymous().hidden();
    http::web_routes(router, pages.web_app_, web_app_pages);
}

} // namespace doorstep::app
