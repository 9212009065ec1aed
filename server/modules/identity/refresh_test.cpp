#include <doctest/doctest.h>

#include "test/support/office.hpp"

namespace doorstep::test {
namespace {

http::Response refresh(Desk& desk, const std::string& token, Fields headers = {}) {
    headers.emplace_back("Cookie", "doorstep_refresh=" + token);
    return desk.send("POST", "/api/auth/refresh", std::move(headers));
}

std::string in_body(const std::string& token) {
    return R"({"refreshToken":)" + json_quote(token) + "}";
}

int me(Desk& desk, const Fields& headers) {
    return desk.send("GET", "/api/auth/me", headers).status;
}

} // namespace

TEST_CASE("refresh: the token is spent, its successor goes on") {
    Office office;
    auto browser = office.sign_in(office.a);
    office.advance(std::chrono::minutes(20));
    auto first = refresh(office.a, browser.refresh);
    CHECK(first.status == 200);
    CHECK(member(first, "expiresIn") == "900");
    CHECK(member(first, "refreshToken") == "null");
    CHECK(member(first, "accessToken") == cookie_value(first, "doorstep_session"));
    auto next = cookie_value(first, "doorstep_refresh");
    CHECK(next != browser.refresh);
    office.advance(std::chrono::minutes(20));
    CHECK(refresh(office.b, next).status == 200);
    CHECK(office.store.value("select count(*) from credentials where ended_at is null") == "1");
}

TEST_CASE("refresh: by the body, for those who keep no cookies") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto answer = office.a.send("POST", "/api/auth/refresh", {}, in_body(browser.refresh));
    CHECK(answer.status == 200);
    auto again = office.a.send("POST", "/api/auth/refresh", {}, in_body(member(answer, "refreshToken")));
    CHECK(again.status == 200);
    CHECK(me(office.a, {{"Authorization", "Bearer " + member(again, "accessToken")}}) == 200);
}

TEST_CASE("refresh: two tabs within ten seconds get the same successor") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto one = refresh(office.a, browser.refresh);
    office.advance(std::chrono::seconds(9));
    auto two = refresh(office.b, browser.refresh);
    CHECK(two.status == 200);
    CHECK(cookie_value(two, "doorstep_refresh") == cookie_value(one, "doorstep_refresh"));
    CHECK(member(two, "accessToken") == member(one, "accessToken"));
    CHECK(office.post_box.letters.empty());
}

TEST_CASE("refresh: a spent token ends the session everywhere, and its owner is told") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto stolen = browser.refresh;
    SUBCASE("the last one, after the ten seconds") {
        office.refresh(office.a, browser);
    }
    SUBCASE("one from long ago") {
        for (int i = 0; i < 3; ++i) office.refresh(office.a, browser);
    }
    CHECK(me(office.b, browser.cookie()) == 200);
    office.advance(std::chrono::seconds(11));
    auto refused = refresh(office.b, stolen);
    CHECK(refused.status == 401);
    CHECK(cookies(refused)["doorstep_refresh"].starts_with("doorstep_refresh=; "));
    CHECK(me(office.a, browser.cookie()) == 401);
    CHECK(me(office.b, browser.bearer()) == 401);
    CHECK(refresh(office.a, browser.refresh).status == 401);
    CHECK(office.post_box.last("security_alert", "ada@example.com", "what") == "session_reused");
    CHECK(office.store.value("select end_reason from credentials") == "reused");
    CHECK(office.store.value("select count(*) from events where kind = 'session_reused'") == "1");
    CHECK(office.store.value("select count(*) from audit_log where action = 'session_reused' and subject_name = 'Ada'") == "1");
    refresh(office.b, stolen);
    CHECK(office.post_box.count("security_alert", "ada@example.com") == 1);
}

