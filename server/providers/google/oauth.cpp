#include "providers/google/oauth.hpp"

#include <algorithm>
#include <charconv>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace doorstep::providers {

namespace {

using Kind = OAuthFailure::Kind;

// How long what they say is kept, by the machine's time, where they do not say so themselves; and at most.
constexpr std::chrono::seconds usually{3600};
constexpr std::chrono::seconds at_most{86'400};
constexpr std::size_t largest_answer = 256 << 10;

/// Plain http is for providers on this machine: doubles in tests.
bool is_acceptable(std::string_view url) {
    if (url.starts_with("https://")) return true;
    for (std::string_view host : {"http://127.0.0.1", "http://localhost", "http://[::1]"}) {
        if (!url.starts_with(host)) continue;
        auto rest = url.substr(host.size());
        return rest.empty() || rest.front() == ':' || rest.front() == '/';
    }
    return false;
}

std::chrono::seconds fresh_for(const http::Headers& headers) {
    constexpr std::string_view word = "max-age=";
    auto said = to_lower_ascii(headers.find("Cache-Control").value_or(""));
    if (said.find("no-store") != said.npos || said.find("no-cache") != said.npos) return {};
    auto start = said.find(word);
    std::int64_t age = 0;
    if (start == said.npos) return usually;
    auto* digits = said.data() + start + word.size();
    if (std::from_chars(digits, said.data() + said.size(), age).ec != std::errc{} || age < 0) return usually;
    return std::min(std::chrono::seconds(age), at_most);
}

} // namespace

std::unexpected<OAuthFailure> oauth_failure(OAuthFailure::Kind kind, std::string reason) {
    return std::unexpected(OAuthFailure{.kind = kind, .reason = std::move(reason), .error = {}, .retry_after = {}});
}

std::string text_of(JsonView object, std::string_view name) {
    auto value = object.kind() == JsonView::Kind::object ? object.find(name) : std::nullopt;
    return value && value->kind() == JsonView::Kind::string ? std::string(value->string()) : std::string();
}

void append_parameter(std::string& out, std::string_view name, std::string_view value) {
    if (!out.empty() && out.back() != '?' && out.back() != '&') out += '&';
    out += std::string(name) + '=' + http::percent_encode(value);
}

Task<OAuthOutcome<GoogleOAuth::Answer>> GoogleOAuth::fetch(http::Call call, const char* what) {
    call.timeout = options_.timeout;
    call.max_response_bytes = largest_answer;
    call.provider = "google";
    call.headers.add("Accept", "application/json");
    auto reply = co_await client_.send(std::move(call));
    if (!reply) co_return oauth_failure(Kind::unreachable, std::string(what) + ": " + reply.error().reason);
    auto document = JsonDocument::try_parse(reply->body);
    bool refused = reply->status == 400 || reply->status == 401 || reply->status == 403;
    if (refused && document) {
        auto error = std::string(utf8_prefix(text_of(document->root(), "error"), 100));
        auto failure = oauth_failure(Kind::refused, std::string(what) + " was refused: " + error);
        failure.error().error = std::move(error);
        co_return failure;
    }
    if (reply->status != 200 || !document) {
        auto failure = oauth_failure(Kind::unreachable, std::string(what) + " answered " + std::to_string(reply->status));
        failure.error().retry_after = http::retry_after(reply->headers, std::chrono::system_clock::now());
        co_return failure;
    }
    co_return Answer{std::move(*document), fresh_for(reply->headers)};
}

Task<OAuthOutcome<GoogleOAuth::Endpoints>> GoogleOAuth::discover() {
    auto now = std::chrono::steady_clock::now();
    if (endpoints_ && now < endpoints_until_) co_return *endpoints_;
    if (!is_acceptable(options_.issuer)) co_return oauth_failure(Kind::untrusted, "the issuer's address is not https");
    auto base = options_.issuer.ends_with('/') ? options_.issuer.substr(0, options_.issuer.size() - 1) : options_.issuer;
    http::Call call{.url = base + "/.well-known/openid-configuration"};
    auto answer = co_await fetch(std::move(call), "discovery");
    if (!answer) co_return oauth_failure(Kind::unreachable, answer.error().reason);
    auto said = answer->document.root();
    if (text_of(said, "issuer") != options_.issuer)
        co_return oauth_failure(Kind::untrusted, "discovery speaks for another issuer");
    Endpoints found{
        text_of(said, "authorization_endpoint"), text_of(said, "token_endpoint"), text_of(said, "jwks_uri"),
        text_of(said, "revocation_endpoint")
    };
    bool good = is_acceptable(found.authorize) && is_acceptable(found.token) && is_acceptable(found.keys) &&
                (found.revoke.empty() || is_acceptable(found.revoke));
    if (!good) co_return oauth_failure(Kind::untrusted, "discovery names an endpoint that is not https");
    endpoints_ = std::move(found);
    endpoints_until_ = now + answer->fresh_for;
    co_return *endpoints_;
}

Task<OAuthOutcome<std::string>> GoogleOAuth::authorize_url(
    const std::string& redirect_uri, const std::string& scope, const std::string& state, const std::string& nonce,
    const std::string& code_verifier
) {
    auto endpoints = co_await discover();
    if (!endpoints) co_return std::unexpected(endpoints.error());
    auto url = endpoints->authorize + (endpoints->authorize.find('?') == std::string::npos ? "?" : "&");
    append_parameter(url, "client_id", options_.client_id);
    append_parameter(url, "redirect_uri", redirect_uri);
    append_parameter(url, "response_type", "code");
    append_parameter(url, "scope", scope);
    append_parameter(url, "state", state);
    append_parameter(url, "nonce", nonce);
    append_parameter(url, "code_challenge", base64url_encode(sha256(code_verifier)));
    append_parameter(url, "code_challenge_method", "S256");
    co_return url;
}

Task<OAuthOutcome<JsonDocument>> GoogleOAuth::post_form(const std::string& url, std::string form, const char* what) {
    append_parameter(form, "client_id", options_.client_id);
    append_parameter(form, "client_secret", options_.client_secret);
    http::Call call{.method = "POST", .url = url, .body = std::move(form)};
    call.headers.add("Content-Type", "application/x-www-form-urlencoded");
    auto answer = co_await fetch(std::move(call), what);
    if (!answer) co_return std::unexpected(answer.error());
    auto said = answer->document.root();
    if (to_lower_ascii(text_of(said, "token_type")) != "bearer" || text_of(said, "access_token").empty())
        co_return oauth_failure(Kind::untrusted, std::string(what) + " yielded no bearer token");
    co_return std::move(answer->document);
}

Task<OAuthOutcome<JsonDocument>> GoogleOAuth::redeem(
    const std::string& code, const std::string& redirect_uri, const std::string& code_verifier
) {
    auto endpoints = co_await discover();
    if (!endpoints) co_return std::unexpected(endpoints.error());
    std::string form;
    append_parameter(form, "grant_type", "authorization_code");
    append_parameter(form, "code", code);
    append_parameter(form, "redirect_uri", redirect_uri);
    append_parameter(form, "code_verifier", code_verifier);
    co_return co_await post_form(endpoints->token, std::move(form), "the code's exchange");
}

Task<OAuthOutcome<JsonDocument>> GoogleOAuth::refresh(const std::string& refresh_token) {
    auto endpoints = co_await discover();
    if (!endpoints) co_return std::unexpected(endpoints.error());
    std::string form;
    append_parameter(form, "grant_type", "refresh_token");
    append_parameter(form, "refresh_token", refresh_token);
    co_return co_await post_form(endpoints->token, std::move(form), "the refresh");
}

Task<OAuthOutcome<bool>> GoogleOAuth::revoke(const std::string& token) {
    auto endpoints = co_await discover();
    if (!endpoints) co_return std::unexpected(endpoints.error());
    if (endpoints->revoke.empty()) co_return true;
    std::string form;
    append_parameter(form, "token", token);
    http::Call call{.method = "POST", .url = endpoints->revoke, .body = std::move(form), .timeout = options_.timeout};
    call.provider = "google";
    call.headers.add("Content-Type", "application/x-www-form-urlencoded");
    auto reply = co_await client_.send(std::move(call));
    if (!reply) co_return oauth_failure(Kind::unreachable, "revoking: " + reply.error().reason);
    if (reply->status == 200) co_return true;
    auto document = JsonDocument::try_parse(reply->body);
    auto error = document ? text_of(document->root(), "error") : std::string();
    if (reply->status == 400 && error == "invalid_token") co_return true;
    auto failure = oauth_failure(Kind::unreachable, "revoking answered " + std::to_string(reply->status));
    failure.error().error = std::string(utf8_prefix(error, 100));
    failure.error().retry_after = http::retry_after(reply->headers, std::chrono::system_clock::now());
    co_return failure;
}

Task<OAuthOutcome<std::vector<SigningKey>>> GoogleOAuth::signing_keys(const Endpoints& endpoints, bool anew) {
    auto now = std::chrono::steady_clock::now();
    if (!anew && now < keys_until_) co_return keys_;
    http::Call call{.url = endpoints.keys};
    auto answer = co_await fetch(std::move(call), "the signing keys");
    if (!answer) co_return oauth_failure(Kind::unreachable, answer.error().reason);
    keys_ = read_signing_keys(answer->document.root().text());
    keys_until_ = now + answer->fresh_for;
    co_return keys_;
}

Task<OAuthOutcome<identity::OpenIdPerson>> GoogleOAuth::person(
    const std::string& id_token, const std::string& access_token, const std::string& nonce
) {
    if (id_token.empty()) co_return oauth_failure(Kind::untrusted, "the code's exchange yielded no ID token");
    auto endpoints = co_await discover();
    if (!endpoints) co_return std::unexpected(endpoints.error());
    TokenExpectation expected{options_.issuer, options_.client_id, nonce, access_token, clock_.now()};
    auto keys = co_await signing_keys(*endpoints, false);
    if (!keys) co_return std::unexpected(keys.error());
    auto person = check_id_token(id_token, *keys, expected);
    if (!person && person.error().unknown_key) {
        // They have changed their keys since we looked.
        keys = co_await signing_keys(*endpoints, true);
        if (!keys) co_return std::unexpected(keys.error());
        person = check_id_token(id_token, *keys, expected);
    }
    if (!person) co_return oauth_failure(Kind::untrusted, person.error().reason);
    co_return std::move(*person);
}

} // namespace doorstep::providers
