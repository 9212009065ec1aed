// What people do about themselves and their office stands in the security log, whoever reads it there.
#include <doctest/doctest.h>

#include "core/crypto_otp.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

const std::string word = "eleven green lanterns in a row";

std::string login_body(std::string_view email, std::string_view password) {
    return R"({"email":")" + std::string(email) + R"(","password":")" + std::string(password) + "\"}";
}

/// Of the newest entry of that action.
std::string newest(Visitor& reader, const std::string& action, const std::string& member) {
    return reader.get("/api/audit?limit=1&action=" + action)["items.0." + member];
}

std::string count(Visitor& reader, const std::string& action) {
    return reader.get("/api/audit?action=" + action)["total"];
}

std::string app_code(const TestApp& app, const std::string& secret, int steps = 0) {
    auto seconds = std::chrono::floor<std::chrono::seconds>(app.now()).time_since_epoch().count();
    return one_time_code(*base32_decode(secret), static_cast<std::uint64_t>(seconds / 30 + steps));
}

std::string code_body(const std::string& code) {
    return R"({"code":")" + code + "\"}";
}

} // namespace

TEST_CASE("security log: a sign-in, a refused one and the lock, of whoever is known") {
    TestApp app;
    CHECK(count(app.ada(), "signed_in") == "1");
    CHECK(newest(app.ada(), "signed_in", "actor.name") == "Ada");
    CHECK(newest(app.ada(), "signed_in", "after.method") == "password");
    CHECK(newest(app.ada(), "signed_in", "after.trusted_from_now") == "true");

    auto visitor = app.stranger();
    for (int i = 0; i < 5; ++i) CHECK(visitor.post("/api/auth/login", login_body("ada@example.com", "wrong")).status == 401);
    CHECK(visitor.post("/api/auth/login", login_body("nobody@example.com", "wrong")).status == 401);
    app.run_jobs();
    CHECK(count(app.ada(), "sign_in_refused") == "5");
    CHECK(newest(app.ada(), "sign_in_refused", "actor.kind") == "system");
    CHECK(newest(app.ada(), "sign_in_refused", "subject.name") == "Ada");
    auto newest_first = app.get("/api/audit?action=sign_in_refused");
    int locks = 0;
    for (int i = 0; i < 5; ++i) locks += newest_first["items." + std::to_string(i) + ".after.locked_until"] != "null" ? 1 : 0;
    CHECK(locks == 1);
    CHECK(app.get("/api/audit/verify")["intact"] == "true");
    CHECK(count(app.other(), "sign_in_refused") == "0");
    CHECK(app.store.value("select count(*) from audit_log a where a::text like '%nobody@%' or a::text like '%wrong%'") == "0");
}

TEST_CASE("security log: codes, factors and the ends of sessions") {
    TestApp app;
    auto visitor = app.stranger();
    auto asked = visitor.post("/api/auth/login", login_body("ada@example.com", "correct horse battery staple"));
    CHECK(newest(app.ada(), "code_asked", "after.reason") == "new_device");
    auto wrong = R"({"challengeId":")" + asked["challengeId"] + R"(","code":"abcdef"})";
    CHECK(visitor.post("/api/auth/verify-mfa", wrong).status == 401);
    CHECK(newest(app.ada(), "sign_in_refused", "after.method") == "code");
    CHECK(newest(app.ada(), "sign_in_refused", "actor.name") != "Ada");

    auto secret = app.post("/api/auth/mfa/totp")["secret"];
    CHECK(app.post("/api/auth/mfa/totp/confirm", code_body(app_code(app, secret, -1))).status == 200);
    CHECK(app.post("/api/auth/mfa/recovery-codes", code_body(app_code(app, secret))).status == 200);
    CHECK(app.post("/api/auth/mfa/recovery-codes", code_body("abcdef")).status == 422);
    CHECK(app.del("/api/auth/mfa/totp", code_body(app_code(app, secret, 1))).status == 204);
    for (auto action : {"totp_added", "recovery_codes_made", "totp_removed"}) {
        CAPTURE(action);
        CHECK(count(app.ada(), action) == "1");
        CHECK(newest(app.ada(), action, "actor.name") == "Ada");
        CHECK(newest(app.ada(), action, "subject.kind") == "user");
    }
    CHECK(count(app.ada(), "sign_in_refused") == "2");

    auto agent = app.join("agent");
    CHECK(agent.post("/api/auth/logout").status == 204);
    CHECK(newest(app.ada(), "signed_out", "actor.name") == "agent");
    auto another = app.join("agent");
    auto session = another.get("/api/auth/sessions")["items.0.id"];
    CHECK(another.del("/api/auth/sessions/" + session).status == 204);
    CHECK(newest(app.ada(), "session_ended", "actor.name") == "agent");
    auto third = app.join("admin");
    CHECK(third.post("/api/auth/logout-all").status == 204);
    CHECK(newest(app.ada(), "signed_out_everywhere", "actor.name") == "admin");
    CHECK(app.store.value("select count(*) from audit_log a where a::text like '%" + secret + "%'") == "0");
    CHECK(app.get("/api/audit/verify")["intact"] == "true");
}

