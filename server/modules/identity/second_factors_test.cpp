#include <doctest/doctest.h>

#include "core/crypto_otp.hpp"
#include "test/support/office.hpp"

namespace doorstep::test {
namespace {

/// What the person's app shows at this moment, or some steps of 30 seconds away from it.
std::string app_code(const Office& office, const std::string& secret, int steps = 0) {
    auto seconds = std::chrono::floor<std::chrono::seconds>(office.clock.now()).time_since_epoch().count();
    return one_time_code(*base32_decode(secret), static_cast<std::uint64_t>(seconds / 30 + steps));
}

http::Response post(Desk& desk, const std::string& path, const Browser& browser, const std::string& code) {
    return desk.send("POST", path, browser.write(), R"({"code":)" + json_quote(code) + "}");
}

struct WithApp {
    Office office;
    Browser browser = office.sign_in(office.a);
    std::string secret;
    std::vector<std::string> recovery;

    WithApp() {
        // The first half of a step, so that no step ends within a test.
        auto seconds = std::chrono::floor<std::chrono::seconds>(office.clock.now()).time_since_epoch().count();
        office.advance(std::chrono::seconds(30 - seconds % 30));
        auto started = office.a.send("POST", "/api/auth/mfa/totp", browser.write());
        REQUIRE(started.status == 200);
        secret = member(started, "secret");
        auto confirmed = post(office.a, "/api/auth/mfa/totp/confirm", browser, app_code(office, secret, -1));
        REQUIRE(confirmed.status == 200);
        auto document = JsonDocument::parse(confirmed.body);
        auto codes = *document.root().find("recovery_codes");
        for (std::size_t i = 0; i < codes.size(); ++i) recovery.emplace_back(codes.at(i).string());
        office.devices.clear();
    }

    std::string ask() {
        auto answer = office.try_sign_in(office.a, "ada@example.com");
        CHECK(member(answer, "mfaType") == "totp");
        CHECK(cookies(answer).empty());
        return member(answer, "challengeId");
    }

    http::Response enter(const std::string& challenge, const std::string& code, const std::string& more = "") {
        auto body = R"({"challengeId":)" + json_quote(challenge) + R"(,"code":)" + json_quote(code) + more + "}";
        return office.b.send("POST", "/api/auth/verify-mfa", {}, body);
    }
};

} // namespace

TEST_CASE("app codes: what the app is given") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto started = office.a.send("POST", "/api/auth/mfa/totp", browser.write());
    auto secret = member(started, "secret");
    CHECK(secret.size() == 32); // 160 bits
    CHECK(
        member(started, "otpauth_url") ==
        "otpauth://totp/Doorstep:ada%40example.com?secret=" + secret + "&issuer=Doorstep&algorithm=SHA1&digits=6&period=30"
    );
    CHECK(member(started, "qr").find("M4 4h1v1h-1z") != std::string::npos);
    CHECK(office.store.value("select count(*) from user_totp t where t::text like '%" + secret + "%'") == "0");
    // Nothing is asked for before it is confirmed.
    CHECK(office.try_sign_in(office.a, "ada@example.com").status == 200);
    CHECK(post(office.a, "/api/auth/mfa/totp/confirm", browser, "000000x").status == 422);
}

TEST_CASE("app codes: turned on, and asked for at the next sign-in") {
    WithApp with;
    CHECK(with.recovery.size() == 10);
    CHECK(with.office.post_box.last("security_alert", "ada@example.com", "what") == "totp_added");
    CHECK(with.office.post_box.count("sign_in_code", "ada@example.com") == 0);
    auto challenge = with.ask();
    CHECK(with.office.post_box.count("sign_in_code", "ada@example.com") == 0); // a letter would be no second factor
    CHECK(with.enter(challenge, app_code(with.office, with.secret)).status == 200);
    CHECK(with.office.a.send("POST", "/api/auth/mfa/totp", with.browser.write()).status == 409);
    auto resent = with.office.a.send("POST", "/api/auth/mfa/resend", {}, R"({"challengeId":)" + json_quote(with.ask()) + "}");
    CHECK(resent.status == 409);
}

TEST_CASE("app codes: each once, and a step early or late") {
    WithApp with; // the code of step -1 is spent
    CHECK(with.enter(with.ask(), app_code(with.office, with.secret, -1)).status == 401);
    CHECK(with.enter(with.ask(), app_code(with.office, with.secret, -2)).status == 401);
    CHECK(with.enter(with.ask(), app_code(with.office, with.secret, 2)).status == 401);
    auto code = app_code(with.office, with.secret);
    CHECK(with.enter(with.ask(), code).status == 200);
    CHECK(with.enter(with.ask(), code).status == 401);
    auto next = app_code(with.office, with.secret, 1);
    CHECK(with.enter(with.ask(), next.substr(0, 3) + " " + next.substr(3)).status == 200);
    CHECK(with.enter(with.ask(), code).status == 401); // an earlier one than the last
}

