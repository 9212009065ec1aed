#include "providers/google/id_token.hpp"

#include <doctest/doctest.h>

#include <map>

#include "core/crypto.hpp"
#include "core/crypto_jws.hpp"
#include "core/time.hpp"

using namespace doorstep;
using namespace std::chrono_literals;

namespace {

const Time now = *parse_rfc3339("2030-03-04T15:00:00Z");
constexpr std::int64_t now_s = 1'898'866'800;

/// A provider that signs what a test tells it to.
struct Issuer {
    RsaKeyPair rsa = make_rsa_key();
    EcKeyPair ec = make_ec_key();
    std::map<std::string, std::string> claims{
        {"iss", R"("https://issuer.test")"},
        {"aud", R"("client")"},
        {"sub", R"("123")"},
        {"email", R"("Kim@Example.com")"},
        {"email_verified", "true"},
        {"name", R"("Kim Lee")"},
        {"nonce", R"("nonce")"},
        {"iat", std::to_string(now_s)},
        {"exp", std::to_string(now_s + 3600)},
    };
    std::string header = R"({"alg":"RS256","kid":"r1"})";

    std::string jwks() const {
        return R"({"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"r1","n":")" + base64url_encode(rsa.modulus) +
               R"(","e":"AQAB"},{"kty":"EC","crv":"P-256","kid":"e1","x":")" + base64url_encode(ec.x) + R"(","y":")" +
               base64url_encode(ec.y) + R"("},{"kty":"oct","kid":"o1","k":"c2VjcmV0"}]})";
    }
    std::string payload() const {
        std::string json;
        for (const auto& [name, value] : claims) {
            if (!value.empty()) json += (json.empty() ? "{\"" : ",\"") + name + "\":" + value;
        }
        return json + "}";
    }
    std::string data() const { return base64url_encode(header) + "." + base64url_encode(payload()); }
    std::string token() const { return data() + "." + base64url_encode(sign_rs256(rsa.private_key_pem, data())); }

    std::expected<identity::OpenIdPerson, providers::TokenFault> check(const std::string& token) const {
        providers::TokenExpectation expected{"https://issuer.test", "client", "nonce", "access", now};
        return providers::check_id_token(token, providers::read_signing_keys(jwks()), expected);
    }
    std::string fault() const {
        auto checked = check(token());
        return checked ? std::string() : checked.error().reason;
    }
    std::string fault_with(const std::string& claim, const std::string& value) {
        auto before = std::exchange(claims[claim], value);
        auto result = fault();
        claims[claim] = before;
        return result;
    }
};

} // namespace

TEST_CASE("ID token: a good one says who it is, signed with either algorithm") {
    Issuer issuer;
    auto person = issuer.check(issuer.token());
    REQUIRE(person.has_value());
    CHECK(person->issuer == "https://issuer.test");
    CHECK(person->subject == "123");
    CHECK(person->email->value == "Kim@example.com");
    CHECK(person->email_verified);
    CHECK(person->name == "Kim Lee");
    issuer.header = R"({"alg":"ES256","kid":"e1"})";
    CHECK(issuer.check(issuer.data() + "." + base64url_encode(sign_es256(issuer.ec.private_key_pem, issuer.data()))).has_value()
    );
    issuer.header = R"({"alg":"RS256"})"; // one key fits
    CHECK(issuer.check(issuer.token()).has_value());
}

TEST_CASE("ID token: no algorithm but the key's own") {
    Issuer issuer;
    issuer.header = R"({"alg":"none"})";
    CHECK_FALSE(issuer.check(issuer.data() + ".").has_value());
    CHECK_FALSE(issuer.check(issuer.token()).has_value());
    // The public key taken for a shared secret.
    issuer.header = R"({"alg":"HS256","kid":"r1"})";
    for (auto secret : {issuer.rsa.modulus, base64url_encode(issuer.rsa.modulus), issuer.jwks()})
        CHECK_FALSE(issuer.check(issuer.data() + "." + base64url_encode(hmac_sha256(secret, issuer.data()))).has_value());
    issuer.header = R"({"alg":"HS256","kid":"o1"})";
    CHECK_FALSE(issuer.check(issuer.data() + "." + base64url_encode(hmac_sha256("secret", issuer.data()))).has_value());
    // One kind of key, the other's algorithm.
    issuer.header = R"({"alg":"ES256","kid":"r1"})";
    CHECK_FALSE(issuer.check(issuer.token()).has_value());
    issuer.header = R"({"alg":"RS256","kid":"e1"})";
    CHECK_FALSE(issuer.check(issuer.token()).has_value());
    issuer.header = R"({"alg":"RS256","kid":"r1","crit":["exp"]})";
    CHECK_FALSE(issuer.check(issuer.token()).has_value());
}

