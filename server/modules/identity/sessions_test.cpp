#include <doctest/doctest.h>

#include "test/support/office.hpp"

namespace doorstep::test {
namespace {

int me(Desk& desk, const Fields& headers) {
    return desk.send("GET", "/api/auth/me", headers).status;
}

/// The status of a write that does nothing but to be let in.
int write(Desk& desk, Fields headers) {
    return desk.send("POST", "/api/paused", std::move(headers)).status;
}

Fields plus(Fields headers, const Fields& more) {
    headers.insert(headers.end(), more.begin(), more.end());
    return headers;
}

} // namespace

TEST_CASE("session: no credential, an unknown one, a broken one") {
    Office office;
    CHECK(me(office.a, {}) == 401);
    CHECK(me(office.a, {{"Cookie", "theme=dark"}}) == 401);
    CHECK(me(office.a, {{"Cookie", "doorstep_session="}}) == 401);
    CHECK(me(office.a, {{"Cookie", "doorstep_session=ds_unknown"}}) == 401);
    CHECK(me(office.a, {{"Authorization", "Bearer"}}) == 401);
    CHECK(me(office.a, {{"Authorization", "Bearer  "}}) == 401);
    CHECK(me(office.a, {{"Authorization", "Bearer ds_unknown"}}) == 401);
    auto browser = office.sign_in(office.a);
    CHECK(me(office.a, {{"Authorization", browser.token}}) == 401);
    CHECK(me(office.a, {{"Authorization", "Bearer " + browser.token.substr(3, 43)}}) == 401);
    CHECK(me(office.a, {{"Authorization", "Bearer " + browser.refresh}}) == 401);
    auto longer = browser.token;
    longer[3 + 43 + 2] = longer[3 + 43 + 2] == '9' ? '8' : '9'; // a later end
    CHECK(me(office.a, {{"Authorization", "Bearer " + longer}}) == 401);
    CHECK(me(office.a, {{"authorization", "bEARER " + browser.token}}) == 200);
    CHECK(me(office.a, {{"Authorization", "Bearer " + browser.credential()}}) == 401);
}

TEST_CASE("session: a bearer wins over the cookie, a proxy's own scheme does not") {
    Office office;
    auto browser = office.sign_in(office.a);
    CHECK(me(office.a, plus(browser.cookie(), {{"Authorization", "Bearer ds_unknown"}})) == 401);
    CHECK(me(office.a, plus(browser.cookie(), {{"Authorization", "Basic YTpi"}})) == 200);
}

TEST_CASE("session: what a write by cookie must show") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto other = office.sign_in(office.a);
    CHECK(write(office.a, browser.cookie()) == 403);
    CHECK(write(office.a, plus(browser.cookie(), {{"X-CSRF-Token", ""}})) == 403);
    CHECK(write(office.a, plus(browser.cookie(), {{"X-CSRF-Token", other.csrf}})) == 403);
    CHECK(write(office.a, browser.write()) == 204);
    CHECK(write(office.b, browser.write()) == 204);
    CHECK(write(office.a, plus(browser.write(), {{"Origin", "http://office.test"}})) == 204);
    CHECK(write(office.a, plus(browser.write(), {{"Origin", "http://evil.test"}})) == 403);
    CHECK(write(office.a, plus(browser.write(), {{"Origin", "null"}})) == 403);
    CHECK(write(office.a, plus(browser.write(), {{"Sec-Fetch-Site", "cross-site"}})) == 403);
    CHECK(write(office.a, browser.bearer()) == 204);
    CHECK(write(office.a, plus(browser.cookie(), browser.bearer())) == 204);
    CHECK(me(office.a, plus(browser.cookie(), {{"Origin", "http://evil.test"}})) == 200);
}

