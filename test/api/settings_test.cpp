#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

TEST_CASE("settings: what is set shows in the letters, and null brings the default back") {
    TestApp app;
    auto before = app.get("/api/settings");
    CHECK(before.status == 200);
    CHECK(before["send_from"] == "08:00");
    CHECK(before["send_until"] == "21:00");
    CHECK(before["zone"] == "America/New_York");
    auto set = app.patch(
        "/api/settings",
        R"({"agent_name":"Ada Agent","agent_title":"Broker","agent_phone":"(555) 555-0100","website":"https://ada.test",)"
        R"("reply_to":"ada@ada.test","postal_address":"1 Elm St, Springfield","from_name":"Ada at Ada Homes"})"
    );
    CHECK(set.status == 200);
    CHECK(set["agent_name"] == "Ada Agent");
    auto client = app.make_client();
    auto mail = R"({"client_id":")" + client + R"(","subject":"S","body":"Hello"})";
    app.post("/api/emails/send", mail);
    app.run_jobs();
    REQUIRE(app.sender.sent.size() == 1);
    auto& sent = app.sender.sent[0];
    CHECK(sent.text.find("Best regards,\nAda Agent\nBroker\nAda Homes\n(555) 555-0100\nhttps://ada.test") != std::string::npos);
    CHECK(sent.text.find("Ada Homes, 1 Elm St, Springfield") != std::string::npos);
    CHECK(sent.from_name == "Ada at Ada Homes");
    REQUIRE(sent.reply_to);
    CHECK(sent.reply_to->value == "ada@ada.test");

    CHECK(app.patch("/api/settings", R"({"agent_name":null,"signature":"Yours, A."})")["agent_name"] == "null");
    app.post("/api/emails/send", mail);
    app.run_jobs();
    CHECK(app.sender.sent[1].text.find("Yours, A.") != std::string::npos);
    CHECK(app.sender.sent[1].text.find("Broker") == std::string::npos);
}

TEST_CASE("settings: every bad field is named; nobody else's are touched; a stale change is refused") {
    TestApp app;
    auto bad = app.patch(
        "/api/settings", R"({"zone":"Mars/Olympus","send_from":"25:00","daily_cap":0,"website":"javascript:x","language":"xx"})"
    );
    CHECK(bad.status == 422);
    CHECK(bad.size("errors") == 5);
    CHECK(app.patch("/api/settings", R"({"send_from":"21:00"})").status == 422);
    CHECK(app.patch("/api/settings", R"({"send_from":"22:00","send_until":"24:00"})").status == 200);
    CHECK(app.patch("/api/settings", R"({"name":null})").status == 422);
    CHECK(app.patch("/api/settings", R"({"from_email":"x@example.com"})").status == 422);
    CHECK(app.other().get("/api/settings")["send_from"] == "08:00");
    CHECK(app.stranger().get("/api/settings").status == 401);
    CHECK(app.patch("/api/settings", R"({"daily_cap":2})", {{"If-Match", "\"1\""}}).status == 412);
}

TEST_CASE("settings: automatic messages keep to the set hours and the set language") {
    TestApp app;
    app.patch("/api/settings", R"({"send_from":"12:00","send_until":"13:00","language":"es"})");
    app.model.fail("no model today");
    auto client = app.make_client("kim@example.com", "", true);
    app.advance(24h + 1min); // Tuesday, 10:01
    app.run_jobs();
    CHECK(app.sender.sent.empty());
    app.set_time("2030-03-05T17:01:00Z");
    app.run_jobs();
    REQUIRE(app.sender.sent.size() == 1);
    CHECK(app.sender.sent[0].text.starts_with("Hola, Kim:"));
    CHECK(app.sender.sent[0].subject.find("próximos pasos") != std::string::npos);
    CHECK(app.sender.sent[0].text.find("Un cordial saludo,") != std::string::npos);
    CHECK(app.sender.sent[0].html.find("Darse de baja") != std::string::npos);
}
