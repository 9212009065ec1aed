#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;

namespace {

const std::string letter =
    R"({"name":"Welcome","subject":"About {{property_street}}","body":"Hi {{ first_name }},\n\n{{agent_title|your agent}} here, {{phone|no phone}}."})";

} // namespace

TEST_CASE("templates: kept, found, changed, taken out and brought back") {
    TestApp app;
    auto made = app.post("/api/templates", letter);
    CHECK(made.status == 201);
    CHECK(made["language"] == "en");
    CHECK(app.post("/api/templates", R"({"name":"  welcome ","subject":"S","body":"B"})").status == 409);
    CHECK(app.post("/api/templates", R"({"name":"Welcome","language":"es","subject":"S","body":"B"})").status == 201);
    app.post("/api/templates", R"({"name":"Éclair","subject":"S","body":"B"})");
    app.post("/api/templates", R"({"name":"After","subject":"S","body":"B"})");

    std::string names;
    std::string cursor;
    for (int i = 0; i < 4; ++i) {
        auto page = app.get("/api/templates?limit=1" + (cursor.empty() ? "" : "&cursor=" + cursor));
        CHECK(page["total"] == "4");
        names += page["items.0.name"] + " ";
        cursor = page["next"];
    }
    CHECK(cursor == "null");
    CHECK(names.find("After") == 0);
    CHECK(names.find("Welcome Welcome") != std::string::npos);
    CHECK(app.get("/api/templates?q=property_street")["total"] == "1");
    CHECK(app.get("/api/templates?language=es")["total"] == "1");

    auto path = "/api/templates/" + made["id"];
    CHECK(app.patch(path, R"({"name":"after"})").status == 409);
    CHECK(app.patch(path, R"({"name":"Hello"})")["name"] == "Hello");
    CHECK(app.patch(path, R"({"name":"Again"})", {{"If-Match", "\"1\""}}).status == 412);
    CHECK(app.other().get(path).status == 404);
    CHECK(app.other().patch(path, R"({"name":"X"})").status == 404);
    CHECK(app.del(path).status == 200);
    CHECK(app.get(path).status == 404);
    CHECK(app.post(path + "/restore")["name"] == "Hello");
    CHECK(app.post(path + "/restore").status == 404);
}

TEST_CASE("templates: an unknown variable is named, wherever it stands") {
    TestApp app;
    auto bad =
        app.post("/api/templates", R"({"name":"N","subject":"{{password}}","body":"{{#list}} {{{name}}} {{first_name"})");
    CHECK(bad.status == 422);
    CHECK(bad.body.find("{{password}}") != std::string::npos);
    CHECK(bad.body.find("{{#list}}") != std::string::npos);
    CHECK(bad.body.find("unclosed_variable") != std::string::npos);
    CHECK(app.post("/api/templates/preview", R"({"subject":"{{nope}}","body":"B"})").status == 422);
    auto made = app.post("/api/templates", letter);
    CHECK(app.patch("/api/templates/" + made["id"], R"({"body":"{{nope}}"})").status == 422);
    CHECK(app.get("/api/templates/variables").size("items") >= 10);
}

TEST_CASE("templates: filled for a person; a value is never read as a variable") {
    TestApp app;
    auto client = app.make_client("kim@example.com", R"("notes":null)");
    auto made = app.post("/api/templates", letter);
    app.patch("/api/clients/" + client, R"({"name":"{{email}} Doe"})");
    auto shown = app.post(
        "/api/templates/preview",
        R"({"client_id":")" + client + R"(","subject":"{{property_street}}","body":"{{first_name}}, {{phone}} {{agent_name}}"})"
    );
    CHECK(shown["subject"] == "1 Main St");
    CHECK(shown["body"] == "{{email}},  Ada");
    CHECK(shown["missing.0"] == "phone");
    CHECK(app.post("/api/templates/preview", R"({"subject":"S","body":"{{name}}"})")["body"] == "Kim Sample");

    app.patch("/api/clients/" + client, R"({"name":"Kim Doe"})");
    auto preview = app.post("/api/emails/preview", R"({"client_id":")" + client + R"(","template_id":")" + made["id"] + "\"}");
    CHECK(preview["subject"] == "About 1 Main St");
    CHECK(preview["body"] == "Hi Kim,\n\nyour agent here, no phone.");
    CHECK(preview["source"] == "template");
    CHECK(app.model.prompts.empty());
    auto sent = app.post("/api/emails/send", R"({"client_id":")" + client + R"(","template_id":")" + made["id"] + "\"}");
    CHECK(sent.status == 201);
    CHECK(sent["subject"] == "About 1 Main St");
    CHECK(sent["source"] == "template");

    app.patch("/api/templates/" + made["id"], R"({"body":"Call me: {{phone}}"})");
    auto refused = app.post("/api/emails/send", R"({"client_id":")" + client + R"(","template_id":")" + made["id"] + "\"}");
    CHECK(refused.status == 422);
    CHECK(refused.body.find("{{phone}}") != std::string::npos);
    CHECK(
        app.other()
            .post("/api/emails/preview", R"({"client_id":")" + client + R"(","template_id":")" + made["id"] + "\"}")
            .status == 404
    );
}

TEST_CASE("templates: every change stands in the security log, with the words before and after") {
    TestApp app;
    auto made = app.post("/api/templates", letter);
    auto path = "/api/templates/" + made["id"];
    app.patch(path, R"({"subject":"Hello"})");
    app.del(path);
    app.post(path + "/restore");
    auto log = app.get("/api/audit?subject_id=" + made["id"]);
    REQUIRE(log.size("items") == 4);
    CHECK(log["items.3.action"] == "template_created");
    CHECK(log["items.2.action"] == "template_changed");
    CHECK(log["items.2.before.subject"] == "About {{property_street}}");
    CHECK(log["items.2.after.subject"] == "Hello");
    CHECK(log["items.1.action"] == "template_deleted");
    CHECK(log["items.0.action"] == "template_restored");
    CHECK(log["items.0.subject.name"] == "Welcome");
}