TEST_CASE("session: signing out counts at once on every server") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto other = office.sign_in(office.a);
    CHECK(me(office.b, browser.cookie()) == 200); // server b remembers it now
    auto response = office.a.send("POST", "/api/auth/logout", browser.write());
    CHECK(response.status == 204);
    auto set = cookies(response);
    CHECK(set["doorstep_session"] == "doorstep_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    CHECK(set["csrf_token"] == "csrf_token=; Path=/; Max-Age=0; SameSite=Lax");
    CHECK(me(office.b, browser.cookie()) == 401);
    CHECK(me(office.a, browser.cookie()) == 401);
    CHECK(me(office.a, browser.bearer()) == 401);
    CHECK(set["doorstep_refresh"] == "doorstep_refresh=; Path=/api/auth; Max-Age=0; HttpOnly; SameSite=Strict");
    CHECK(office.a.send("POST", "/api/auth/refresh", browser.refresh_cookie()).status == 401);
    CHECK(office.a.send("POST", "/api/auth/logout", browser.write()).status == 401);
    CHECK(me(office.b, other.cookie()) == 200);
    CHECK(office.store.value("select end_reason from credentials where ended_at is not null") == "signed_out");
    CHECK(office.store.value("select count(*) from events where kind = 'signed_out' and actor_name = 'Ada'") == "1");
}

TEST_CASE("session: a request that was let in does nothing once its session has ended") {
    Office office;
    auto browser = office.sign_in(office.a);
    office.b.pause.meanwhile = [&]() -> Task<> {
        auto out = co_await office.a.ask("POST", "/api/auth/logout", browser.write());
        CHECK(out.status == 204);
    };
    auto response = office.b.send("POST", "/api/paused", browser.write());
    CHECK(response.status == 401);
    CHECK(office.store.value("select count(*) from accounts where signature is not null") == "0");
}

TEST_CASE("session: an ended one learns nothing from requests that never reach the store") {
    Office office;
    auto browser = office.sign_in(office.a);
    CHECK(me(office.b, browser.cookie()) == 200);
    office.a.send("POST", "/api/auth/logout", browser.write());
    CHECK(office.b.send("POST", "/api/api-keys", browser.bearer(), "{}").status == 401);
    CHECK(office.b.send("GET", "/api/api-keys/not-an-id", browser.bearer()).status == 401);
    CHECK(office.b.send("POST", "/api/api-keys", browser.cookie(), "{}").status == 401);
}

TEST_CASE("session: ends after 30 days without use and 90 days in all") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto refreshed = [&](Desk& desk) { return desk.send("POST", "/api/auth/refresh", browser.refresh_cookie()).status; };
    SUBCASE("idle") {
        office.advance(std::chrono::days(29));
        office.refresh(office.a, browser);
        office.advance(std::chrono::days(29));
        office.refresh(office.b, browser);
        CHECK(me(office.a, browser.cookie()) == 200);
        office.advance(std::chrono::days(30) + std::chrono::seconds(1));
        CHECK(refreshed(office.a) == 401);
    }
    SUBCASE("in all") {
        for (int days = 0; days < 89; ++days) {
            office.advance(std::chrono::days(1));
            office.refresh(office.a, browser);
        }
        office.advance(std::chrono::hours(23) + std::chrono::minutes(50));
        office.refresh(office.a, browser);
        CHECK(me(office.a, browser.cookie()) == 200);
        CHECK(office.store.value("select expires_at - created_at = interval '90 days' from credentials") == "t");
        office.advance(std::chrono::minutes(11));
        CHECK(me(office.a, browser.cookie()) == 401); // though the access token has four minutes left
        CHECK(refreshed(office.a) == 401);
    }
    SUBCASE("what a server remembers does not outlive it") {
        CHECK(me(office.a, browser.cookie()) == 200);
        office.store.exec("update credentials set expires_at = created_at + interval '10 seconds'");
        office.advance(std::chrono::seconds(20));
        CHECK(me(office.a, browser.cookie()) == 401);
    }
}

TEST_CASE("session: an access token is good for a quarter of an hour") {
    Office office;
    auto browser = office.sign_in(office.a);
    office.advance(std::chrono::minutes(14));
    CHECK(me(office.b, browser.cookie()) == 200);
    office.advance(std::chrono::minutes(1));
    auto response = office.b.send("GET", "/api/auth/me", browser.bearer());
    CHECK(response.status == 401);
    CHECK(member(response, "code") == "token_expired");
    office.refresh(office.b, browser);
    CHECK(me(office.a, browser.cookie()) == 200);
    CHECK(member(office.a.send("GET", "/api/auth/me", browser.cookie()), "csrf_token") == browser.csrf);
}