TEST_CASE("refresh: what nobody here wrote") {
    Office office;
    auto browser = office.sign_in(office.a);
    CHECK(office.a.send("POST", "/api/auth/refresh").status == 401);
    CHECK(refresh(office.a, "dr_x").status == 401);
    CHECK(refresh(office.a, browser.token).status == 401);
    auto forged = browser.refresh;
    forged[3 + 43 + 1] = '5'; // a generation that is still to come
    CHECK(refresh(office.a, forged).status == 401);
    CHECK(office.a.send("POST", "/api/auth/refresh", {}, "{").status == 400);
    CHECK(office.a.send("POST", "/api/auth/refresh", {}, R"({"refreshToken":7,"more":1})").status == 422);
    CHECK(refresh(office.a, browser.refresh).status == 200); // none of it spent anything
}

TEST_CASE("refresh: not from another site's page") {
    Office office;
    auto browser = office.sign_in(office.a);
    CHECK(refresh(office.a, browser.refresh, {{"Origin", "http://evil.test"}}).status == 403);
    CHECK(refresh(office.a, browser.refresh, {{"Origin", "null"}}).status == 403);
    CHECK(refresh(office.a, browser.refresh, {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
    CHECK(refresh(office.a, browser.refresh, {{"Origin", "http://office.test"}}).status == 200);
    CHECK(office.try_sign_in(office.a, "ada@example.com", password, {{"Origin", "http://evil.test"}}).status == 403);
}

TEST_CASE("sessions: listed, and ended one by one or all at once") {
    Office office;
    auto first = office.sign_in(office.a);
    office.a.client_ip = "192.0.2.7";
    auto second = office.sign_in(office.a);
    auto list = office.b.send("GET", "/api/auth/sessions", second.cookie());
    auto document = JsonDocument::parse(list.body);
    auto items = *document.root().find("items");
    REQUIRE(items.size() == 2);
    CHECK(items.at(0).find("current")->text() == "true");
    CHECK(items.at(0).find("address")->string() == "192.0.2.7");
    CHECK(items.at(0).find("method")->string() == "password");
    CHECK(items.at(1).find("current")->text() == "false");
    auto path = "/api/auth/sessions/" + std::string(items.at(1).find("id")->string());

    SUBCASE("one") {
        office.open("Bob's", "bob@example.com");
        auto bob = office.sign_in(office.a, "bob@example.com");
        CHECK(office.a.send("DELETE", path, bob.write()).status == 404);
        CHECK(office.a.send("DELETE", path, second.write()).status == 204);
        CHECK(me(office.b, first.cookie()) == 401);
        CHECK(refresh(office.b, first.refresh).status == 401);
        CHECK(me(office.b, second.cookie()) == 200);
        CHECK(office.a.send("DELETE", path, second.write()).status == 404);
    }
    SUBCASE("all") {
        CHECK(office.a.send("POST", "/api/auth/logout-all", second.write()).status == 204);
        CHECK(me(office.b, first.cookie()) == 401);
        CHECK(me(office.b, second.cookie()) == 401);
        CHECK(office.store.value("select count(*) from credentials where ended_at is null") == "0");
    }
    SUBCASE("not by a key") {
        auto key = office.make_key(second, R"(["*"])");
        for (auto address : {"/api/auth/sessions", "/api/auth/devices"})
            CHECK(office.a.send("GET", address, {{"Authorization", "Bearer " + key}}).status == 403);
    }
}

TEST_CASE("sessions: an ended one sees no list, on a server that remembers it") {
    Office office;
    auto first = office.sign_in(office.a);
    auto second = office.sign_in(office.a);
    CHECK(office.b.send("GET", "/api/auth/sessions", first.cookie()).status == 200);
    office.a.send("POST", "/api/auth/logout-all", second.write());
    for (auto path : {"/api/auth/sessions", "/api/auth/devices", "/api/auth/me"})
        CHECK(office.b.send("GET", path, first.cookie()).status == 401);
}

} // namespace doorstep::test
