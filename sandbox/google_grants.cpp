// Google's token and revocation endpoints, and who has let whom do what.

#include <fmt/format.h>

#include "core/crypto.hpp"
#include "core/email.hpp"
#include "core/text.hpp"
#include "sandbox/google_double.hpp"

namespace doorstep::sandbox::google {
namespace {

using namespace std::chrono_literals;

constexpr auto code_life = 10min;
constexpr auto token_life = 3599s;

const db::Query use_code_sql{"sandbox.google.use_code", R"sql(
    update sandbox.google_codes set used_at = $2 where code_hash = $1 and used_at is null and created_at > $3
    returning client_id, redirect_uri, code_challenge, nonce, email, name, email_verified, scope, offline
)sql"};

const db::Query next_trick_sql{"sandbox.google.next_trick", R"sql(
    delete from sandbox.google_tricks where id = (select min(id) from sandbox.google_tricks) returning trick
)sql"};

const db::Query grant_sql{"sandbox.google.grant", R"sql(
    insert into sandbox.google_grants as g (client_id, email, scope) values ($1, $2, $3)
    on conflict (client_id, email) do update set scope = (
        select string_agg(distinct word, ' ') from regexp_split_to_table(g.scope || ' ' || excluded.scope, ' ') word
    )
    returning id
)sql"};

const db::Query granted_sql{
    "sandbox.google.granted", "select scope from sandbox.google_grants where client_id = $1 and email = $2"
};

const db::Query add_token_sql{"sandbox.google.add_token", R"sql(
    insert into sandbox.google_access (token_hash, kind, grant_id, scope, expires_at) values ($1, $2, $3, $4, $5)
)sql"};

const db::Query refresh_token_sql{"sandbox.google.refresh_token", R"sql(
    select a.grant_id, a.scope, g.client_id from sandbox.google_access a join sandbox.google_grants g on g.id = a.grant_id
    where a.token_hash = $1 and a.kind = 'refresh'
)sql"};

const db::Query permit_sql{"sandbox.google.permit", R"sql(
    select g.email, a.scope from sandbox.google_access a join sandbox.google_grants g on g.id = a.grant_id
    where a.token_hash = $1 and a.kind = 'access' and a.expires_at > $2
)sql"};

const db::Query next_rotation_sql{"sandbox.google.next_rotation", R"sql(
    delete from sandbox.google_rotations where id = (select min(id) from sandbox.google_rotations) returning id
)sql"};
const db::Query add_rotation_sql{"sandbox.google.add_rotation", "insert into sandbox.google_rotations default values"};
const db::Query drop_token_sql{"sandbox.google.drop_token", "delete from sandbox.google_access where token_hash = $1"};

const db::Query revoke_sql{"sandbox.google.revoke", R"sql(
    delete from sandbox.google_grants where id = (select grant_id from sandbox.google_access where token_hash = $1)
)sql"};
const db::Query revoke_of_sql{"sandbox.google.revoke_of", "delete from sandbox.google_grants where email = $1"};

struct Code {
    std::string client_id;
    std::string redirect_uri;
    std::string code_challenge;
    std::string nonce;
    std::string email;
    std::string name;
    bool email_verified = true;
    std::string scope;
    bool offline = false;
    BOOST_DESCRIBE_CLASS(
        Code, (), (client_id, redirect_uri, code_challenge, nonce, email, name, email_verified, scope, offline), (), ()
    )
};

struct RefreshToken {
    std::int64_t grant_id = 0;
    std::string scope;
    std::string client_id;
    BOOST_DESCRIBE_CLASS(RefreshToken, (), (grant_id, scope, client_id), (), ())
};

http::Response server_error(int status) {
    return refuse(status, status < 500 ? "invalid_request" : "internal_failure", "The sandbox was told to fail.");
}
http::Response rate_limited(int status) {
    return refuse(status, "rate_limit_exceeded", "Try again later.");
}

http::Response tokens(
    const std::string& access_token, const std::string& scope, const std::string& refresh_token, const std::string& id_token
) {
    auto text = fmt::format(
        R"({{"access_token":"{}","expires_in":{},"scope":{},"token_type":"Bearer")", access_token,
        std::chrono::seconds(token_life).count(), json_quote(scope)
    );
    if (!refresh_token.empty()) text += R"(,"refresh_token":")" + refresh_token + '"';
    if (!id_token.empty()) text += R"(,"id_token":")" + id_token + '"';
    auto answer = http::Response::json(text + "}");
    answer.headers.set("Cache-Control", "no-store");
    return answer;
}