TEST_CASE("security log: passwords, changed and forgotten") {
    TestApp app;
    auto change = R"({"current_password":"correct horse battery staple","new_password":")" + word + "\"}";
    CHECK(app.post("/api/auth/change-password", R"({"current_password":"no","new_password":")" + word + "\"}").status == 422);
    auto admin = app.join("admin");
    CHECK(newest(admin, "sign_in_refused", "after.method") == "own_password");
    CHECK(app.post("/api/auth/change-password", change).status == 200);
    CHECK(newest(admin, "password_changed", "actor.name") == "Ada");

    auto visitor = app.stranger();
    CHECK(visitor.post("/api/auth/forgot-password", R"({"email":"ada@example.com"})").status == 204);
    app.run_jobs();
    CHECK(newest(admin, "password_forgotten", "actor.kind") == "system");
    CHECK(newest(admin, "password_forgotten", "subject.name") == "Ada");
    auto& letter = app.letters.sent.back().text;
    auto start = letter.find("token=") + 6;
    auto token = letter.substr(start, letter.find_first_of(" \r\n)", start) - start);
    CHECK(
        visitor.post("/api/auth/reset-password", R"({"token":")" + token + R"(","password":")" + word + "s\"}").status == 204
    );
    CHECK(newest(admin, "password_reset", "actor.name") == "Ada");
    CHECK(admin.get("/api/audit/export").body.find(word) == std::string::npos);
}

TEST_CASE("security log: API keys, with what they may do and without the key") {
    TestApp app;
    auto made = app.post("/api/api-keys", R"({"name":"Zap","scopes":["clients:read"]})");
    CHECK(newest(app.ada(), "api_key_made", "subject.id") == made["id"]);
    CHECK(newest(app.ada(), "api_key_made", "subject.kind") == "api_key");
    CHECK(newest(app.ada(), "api_key_made", "after.scopes") == R"(["clients:read"])");
    CHECK(app.del("/api/api-keys/" + made["id"]).status == 204);
    CHECK(newest(app.ada(), "api_key_revoked", "before.name") == "Zap");
    CHECK(app.get("/api/audit/export").body.find(made["api_key"]) == std::string::npos);
}

TEST_CASE("security log: what was changed of the office, before and after") {
    TestApp app;
    CHECK(app.patch("/api/settings", R"({"daily_cap":7,"signature":"Ada"})").status == 200);
    CHECK(newest(app.ada(), "settings_changed", "before.daily_cap") == "3");
    CHECK(newest(app.ada(), "settings_changed", "after.daily_cap") == "7");
    CHECK(newest(app.ada(), "settings_changed", "after.signature") == "Ada");
    CHECK(newest(app.ada(), "settings_changed", "after.language").empty());
    CHECK(app.patch("/api/settings", R"({"daily_cap":7})").status == 200);
    CHECK(count(app.ada(), "settings_changed") == "1");

    auto kept = app.post("/api/templates", R"({"name":"Hello","subject":"Hi","body":"Hi there"})");
    REQUIRE(kept.status == 201);
    auto path = "/api/templates/" + kept["id"];
    CHECK(app.patch(path, R"({"subject":"Hey"})").status == 200);
    CHECK(newest(app.ada(), "template_changed", "before.subject") == "Hi");
    CHECK(newest(app.ada(), "template_changed", "after.subject") == "Hey");
    CHECK(app.del(path).status == 200);
    CHECK(newest(app.ada(), "template_created", "after.body") == "Hi there");
    CHECK(newest(app.ada(), "template_deleted", "before.subject") == "Hey");

    auto hook = app.post("/api/webhooks", R"({"url":"https://example.com/hook"})");
    REQUIRE(hook.status == 201);
    path = "/api/webhooks/" + hook["id"];
    CHECK(app.patch(path, R"({"enabled":false})").status == 200);
    CHECK(newest(app.ada(), "webhook_changed", "after.enabled") == "false");
    CHECK(app.post(path + "/rotate-secret", "{}").status < 300);
    CHECK(app.del(path).status == 204);
    for (auto action : {"webhook_created", "webhook_secret_rotated", "webhook_deleted"}) {
        CAPTURE(action);
        CHECK(newest(app.ada(), action, "subject.name") == "https://example.com/hook");
    }
    CHECK(app.get("/api/audit/export").body.find(hook["secret"]) == std::string::npos);
    CHECK(app.get("/api/audit/verify")["intact"] == "true");
}

TEST_CASE("security log: who took the data away") {
    TestApp app;
    auto kim = app.make_client();
    auto admin = app.join("admin");
    CHECK(app.get("/api/clients/export.csv").status == 200);
    CHECK(app.get("/api/contacts/" + kim + "/export").status == 200);
    CHECK(app.get("/api/account/export").status == 200);
    CHECK(newest(admin, "clients_exported", "actor.name") == "Ada");
    CHECK(newest(admin, "account_exported", "subject.name") == "account.tar.gz");
    CHECK(newest(admin, "client_exported", "subject.id") == kim);
    CHECK(newest(admin, "client_exported", "subject.name").empty()); // it would outlive the person's erasure
}
