// Connecting: begun and ended by the same person in the same browser, once.

#include "core/log.hpp"
#include "modules/calendar/provider.hpp"
#include "modules/calendar/row.hpp"

namespace doorstep::calendar {

struct Calendar::Underway {
    Uuid account_id;
    Id<User> user_id;
    std::string credential;
    std::string verifier_sealed;
    std::string nonce;
    ReturnTo return_to = ReturnTo::settings;
    BOOST_DESCRIBE_CLASS(Underway, (), (account_id, user_id, credential, verifier_sealed, nonce, return_to), (), ())
};

namespace {

// The browser keeps one: what it began before has no use any more.
const db::Query begin_sql{"calendar.begin", R"sql(
    with before as (delete from google_consents where account_id = $1 and credential = $5)
    insert into google_consents
        (account_id, user_id, state_hash, browser_hash, credential, verifier_sealed, nonce, return_to, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)sql"};

// Used up by the first who comes, and by nobody from another browser.
const db::Query take_sql{"calendar.take_consent", R"sql(
    delete from google_consents where state_hash = $1 and browser_hash = $2 and expires_at > $3
    returning account_id, user_id, credential, verifier_sealed, nonce, return_to
)sql"};

const db::Query connect_sql{"calendar.connect", R"sql(
    insert into google_credentials (account_id, user_id, id, issuer, subject, email, scopes, refresh_sealed, access_sealed,
        access_expires_at, state, connected_at, checked_at, looked_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'connected', $11, $11, $11)
    returning )sql" CALENDAR_COLUMNS};

const db::Query reconnect_sql{"calendar.reconnect", R"sql(
    update google_credentials set email = $3, scopes = $4, refresh_sealed = coalesce($5, refresh_sealed), access_sealed = $6,
        access_expires_at = $7, state = 'connected', reason = null, connected_at = $8, checked_at = $8, looked_at = $8,
        lease = null, leased_until = null
    where account_id = $1 and user_id = $2
    returning )sql" CALENDAR_COLUMNS};

const db::Query replace_sql{"calendar.replace", "delete from google_credentials where account_id = $1 and user_id = $2"};

const db::Query name_sql{"calendar.name", "select name from users where id = $1"};

constexpr std::string_view cookie_name = "doorstep_calendar";
constexpr std::string_view cookie_path = "/api/calendar/oauth";
constexpr std::string_view callback_path = "/api/calendar/oauth/callback";
constexpr std::string_view purpose = "calendar consent";
constexpr std::chrono::minutes patience{10};

struct Scopes {
    std::vector<std::string> scopes;
    BOOST_DESCRIBE_CLASS(Scopes, (), (scopes), (), ())
};

std::string page_of(ReturnTo page) {
    return page == ReturnTo::onboarding ? "/onboarding" : "/console/settings/calendar";
}

std::string failed(std::string_view reason) {
    return "failed&reason=" + std::string(reason);
}

/// What Google says where it sends nobody's code.
std::string refusal(std::string_view error) {
    if (error == "access_denied") return "refused";
    bool by_policy = error == "admin_policy_enforced" || error == "org_internal" || error == "disallowed_useragent";
    return failed(by_policy ? "policy" : "google");
}

std::string failure(const ProviderFailure& problem) {
    using Kind = ProviderFailure::Kind;
    if (problem.kind == Kind::again) return failed("unreachable");
    return failed(problem.kind == Kind::untrusted ? "untrusted" : "google");
}

/// Nothing where the session of the context has ended.
Task<std::optional<std::string>> name_while_signed_in(db::Database& db, const Context& ctx, Id<User> user) {
    try {
        co_return co_await db.maybe<std::string>(ctx, name_sql, user);
    } catch (const Error& error) {
        if (error.status != 401) throw;
    }
    co_return std::nullopt;
}

} // namespace

Task<CalendarConsent> Calendar::begin(http::Context& ctx, Id<User> user, ReturnTo return_to) {
    if (!parts_.google) throw unavailable("no_google_client", "This server has no Google client. Its operator can set one up.");
    if (!ctx.credential || ctx.principal.kind != http::Principal::Kind::session)
        throw forbidden("A calendar is connected by who is signed in, in their browser.");
    auto known = co_await parts_.db.maybe<Row>(ctx, find_connection_sql, ctx.account_id, user);
    ConsentAttempt attempt{random_token(), random_token(), random_token(), parts_.public_url + std::string(callback_path)};
    auto url = co_await parts_.google->consent_url(attempt, known ? known->email : "");
    if (!url) {
        log::warn("Google can't be asked", {{"why", url.error().reason}, {"request_id", ctx.trace_id}});
        throw unavailable("google_unreachable", "Google can't be reached just now. Try again in a moment.");
    }
    auto browser = random_token();
    auto sealed = parts_.sealer.seal(attempt.code_verifier, purpose);
    co_await parts_.db.exec(
        ctx, begin_sql, ctx.account_id, user, sha256_hex(attempt.state), sha256_hex(browser), *ctx.credential, sealed,
        attempt.nonce, return_to, ctx.now() + patience
    );
    ctx.set_cookie(
        {.name = std::string(cookie_name),
         .value = browser,
         .max_age = std::chrono::seconds(patience).count(),
         .path = std::string(cookie_path)}
    );
    co_return CalendarConsent{std::move(*url)};
}

Task<http::Response> Calendar::end(http::Context& ctx, const ConsentAnswer& answer) {
    auto browser = ctx.request->cookie(cookie_name).value_or("");
    ctx.set_cookie({.name = std::string(cookie_name), .max_age = 0, .path = std::string(cookie_path)});
    Context everyone(*ctx.clock);
    everyone.all_accounts = true;
    auto state_hash = sha256_hex(answer.state ? answer.state->value : "");
    auto underway = co_await parts_.db.maybe<Underway>(everyone, take_sql, state_hash, sha256_hex(browser), ctx.now());
    auto page = page_of(underway ? underway->return_to : ReturnTo::settings);
    std::string result = failed("expired");
    if (underway) result = co_await finish(ctx, *underway, answer);
    co_return http::Response::redirect(page + "?calendar=" + result);
}

Task<std::string> Calendar::finish(http::Context& ctx, const Underway& underway, const ConsentAnswer& answer) {
    auto& who = ctx.principal;
    bool signed_in = who.kind == http::Principal::Kind::session;
    bool the_same = who.user_id == underway.user_id.value && who.account_id == underway.account_id;
    if (signed_in && !the_same) co_return failed("other_user");
    if (answer.error || !answer.code) co_return refusal(answer.error ? answer.error->value : "");
    if (!parts_.google) co_return failed("unreachable");

    // The access token may have run out while the person read Google's page; the session must be alive all the same.
    Context own(*ctx.clock);
    own.account_id = underway.account_id;
    own.credential = signed_in ? ctx.credential : std::optional(underway.credential);
    own.actor = {Actor::Kind::user, underway.user_id.value, {}};
    own.trace_id = ctx.trace_id;
    own.ip = ctx.ip;
    own.user_agent = ctx.user_agent;
    auto verifier = parts_.sealer.open(underway.verifier_sealed, purpose);
    if (!verifier) co_return failed("expired");
    auto name = co_await name_while_signed_in(parts_.db, own, underway.user_id);
    if (!name) co_return failed("signed_out");
    own.actor.name = std::move(*name);
    ConsentAttempt attempt{answer.state->value, underway.nonce, *verifier, parts_.public_url + std::string(callback_path)};
    auto grant = co_await parts_.google->redeem(attempt, answer.code->value);
    if (!grant) {
        log::warn("a calendar was not connected", {{"why", grant.error().reason}, {"request_id", ctx.trace_id}});
        co_return failure(grant.error());
    }
    co_return co_await keep(own, underway, *grant);
}

Task<std::string> Calendar::keep(const Context& ctx, const Underway& underway, const Grant& grant) {
    auto missing = missing_of(grant.scopes);
    if (missing.size() == 3) co_return "refused&reason=scopes_missing";
    auto user = underway.user_id;
    auto access = seal(ctx, user, grant.access_token);
    auto until = ctx.now() + grant.expires_in;
    auto refresh = grant.refresh_token.empty() ? std::nullopt : std::optional(seal(ctx, user, grant.refresh_token));
    auto email = grant.email.empty() ? grant.subject : grant.email;
    auto body = [&](db::Session& tx) -> Task<std::string> {
        auto before = co_await tx.maybe<Row>(lock_connection_sql, ctx.account_id, user);
        bool same = before && before->issuer == grant.issuer && before->subject == grant.subject;
        // Without one the connection would end within the hour.
        bool goes_on = refresh || (same && before->state == ConnectionState::connected);
        if (!goes_on) co_return failed("no_refresh_token");
        std::optional<Row> row;
        if (same) {
            row = co_await tx.one<Row>(
                reconnect_sql, ctx.account_id, user, email, grant.scopes, refresh, access, until, ctx.now()
            );
        } else {
            if (before) co_await tx.exec(replace_sql, ctx.account_id, user);
            auto id = Uuid::v7(ctx.now());
            row = co_await tx.one<Row>(
                connect_sql, ctx.account_id, user, id, grant.issuer, grant.subject, email, grant.scopes, refresh, access, until,
                ctx.now()
            );
            co_await dispatch_revocations(tx, ctx);
        }
        auto kind = before ? "calendar_reconnected" : "calendar_connected";
        auto old = before ? Json{to_json(Scopes{before->scopes})} : Json{};
        co_await note(tx, ctx, kind, *row, std::move(old), {to_json(Scopes{grant.scopes})});
        co_return missing.empty() ? "connected" : "connected&reason=scopes_missing";
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

} // namespace doorstep::calendar
