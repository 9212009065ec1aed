#include "providers/google/id_token.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "core/crypto_jws.hpp"
#include "core/text.hpp"

namespace doorstep::providers {

namespace {

using namespace std::chrono_literals;
using identity::OpenIdPerson;

constexpr std::size_t longest_token = 16 << 10;
constexpr auto skew = 60s;
constexpr auto longest_life = 24h;

std::unexpected<TokenFault> untrusted(std::string reason) {
    return std::unexpected(TokenFault{false, std::move(reason)});
}

std::string text_of(JsonView object, std::string_view name) {
    auto value = object.find(name);
    return value && value->kind() == JsonView::Kind::string ? std::string(value->string()) : std::string();
}

std::optional<Time> time_of(JsonView claims, std::string_view name) {
    auto value = claims.find(name);
    if (!value) return std::nullopt;
    double seconds = -1;
    if (value->kind() == JsonView::Kind::integer) seconds = double(value->integer());
    if (value->kind() == JsonView::Kind::number) seconds = value->number();
    if (!(seconds >= 0 && seconds <= 253'402'300'799.0)) return std::nullopt;
    return Time{std::chrono::seconds{std::int64_t(seconds)}};
}

std::optional<SigningKey> read_key(JsonView item) {
    if (item.kind() != JsonView::Kind::object) return std::nullopt;
    auto use = text_of(item, "use");
    if (!use.empty() && use != "sig") return std::nullopt;
    auto type = text_of(item, "kty");
    bool rsa = type == "RSA";
    bool ec = type == "EC" && text_of(item, "crv") == "P-256";
    if (!rsa && !ec) return std::nullopt;
    auto algorithm = text_of(item, "alg");
    std::string fits = rsa ? "RS256" : "ES256";
    if (!algorithm.empty() && algorithm != fits) return std::nullopt;
    auto first = base64url_decode(text_of(item, rsa ? "n" : "x"));
    auto second = base64url_decode(text_of(item, rsa ? "e" : "y"));
    if (!first || !second || first->empty() || second->empty()) return std::nullopt;
    return SigningKey{text_of(item, "kid"), fits, std::move(*first), std::move(*second)};
}

struct Parts {
    std::string_view signed_text;
    std::string header;
    std::string claims;
    std::string signature;
};

std::optional<Parts> take_apart(std::string_view token) {
    auto first = token.find('.');
    auto last = token.rfind('.');
    if (token.size() > longest_token || first == token.npos || first == last) return std::nullopt;
    auto header = base64url_decode(token.substr(0, first));
    auto claims = base64url_decode(token.substr(first + 1, last - first - 1));
    auto signature = base64url_decode(token.substr(last + 1));
    if (!header || !claims || !signature) return std::nullopt;
    return Parts{token.substr(0, last), std::move(*header), std::move(*claims), std::move(*signature)};
}

/// The algorithm comes from the key, never from the token alone: a token can't turn a public key into a secret.
std::expected<void, TokenFault> check_signature(const Parts& parts, const std::vector<SigningKey>& keys) {
    auto header = JsonDocument::try_parse(parts.header);
    if (!header || header->root().kind() != JsonView::Kind::object) return untrusted("the token's header is no JSON object");
    auto algorithm = text_of(header->root(), "alg");
    if (algorithm != "RS256" && algorithm != "ES256") return untrusted("the token is not signed with RS256 or ES256");
    if (header->root().find("crit")) return untrusted("the token's header demands what is not known here");
    auto id = text_of(header->root(), "kid");
    auto fits = [&](const SigningKey& key) { return key.algorithm == algorithm && (id.empty() || key.id == id); };
    auto key = std::ranges::find_if(keys, fits);
    if (key == keys.end()) return std::unexpected(TokenFault{true, "the token is signed with an unknown key"});
    if (id.empty() && std::ranges::count_if(keys, fits) > 1) return untrusted("the token does not say which key signed it");
    auto good = algorithm == "RS256" ? verify_rs256(key->first, key->second, parts.signature, parts.signed_text)
                                     : verify_es256(key->first, key->second, parts.signature, parts.signed_text);
    if (!good) return untrusted("the token's signature does not fit");
    return {};
}

bool is_issuer(const std::string& said, const std::string& expected) {
    // Google says it with and without the scheme.
    return said == expected || (expected == "https://accounts.google.com" && said == "accounts.google.com");
}

std::string audience_fault(JsonView claims, const std::string& client_id) {
    auto audience = claims.find("aud");
    std::size_t others = 0;
    bool ours = false;
    auto look = [&](JsonView item) {
        bool is_ours = item.kind() == JsonView::Kind::string && item.string() == client_id;
        ours |= is_ours;
        others += !is_ours;
    };
    if (audience && audience->kind() == JsonView::Kind::array) {
        for (std::size_t i = 0; i < audience->size(); ++i) look(audience->at(i));
    } else if (audience) {
        look(*audience);
    }
    if (!ours) return "the token is for another audience";
    auto party = claims.find("azp");
    if (others > 0 && !party) return "the token has several audiences and does not say for whom it was made";
    if (party && (party->kind() != JsonView::Kind::string || party->string() != client_id))
        return "the token was made for another party";
    return {};
}

std::string time_fault(JsonView claims, Time now) {
    auto expires = time_of(claims, "exp");
    auto issued = time_of(claims, "iat");
    if (!expires || !issued) return "the token does not say from when to when it is good";
    if (*expires + skew <= now) return "the token has expired";
    if (*issued - skew > now) return "the token comes from the future";
    if (*expires - *issued > longest_life || *expires <= *issued) return "the token's life is not a plausible one";
    if (claims.find("nbf")) {
        auto not_before = time_of(claims, "nbf");
        if (!not_before || *not_before - skew > now) return "the token is not good yet";
    }
    return {};
}

std::string binding_fault(JsonView claims, const TokenExpectation& expected) {
    auto nonce = text_of(claims, "nonce");
    if (expected.nonce.empty() || !equal_in_constant_time(nonce, expected.nonce)) return "the token belongs to another sign-in";
    if (claims.find("at_hash")) {
        auto digest = sha256(expected.access_token);
        if (text_of(claims, "at_hash") != base64url_encode(std::string_view(digest).substr(0, 16)))
            return "the token does not belong to its access token";
    }
    return {};
}

bool flag_of(JsonView claims, std::string_view name) {
    auto value = claims.find(name);
    if (!value) return false;
    if (value->kind() == JsonView::Kind::string) return value->string() == "true";
    return value->kind() == JsonView::Kind::boolean && value->boolean();
}

OpenIdPerson person_of(JsonView claims, const TokenExpectation& expected) {
    OpenIdPerson person{.issuer = expected.issuer, .subject = text_of(claims, "sub")};
    Email email;
    if (!Field<Email>::parse(text_of(claims, "email"), email)) {
        person.email = email;
        person.email_verified = flag_of(claims, "email_verified");
    }
    Line<0, 100> name;
    auto said = text_of(claims, "name");
    if (!Field<Line<0, 100>>::parse(utf8_prefix(is_utf8(said) ? said : "", 100), name)) person.name = name.value;
    return person;
}

} // namespace

std::vector<SigningKey> read_signing_keys(std::string_view jwks) {
    std::vector<SigningKey> keys;
    auto document = JsonDocument::try_parse(jwks);
    if (!document || document->root().kind() != JsonView::Kind::object) return keys;
    auto list = document->root().find("keys");
    if (!list || list->kind() != JsonView::Kind::array) return keys;
    for (std::size_t i = 0; i < list->size(); ++i) {
        if (auto key = read_key(list->at(i))) keys.push_back(std::move(*key));
    }
    return keys;
}

std::expected<OpenIdPerson, TokenFault> check_id_token(
    std::string_view token, const std::vector<SigningKey>& keys, const TokenExpectation& expected
) {
    auto parts = take_apart(token);
    if (!parts) return untrusted("the token is no signed JSON Web Token");
    if (auto proof = check_signature(*parts, keys); !proof) return std::unexpected(proof.error());
    auto document = JsonDocument::try_parse(parts->claims);
    if (!document || document->root().kind() != JsonView::Kind::object)
        return untrusted("the token's claims are no JSON object");
    auto claims = document->root();
    if (!is_issuer(text_of(claims, "iss"), expected.issuer)) return untrusted("the token comes from another issuer");
    for (auto fault :
         {audience_fault(claims, expected.client_id), time_fault(claims, expected.now), binding_fault(claims, expected)}) {
        if (!fault.empty()) return untrusted(std::move(fault));
    }
    auto subject = text_of(claims, "sub");
    if (subject.empty() || subject.size() > 255) return untrusted("the token names nobody");
    return person_of(claims, expected);
}

} // namespace doorstep::providers
