// Google's sign-in and consent, as a person sees them.

#include <fmt/format.h>

#include <kainjow/mustache.hpp>

#include "core/crypto.hpp"
#include "core/crypto_jws.hpp"
#include "core/email.hpp"
#include "core/embedded.hpp"
#include "core/text.hpp"
#include "sandbox/google_double.hpp"

namespace doorstep::sandbox {
namespace {

using kainjow::mustache::data;
using namespace google;

const db::Query newest_keys_sql{"sandbox.google.keys", R"sql(
    select id, private_key, modulus, exponent from sandbox.google_keys order by seq desc limit 2
)sql"};

// Of processes that make the first key together one's stays.
const db::Query add_key_sql{"sandbox.google.add_key", R"sql(
    insert into sandbox.google_keys (id, private_key, modulus, exponent)
    select $1, $2, $3, $4 where not $5::boolean or not exists (select from sandbox.google_keys)
)sql"};

const db::Query add_code_sql{"sandbox.google.add_code", R"sql(
    insert into sandbox.google_codes (code_hash, client_id, redirect_uri, code_challenge, nonce, email, name, email_verified,
        scope, offline, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, true, $8, $9, $10)
)sql"};

const db::Query add_trick_sql{"sandbox.google.add_trick", "insert into sandbox.google_tricks (trick) values ($1)"};

/// What a browser brings; every field counts, and unknown ones are let through, as Google does.
struct Wish {
    std::string client_id, redirect_uri, response_type, scope, state, nonce, code_challenge, code_challenge_method, login_hint,
        access_type, prompt, include_granted_scopes;
};

struct Member {
    std::string_view name;
    std::string Wish::* value;
};
constexpr Member members[] = {
    {"client_id", &Wish::client_id},
    {"redirect_uri", &Wish::redirect_uri},
    {"response_type", &Wish::response_type},
    {"scope", &Wish::scope},
    {"state", &Wish::state},
    {"nonce", &Wish::nonce},
    {"code_challenge", &Wish::code_challenge},
    {"code_challenge_method", &Wish::code_challenge_method},
    {"login_hint", &Wish::login_hint},
    {"access_type", &Wish::access_type},
    {"prompt", &Wish::prompt},
    {"include_granted_scopes", &Wish::include_granted_scopes},
};

struct Person {
    const char* name;
    const char* email;
};
constexpr Person people[] = {
    {"Alex Morgan", "alex.morgan@example.com"},
    {"Bea Torres", "bea.torres@example.com"},
};

Wish read_wish(const FormFields& fields) {
    Wish wish;
    for (const auto& [name, value] : fields) {
        for (const auto& member : members) {
            if (member.name == name) wish.*member.value = value;
        }
    }
    return wish;
}

/// What is wrong with a request before anybody may be sent anywhere; empty: nothing.
std::string find_fault(const Wish& wish) {
    if (wish.client_id.empty()) return "invalid_request: client_id is missing";
    if (!wish.redirect_uri.starts_with("http://") && !wish.redirect_uri.starts_with("https://"))
        return "redirect_uri_mismatch: redirect_uri is no web address";
    if (wish.redirect_uri.find('#') != std::string::npos) return "redirect_uri_mismatch: redirect_uri has a fragment";
    if (wish.response_type != "code") return "unsupported_response_type: only code is served";
    if ((" " + wish.scope + " ").find(" openid ") == std::string::npos) return "invalid_scope: scope lacks openid";
    if (wish.state.empty()) return "invalid_request: state is missing";
    if (wish.nonce.empty()) return "invalid_request: nonce is missing";
    if (wish.code_challenge_method != "S256" || wish.code_challenge.size() != 43)
        return "invalid_request: PKCE with S256 is demanded";
    return {};
}

/// What goes with any sign-in, and is not asked one by one.
bool is_for_sign_in(std::string_view scope) {
    return scope == "openid" || scope == "email" || scope == "profile";
}

constexpr std::pair<std::string_view, const char*> scope_words[] = {
    {"https://www.googleapis.com/auth/calendar.events", "View and edit events on all your calendars."},
    {"https://www.googleapis.com/auth/calendar.freebusy", "View your availability in your calendars."},
    {"https://www.googleapis.com/auth/calendar.calendarlist.readonly", "See the list of Google calendars you're subscribed to."
    },
};

std::string words_for(const std::string& scope) {
    for (const auto& [known, words] : scope_words) {
        if (known == scope) return words;
    }
    return scope;
}

/// What the person has ticked of what was asked for.
std::string chosen_scope(const Wish& wish, const FormFields& fields, const std::string& before) {
    auto ticked = [&fields](const std::string& scope) {
        return std::ranges::any_of(fields, [&](auto& field) { return field.first == "granted" && field.second == scope; });
    };
    std::string chosen;
    auto add = [&chosen](const std::string& scope) {
        if ((" " + chosen + " ").find(" " + scope + " ") == std::string::npos) chosen += (chosen.empty() ? "" : " ") + scope;
    };
    for (const auto& scope : words_of(wish.scope)) {
        if (is_for_sign_in(scope) || ticked(scope)) add(scope);
    }
    if (wish.include_granted_scopes == "true") {
        for (const auto& scope : words_of(before)) add(scope);
    }
    return chosen;
}

std::string origin_of(const std::string& url) {
    auto start = url.find("://") + 3;
    return url.substr(0, url.find('/', start));
}

http::Response consent_page(const Wish& wish) {
    kainjow::mustache::mustache page{std::string(embedded_template("sandbox/google.mustache").value())};
    data fields{data::type::list};
    for (const auto& member : members) {
        data field;
        field.set("name", std::string(member.name));
        field.set("value", wish.*member.value);
        fields.push_back(field);
    }
    data choices{data::type::list};
    for (const auto& person : people) {
        data choice;
        choice.set("name", person.name);
        choice.set("email", person.email);
        choices.push_back(choice);
    }
    data scopes{data::type::list};
    bool asks = false;
    for (const auto& scope : words_of(wish.scope)) {
        if (is_for_sign_in(scope)) continue;
        asks = true;
        data one;
        one.set("scope", scope);
        one.set("words", words_for(scope));
        scopes.push_back(one);
    }
    data values;
    values.set("scopes", scopes);
    values.set("asks", asks);
    values.set("style", std::string(embedded_template("sandbox/style.css").value()));
    values.set("client", wish.client_id);
    values.set("hint", wish.login_hint);
    values.set("fields", fields);
    values.set("people", choices);
    auto response = http::Response::html(page.render(values));
    // The form's answer leads back to whoever asked.
    response.headers.set(
        "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; "
                                   "form-action 'self' " +
                                       origin_of(wish.redirect_uri)
    );
    return response;
}

http::Response return_to(const Wish& wish, std::string_view name, std::string_view value) {
    auto location = wish.redirect_uri + (wish.redirect_uri.find('?') == std::string::npos ? "?" : "&");
    location += "state=" + http::percent_encode(wish.state) + "&" + std::string(name) + "=" + http::percent_encode(value);
    return http::Response::redirect(location);
}

Task<http::Response> discover(Sandbox& sandbox, http::Context& ctx) {
    auto issuer = issuer_of(ctx);
    auto pages = sandbox.public_url().empty() ? issuer : sandbox.public_url() + "/sandbox/google";
    co_return http::Response::json(fmt::format(
        R"({{"issuer":"{0}","authorization_endpoint":"{1}/authorize","token_endpoint":"{0}/token","revocation_endpoint":"{0}/revoke","jwks_uri":"{0}/certs",)"
        R"("response_types_supported":["code"],"subject_types_supported":["public"],)"
        R"("id_token_signing_alg_values_supported":["RS256"],"scopes_supported":["openid","email","profile"],)"
        R"("token_endpoint_auth_methods_supported":["client_secret_post"],"code_challenge_methods_supported":["S256"]}})",
        issuer, pages
    ));
}

Task<http::Response> show_consent(Sandbox&, http::Context& ctx) {
    auto wish = read_wish(ctx.request->query);
    if (auto fault = find_fault(wish); !fault.empty()) co_return http::Response::text("Error 400: " + fault, 400);
    co_return consent_page(wish);
}

Task<http::Response> decide(Sandbox& sandbox, http::Context& ctx, http::RawBody body) {
    refuse_foreign_pages(ctx);
    auto fields = http::parse_form(body.bytes);
    auto wish = read_wish(fields.value_or(FormFields{}));
    if (auto fault = find_fault(wish); !fault.empty()) co_return http::Response::text("Error 400: " + fault, 400);
    auto choice = field_value(*fields, "choice");
    if (choice == "deny") co_return return_to(wish, "error", "access_denied");
    Email email;
    auto typed = choice == "other" ? field_value(*fields, "email") : choice;
    if (Field<Email>::parse(typed, email)) co_return consent_page(wish);
    auto name = field_value(*fields, "name");
    for (const auto& person : people) {
        if (email.value == person.email) name = person.name;
    }
    if (name.empty()) name = email.value.substr(0, email.value.find('@'));
    auto code = "4/" + random_token();
    auto hash = sha256_hex(code);
    auto before = co_await granted_before(sandbox, ctx, wish.client_id, email.value);
    auto scope = chosen_scope(wish, *fields, before);
    // Who has consented before gets a refresh token only where the question was put again.
    bool offline = wish.access_type == "offline" && (before.empty() || wish.prompt.find("consent") != std::string::npos);
    co_await sandbox.db().exec(
        ctx, add_code_sql, hash, wish.client_id, wish.redirect_uri, wish.code_challenge, wish.nonce, email, name, scope,
        offline, ctx.now()
    );
    co_return return_to(wish, "code", code);
}

Task<http::Response> show_keys(Sandbox& sandbox, http::Context& ctx) {
    auto keys = co_await newest_keys(sandbox, ctx);
    std::string items;
    for (const auto& key : keys) {
        if (!items.empty()) items += ',';
        items += fmt::format(
            R"({{"kty":"RSA","use":"sig","alg":"RS256","kid":"{}","n":"{}","e":"{}"}})", key.id, key.modulus, key.exponent
        );
    }
    auto response = http::Response::json(R"({"keys":[)" + items + "]}");
    response.headers.set("Cache-Control", "public, max-age=3600");
    co_return response;
}

struct TrickRequest {
    std::string trick;
    BOOST_DESCRIBE_CLASS(TrickRequest, (), (trick), (), ())

