#include <doctest/doctest.h>

#include "test/support/office.hpp"

namespace doorstep::test {
namespace {

http::Response sign_up(Desk& desk, const std::string& email, const std::string& word = password, std::string_view more = "") {
    auto body =
        R"({"name":"Eve Stone","email":)" + json_quote(email) + R"(,"password":)" + json_quote(word) + std::string(more) + "}";
    return desk.send("POST", "/api/auth/register", {}, body);
}

std::string token_for(const Office& office, const std::string& email) {
    return office.post_box.last_token("verify_email", email);
}

http::Response verify(Desk& desk, const std::string& token) {
    return desk.send("POST", "/api/auth/verify-email", {}, R"({"token":)" + json_quote(token) + "}");
}

http::Response resend(Desk& desk, const std::string& email) {
    return desk.send("POST", "/api/auth/resend-verification", {}, R"({"email":)" + json_quote(email) + "}");
}

} // namespace

TEST_CASE("sign up: the letter's link opens the account") {
    Office office;
    auto made = sign_up(office.a, "Eve@Example.com", password, R"(,"account_name":"Stone Homes","zone":"America/Denver")");
    CHECK(made.status == 201);
    CHECK(member(made, "email") == "Eve@example.com");
    CHECK(cookies(made).empty());
    auto token = token_for(office, "Eve@example.com");
    CHECK(token.size() == 43);
    CHECK(office.post_box.last("verify_email", "Eve@example.com", "link").starts_with("http://office.test/verify-email?token=")
    );
    CHECK(office.store.value("select count(*) from sign_ups s where s::text like '%" + token + "%'") == "0");

    // Before that nobody signs in, and only who knows the password learns why.
    auto early = office.try_sign_in(office.a, "eve@example.com");
    CHECK(early.status == 403);
    CHECK(member(early, "code") == "email_not_verified");
    CHECK(office.try_sign_in(office.a, "eve@example.com", "incorrect horse").status == 401);

    CHECK(verify(office.b, token).status == 200);
    CHECK(verify(office.b, token).status == 410);
    auto browser = office.sign_in(office.a, "eve@example.com");
    auto me = JsonDocument::parse(office.a.send("GET", "/api/auth/me", browser.cookie()).body);
    CHECK(me.root().find("account")->find("name")->string() == "Stone Homes");
    CHECK(me.root().find("account")->find("zone")->string() == "America/Denver");
    CHECK(me.root().find("role")->string() == "owner");
    CHECK(office.store.value("select count(*) from events where kind = 'signed_up'") == "1");
}

TEST_CASE("sign up: the account has the password of the letter that was opened") {
    Office office;
    sign_up(office.a, "eve@example.com");
    auto hers = token_for(office, "eve@example.com");
    sign_up(office.a, "eve@example.com", "a stranger's long password");
    CHECK(verify(office.a, hers).status == 200);
    CHECK(verify(office.a, token_for(office, "eve@example.com")).status == 410);
    CHECK(office.try_sign_in(office.a, "eve@example.com", "a stranger's long password").status == 401);
    CHECK(office.try_sign_in(office.a, "eve@example.com").status == 200);
    CHECK(office.store.value("select count(*) from accounts") == "2");
}

TEST_CASE("sign up: an address that has an account gets the same answer, and its owner a word") {
    Office office;
    auto fresh = sign_up(office.a, "eve@example.com");
    auto taken = sign_up(office.a, "ada@example.com", "another long password");
    CHECK(taken.status == fresh.status);
    CHECK(member(taken, "email") == "ada@example.com");
    CHECK(office.post_box.count("verify_email", "ada@example.com") == 0);
    CHECK(office.post_box.last("security_alert", "ada@example.com", "what") == "signed_up_again");
    CHECK(office.try_sign_in(office.a, "ada@example.com", "another long password").status == 401);
    CHECK(office.try_sign_in(office.a, "ada@example.com").status == 200);
}

TEST_CASE("sign up: the letter again, a day long") {
    Office office;
    sign_up(office.a, "eve@example.com");
    auto first = token_for(office, "eve@example.com");
    CHECK(resend(office.a, "eve@example.com").status == 204);
    auto second = token_for(office, "eve@example.com");
    CHECK(second != first);
    CHECK(verify(office.a, first).status == 410);
    SUBCASE("in time") {
        office.advance(std::chrono::hours(23));
        CHECK(verify(office.a, second).status == 200);
    }
    SUBCASE("too late") {
        office.advance(std::chrono::hours(24));
        CHECK(verify(office.a, second).status == 410);
        CHECK(member(office.try_sign_in(office.a, "eve@example.com"), "code") == "email_not_verified");
        CHECK(resend(office.a, "eve@example.com").status == 204);
        auto third = token_for(office, "eve@example.com");
        CHECK(third != second);
        CHECK(verify(office.a, third).status == 200);
        CHECK(office.try_sign_in(office.a, "eve@example.com").status == 200);
    }
    SUBCASE("weeks later, after the store was tidied up") {
        office.advance(std::chrono::days(30));
        Context ctx(office.clock);
        run(office.io, office.a.identity.forget_ended(ctx));
        CHECK(resend(office.a, "eve@example.com").status == 204);
        CHECK(verify(office.a, token_for(office, "eve@example.com")).status == 200);
    }
    SUBCASE("for nobody, or whoever has an account") {
        CHECK(resend(office.a, "nobody@example.com").status == 204);
        CHECK(resend(office.a, "ada@example.com").status == 204);
        CHECK(office.post_box.count("verify_email", "nobody@example.com") == 0);
        CHECK(office.post_box.count("verify_email", "ada@example.com") == 0);
    }
}

TEST_CASE("sign up: a few letters an hour, and no more") {
    Office office;
    for (int i = 0; i < 5; ++i) CHECK(sign_up(office.a, "eve@example.com").status == 201);
    auto held = sign_up(office.b, "EVE@example.com");
    CHECK(held.status == 429);
    CHECK(held.headers.find("Retry-After"));
    CHECK(resend(office.a, "eve@example.com").status == 429);
    CHECK(sign_up(office.a, "kim@example.com").status == 201);
    office.advance(std::chrono::hours(1));
    CHECK(sign_up(office.a, "eve@example.com").status == 201);
    CHECK(office.store.value("select count(*) from accounts") == "3"); // one for each address
}

TEST_CASE("sign up: passwords that are refused") {
    Office office;
    auto code = [&](const std::string& word) {
        auto answer = sign_up(office.a, "evelyn.stone@example.com", word);
        if (answer.status == 201) return std::string();
        CHECK(answer.status == 422);
        auto document = JsonDocument::parse(answer.body);
        auto error = document.root().find("errors")->at(0);
        CHECK(error.find("field")->string() == "password");
        return std::string(error.find("code")->string());
    };
    CHECK(code("elevenchars") == "too_short");
    CHECK(code("ééééééééééé") == "too_short"); // characters, not bytes
    for (auto word :
         {"123456789012", "qwerty123456", "passwordpassword", "Password1234!", "!!P@ssw0rd2024", "aaaaaaaaaaaa", "abcabcabcabc",
          "1234123412341234", "QwertyQwerty", "iloveyou20202020", "sonyericsson"}) {
        CAPTURE(word);
        CHECK(code(word) == "breached");
    }
    CHECK(code("evelyn.stone1") == "personal");
    CHECK(code("Eve Stone 2026") == "personal");
    office.advance(std::chrono::hours(1));
    for (auto word : {"correct horse battery staple", "elefante-verde-lluvia", "ééééééééééée"}) {
        CAPTURE(word);
        CHECK(code(word) == "");
    }
}

TEST_CASE("sign up: every bad field at once") {
    Office office;
    auto answer =
        office.a.send("POST", "/api/auth/register", {}, R"({"name":" ","email":"eve","password":"","zone":"Mars","x":1})");
    CHECK(answer.status == 422);
    CHECK(JsonDocument::parse(answer.body).root().find("errors")->size() == 5);
    auto weak = office.a.send("POST", "/api/auth/register", {}, R"({"name":" ","email":"bad","password":"short"})");
    CHECK(JsonDocument::parse(weak.body).root().find("errors")->size() == 3);
}

TEST_CASE("sign up: who confirms an address does not vouch for the device of who signed up with it") {
    Office office;
    office.a.client_ip = "198.51.100.7"; // somebody who knows the address and has chosen the password
    sign_up(office.a, "eve@example.com");
    auto token = token_for(office, "eve@example.com");
    SUBCASE("in the person's browser") {
        // Even from the same network and with the same kind of browser.
        auto body = R"({"token":)" + json_quote(token) + "}";
        auto confirmed = office.a.send("POST", "/api/auth/verify-email", {{"Origin", "http://office.test"}}, body);
        REQUIRE(confirmed.status == 200);
        CHECK(cookies(confirmed)["doorstep_session"].empty());
        office.devices["eve@example.com"] = cookie_value(confirmed, "doorstep_device");
        CHECK(member(office.try_sign_in(office.a, "eve@example.com"), "requiresMfa").empty());
    }
    SUBCASE("from another address") {
        CHECK(verify(office.b, token).status == 200);
    }
    office.devices.clear();
    auto asked = office.try_sign_in(office.a, "eve@example.com");
    CHECK(member(asked, "requiresMfa") == "true");
    CHECK(member(asked, "reason") == "new_device");
    CHECK(cookies(asked)["doorstep_session"].empty());
    CHECK(office.post_box.count("sign_in_code", "eve@example.com") == 1);
}

} // namespace doorstep::test
