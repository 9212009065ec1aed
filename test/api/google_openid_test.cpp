// The OpenID Connect client against the sandbox's strict double of Google.
#include <doctest/doctest.h>

#include "core/crypto.hpp"
#include "test/support/raw_server.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

using identity::OpenIdAttempt;
using identity::OpenIdFailure;
using Kind = OpenIdFailure::Kind;

constexpr auto callback = "http://app.test/api/auth/google/callback";

std::string parameter(const std::string& url, std::string_view name) {
    auto query = url.substr(url.find('?') + 1);
    auto fields = http::parse_form(query);
    for (const auto& [field, value] : *fields) {
        if (field == name) return value;
    }
    return {};
}

/// A browser at the double's consent page.
struct SignIn {
    explicit SignIn(TestApp& app) : app(app) {
        auto made = app.run(app.google().authorize_url(attempt, "hint@example.com"));
        REQUIRE(made.has_value());
        url = *made;
    }

    Reply choose(const std::string& choice, const std::string& email = "") {
        auto query = url.substr(url.find('?') + 1);
        return app.stranger().send(
            "POST", "/sandbox/google/authorize",
            query + "&choice=" + http::percent_encode(choice) + "&email=" + http::percent_encode(email),
            {{"Content-Type", "application/x-www-form-urlencoded"}}
        );
    }
    std::string code(const std::string& choice = "bea.torres@example.com") {
        auto back = choose(choice);
        REQUIRE(back.status == 303);
        std::string location(back.headers.find("Location").value());
        CHECK(location.starts_with(callback));
        CHECK(parameter(location, "state") == attempt.state);
        return parameter(location, "code");
    }
    auto redeem(const std::string& code) { return app.run(app.google().redeem(attempt, code)); }

    TestApp& app;
    OpenIdAttempt attempt = OpenIdAttempt::make(callback);
    std::string url;
};

} // namespace

TEST_CASE("Google: a person chooses an account and is who they say") {
    TestApp app{Providers::sandbox};
    SignIn sign_in(app);
    CHECK(parameter(sign_in.url, "code_challenge_method") == "S256");
    CHECK(parameter(sign_in.url, "code_challenge") == base64url_encode(sha256(sign_in.attempt.code_verifier)));
    CHECK(parameter(sign_in.url, "nonce") == sign_in.attempt.nonce);
    CHECK(parameter(sign_in.url, "scope") == "openid email profile");
    auto page = app.stranger().get("/sandbox/google/authorize?" + sign_in.url.substr(sign_in.url.find('?') + 1));
    CHECK(page.status == 200);
    CHECK(page.body.find("bea.torres@example.com") != std::string::npos);
    CHECK(page.body.find("hint@example.com") != std::string::npos);

    auto person = sign_in.redeem(sign_in.code());
    REQUIRE(person.has_value());
    CHECK(person->email->value == "bea.torres@example.com");
    CHECK(person->email_verified);
    CHECK(person->name == "Bea Torres");
    CHECK(person->issuer.ends_with("/sandbox/google"));
    SignIn again(app);
    CHECK(again.redeem(again.code())->subject == person->subject);
    SignIn other(app);
    CHECK(other.redeem(other.code("alex.morgan@example.com"))->subject != person->subject);
}

TEST_CASE("Google: somebody says no") {
    TestApp app{Providers::sandbox};
    SignIn sign_in(app);
    auto back = sign_in.choose("deny");
    std::string location(back.headers.find("Location").value());
    CHECK(parameter(location, "error") == "access_denied");
    CHECK(parameter(location, "state") == sign_in.attempt.state);
}

TEST_CASE("Google: a code counts once, with its verifier, for its address and in time") {
    TestApp app{Providers::sandbox};
    SignIn sign_in(app);
    auto code = sign_in.code();
    CHECK(sign_in.redeem(code).has_value());
    auto refused = [&](std::expected<identity::OpenIdPerson, OpenIdFailure> outcome) {
        return !outcome && outcome.error().kind == Kind::refused;
    };
    CHECK(refused(sign_in.redeem(code)));
    CHECK(refused(sign_in.redeem("4/made-up")));
    SignIn wrong_verifier(app);
    auto second = wrong_verifier.code();
    wrong_verifier.attempt.code_verifier = random_token();
    CHECK(refused(wrong_verifier.redeem(second)));
    SignIn wrong_address(app);
    auto third = wrong_address.code();
    wrong_address.attempt.redirect_uri = "http://app.test/elsewhere";
    CHECK(refused(wrong_address.redeem(third)));
    SignIn late(app);
    auto fourth = late.code();
    app.advance(11min);
    CHECK(refused(late.redeem(fourth)));
}