TEST_CASE("app codes: on a trusted device not again") {
    WithApp with;
    auto answer = with.enter(with.ask(), app_code(with.office, with.secret), R"(,"trustDevice":true)");
    with.office.devices["ada@example.com"] = cookie_value(answer, "doorstep_device");
    CHECK(member(with.office.try_sign_in(with.office.a, "ada@example.com"), "accessToken") != "");
}

TEST_CASE("recovery codes: each once, however it is typed") {
    WithApp with;
    auto hidden =
        with.office.store.value("select count(*) from recovery_codes r where r::text like '%" + with.recovery[0] + "%'");
    CHECK(hidden == "0");
    CHECK(with.enter(with.ask(), with.recovery[0]).status == 200);
    CHECK(with.enter(with.ask(), with.recovery[0]).status == 401);
    auto upper = with.recovery[1];
    for (auto& c : upper) c = c == '-' ? ' ' : static_cast<char>(std::toupper(c));
    CHECK(with.enter(with.ask(), upper).status == 200);
    auto factors = with.office.a.send("GET", "/api/auth/mfa", with.browser.cookie());
    CHECK(member(factors, "totp") == "true");
    CHECK(member(factors, "recovery_codes_left") == "8");
    auto renewed = post(with.office.a, "/api/auth/mfa/recovery-codes", with.browser, app_code(with.office, with.secret));
    CHECK(renewed.status == 200);
    CHECK(with.enter(with.ask(), with.recovery[2]).status == 401);
}

TEST_CASE("app codes: a change ends the other sessions and distrusts devices") {
    Office office;
    auto other = office.sign_in(office.a);
    auto browser = office.sign_in(office.a);
    auto secret = member(office.a.send("POST", "/api/auth/mfa/totp", browser.write()), "secret");
    CHECK(post(office.a, "/api/auth/mfa/totp/confirm", browser, app_code(office, secret)).status == 200);
    CHECK(office.b.send("GET", "/api/auth/me", other.cookie()).status == 401);
    CHECK(office.b.send("GET", "/api/auth/me", browser.cookie()).status == 200);
    auto answer = office.try_sign_in(office.a, "ada@example.com"); // on the device that was trusted
    CHECK(member(answer, "requiresMfa") == "true");
    CHECK(member(answer, "mfaType") == "totp");
}

TEST_CASE("app codes: turned off with a code, and only with one") {
    WithApp with;
    auto remove = [&](const std::string& code) {
        auto body = R"({"code":)" + json_quote(code) + "}";
        return with.office.a.send("DELETE", "/api/auth/mfa/totp", with.browser.write(), body).status;
    };
    CHECK(remove("000000x") == 422);
    CHECK(remove(app_code(with.office, with.secret)) == 204);
    CHECK(with.office.post_box.last("security_alert", "ada@example.com", "what") == "totp_removed");
    CHECK(with.office.store.value("select count(*) from recovery_codes") == "0");
    auto answer = with.office.try_sign_in(with.office.a, "ada@example.com");
    CHECK(member(answer, "mfaType") == "email_otp");
}

TEST_CASE("app codes: guesses are held up over all that takes one") {
    WithApp with;
    for (int i = 0; i < 10; ++i)
        CHECK(post(with.office.a, "/api/auth/mfa/recovery-codes", with.browser, "nothing").status == 422);
    CHECK(post(with.office.a, "/api/auth/mfa/recovery-codes", with.browser, "nothing").status == 429);
    CHECK(with.enter(with.ask(), app_code(with.office, with.secret)).status == 429);
    with.office.advance(std::chrono::hours(1));
    CHECK(with.enter(with.ask(), app_code(with.office, with.secret)).status == 200);
}

TEST_CASE("app codes: a new password does not go round them") {
    WithApp with;
    Context ctx(with.office.clock);
    run(with.office.io, with.office.a.identity.send_reset(ctx, Email{"ada@example.com"}, "192.0.2.1"));
    auto token = with.office.post_box.last_token("password_reset", "ada@example.com");
    auto body = R"({"token":")" + token + R"(","password":"seven quiet lanterns at dusk"})";
    auto answer = with.office.a.send("POST", "/api/auth/reset-password", {}, body);
    CHECK(answer.status == 204);
    CHECK(cookies(answer).empty());
    auto asked = with.office.try_sign_in(with.office.a, "ada@example.com", "seven quiet lanterns at dusk");
    CHECK(member(asked, "mfaType") == "totp");
}

} // namespace doorstep::test
