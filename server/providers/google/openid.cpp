#include "providers/google/openid.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/crypto.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "providers/google/id_token.hpp"

namespace doorstep::providers {

namespace {

using identity::OpenIdAttempt;
using identity::OpenIdFailure;
using identity::OpenIdPerson;
using Kind = OpenIdFailure::Kind;

template <class T>
using Outcome = std::expected<T, OpenIdFailure>;

// How long what they say is kept, by the machine's time, where they do not say so themselves; and at most.
constexpr std::chrono::seconds usually{3600};
constexpr std::chrono::seconds at_most{86'400};
constexpr std::size_t largest_answer = 256 << 10;

std::unexpected<OpenIdFailure> fail(Kind kind, std::string reason) {
    return std::unexpected(OpenIdFailure{kind, std::move(reason)});
}

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

std::string text_of(JsonView object, std::string_view name) {
    auto value = object.kind() == JsonView::Kind::object ? object.find(name) : std::nullopt;
    return value && value->kind() == JsonView::Kind::string ? std::string(value->string()) : std::string();
}

void append(std::string& out, std::string_view name, std::string_view value) {
    if (!out.empty() && out.back() != '?' && out.back() != '&') out += '&';
    out += std::string(name) + '=' + http::percent_encode(value);
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

struct Answer {
    JsonDocument document;
    std::chrono::seconds fresh_for;
};

struct Endpoints {
    std::string authorize;
    std::string token;
    std::string keys;
};

class GoogleOpenId final : public identity::OpenIdProvider {
public:
    GoogleOpenId(GoogleOpenIdOptions options, http::Client& client, const Clock& clock)
        : options_(std::move(options)), client_(client), clock_(clock) {}

    std::string_view name() const override { return "google"; }

    Task<Outcome<std::string>> authorize_url(const OpenIdAttempt& attempt, std::string login_hint) override {
        auto endpoints = co_await discover();
        if (!endpoints) co_return std::unexpected(endpoints.error());
        auto url = endpoints->authorize + (endpoints->authorize.find('?') == std::string::npos ? "?" : "&");
        append(url, "client_id", options_.client_id);
        append(url, "redirect_uri", attempt.redirect_uri);
        append(url, "response_type", "code");
        append(url, "scope", "openid email profile");
        append(url, "state", attempt.state);
        append(url, "nonce", attempt.nonce);
        append(url, "code_challenge", base64url_encode(sha256(attempt.code_verifier)));
        append(url, "code_challenge_method", "S256");
        append(url, "prompt", "select_account");
        if (!login_hint.empty()) append(url, "login_hint", login_hint);
        co_return url;
    }

    Task<Outcome<OpenIdPerson>> redeem(const OpenIdAttempt& attempt, std::string code) override {
        auto endpoints = co_await discover();
        if (!endpoints) co_return std::unexpected(endpoints.error());
        auto answer = co_await exchange(*endpoints, attempt, std::move(code));
        if (!answer) co_return std::unexpected(answer.error());
        TokenExpectation expected{
            options_.issuer, options_.client_id, attempt.nonce, std::move(answer->access_token), clock_.now()
        };
        auto keys = co_await signing_keys(*endpoints, false);
        if (!keys) co_return std::unexpected(keys.error());
        auto person = check_id_token(answer->id_token, *keys, expected);
        if (!person && person.error().unknown_key) {
            // They have changed their keys since we looked.
            keys = co_await signing_keys(*endpoints, true);
            if (!keys) co_return std::unexpected(keys.error());
            person = check_id_token(answer->id_token, *keys, expected);
        }
        if (!person) co_return fail(Kind::untrusted, person.error().reason);
        co_return std::move(*person);
    }

private:
    using Moment = std::chrono::steady_clock::time_point;

    struct Tokens {
        std::string access_token;
        std::string id_token;
    };

    Task<Outcome<Answer>> fetch(http::Call call, const char* what) {
        call.timeout = options_.timeout;
        call.max_response_bytes = largest_answer;
        call.provider = "google";
        call.headers.add("Accept", "application/json");
        auto reply = co_await client_.send(std::move(call));
        if (!reply) co_return fail(Kind::unreachable, std::string(what) + ": " + reply.error().reason);
        auto document = JsonDocument::try_parse(reply->body);
        bool refused = reply->status == 400 || reply->status == 401 || reply->status == 403;
        if (refused && document) {
            auto error = std::string(utf8_prefix(text_of(document->root(), "error"), 100));
            co_return fail(Kind::refused, std::string(what) + " was refused: " + error);
        }
        if (reply->status != 200 || !document)
            co_return fail(Kind::unreachable, std::string(what) + " answered " + std::to_string(reply->status));
        co_return Answer{std::move(*document), fresh_for(reply->headers)};
    }

    Task<Outcome<Endpoints>> discover() {
        auto now = std::chrono::steady_clock::now();
        if (endpoints_ && now < endpoints_until_) co_return *endpoints_;
        if (!is_acceptable(options_.issuer)) co_return fail(Kind::untrusted, "the issuer's address is not https");
        auto base = options_.issuer.ends_with('/') ? options_.issuer.substr(0, options_.issuer.size() - 1) : options_.issuer;
        http::Call call{.url = base + "/.well-known/openid-configuration"};
        auto answer = co_await fetch(std::move(call), "discovery");
        if (!answer) co_return fail(Kind::unreachable, answer.error().reason);
        auto said = answer->document.root();
        if (text_of(said, "issuer") != options_.issuer) co_return fail(Kind::untrusted, "discovery speaks for another issuer");
        Endpoints found{text_of(said, "authorization_endpoint"), text_of(said, "token_endpoint"), text_of(said, "jwks_uri")};
        if (!is_acceptable(found.authorize) || !is_acceptable(found.token) || !is_acceptable(found.keys))
            co_return fail(Kind::untrusted, "discovery names an endpoint that is not https");
        endpoints_ = std::move(found);
        endpoints_until_ = now + answer->fresh_for;
        co_return *endpoints_;
    }

    Task<Outcome<Tokens>> exchange(const Endpoints& endpoints, const OpenIdAttempt& attempt, std::string code) {
        std::string form;
        append(form, "grant_type", "authorization_code");
        append(form, "code", code);
        append(form, "client_id", options_.client_id);
        append(form, "client_secret", options_.client_secret);
        append(form, "redirect_uri", attempt.redirect_uri);
        append(form, "code_verifier", attempt.code_verifier);
        http::Call call{.method = "POST", .url = endpoints.token, .body = std::move(form)};
        call.headers.add("Content-Type", "application/x-www-form-urlencoded");
        auto answer = co_await fetch(std::move(call), "the code's exchange");
        if (!answer) co_return std::unexpected(answer.error());
        auto said = answer->document.root();
        Tokens tokens{text_of(said, "access_token"), text_of(said, "id_token")};
        if (to_lower_ascii(text_of(said, "token_type")) != "bearer" || tokens.id_token.empty())
            co_return fail(Kind::untrusted, "the code's exchange yielded no ID token");
        co_return tokens;
    }

    Task<Outcome<std::vector<SigningKey>>> signing_keys(const Endpoints& endpoints, bool anew) {
        auto now = std::chrono::steady_clock::now();
        if (!anew && now < keys_until_) co_return keys_;
        http::Call call{.url = endpoints.keys};
        auto answer = co_await fetch(std::move(call), "the signing keys");
        if (!answer) co_return fail(Kind::unreachable, answer.error().reason);
        keys_ = read_signing_keys(answer->document.root().text());
        keys_until_ = now + answer->fresh_for;
        co_return keys_;
    }

    GoogleOpenIdOptions options_;
    http::Client& client_;
    const Clock& clock_;
    std::optional<Endpoints> endpoints_;
    Moment endpoints_until_{};
    std::vector<SigningKey> keys_;
    Moment keys_until_{};
};

} // namespace

std::unique_ptr<identity::OpenIdProvider> make_google_openid(
    GoogleOpenIdOptions options, http::Client& client, const Clock& clock
) {
    return std::make_unique<GoogleOpenId>(std::move(options), client, clock);
}

} // namespace doorstep::providers