TEST_CASE("Google: a token of another sign-in, issuer, client, time or key is not believed") {
    TestApp app{Providers::sandbox};
    for (auto trick :
         {"wrong_issuer", "wrong_audience", "wrong_nonce", "no_nonce", "expired", "from_the_future", "other_party",
          "bad_signature", "unknown_key", "alg_none", "hs256"}) {
        CAPTURE(trick);
        SignIn sign_in(app);
        auto code = sign_in.code();
        CHECK(app.stranger().post("/sandbox/google/trick", R"({"trick":")" + std::string(trick) + R"("})").status == 204);
        auto outcome = sign_in.redeem(code);
        REQUIRE_FALSE(outcome.has_value());
        CHECK(outcome.error().kind == Kind::untrusted);
    }
    app.stranger().post("/sandbox/google/trick", R"({"trick":"unverified_email"})");
    SignIn sign_in(app);
    auto person = sign_in.redeem(sign_in.code());
    REQUIRE(person.has_value());
    CHECK_FALSE(person->email_verified);
}

TEST_CASE("Google: keys are rotated between two sign-ins") {
    TestApp app{Providers::sandbox};
    for (int i = 0; i < 3; ++i) {
        SignIn sign_in(app);
        auto code = sign_in.code();
        CHECK(sign_in.redeem(code).has_value());
        CHECK(app.stranger().post("/sandbox/google/rotate").status == 204);
    }
}

TEST_CASE("Google: out of order, it is said so and nothing is believed") {
    TestApp app{Providers::sandbox};
    SignIn sign_in(app);
    auto code = sign_in.code();
    app.post("/sandbox/faults", R"({"provider":"google","mode":"error"})");
    auto outcome = sign_in.redeem(code);
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().kind == Kind::unreachable);
}

TEST_CASE("the double of Google: refuses what Google refuses") {
    TestApp app{Providers::sandbox};
    SignIn sign_in(app);
    auto query = sign_in.url.substr(sign_in.url.find('?') + 1);
    auto without = [&](const std::string& name) {
        auto start = query.find(name + "=");
        auto end = query.find('&', start);
        return query.substr(0, start) + (end == std::string::npos ? "" : query.substr(end + 1));
    };
    for (auto name : {"client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge"}) {
        CAPTURE(name);
        CHECK(app.stranger().get("/sandbox/google/authorize?" + without(name)).status == 400);
    }
    auto token = [&](const std::string& form) {
        return app.stranger().send(
            "POST", "/sandbox/google/token", form, {{"Content-Type", "application/x-www-form-urlencoded"}}
        );
    };
    CHECK(token("grant_type=password")["error"] == "unsupported_grant_type");
    CHECK(token("grant_type=authorization_code&code=x").status == 401);
    CHECK(token("grant_type=authorization_code&code=x&client_id=a&client_secret=b")["error"] == "invalid_grant");
}

TEST_CASE("Google: an issuer that discovery does not confirm, or that is not https, is not used") {
    boost::asio::io_context io;
    http::Client client(io);
    Clock clock;
    HttpDouble server([](const HttpDouble::Seen&) {
        return HttpDouble::Answer{
            .body = R"({"issuer":"https://evil.test","authorization_endpoint":"https://evil.test/a",)"
                    R"("token_endpoint":"https://evil.test/t","jwks_uri":"https://evil.test/k"})"
        };
    });
    auto attempt = OpenIdAttempt::make(callback);
    auto url_at = [&](const std::string& issuer) {
        auto provider = providers::make_google_openid({issuer, "client", "secret"}, client, clock);
        return test::run(io, provider->authorize_url(attempt, ""));
    };
    auto evil = url_at(server.url(""));
    REQUIRE_FALSE(evil.has_value());
    CHECK(evil.error().kind == Kind::untrusted);
    for (auto plain : {"http://accounts.example.com", "http://127.0.0.1.evil.test", "ftp://127.0.0.1"}) {
        auto refused = url_at(plain);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().kind == Kind::untrusted);
    }
    auto nobody = url_at("http://127.0.0.1:1");
    REQUIRE_FALSE(nobody.has_value());
    CHECK(nobody.error().kind == Kind::unreachable);
}
