#include <doctest/doctest.h>

#include "test/support/office.hpp"

namespace doorstep::test {
namespace {

const std::string fresh_word = "seven quiet lanterns at dusk";

http::Response change(Desk& desk, const Browser& browser, const std::string& from, const std::string& to) {
    auto body = R"({"current_password":)" + json_quote(from) + R"(,"new_password":)" + json_quote(to) + "}";
    auto headers = browser.write();
    headers[0].second += "; doorstep_device=" + browser.device;
    return desk.send("POST", "/api/auth/change-password", headers, body);
}

/// As the job does that the request leaves behind.
void forgot(Office& office, const std::string& email) {
    CHECK(office.a.send("POST", "/api/auth/forgot-password", {}, R"({"email":)" + json_quote(email) + "}").status == 204);
    Context ctx(office.clock);
    ctx.all_accounts = true;
    run(office.io, office.b.identity.send_reset(ctx, Email{email}, "192.0.2.1"));
}

std::string token_for(const Office& office, const std::string& email) {
    return office.post_box.last_token("password_reset", email);
}

http::Response reset(Desk& desk, const std::string& token, const std::string& word = fresh_word) {
    auto body = R"({"token":)" + json_quote(token) + R"(,"password":)" + json_quote(word) + "}";
    return desk.send("POST", "/api/auth/reset-password", {}, body);
}

int me(Desk& desk, const Fields& headers) {
    return desk.send("GET", "/api/auth/me", headers).status;
}

} // namespace

TEST_CASE("password: changed, and every session ends but the new one of this browser") {
    Office office;
    auto other = office.sign_in(office.a);
    auto browser = office.sign_in(office.a);
    CHECK(me(office.b, other.cookie()) == 200);
    auto answer = change(office.a, browser, password, fresh_word);
    CHECK(answer.status == 200);
    CHECK(me(office.b, other.cookie()) == 401);
    CHECK(me(office.b, browser.cookie()) == 401);
    CHECK(me(office.b, {{"Cookie", "doorstep_session=" + cookie_value(answer, "doorstep_session")}}) == 200);
    CHECK(office.post_box.last("security_alert", "ada@example.com", "what") == "password_changed");
    CHECK(office.store.value("select count(*) from events where kind = 'password_changed' and actor_name = 'Ada'") == "1");
    CHECK(office.try_sign_in(office.a, "ada@example.com", password).status == 401);
    auto again = office.try_sign_in(office.a, "ada@example.com", fresh_word);
    CHECK(again.status == 200);
    CHECK(member(again, "requiresMfa").empty()); // the device is the same
}

TEST_CASE("password: what is refused") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto code = [&](const std::string& from, const std::string& to) {
        auto answer = change(office.a, browser, from, to);
        CHECK(answer.status == 422);
        return std::string(JsonDocument::parse(answer.body).root().find("errors")->at(0).find("code")->string());
    };
    CHECK(code(password, "short") == "too_short");
    CHECK(code(password, "Password1234!") == "breached");
    for (int i = 0; i < 5; ++i) CHECK(code("incorrect horse", fresh_word) == "wrong");
    auto locked = change(office.a, browser, password, fresh_word);
    CHECK(locked.status == 429);
    CHECK(locked.headers.find("Retry-After"));
    CHECK(me(office.a, browser.cookie()) == 200);
    office.advance(std::chrono::seconds(61));
    CHECK(code("incorrect horse", fresh_word) == "wrong"); // one more does not lock again
    CHECK(change(office.a, browser, password, fresh_word).status == 200);
}

TEST_CASE("password: forgotten, and set anew by the letter, once") {
    Office office;
    auto browser = office.sign_in(office.a);
    forgot(office, "ada@example.com");
    auto token = token_for(office, "ada@example.com");
    CHECK(token.size() == 43);
    CHECK(office.store.value("select count(*) from password_resets r where r::text like '%" + token + "%'") == "0");
    CHECK(reset(office.a, token, "short").status == 422);
    CHECK(reset(office.a, token, "iloveyou20202020").status == 422);
    auto answer = reset(office.b, token);
    CHECK(answer.status == 204);
    CHECK(cookies(answer).empty()); // signs nobody in
    CHECK(me(office.a, browser.cookie()) == 401);
    CHECK(reset(office.a, token).status == 410);
    CHECK(office.try_sign_in(office.a, "ada@example.com").status == 401);
    office.devices.clear();
    CHECK(member(office.try_sign_in(office.a, "ada@example.com", fresh_word), "reason") == "new_device");
}

TEST_CASE("password: a letter counts for an hour, and until the next change") {
    Office office;
    forgot(office, "ada@example.com");
    auto first = token_for(office, "ada@example.com");
    forgot(office, "ada@example.com");
    auto second = token_for(office, "ada@example.com");
    SUBCASE("an hour") {
        office.advance(std::chrono::minutes(60));
        CHECK(reset(office.a, second).status == 410);
    }
    SUBCASE("another letter was used") {
        CHECK(reset(office.a, second).status == 204);
        CHECK(reset(office.a, first).status == 410);
    }
    CHECK(reset(office.a, "nothing").status == 410);
}

TEST_CASE("password: who has none here gets the same answer and no letter") {
    Office office;
    forgot(office, "nobody@example.com");
    office.open("Unverified", "unverified@example.com");
    office.store.exec("update users set email_verified_at = null where email = 'unverified@example.com'");
    forgot(office, "unverified@example.com");
    CHECK(office.post_box.letters.empty());
    CHECK(office.store.value("select count(*) from app.jobs where kind = 'identity.send_reset'") == "2");
    for (int i = 0; i < 7; ++i) forgot(office, "ada@example.com");
    CHECK(office.post_box.count("password_reset", "ada@example.com") == 5); // an hour
}

TEST_CASE("password: a change ends what waits for a code") {
    Office office;
    auto browser = office.sign_in(office.a);
    office.devices.clear();
    auto asked = office.try_sign_in(office.a, "ada@example.com");
    auto code = office.post_box.last("sign_in_code", "ada@example.com", "code");
    CHECK(change(office.a, browser, password, fresh_word).status == 200);
    auto body = R"({"challengeId":)" + json_quote(member(asked, "challengeId")) + R"(,"code":")" + code + "\"}";
    CHECK(office.a.send("POST", "/api/auth/verify-mfa", {}, body).status == 410);
}

} // namespace doorstep::test
