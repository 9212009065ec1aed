#include <doctest/doctest.h>

#include <filesystem>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

void look(TestApp& app) {
    auto ctx = app.context();
    ctx.all_accounts = true;
    app.run(app.modules().health.look(ctx));
}

std::string state_of(const Reply& report, std::string_view name) {
    for (std::size_t i = 0; i < report.size("checks"); ++i) {
        auto at = "checks." + std::to_string(i);
        if (report[at + ".name"] == name) return report[at + ".healthy"] + " " + report[at + ".detail"];
    }
    return "";
}

std::string unread(TestApp& app) {
    return app.get("/api/notifications?unread=true")["total"];
}

} // namespace

TEST_CASE("health: what was found is shown, to owners and admins") {
    TestApp app;
    CHECK(app.get("/api/status")["checked_at"] == "null");
    look(app);
    auto report = app.get("/api/status");
    CHECK(report.status == 200);
    CHECK(report["healthy"] == "true");
    CHECK(report["checked_at"].starts_with("2030-03-04T15:0"));
    for (auto name : {"store", "jobs", "given_up_work", "emails", "letters", "incoming", "disk"}) {
        CAPTURE(name);
        CHECK(state_of(report, name).starts_with("true "));
    }
    std::filesystem::remove_all(app.files.path()); // as before the first file is kept
    look(app);
    CHECK(state_of(app.get("/api/status"), "disk").starts_with("true "));
    CHECK(app.join("assistant").get("/api/status").status == 403);
    CHECK(app.stranger().get("/api/status").status == 401);
    CHECK(unread(app) == "0");
}

TEST_CASE("health: what is not well is told to who installed it, once until it is well again") {
    TestApp app;
    app.other();
    app.make_client("kim@example.com");
    app.post(
        "/api/emails/send", R"({"client_id":")" + app.get("/api/clients")["items.0.id"] + R"(","subject":"S","body":"B"})"
    );
    app.advance(3h); // and no job runs
    look(app);
    auto report = app.get("/api/status");
    CHECK(report["healthy"] == "false");
    CHECK(state_of(report, "jobs").starts_with("false Work has been due for 1"));
    CHECK(state_of(report, "emails") == "false 1 e-mail to a client has waited for more than an hour. Is the provider set up?");
    CHECK(unread(app) == "0");
    app.advance(5min);
    look(app);
    CHECK(unread(app) == "2");
    CHECK(app.get("/api/notifications").body.find("Doorstep needs a look (emails): 1 e-mail to a client") != std::string::npos);
    CHECK(app.other().get("/api/notifications")["total"] == "0");
    app.advance(5min);
    look(app);
    CHECK(unread(app) == "2");

    app.run_jobs();
    look(app);
    CHECK(app.get("/api/status")["healthy"] == "true");
    app.post(
        "/api/emails/send", R"({"client_id":")" + app.get("/api/clients")["items.0.id"] + R"(","subject":"S","body":"B"})"
    );
    app.advance(3h);
    look(app);
    app.advance(5min);
    look(app);
    CHECK(app.get("/api/notifications")["total"] == "4");
}
