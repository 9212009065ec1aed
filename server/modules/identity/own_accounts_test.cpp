#include <doctest/doctest.h>

#include "test/support/office.hpp"

namespace doorstep::test {
namespace {

/// Ada, who works at Bob's as well.
struct TwoOffices {
    Office office;
    accounts::Opened bobs = office.open("Bob's", "bob@example.com");
    Browser browser;

    TwoOffices() {
        office.store.exec(
            "insert into memberships (account_id, user_id, role, created_at) select '" + bobs.account_id.text() + "', '" +
            office.ada.user_id.text() + "', 'agent', now()"
        );
        browser = office.sign_in(office.a);
    }

    http::Response enter(Desk& desk, const Browser& from, const std::string& account) {
        return desk.send("POST", "/api/auth/switch-account", from.write(), R"({"account_id":")" + account + "\"}");
    }

    std::string me(const std::string& token) {
        return office.b.send("GET", "/api/auth/me", {{"Authorization", "Bearer " + token}}).body;
    }
};

} // namespace

TEST_CASE("own accounts: listed, the present one marked") {
    TwoOffices two;
    auto list = JsonDocument::parse(two.office.a.send("GET", "/api/auth/accounts", two.browser.cookie()).body);
    auto items = *list.root().find("items");
    REQUIRE(items.size() == 2);
    CHECK(items.at(0).find("name")->string() == "Ada Homes");
    CHECK(items.at(0).find("current")->text() == "true");
    CHECK(items.at(1).find("name")->string() == "Bob's");
    CHECK(items.at(1).find("role")->string() == "agent");
    CHECK(items.at(1).find("current")->text() == "false");
}

TEST_CASE("own accounts: the other one is entered with a session of its own, and the last one ends") {
    TwoOffices two;
    auto answer = two.enter(two.office.a, two.browser, two.bobs.account_id.text());
    REQUIRE(answer.status == 200);
    auto token = member(answer, "accessToken");
    CHECK(cookie_value(answer, "doorstep_session") == token);
    CHECK(two.me(token).find(R"("name":"Bob's")") != std::string::npos);
    CHECK(two.me(token).find(R"("role":"agent")") != std::string::npos);
    CHECK(two.office.b.send("GET", "/api/auth/me", two.browser.cookie()).status == 401);
    CHECK(two.office.b.send("POST", "/api/auth/refresh", two.browser.refresh_cookie()).status == 401);
    auto logged = "select account_id from audit_log where action = 'account_entered' and actor_name = 'Ada'";
    CHECK(two.office.store.value(logged) == two.bobs.account_id.text());

    // It is the same sign-in: nothing was shown again.
    Browser there{
        token, member(two.office.a.send("GET", "/api/auth/me", {{"Authorization", "Bearer " + token}}), "csrf_token")
    };
    CHECK(two.office.a.send("POST", "/api/auth/passkeys/options", there.write()).status == 403);
    CHECK(two.enter(two.office.b, there, two.office.ada.account_id.text()).status == 200);
}

TEST_CASE("own accounts: only where one is an active member") {
    TwoOffices two;
    auto strangers = two.office.open("Carl's", "carl@example.com");
    CHECK(two.enter(two.office.a, two.browser, strangers.account_id.text()).status == 404);
    two.office.store.exec("update memberships set deactivated_at = now() where role = 'agent'");
    CHECK(two.enter(two.office.a, two.browser, two.bobs.account_id.text()).status == 404);
    auto list = two.office.a.send("GET", "/api/auth/accounts", two.browser.cookie());
    CHECK(list.body.find("Bob's") == std::string::npos);
    CHECK(two.enter(two.office.a, two.browser, "nonsense").status == 422);
    CHECK(two.office.b.send("GET", "/api/auth/me", two.browser.cookie()).status == 200);
    auto key = two.office.make_key(two.browser, R"(["*"])");
    CHECK(two.office.a.send("GET", "/api/auth/accounts", {{"Authorization", "Bearer " + key}}).status == 403);
}

} // namespace doorstep::test