Task<std::string> add_token(Sandbox& sandbox, const Context& ctx, bool refresh, std::int64_t grant, const std::string& scope) {
    auto token = (refresh ? "1//" : "ya29.") + random_token();
    auto kind = refresh ? "refresh" : "access";
    auto until = refresh ? std::nullopt : std::optional<Time>(ctx.now() + token_life);
    co_await sandbox.db().exec(ctx, add_token_sql, sha256_hex(token), kind, grant, scope, until);
    co_return token;
}

Task<http::Response> exchange(Sandbox& sandbox, http::Context& ctx, const FormFields& form) {
    auto hash = sha256_hex(field_value(form, "code"));
    auto oldest = ctx.now() - code_life;
    // Used up by the first who tries, right or wrong.
    auto code = co_await sandbox.db().maybe<Code>(ctx, use_code_sql, hash, ctx.now(), oldest);
    if (!code) co_return refuse(400, "invalid_grant", "The code is unknown, expired or was used.");
    if (code->client_id != field_value(form, "client_id"))
        co_return refuse(400, "invalid_grant", "The code belongs to another client.");
    if (code->redirect_uri != field_value(form, "redirect_uri"))
        co_return refuse(400, "redirect_uri_mismatch", "The redirect_uri is not the one of the first request.");
    if (base64url_encode(sha256(field_value(form, "code_verifier"))) != code->code_challenge)
        co_return refuse(400, "invalid_grant", "The code_verifier does not fit.");
    auto keys = co_await newest_keys(sandbox, ctx);
    auto trick = co_await sandbox.db().maybe<std::string>(ctx, next_trick_sql);
    auto grant = co_await sandbox.db().one<std::int64_t>(ctx, grant_sql, code->client_id, code->email, code->scope);
    auto access_token = co_await add_token(sandbox, ctx, false, grant, code->scope);
    std::string refresh_token;
    if (code->offline) refresh_token = co_await add_token(sandbox, ctx, true, grant, code->scope);
    Claims claims{
        .issuer = issuer_of(ctx),
        .client_id = code->client_id,
        .nonce = code->nonce,
        .email = code->email,
        .name = code->name,
        .email_verified = code->email_verified,
        .access_token = access_token,
        .now = ctx.now(),
    };
    co_return tokens(access_token, code->scope, refresh_token, id_token(keys.front(), claims, trick));
}

Task<http::Response> refresh(Sandbox& sandbox, http::Context& ctx, const FormFields& form) {
    auto hash = sha256_hex(field_value(form, "refresh_token"));
    auto known = co_await sandbox.db().maybe<RefreshToken>(ctx, refresh_token_sql, hash);
    if (!known || known->client_id != field_value(form, "client_id"))
        co_return refuse(400, "invalid_grant", "Token has been expired or revoked.");
    auto access_token = co_await add_token(sandbox, ctx, false, known->grant_id, known->scope);
    std::string next;
    auto rotated = co_await sandbox.db().maybe<std::int64_t>(ctx, next_rotation_sql);
    if (rotated) {
        next = co_await add_token(sandbox, ctx, true, known->grant_id, known->scope);
        co_await sandbox.db().exec(ctx, drop_token_sql, hash);
    }
    co_return tokens(access_token, known->scope, next, "");
}

std::optional<FormFields> read_form(const http::Context& ctx) {
    auto type = ctx.request->header("Content-Type").value_or("");
    return type.starts_with("application/x-www-form-urlencoded") ? http::parse_form(ctx.request->body) : std::nullopt;
}

Task<http::Response> serve_token(Sandbox& sandbox, http::Context& ctx) {
    auto form = read_form(ctx);
    if (!form) co_return refuse(400, "invalid_request", "The body must be a form.");
    auto type = field_value(*form, "grant_type");
    if (type != "authorization_code" && type != "refresh_token")
        co_return refuse(400, "unsupported_grant_type", "Only authorization_code and refresh_token are served.");
    if (field_value(*form, "client_id").empty() || field_value(*form, "client_secret").empty())
        co_return refuse(401, "invalid_client", "The client does not say who it is.");
    if (type == "refresh_token") co_return co_await refresh(sandbox, ctx, *form);
    co_return co_await exchange(sandbox, ctx, *form);
}

