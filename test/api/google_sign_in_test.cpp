// Signing in with Google, through the double's consent page, as a browser goes.
#include <doctest/doctest.h>

#include "core/crypto_otp.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// A browser that keeps its cookies and follows one redirect at a time.
struct Browser {
    explicit Browser(TestApp& app) : app(app) {}

    Reply get(const std::string& path) {
        auto reply = app.stranger().get(path, {{"Cookie", cookies()}});
        for (auto& [name, value] : reply.headers.all()) {
            if (name != "Set-Cookie") continue;
            auto pair = value.substr(0, value.find(';'));
            auto equals = pair.find('=');
            jar[pair.substr(0, equals)] = pair.substr(equals + 1);
        }
        return reply;
    }

    std::string cookies() const {
        std::string text;
        for (auto& [name, value] : jar) {
            if (!value.empty()) text += (text.empty() ? "" : "; ") + name + "=" + value;
        }
        return text;
    }

    /// What Google is asked.
    std::string begin(const std::string& query = "") {
        auto reply = get("/api/auth/google" + query);
        REQUIRE(reply.status == 302);
        std::string url(reply.headers.find("Location").value());
        return url.substr(url.find('?') + 1);
    }

    /// Where Google sends the browser, once the person has chosen.
    std::string choose(const std::string& asked, const std::string& choice) {
        auto reply = app.stranger().send(
            "POST", "/sandbox/google/authorize", asked + "&email=&choice=" + http::percent_encode(choice),
            {{"Content-Type", "application/x-www-form-urlencoded"}}
        );
        REQUIRE(reply.status == 303);
        std::string url(reply.headers.find("Location").value());
        return url.substr(std::string_view("http://app.test").size());
    }

    /// Where the sign-in ends.
    std::string end(const std::string& path) {
        auto reply = get(path);
        CHECK(reply.status == 303);
        return std::string(reply.headers.find("Location").value());
    }

    std::string sign_in(const std::string& choice = "bea.torres@example.com") { return end(choose(begin(), choice)); }
    Reply me() { return get("/api/auth/me"); }

    TestApp& app;
    std::map<std::string, std::string> jar;
};

} // namespace

TEST_CASE("Google sign-in: opens an account, and the same one again") {
    TestApp app{Providers::sandbox};
    Browser browser(app);
    CHECK(browser.end(browser.choose(browser.begin("?next=/console/people"), "bea.torres@example.com")) == "/console/people");
    auto me = browser.me();
    CHECK(me["user.email"] == "bea.torres@example.com");
    CHECK(me["user.name"] == "Bea Torres");
    CHECK(me["role"] == "owner");
    Browser other(app);
    CHECK(other.sign_in() == "/console"); // no mailed code follows
    CHECK(other.me()["account.id"] == me["account.id"]);
    CHECK(app.store.value("select count(*) from user_identities") == "1");
}

TEST_CASE("Google sign-in: only to a page of ours") {
    TestApp app{Providers::sandbox};
    for (std::string next : {"https://evil.test", "//evil.test", "/\\evil.test", "/consoles", "/sandbox/outbox"}) {
        CAPTURE(next);
        Browser browser(app);
        auto asked = browser.begin("?next=" + http::percent_encode(next));
        CHECK(browser.end(browser.choose(asked, "bea.torres@example.com")) == "/console");
    }
}

TEST_CASE("Google sign-in: what was begun in another browser, before long, or never") {
    TestApp app{Providers::sandbox};
    Browser victim(app);
    Browser attacker(app);
    auto planted = attacker.choose(attacker.begin(), "bea.torres@example.com");
    CHECK(victim.end(planted) == "/login?google=expired");
    victim.begin();
    CHECK(victim.end(planted) == "/login?google=expired");
    CHECK(victim.me().status == 401);

    Browser slow(app);
    auto back = slow.choose(slow.begin(), "bea.torres@example.com");
    app.advance(std::chrono::minutes(10));
    CHECK(slow.end(back) == "/login?google=expired");

    Browser twice(app);
    back = twice.choose(twice.begin(), "bea.torres@example.com");
    CHECK(twice.end(back) == "/console");
    CHECK(twice.end(back) == "/login?google=expired");
    CHECK(Browser(app).end("/api/auth/google/callback") == "/login?google=expired");
}

