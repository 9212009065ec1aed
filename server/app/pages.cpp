#include "app/pages.hpp"

#include <fmt/format.h>

namespace doorstep::app {

namespace {

constexpr std::string_view start_page = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Doorstep</title>
<style>
body {{ font: 1.05rem/1.6 system-ui, sans-serif; color: #1c2430; background: #f6f7f9; margin: 0; }}
main {{ max-width: 34rem; margin: 12vh auto; padding: 0 1.5rem; }}
h1 {{ font-size: 2rem; margin: 0 0 .5rem; }}
a {{ color: #0b5cad; }}
.go {{ display: inline-block; margin: 1rem 0; padding: .6rem 1.2rem; border-radius: .4rem; background: #0b5cad; color: #fff;
  text-decoration: none; }}
footer {{ margin-top: 3rem; font-size: .9rem; color: #5a6472; }}
</style>
</head>
<body>
<main>
<h1>Doorstep</h1>
<p>Follow-up for real-estate agents: your clients, what is due for them, and every e-mail that went out, in one place.</p>
<p><a class="go" href="/console">Open the console</a></p>
<footer>Version {} · <a href="/docs">API documentation</a>{}</footer>
</main>
</body>
</html>
)html";

// Deep links: any of them works on reload. What the web app does not know it says itself.
const std::vector<std::string> web_app_pages{"/login", "/signup", "/verify-email", "/forgot-password", "/reset-password", "/console", "/console/{path...}"};

Task<http::Response> get_root(Pages& pages, http::Context& ctx) {
    co_return pages.root(*ctx.request);
}
Task<http::Response> get_openapi(Pages& pages, http::Context& ctx) {
    co_return pages.openapi(*ctx.request);
}

} // namespace

http::Response Pages::root(const http::Request& request) const {
    auto sandbox = shared_.config.sandbox();
    auto response =
        request.wants_html()
            ? http::Response::html(
                  fmt::format(start_page, DOORSTEP_VERSION, sandbox ? R"( · <a href="/sandbox/outbox">Sandbox</a>)" : "")
              )
            : http::Response::json(fmt::format(R"({{"name":"Doorstep","version":"{}","docs":"/docs"}})", DOORSTEP_VERSION));
    response.headers.add("Vary", "Accept");
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
