// Signing in with Google: begun and ended in the same browser, keyed by Google's subject.

#include "core/log.hpp"
#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"
#include "modules/identity/openid.hpp"
#include "modules/identity/tokens.hpp"

namespace doorstep::identity {
namespace {

const db::Query find_identity_sql{"identity.find_identity", R"sql(
    select u.id, u.name, u.email, m.account_id
      from user_identities i
      join users u on u.id = i.user_id
)sql" HOME_MEMBERSHIP R"sql(
     where i.issuer = $1 and i.subject = $2
)sql"};

// Who has a second factor has said how the account is opened; a mailbox at Google is no substitute.
const db::Query find_by_email_sql{"identity.find_by_email", R"sql(
    select u.id, u.name, u.email, m.account_id, u.email_verified_at is not null as verified,
           exists (select from user_totp t where t.user_id = u.id and t.confirmed_at is not null)
               or exists (select from passkeys p where p.user_id = u.id) as secured
      from users u
)sql" HOME_MEMBERSHIP R"sql(
     where u.email_key = $1
)sql"};

const db::Query link_sql{"identity.link", R"sql(
    insert into user_identities (issuer, subject, user_id, email, created_at) values ($1, $2, $3, $4, $5)
)sql"};

const db::Query has_totp_sql{"identity.has_totp", R"sql(
    select exists (select from user_totp where user_id = $1 and confirmed_at is not null)
)sql"};

const db::Query prove_sql{"identity.prove_by_google", R"sql(
    update users set email_verified_at = $2, password_hash = null, name = $3 where id = $1 and email_verified_at is null
)sql"};

struct ByEmail : Person {
    bool verified = false;
    bool secured = false;
    BOOST_DESCRIBE_CLASS(ByEmail, (Person), (verified, secured), (), ())
};

/// What the browser keeps between the two requests, sealed.
struct Underway {
    std::string state;
    std::string nonce;
    std::string code_verifier;
    std::string redirect_uri;
    std::string next;
    Time until;
    BOOST_DESCRIBE_CLASS(Underway, (), (state, nonce, code_verifier, redirect_uri, next, until), (), ())
};

constexpr std::string_view cookie_name = "doorstep_google";
constexpr std::string_view cookie_path = "/api/auth/google";
constexpr std::string_view purpose = "google sign-in";
constexpr std::chrono::minutes patience{10};

/// Only a page of ours.
std::string safe_next(const std::optional<Line<0, 500>>& next) {
    if (!next) return {};
    auto& path = next->value;
    bool ours = path == "/console" || path.starts_with("/console/") || path.starts_with("/console?") || path == "/onboarding";
    return ours ? path : std::string();
}

std::string refusal(std::string_view why) {
    return "/login?google=" + std::string(why);
}

} // namespace

Task<http::Response> Identity::google_begin(http::Context& ctx, const GoogleStart& input) {
    if (!google_) throw not_found("sign-in with Google");
    auto everyone = everywhere(ctx);
    co_await take(everyone, "google sign-ins from " + ctx.ip, address_window, most_failures_of_address);
    auto attempt = OpenIdAttempt::make(public_url_ + std::string(cookie_path) + "/callback");
    auto url = co_await google_->authorize_url(attempt, "");
    if (!url) {
        log::warn("Google can't be asked", {{"why", url.error().reason}, {"request_id", ctx.trace_id}});
        co_return http::Response::redirect(refusal("unreachable"));
    }
    Underway underway{attempt.state,        attempt.nonce,         attempt.code_verifier,
                      attempt.redirect_uri, safe_next(input.next), ctx.now() + patience};
    ctx.set_cookie(
        {.name = std::string(cookie_name),
         .value = sealer_.seal(to_json(underway), purpose),
         .max_age = std::chrono::seconds(patience).count(),
         .path = std::string(cookie_path)}
    );
    co_return http::Response::redirect(*url, 302);
}

Task<http::Response> Identity::google_end(http::Context& ctx, const GoogleAnswer& input) {
    if (!google_) throw not_found("sign-in with Google");
    auto kept = ctx.request->cookie(cookie_name);
    ctx.set_cookie({.name = std::string(cookie_name), .max_age = 0, .path = std::string(cookie_path)});
    auto json = kept ? sealer_.open(*kept, purpose) : std::nullopt;
    if (!json || !input.state) co_return http::Response::redirect(refusal("expired"));
    auto underway = from_json<Underway>(*json);
    if (underway.until <= ctx.now() || !equal_in_constant_time(underway.state, input.state->value))
        co_return http::Response::redirect(refusal("expired"));
    if (input.error || !input.code) co_return http::Response::redirect(refusal("refused"));

    OpenIdAttempt attempt{underway.state, underway.nonce, underway.code_verifier, underway.redirect_uri};
    auto person = co_await google_->redeem(attempt, input.code->value);
    if (!person) {
        log::warn("a sign-in with Google was refused", {{"why", person.error().reason}, {"request_id", ctx.trace_id}});
        bool away = person.error().kind == OpenIdFailure::Kind::unreachable;
        co_return http::Response::redirect(refusal(away ? "unreachable" : "refused"));
    }
    co_return co_await google_sign_in(ctx, *person, underway.next);
}

Task<http::Response> Identity::google_sign_in(http::Context& ctx, const OpenIdPerson& who, const std::string& next) {
    auto everyone = everywhere(ctx);
    everyone.actor = {};
    auto now = ctx.now();
    auto device_hash = hash_of(ctx.request->cookie(device_cookie));
    auto body = [&](db::Session& tx) -> Task<std::string> {
        bool linked = false;
        auto found = co_await tx.maybe<Person>(find_identity_sql, who.issuer, who.subject);
        if (!found) {
            if (!who.email || !who.email_verified) co_return refusal("unverified");
            auto known = co_await tx.maybe<ByEmail>(find_by_email_sql, who.email->key());
            if (known && known->secured) {
                co_await note_about(tx, everyone, *known, "sign_in_refused", Json{R"({"method":"google"})"});
                co_return refusal("secured");
            }
            found = known ? std::optional<Person>(*known) : std::nullopt;
            auto name = who.name.empty() ? who.email->value.substr(0, who.email->value.find('@')) : who.name;
            if (!found) found = co_await open_for(tx, everyone, *who.email, name);
            // An account that nobody has proved to own may have been made by anybody: its password goes.
            if (known && !known->verified) co_await tx.exec(prove_sql, found->id, now, name);
            co_await tx.exec(link_sql, who.issuer, who.subject, found->id, *who.email, now);
            linked = true;
            auto actor = acting(ctx, *found);
            if (known && known->verified) alert(tx, actor, *found, "google_linked");
        }
        auto actor = acting(ctx, *found);
        Entry entry{.person = *found};
        entry.method = "google";
        entry.device_id = co_await find_device(tx, *found, device_hash, now);
        entry.trust = true;
        auto has_totp = co_await tx.one<bool>(has_totp_sql, found->id);
        if (has_totp && !entry.device_id) {
            entry.trust = false;
            auto asked = co_await challenge(tx, actor, entry, MfaType::totp, MfaReason::second_factor);
            if (linked) co_await note(tx, actor, "google_linked");
            auto goal = next.empty() ? std::string() : "&next=" + http::percent_encode(next);
            co_return "/login?challenge=" + asked.challengeId + goal;
        }
        co_await begin(tx, ctx, actor, entry);
        if (linked) co_await note(tx, actor, "google_linked");
        co_return next.empty() ? "/console" : next;
    };
    auto goal = co_await db_.transaction(everyone, body);
    co_return http::Response::redirect(goal);
}

/// An account of their own, opened by the address that Google has verified.
Task<Person> Identity::open_for(
    db::Session& tx, const doorstep::Context& everyone, const Email& email, const std::string& name
) {
    accounts::NewAccount account;
    account.name.value = name;
    account.owner_name.value = name;
    account.owner_email = email;
    auto inner = everyone;
    inner.outer = &tx;
    auto opened = co_await accounts_.open(inner, account, "");
    co_return Person{opened.user_id, name, email, opened.account_id.value};
}

} // namespace doorstep::identity