TEST_CASE("Google sign-in: refused, tampered with, unverified") {
    TestApp app{Providers::sandbox};
    Browser browser(app);
    CHECK(browser.sign_in("deny") == "/login?google=refused");
    auto trick = [&](const std::string& name) {
        REQUIRE(app.stranger().post("/sandbox/google/trick", R"({"trick":")" + name + R"("})").status == 204);
        return browser.sign_in();
    };
    CHECK(trick("wrong_nonce") == "/login?google=refused");
    CHECK(trick("unverified_email") == "/login?google=unverified");
    CHECK(browser.me().status == 401);
    CHECK(app.store.value("select count(*) from users where email like 'bea%'") == "0");
}

TEST_CASE("Google sign-in: linked to who has that verified address, and told") {
    TestApp app{Providers::sandbox};
    auto bea = app.open_account("Bea Homes", "bea.torres@example.com");
    Browser browser(app);
    CHECK(browser.sign_in() == "/console");
    CHECK(browser.me()["account.name"] == "Bea Homes");
    CHECK(bea.get("/api/audit?action=google_linked")["items.0.actor.name"] == "Bea");
    CHECK(bea.get("/api/audit?action=signed_in")["items.0.after.method"] == "google");
    app.run_jobs();
    CHECK(app.get("/sandbox/outbox").body.find("A Google account was linked") != std::string::npos);
    // By the subject from now on: the address may change.
    app.store.exec("update users set email = 'other@example.com', email_key = 'other@example.com' where name = 'Bea'");
    CHECK(Browser(app).sign_in() == "/console");
    CHECK(app.store.value("select count(*) from users where email like 'bea%'") == "0");
}

TEST_CASE("Google sign-in: no way round a second factor") {
    TestApp app{Providers::sandbox};
    auto bea = app.open_account("Bea Homes", "bea.torres@example.com");
    auto code_at = [&](const std::string& secret, int steps) {
        auto seconds = std::chrono::floor<std::chrono::seconds>(app.now()).time_since_epoch().count();
        return one_time_code(*base32_decode(secret), static_cast<std::uint64_t>(seconds / 30 + steps));
    };
    SUBCASE("set up before it is linked") {
        auto secret = bea.post("/api/auth/mfa/totp")["secret"];
        CHECK(bea.post("/api/auth/mfa/totp/confirm", R"({"code":")" + code_at(secret, 0) + "\"}").status == 200);
        Browser browser(app);
        CHECK(browser.sign_in() == "/login?google=secured");
        CHECK(browser.me().status == 401);
    }
    SUBCASE("set up afterwards") {
        CHECK(Browser(app).sign_in() == "/console");
        auto secret = bea.post("/api/auth/mfa/totp")["secret"];
        CHECK(bea.post("/api/auth/mfa/totp/confirm", R"({"code":")" + code_at(secret, 0) + "\"}").status == 200);
        Browser browser(app);
        auto goal = browser.sign_in();
        constexpr std::string_view asked = "/login?challenge=";
        REQUIRE(goal.starts_with(asked));
        CHECK(browser.me().status == 401);
        auto body = R"({"challengeId":")" + goal.substr(asked.size()) + R"(","code":")" + code_at(secret, 1) + "\"}";
        CHECK(app.stranger().post("/api/auth/verify-mfa", body).status == 200);
    }
}

TEST_CASE("Google sign-in: an account that nobody has proved loses its password") {
    TestApp app{Providers::sandbox};
    auto body = R"({"name":"Mallory","email":"bea.torres@example.com","password":"a stranger's long password"})";
    CHECK(app.stranger().post("/api/auth/register", body).status == 201);
    CHECK(Browser(app).sign_in() == "/console");
    auto login = R"({"email":"bea.torres@example.com","password":"a stranger's long password"})";
    CHECK(app.stranger().post("/api/auth/login", login).status == 401);
    CHECK(app.store.value("select name from users where email like 'bea%'") == "Bea Torres");
}
