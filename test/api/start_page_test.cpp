#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;

TEST_CASE("/: a start page for browsers, in their language and without script; the API's root for everybody else") {
    TestApp app;
    auto browser = [&](std::string path, std::string language) {
        return app.stranger().get(
            std::move(path), {{"Accept", "text/html,*/*;q=0.8"}, {"Accept-Language", std::move(language)}}
        );
    };
    auto page = browser("/", "en-US,en;q=0.9");
    CHECK(page.status == 200);
    CHECK(page.headers.find("Content-Type").value().starts_with("text/html"));
    CHECK(page.headers.find("Vary").value().find("Accept") != std::string::npos);
    CHECK(page.body.find("<html lang=\"en\">") != std::string::npos);
    CHECK(page.body.find("href=\"/onboarding\">Get started</a>") != std::string::npos);
    CHECK(page.body.find("<script") == std::string::npos);
    CHECK(page.body.find("{{") == std::string::npos);
    CHECK(page.body.size() < 10'000);
    CHECK(browser("/", "es-MX,es;q=0.9,en;q=0.8").body.find("<html lang=\"es\">") != std::string::npos);
    CHECK(browser("/?lang=en", "es").body.find("<html lang=\"en\">") != std::string::npos);
    CHECK(browser("/?lang=es", "en").body.find(">Empezar</a>") != std::string::npos);

    auto root = app.stranger().get("/", {{"Accept", "application/json"}});
    CHECK(root["name"] == "Doorstep");
    CHECK(root["version"] != "");
    CHECK(app.stranger().get("/")["docs"] == "/docs");
}