    void validate(Reader& reader) const {
        if (!google::is_trick(trick)) reader.fail("trick", "invalid", "is no way in which a token can be wrong");
    }
};

Task<> rotate(Sandbox& sandbox, http::Context& ctx) {
    refuse_foreign_pages(ctx);
    co_await add_key(sandbox, ctx, false);
}

Task<> play_trick(Sandbox& sandbox, http::Context& ctx, http::RawBody body) {
    refuse_foreign_pages(ctx);
    auto input = from_json<TrickRequest>(body.bytes);
    co_await sandbox.db().exec(ctx, add_trick_sql, input.trick);
}

} // namespace

namespace google {

std::string issuer_of(const http::Context& ctx) {
    return fmt::format(
        "{}://{}/sandbox/google", ctx.request->secure ? "https" : "http", ctx.request->header("Host").value_or("")
    );
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        auto space = std::min(text.find(' '), text.size());
        if (space > 0) words.emplace_back(text.substr(0, space));
        text.remove_prefix(std::min(space + 1, text.size()));
    }
    return words;
}

Task<> add_key(Sandbox& sandbox, const Context& ctx, bool only_first) {
    auto pair = make_rsa_key();
    auto id = random_token(8);
    auto modulus = base64url_encode(pair.modulus);
    auto exponent = base64url_encode(pair.exponent);
    co_await sandbox.db().exec(ctx, add_key_sql, id, pair.private_key_pem, modulus, exponent, only_first);
}

Task<std::vector<Key>> newest_keys(Sandbox& sandbox, const Context& ctx) {
    auto keys = co_await sandbox.db().all<Key>(ctx, newest_keys_sql);
    if (!keys.empty()) co_return keys;
    co_await add_key(sandbox, ctx, true);
    co_return co_await sandbox.db().all<Key>(ctx, newest_keys_sql);
}

} // namespace google

void google_routes(http::Router& router, Sandbox& sandbox) {
    auto at = [](std::string_view path) { return "/sandbox/google" + std::string(path); };
    router.add("GET", at("/.well-known/openid-configuration"), sandbox, discover).anonymous().hidden();
    router.add("GET", at("/authorize"), sandbox, show_consent).anonymous().hidden().lenient();
    router.add("POST", at("/authorize"), sandbox, decide).anonymous().hidden();
    router.add("GET", at("/certs"), sandbox, show_keys).anonymous().hidden();
    router.add("POST", at("/rotate"), sandbox, rotate).anonymous().hidden();
    router.add("POST", at("/trick"), sandbox, play_trick).anonymous().hidden();
    token_routes(router, sandbox);
    calendar_routes(router, sandbox);
}

} // namespace doorstep::sandbox
