#include <doctest/doctest.h>

#include "core/crypto_otp.hpp"
#include "test/support/office.hpp"

namespace doorstep::test {
namespace {

http::Response prove(Desk& desk, const Browser& browser, const std::string& body) {
    return desk.send("POST", "/api/auth/prove", browser.write(), body);
}

std::string with_password(const std::string& word = password) {
    return R"({"password":)" + json_quote(word) + "}";
}

http::Response start_app(Desk& desk, const Browser& browser) {
    return desk.send("POST", "/api/auth/mfa/totp", browser.write());
}

int passkey_options(Desk& desk, const Browser& browser) {
    return desk.send("POST", "/api/auth/passkeys/options", browser.write()).status;
}

std::string app_code(const Office& office, const std::string& secret, int steps = 0) {
    auto seconds = std::chrono::floor<std::chrono::seconds>(office.clock.now()).time_since_epoch().count();
    return one_time_code(*base32_decode(secret), static_cast<std::uint64_t>(seconds / 30 + steps));
}

} // namespace

TEST_CASE("step-up: ten minutes after the sign-in a new factor asks who it is") {
    Office office;
    auto browser = office.sign_in(office.a);
    office.advance(std::chrono::minutes(9));
    CHECK(start_app(office.a, browser).status == 200);
    office.advance(std::chrono::minutes(1));
    auto refused = start_app(office.b, browser);
    CHECK(refused.status == 403);
    CHECK(member(refused, "code") == "proof_needed");
    CHECK(member(refused, "ways") == "password sign_in");
    CHECK(passkey_options(office.b, browser) == 403);
    auto path = "/api/auth/passkeys/" + office.ada.user_id.text();
    CHECK(office.a.send("DELETE", path, browser.write()).status == 403); // before it is said whether there is one

    CHECK(prove(office.a, browser, with_password()).status == 204);
    CHECK(start_app(office.b, browser).status == 200);
    CHECK(passkey_options(office.b, browser) == 200);
    CHECK(office.a.send("DELETE", path, browser.write()).status == 404);
    CHECK(office.store.value("select count(*) from audit_log where action = 'proved' and actor_name = 'Ada'") == "1");
    office.advance(std::chrono::minutes(10));
    office.refresh(office.a, browser);
    CHECK(passkey_options(office.b, browser) == 403);
}

TEST_CASE("step-up: going on with a session proves nothing, and what one session has shown another has not") {
    Office office;
    auto browser = office.sign_in(office.a);
    office.advance(std::chrono::minutes(20));
    office.refresh(office.a, browser);
    CHECK(passkey_options(office.a, browser) == 403);
    auto another = office.sign_in(office.a);
    CHECK(passkey_options(office.a, another) == 200);
    CHECK(passkey_options(office.a, browser) == 403);
    CHECK(prove(office.a, browser, with_password()).status == 204);
    CHECK(passkey_options(office.a, browser) == 200);
}

TEST_CASE("step-up: by a code of the app, once") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto seconds = std::chrono::floor<std::chrono::seconds>(office.clock.now()).time_since_epoch().count();
    office.advance(std::chrono::seconds(30 - seconds % 30));
    auto secret = member(start_app(office.a, browser), "secret");
    auto code = R"({"code":)" + json_quote(app_code(office, secret, -1)) + "}";
    REQUIRE(office.a.send("POST", "/api/auth/mfa/totp/confirm", browser.write(), code).status == 200);
    office.advance(std::chrono::minutes(12));
    CHECK(passkey_options(office.a, browser) == 403);
    CHECK(member(office.a.send("POST", "/api/auth/passkeys/options", browser.write()), "ways") == "password code sign_in");
    CHECK(prove(office.a, browser, R"({"code":"000000x"})").status == 422);
    code = R"({"code":)" + json_quote(app_code(office, secret)) + "}";
    CHECK(prove(office.a, browser, code).status == 204);
    CHECK(passkey_options(office.a, browser) == 200);
    CHECK(prove(office.a, browser, code).status == 422);
}

TEST_CASE("step-up: guesses are counted and stand in the security log") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto refused = prove(office.a, browser, with_password("wrong"));
    CHECK(refused.status == 422);
    CHECK(refused.body.find(R"("field":"password")") != std::string::npos);
    for (int i = 0; i < 4; ++i) CHECK(prove(office.b, browser, with_password("wrong")).status == 422);
    CHECK(prove(office.a, browser, with_password("wrong")).status == 429);
    CHECK(prove(office.b, browser, with_password()).status == 429); // the right one, too
    CHECK(
        office.store.value(
            "select count(*) from audit_log where action = 'sign_in_refused' and after ->> 'method' = 'own_password'"
        ) == "5"
    );
    office.advance(std::chrono::minutes(2));
    CHECK(prove(office.b, browser, with_password()).status == 204);
    CHECK(office.store.value("select count(*) from sign_in_failures") == "0");
}

TEST_CASE("step-up: what is sent") {
    Office office;
    auto browser = office.sign_in(office.a);
    for (std::string body : {"{}", R"({"password":"x","code":"1"})"}) {
        CAPTURE(body);
        auto refused = prove(office.a, browser, body);
        CHECK(refused.status == 422);
        CHECK(refused.body.find(R"("field":"password")") != std::string::npos);
    }
    CHECK(office.a.send("POST", "/api/auth/prove", {}, with_password()).status == 401);
    auto key = office.make_key(browser, R"(["*"])");
    CHECK(office.a.send("POST", "/api/auth/prove", {{"Authorization", "Bearer " + key}}, with_password()).status == 403);
}

} // namespace doorstep::test
