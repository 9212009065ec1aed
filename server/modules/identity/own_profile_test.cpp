#include <doctest/doctest.h>

#include "test/support/office.hpp"

namespace doorstep::test {
namespace {

http::Response ask_for(Desk& desk, const Browser& browser, const std::string& email) {
    return desk.send("POST", "/api/auth/change-email", browser.write(), R"({"email":)" + json_quote(email) + "}");
}

std::string token_for(const Office& office, const std::string& email) {
    return office.post_box.last_token("verify_email", email);
}

http::Response answer(Desk& desk, const std::string& token) {
    return desk.send("POST", "/api/auth/verify-email", {}, R"({"token":)" + json_quote(token) + "}");
}

std::string own_email(Desk& desk, const Browser& browser) {
    auto me = JsonDocument::parse(desk.send("GET", "/api/auth/me", browser.cookie()).body);
    return std::string(me.root().find("user")->find("email")->string());
}

} // namespace

TEST_CASE("own profile: a name is changed, kept in the security log, and nothing else with it") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto changed = office.a.send("PATCH", "/api/auth/me", browser.write(), R"({"name":"  Ada Lovelace "})");
    CHECK(changed.status == 200);
    auto me = JsonDocument::parse(changed.body);
    CHECK(me.root().find("user")->find("name")->string() == "Ada Lovelace");
    CHECK(own_email(office.a, browser) == "ada@example.com");
    CHECK(
        office.store.value("select before->>'name' || ' -> ' || (after->>'name') from audit_log where action = 'renamed'") ==
        "Ada -> Ada Lovelace"
    );
    CHECK(office.a.send("PATCH", "/api/auth/me", browser.write(), R"({"name":""})").status == 422);
    CHECK(office.a.send("PATCH", "/api/auth/me", browser.write(), R"({"name":"Ada Lovelace"})").status == 200);
    CHECK(office.store.value("select count(*) from audit_log where action = 'renamed'") == "1");
}

TEST_CASE("own profile: a new address counts once its letter is answered, and the old one is told") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto asked = ask_for(office.a, browser, "Ada@New.example.com");
    CHECK(asked.status == 202);
    CHECK(member(asked, "email") == "Ada@new.example.com");
    CHECK(own_email(office.a, browser) == "ada@example.com");
    Context job(office.clock);
    run(office.io, office.b.identity.send_reset(job, Email{"ada@example.com"}, "192.0.2.1"));
    auto token = token_for(office, "Ada@new.example.com");
    CHECK(office.store.value("select count(*) from email_changes c where c::text like '%" + token + "%'") == "0");

    CHECK(answer(office.b, token).status == 200);
    CHECK(answer(office.b, token).status == 410);
    CHECK(own_email(office.a, browser) == "Ada@new.example.com");
    CHECK(office.post_box.last("security_alert", "ada@example.com", "what") == "email_changed");
    // Whoever reads the old address has no way in.
    auto reset = office.post_box.last_token("password_reset", "ada@example.com");
    auto word = R"({"token":")" + reset + R"(","password":"seven quiet lanterns at dusk"})";
    CHECK(office.a.send("POST", "/api/auth/reset-password", {}, word).status == 410);
    CHECK(office.try_sign_in(office.a, "ada@new.example.com").status == 200);
    CHECK(office.try_sign_in(office.a, "ada@example.com").status == 401);
    CHECK(office.store.value("select count(*) from audit_log where action in ('email_change_asked', 'email_changed')") == "2");
    CHECK(office.store.value("select count(*) from audit_log a where a::text like '%ada@new%'") == "0");
}

TEST_CASE("own profile: only the last letter counts, for a day, and only from who has just proved who it is") {
    Office office;
    auto browser = office.sign_in(office.a);
    ask_for(office.a, browser, "first@example.com");
    ask_for(office.a, browser, "second@example.com");
    CHECK(answer(office.a, token_for(office, "first@example.com")).status == 410);
    office.advance(std::chrono::hours(24));
    CHECK(answer(office.a, token_for(office, "second@example.com")).status == 410);
    office.refresh(office.a, browser);
    auto refused = ask_for(office.a, browser, "third@example.com");
    CHECK(refused.status == 403);
    CHECK(member(refused, "code") == "proof_needed");
    CHECK(own_email(office.a, browser) == "ada@example.com");
}

TEST_CASE("own profile: an address that somebody has gets the same answer, and they a word") {
    Office office;
    auto eve = R"({"name":"Eve","email":"eve@example.com","password":)" + json_quote(password) + "}";
    office.a.send("POST", "/api/auth/register", {}, eve);
    auto eves = token_for(office, "eve@example.com");
    auto browser = office.sign_in(office.a);

    // Asked for before Eve opened her account: hers by the time the letter is answered.
    CHECK(ask_for(office.a, browser, "eve@example.com").status == 202);
    CHECK(answer(office.a, eves).status == 200);
    CHECK(office.post_box.last("security_alert", "eve@example.com", "what") == "signed_up_again");

    auto letters = office.post_box.count("verify_email", "eve@example.com");
    auto taken = ask_for(office.a, browser, "eve@example.com");
    CHECK(taken.status == 202);
    CHECK(office.post_box.count("verify_email", "eve@example.com") == letters);
    CHECK(own_email(office.a, browser) == "ada@example.com");

    CHECK(ask_for(office.a, browser, "ada@example.com").status == 422);
    for (int i = 0; i < 3; ++i) ask_for(office.a, browser, "n" + std::to_string(i) + "@example.com");
    CHECK(ask_for(office.a, browser, "last@example.com").status == 429);
}

} // namespace doorstep::test
