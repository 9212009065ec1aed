#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// What stands behind `mark` in the last letter, up to a blank.
std::string last_letter(const TestApp& app, std::string_view mark) {
    REQUIRE(!app.sender.sent.empty());
    auto& text = app.sender.sent.back().text;
    auto start = text.find(mark);
    REQUIRE(start != text.npos);
    start += mark.size();
    return text.substr(start, text.find_first_of(" \n", start) - start);
}

std::string login_body(std::string_view email, std::string_view word) {
    return R"({"email":")" + std::string(email) + R"(","password":")" + std::string(word) + "\"}";
}

constexpr std::string_view word = "eleven green lanterns in a row";

} // namespace

TEST_CASE("access: from the sign-up's letter to a session, and the code of a second browser") {
    TestApp app;
    auto visitor = app.stranger();
    auto body = R"({"name":"Eve <Stone>","email":"eve@example.com","password":")" + std::string(word) + "\"}";
    CHECK(visitor.post("/api/auth/register", body).status == 201);
    app.run_jobs();
    REQUIRE(app.sender.sent.size() == 1);
    CHECK(app.sender.sent[0].to.value == "eve@example.com");
    CHECK(app.sender.sent[0].html.find("<Stone>") == std::string::npos);
    auto token = last_letter(app, "http://app.test/verify-email?token=");
    CHECK(visitor.post("/api/auth/verify-email", R"({"token":")" + token + "\"}").status == 200);
    CHECK(visitor.post("/api/auth/login", login_body("eve@example.com", word))["user.name"] == "Eve <Stone>");

    auto asked = visitor.post("/api/auth/login", login_body("eve@example.com", word));
    CHECK(asked["reason"] == "new_device");
    app.run_jobs();
    auto code = last_letter(app, "sign in: ");
    auto answer =
        visitor.post("/api/auth/verify-mfa", R"({"challengeId":")" + asked["challengeId"] + R"(","code":")" + code + "\"}");
    CHECK(answer.status == 200);
    CHECK(Visitor(app, answer["accessToken"]).get("/api/auth/me")["account.name"] == "Eve <Stone>");
}

TEST_CASE("access: a forgotten password, by the letter that a job writes") {
    TestApp app;
    auto visitor = app.stranger();
    CHECK(visitor.post("/api/auth/forgot-password", R"({"email":"nobody@example.com"})").status == 204);
    app.run_jobs();
    CHECK(app.sender.sent.empty());
    CHECK(visitor.post("/api/auth/forgot-password", R"({"email":"ada@example.com"})").status == 204);
    app.run_jobs();
    auto token = last_letter(app, "http://app.test/reset-password?token=");
    auto body = R"({"token":")" + token + R"(","password":")" + std::string(word) + "\"}";
    CHECK(visitor.post("/api/auth/reset-password", body).status == 204);
    CHECK(app.get("/api/auth/me").status == 401);
    CHECK(visitor.post("/api/auth/login", login_body("ada@example.com", word)).status == 200);
    app.run_jobs();
    CHECK(last_letter(app, "Your password was ") == "changed,");
}

TEST_CASE("access: letters hold no secret at rest, and are tried again") {
    TestApp app;
    auto visitor = app.stranger();
    app.sender.answer({.kind = messages::SendResult::Kind::later, .reason = "busy"});
    CHECK(visitor.post("/api/auth/forgot-password", R"({"email":"ada@example.com"})").status == 204);
    app.run_jobs();
    CHECK(app.sender.sent.empty());
    CHECK(app.store.value("select count(*) from app.jobs j where j::text like '%reset-password%'") == "0");
    app.advance(std::chrono::minutes(2));
    app.run_jobs();
    CHECK(app.sender.sent.size() == 1);
}