Task<http::Response> serve_revocation(Sandbox& sandbox, http::Context& ctx) {
    auto form = read_form(ctx);
    if (!form) co_return refuse(400, "invalid_request", "The body must be a form.");
    auto gone = co_await sandbox.db().exec(ctx, revoke_sql, sha256_hex(field_value(*form, "token")));
    if (gone == 0) co_return refuse(400, "invalid_token", "Token expired or revoked");
    co_return http::Response::json("{}");
}

Task<http::Response> give_token(Sandbox& sandbox, http::Context& ctx, http::RawBody) {
    auto manners = oauth_manners("token");
    auto serve = [&]() -> Task<http::Response> { return serve_token(sandbox, ctx); };
    std::function<Task<http::Response>()> serve_call = serve;
    co_return co_await sandbox.play(ctx, manners, serve_call);
}

Task<http::Response> revoke(Sandbox& sandbox, http::Context& ctx, http::RawBody) {
    auto manners = oauth_manners("revoke");
    auto serve = [&]() -> Task<http::Response> { return serve_revocation(sandbox, ctx); };
    std::function<Task<http::Response>()> serve_call = serve;
    co_return co_await sandbox.play(ctx, manners, serve_call);
}

struct WhoRevokes {
    Email email;
    BOOST_DESCRIBE_CLASS(WhoRevokes, (), (email), (), ())
};

struct Revoked {
    std::int64_t revoked = 0;
    BOOST_DESCRIBE_CLASS(Revoked, (), (revoked), (), ())
};

/// As a person does among the settings of their Google account.
Task<Revoked> revoke_by_hand(Sandbox& sandbox, http::Context& ctx, http::RawBody body) {
    refuse_foreign_pages(ctx);
    auto input = from_json<WhoRevokes>(body.bytes);
    auto gone = co_await sandbox.db().exec(ctx, revoke_of_sql, input.email);
    co_return Revoked{gone};
}

/// The next refresh gives out another refresh token, and the one before is dead.
Task<> rotate_refresh(Sandbox& sandbox, http::Context& ctx) {
    refuse_foreign_pages(ctx);
    co_await sandbox.db().exec(ctx, add_rotation_sql);
}

} // namespace

http::Response refuse(int status, std::string_view error, std::string_view words) {
    return http::Response::json(
        R"({"error":)" + json_quote(error) + R"(,"error_description":)" + json_quote(words) + "}", status
    );
}

Manners oauth_manners(std::string_view operation) {
    return {"google", operation, server_error, rate_limited};
}

bool Permit::has(std::string_view wanted) const {
    return (" " + scope + " ").find(" " + std::string(wanted) + " ") != std::string::npos;
}

Task<std::optional<Permit>> find_permit(Sandbox& sandbox, const http::Context& ctx) {
    constexpr std::string_view scheme = "Bearer ";
    auto given = ctx.request->header("Authorization").value_or("");
    if (!given.starts_with(scheme)) co_return std::nullopt;
    auto hash = sha256_hex(given.substr(scheme.size()));
    co_return co_await sandbox.db().maybe<Permit>(ctx, permit_sql, hash, ctx.now());
}

Task<std::string> granted_before(Sandbox& sandbox, const Context& ctx, const std::string& client, const std::string& email) {
    auto scope = co_await sandbox.db().maybe<std::string>(ctx, granted_sql, client, email);
    co_return scope.value_or("");
}

void token_routes(http::Router& router, Sandbox& sandbox) {
    router.add("POST", "/sandbox/google/token", sandbox, give_token).anonymous().hidden();
    router.add("POST", "/sandbox/google/revoke", sandbox, revoke).anonymous().hidden();
    router.add("POST", "/sandbox/google/revoke-grant", sandbox, revoke_by_hand).anonymous().hidden();
    router.add("POST", "/sandbox/google/rotate-refresh", sandbox, rotate_refresh).anonymous().hidden();
}

} // namespace doorstep::sandbox::google