TEST_CASE("session: another role, or none, ends a member's credentials on every server") {
    Office office;
    auto eve = office.join(office.ada, "eve@example.com", "admin");
    auto browser = office.sign_in(office.a, "eve@example.com");
    auto ada = office.sign_in(office.a);
    CHECK(me(office.b, browser.cookie()) == 200);
    CHECK(member(office.b.send("GET", "/api/auth/me", browser.cookie()), "role") == "admin");
    SUBCASE("role") {
        office.store.exec("update memberships set role = 'assistant' where user_id = '" + eve + "'");
        CHECK(office.store.value("select end_reason from credentials where user_id = '" + eve + "'") == "role_changed");
    }
    SUBCASE("gone") {
        office.store.exec("delete from memberships where user_id = '" + eve + "'");
    }
    CHECK(me(office.a, browser.cookie()) == 401);
    CHECK(me(office.b, browser.cookie()) == 401);
    CHECK(me(office.b, ada.cookie()) == 200);
}

TEST_CASE("session: the same role written again ends nothing") {
    Office office;
    auto browser = office.sign_in(office.a);
    office.store.exec("update memberships set role = 'owner'");
    CHECK(me(office.a, browser.cookie()) == 200);
}

TEST_CASE("session: acting in another account is refused, never ignored") {
    Office office;
    auto bob = office.open("Bob's", "bob@example.com");
    auto browser = office.sign_in(office.a);
    auto acting = [&](const std::string& account) {
        return me(office.a, plus(browser.cookie(), {{"X-Acting-Account", account}}));
    };
    CHECK(acting(office.ada.account_id.text()) == 200);
    CHECK(acting(bob.account_id.text()) == 403);
    CHECK(acting("00000000-0000-0000-0000-000000000000") == 403);
    CHECK(acting("ada-homes") == 400);
    CHECK(acting("") == 400);
}

TEST_CASE("session: uses are written down in passing, at most once a minute") {
    Office office;
    auto browser = office.sign_in(office.a);
    Context ctx(office.clock);
    auto used = [&] { return office.store.value("select last_used_at > created_at from credentials"); };
    CHECK(me(office.a, browser.cookie()) == 200);
    run(office.io, office.a.identity.note_uses(ctx));
    CHECK(used() == "f"); // less than a minute after signing in
    office.advance(std::chrono::minutes(5));
    CHECK(me(office.a, browser.cookie()) == 200);
    CHECK(me(office.b, browser.cookie()) == 200);
    CHECK(used() == "f");
    run(office.io, office.a.identity.note_uses(ctx));
    CHECK(used() == "t");
    // The other server has seen it as well, and finds that it stands there already.
    office.store.exec("create table touched (at timestamptz default clock_timestamp()); grant insert on touched to public;"
                      "create function touch() returns trigger language plpgsql as $$ begin insert into touched default "
                      "values; return null; end $$;"
                      "create trigger touch after update on credentials for each row execute function touch()");
    run(office.io, office.b.identity.note_uses(ctx));
    CHECK(office.store.value("select count(*) from touched") == "0");
}

TEST_CASE("session: who ended is told on this thread, once the end is certain") {
    Office office;
    auto browser = office.sign_in(office.a);
    std::vector<std::string> told;
    office.a.identity.on_ended([&](const std::string& credential) { told.push_back(credential); });
    CHECK(office.a.send("POST", "/api/auth/logout", browser.cookie()).status == 403);
    CHECK(told.empty());
    CHECK(office.a.send("POST", "/api/auth/logout", browser.write()).status == 204);
    CHECK(told == std::vector{browser.credential()});
}

TEST_CASE("session: what has ended long ago is forgotten") {
    Office office;
    office.sign_in(office.a);
    office.try_sign_in(office.a, "ada@example.com", "wrong");
    Context ctx(office.clock);
    office.advance(std::chrono::hours(1));
    CHECK(run(office.io, office.a.identity.forget_ended(ctx)) == 0);
    office.advance(std::chrono::days(30) + std::chrono::days(89));
    office.store.exec("update users set last_sign_in_at = null"); // so that no code is asked for
    auto fresh = office.sign_in(office.a);
    CHECK(office.store.value("select count(*) from credentials") == "2");
    // The window of the address that the wrong password came from; the failure itself is forgotten by signing in.
    CHECK(run(office.io, office.a.identity.forget_ended(ctx)) == 1);
    office.advance(std::chrono::days(2));
    office.refresh(office.a, fresh);
    // The first session, which ended 90 days ago.
    CHECK(run(office.io, office.a.identity.forget_ended(ctx)) == 1);
    CHECK(me(office.a, fresh.cookie()) == 200);
}

} // namespace doorstep::test
