#include <doctest/doctest.h>

#include <algorithm>
#include <regex>

#include "core/phrases.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// What the last letter says, by an expression with one group.
std::string last_letter(const TestApp& app, const char* expression) {
    REQUIRE(!app.letters.sent.empty());
    std::smatch found;
    REQUIRE(std::regex_search(app.letters.sent.back().text, found, std::regex(expression)));
    return found[1];
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
    REQUIRE(app.letters.sent.size() == 1);
    CHECK(app.letters.sent[0].to.value == "eve@example.com");
    CHECK(app.letters.sent[0].html.find("<Stone>") == std::string::npos);
    auto token = last_letter(app, R"(http://app\.test/verify-email\?token=([\w-]+))");
    CHECK(visitor.post("/api/auth/verify-email", R"({"token":")" + token + "\"}").status == 200);
    CHECK(visitor.post("/api/auth/login", login_body("eve@example.com", word))["user.name"] == "Eve <Stone>");

    auto asked = visitor.post("/api/auth/login", login_body("eve@example.com", word));
    CHECK(asked["reason"] == "new_device");
    app.run_jobs();
    CHECK(app.letters.sent.back().text.find("You were asked because this device is new.") != std::string::npos);
    auto code = last_letter(app, R"(\b(\d{6})\b)");
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
    CHECK(app.letters.sent.empty());
    CHECK(visitor.post("/api/auth/forgot-password", R"({"email":"ada@example.com"})").status == 204);
    app.run_jobs();
    auto token = last_letter(app, R"(http://app\.test/reset-password\?token=([\w-]+))");
    auto body = R"({"token":")" + token + R"(","password":")" + std::string(word) + "\"}";
    CHECK(visitor.post("/api/auth/reset-password", body).status == 204);
    CHECK(app.get("/api/auth/me").status == 401);
    CHECK(visitor.post("/api/auth/login", login_body("ada@example.com", word)).status == 200);
    app.run_jobs();
    auto told = [](const mail::OutgoingEmail& letter) {
        return letter.text.find("Your password was changed.") != std::string::npos;
    };
    CHECK(std::ranges::count_if(app.letters.sent, told) == 1);
}

TEST_CASE("access: every word of a security alert is there") {
    for (std::string what :
         {"password_changed", "session_reused", "signed_up_again", "totp_added", "totp_removed", "recovery_codes_made",
          "passkey_added", "passkey_removed", "passkey_copied", "google_linked"}) {
        CAPTURE(what);
        CHECK(find_phrase("en", "security_alert.what." + what));
        CHECK(find_phrase("es", "security_alert.what." + what));
    }
    for (auto reason : enum_texts<identity::MfaReason>()) {
        if (reason == "second_factor") continue; // comes from the app
        CAPTURE(std::string(reason));
        CHECK(find_phrase("es", "sign_in_code.reason." + std::string(reason)));
    }
}