TEST_CASE("ID token: a signature that does not fit, a key that nobody knows") {
    Issuer issuer;
    auto token = issuer.token();
    auto other = Issuer().token();
    CHECK_FALSE(issuer.check(other).has_value());
    auto cut = token.substr(0, token.rfind('.') + 1);
    CHECK_FALSE(issuer.check(cut).has_value());
    auto claims = token.find('.') + 5;
    token[claims] = token[claims] == 'A' ? 'B' : 'A';
    CHECK_FALSE(issuer.check(token).has_value());
    issuer.header = R"({"alg":"RS256","kid":"r2"})";
    auto unknown = issuer.check(issuer.token());
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().unknown_key);
    for (auto bad : {"", ".", "..", "a.b", "a.b.c", "e30.e30.", "!.!.!"}) CHECK_FALSE(issuer.check(bad).has_value());
    CHECK_FALSE(issuer.check(std::string(20'000, 'a') + ".e30.e30").has_value());
}

TEST_CASE("ID token: issuer, audience, party, nonce, access token") {
    Issuer issuer;
    CHECK(issuer.fault() == "");
    CHECK(issuer.fault_with("iss", R"("https://issuer.test/")") != "");
    CHECK(issuer.fault_with("iss", R"("https://evil.test")") != "");
    CHECK(issuer.fault_with("iss", "") != "");
    CHECK(issuer.fault_with("aud", R"("other")") != "");
    CHECK(issuer.fault_with("aud", "") != "");
    CHECK(issuer.fault_with("aud", R"(["client"])") == "");
    CHECK(issuer.fault_with("aud", R"(["client","other"])") != "");
    CHECK(issuer.fault_with("azp", R"("other")") != "");
    CHECK(issuer.fault_with("azp", R"("client")") == "");
    issuer.claims["aud"] = R"(["client","other"])";
    CHECK(issuer.fault_with("azp", R"("client")") == "");
    issuer.claims["aud"] = R"("client")";
    CHECK(issuer.fault_with("nonce", R"("other")") != "");
    CHECK(issuer.fault_with("nonce", "") != "");
    CHECK(issuer.fault_with("sub", "") != "");
    CHECK(issuer.fault_with("sub", R"("")") != "");
    CHECK(issuer.fault_with("sub", "7") != "");
    CHECK(issuer.fault_with("at_hash", '"' + base64url_encode(sha256("access").substr(0, 16)) + '"') == "");
    CHECK(issuer.fault_with("at_hash", R"("x")") != "");
}

TEST_CASE("ID token: good from when to when it says, and no longer than a day") {
    Issuer issuer;
    CHECK(issuer.fault_with("exp", std::to_string(now_s - 61)) != "");
    CHECK(issuer.fault_with("exp", "") != "");
    CHECK(issuer.fault_with("exp", R"("later")") != "");
    CHECK(issuer.fault_with("iat", "") != "");
    CHECK(issuer.fault_with("iat", std::to_string(now_s + 61)) != "");
    CHECK(issuer.fault_with("iat", std::to_string(now_s + 59)) == "");
    CHECK(issuer.fault_with("exp", std::to_string(now_s + 90'000)) != "");
    CHECK(issuer.fault_with("nbf", std::to_string(now_s + 61)) != "");
    CHECK(issuer.fault_with("nbf", std::to_string(now_s)) == "");
}

TEST_CASE("ID token: an address counts only where it is verified") {
    Issuer issuer;
    auto verified = [&](const std::string& value) {
        issuer.claims["email_verified"] = value;
        return issuer.check(issuer.token())->email_verified;
    };
    CHECK(verified("true"));
    CHECK(verified(R"("true")"));
    CHECK_FALSE(verified("false"));
    CHECK_FALSE(verified(""));
    CHECK_FALSE(verified("1"));
    issuer.claims["email"] = R"("nobody")";
    CHECK_FALSE(issuer.check(issuer.token())->email.has_value());
}

TEST_CASE("ID token: Google names itself with and without the scheme; nobody else may") {
    Issuer issuer;
    issuer.claims["iss"] = R"("accounts.google.com")";
    providers::TokenExpectation expected{"https://accounts.google.com", "client", "nonce", "", now};
    CHECK(providers::check_id_token(issuer.token(), providers::read_signing_keys(issuer.jwks()), expected).has_value());
    issuer.claims["iss"] = R"("issuer.test")";
    CHECK(issuer.fault() != "");
}
