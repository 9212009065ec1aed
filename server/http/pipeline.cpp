#include "http/pipeline.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <utility>

#include "core/log.hpp"
#include "core/text.hpp"
#include "http/ascii.hpp"
#include "http/compression.hpp"
#include "http/idempotency.hpp"
#include "http/joined.hpp"
#include "http/problem.hpp"

namespace doorstep::http {
namespace {

using std::chrono::steady_clock;

/// The caller's own id if it is harmless, else the trace's, else a new one.
std::string request_id_of(const Request& request) {
    if (auto given = request.header("X-Request-Id"); given && !given->empty() && given->size() <= 64) {
        auto sane = [](char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; };
        if (std::ranges::all_of(*given, sane)) return std::string(*given);
    }
    if (auto parent = request.header("traceparent"); parent && parent->size() == 55 && parent->starts_with("00-")) {
        auto trace = parent->substr(3, 32);
        auto is_hex = [](char c) { return hex_digit(c) >= 0; };
        if (std::ranges::all_of(trace, is_hex) && trace.find_first_not_of('0') != trace.npos) return std::string(trace);
    }
    return Uuid::v7(std::chrono::time_point_cast<Time::duration>(std::chrono::system_clock::now())).text();
}

bool is_api(std::string_view path) {
    return path.starts_with("/api/") || path.starts_with("/v1/") || path.starts_with("/webhook") || path.starts_with("/mcp");
}

void set_principal(Context& ctx, Principal principal) {
    ctx.principal = std::move(principal);
    auto& who = ctx.principal;
    ctx.account_id = who.account_id;
    ctx.credential = who.credential.empty() ? std::nullopt : std::optional(who.credential);
    if (who.kind == Principal::Kind::anonymous) {
        ctx.actor = {};
        return;
    }
    auto kind = who.kind == Principal::Kind::session ? Actor::Kind::user : Actor::Kind::api_key;
    ctx.actor = Actor{kind, who.user_id, who.user_name, who.home_account_id};
}

void require_allowed(const Principal& principal, const Route& route) {
    if (!principal.scopes.contains("*") && !principal.scopes.contains(route.scope_name))
        throw forbidden("This key lacks the scope " + route.scope_name + ".").with("scope", route.scope_name);
    auto& [roles, acting] = route.permission;
    if (!roles.empty() && std::ranges::find(roles, principal.role) == roles.end())
        throw forbidden("Your role does not allow this.");
    if (acting == Permission::Acting::refused && !principal.home_account_id.is_nil())
        throw forbidden("This is for members of the account, not for those who act in it.");
}

void go_home(Context& ctx) {
    if (ctx.actor.home_account.is_nil()) return;
    ctx.account_id = ctx.actor.home_account;
    ctx.actor.home_account = {};
}

std::string cookie_text(const Cookie& cookie, bool secure) {
    std::string text = cookie.name + "=" + cookie.value + "; Path=" + cookie.path;
    if (cookie.max_age) text += "; Max-Age=" + std::to_string(*cookie.max_age);
    if (cookie.http_only) text += "; HttpOnly";
    if (!cookie.same_site.empty()) text += "; SameSite=" + cookie.same_site;
    if (secure || cookie.name.starts_with("__Host-") || cookie.name.starts_with("__Secure-")) text += "; Secure";
    return text;
}

} // namespace

Pipeline::Pipeline(
    const ServerOptions& options, const Clock& clock, const Router& router, Authenticator& authenticator, db::Database& database
)
    : clock_(clock),
      router_(router),
      authenticator_(authenticator),
      database_(database),
      proxies_(options.trusted_proxies),
      origins_(options.public_url, options.cors_origins),
      rate_limit_(options.rate_per_second, options.rate_burst),
      public_is_secure_(options.public_url.starts_with("https://")),
      metrics_(options.metrics) {}

Task<Response> Pipeline::answer(Request& request, const Router::Match& match) {
    auto started = steady_clock::now();
    Context ctx(clock_, request);
    ctx.trace_id = request_id_of(request);
    ctx.ip = request.client_ip;
    ctx.user_agent = utf8_prefix(request.header("User-Agent").value_or(""), 300);

    Response response;
    std::exception_ptr problem;
    try {
        response = co_await treat(ctx, match);
    } catch (...) {
        problem = std::current_exception();
    }
    if (problem) {
        // A handler that was cancelled must not take its answer along.
        co_await boost::asio::this_coro::reset_cancellation_state();
        auto error = to_error(problem, ctx.trace_id);
        bool client_fault = error.status >= 400 && error.status < 500 && error.status != 401;
        bool signed_in = ctx.principal.kind != Principal::Kind::anonymous;
        if (client_fault && signed_in && !match.route->is_public) co_await confirm(ctx, error);
        bool page = !is_api(request.path) && (!match.route || match.route->is_hidden) && request.wants_html();
        response = problem_response(error, ctx.trace_id, page);
        if (error.status == 405) response.headers.add("Allow", match.allow);
    }
    finish(ctx, match, response);

    auto took = std::chrono::duration<double>(steady_clock::now() - started).count();
    if (metrics_) count(match.route, response.status, took);
    if (log::enabled(log::Level::info)) {
        // The pattern, not the path: paths hold tokens and telephone numbers.
        std::string_view route = match.route ? std::string_view(match.route->pattern) : "-";
        auto bytes = response.static_body.empty() ? response.body.size() : response.static_body.size();
        log::info(
            "request", {{"method", request.method},
                        {"route", route},
                        {"status", response.status},
                        {"ms", took * 1000},
                        {"bytes", bytes},
                        {"request_id", ctx.trace_id},
                        {"account_id", ctx.account_id.is_nil() ? "-" : ctx.account_id.text()}}
        );
    }
    co_return response;
}

Response Pipeline::refuse(const Error& error) {
    auto id = Uuid::v7(std::chrono::time_point_cast<Time::duration>(std::chrono::system_clock::now())).text();
    log::info("request refused", {{"status", error.status}, {"code", error.code}, {"request_id", id}});
    auto response = problem_response(error, id, false);
    response.headers.add("X-Request-Id", id);
    return response;
}

Task<Response> Pipeline::treat(Context& ctx, const Router::Match& match) {
    auto& request = *ctx.request;
    if (auto wait = rate_limit_.take(rate_key(request.client_ip), steady_clock::now()))
        throw too_many("Too many requests. Wait a moment.", *wait);

    if (!match.route) {
        if (request.path == "*") co_return Response::empty();
        if (match.allow.empty()) throw not_found("address");
        if (request.method != "OPTIONS")
            throw Error(405, "method_not_allowed", "This address does not take " + request.method + ".");
        auto wanted = request.header("Access-Control-Request-Method").value_or("GET");
        auto target = router_.match(wanted, request.path);
        co_return origins_.preflight(request, target.route && target.route->is_cross_origin, match.allow);
    }

    auto& route = *match.route;
    // Signing in and its like set and use cookies before there is a session. What any site may send to is anonymous.
    bool looks_who_asks = route.is_public && !route.is_anonymous && !route.is_hidden;
    if (looks_who_asks && !is_safe_method(request.method)) {
        if (auto foreign = origins_.check_site(request)) throw std::move(*foreign);
    }
    if (!route.is_anonymous && (request.header("Authorization") || request.header("Cookie"))) co_await authenticate(ctx, route);
    if (!route.is_public) {
        if (ctx.principal.kind == Principal::Kind::anonymous) throw unauthorized();
        require_allowed(ctx.principal, route);
        if (route.permission.acting == Permission::Acting::at_home) go_home(ctx);
    }

    if (ctx.principal.kind != Principal::Kind::anonymous && route.takes_key() && !is_safe_method(request.method)) {
        if (auto key = request.header("Idempotency-Key")) {
            std::string key_text(*key);
            auto handle_it = [&] { return handle(ctx, route, match.path_values); };
            co_return co_await answer_once(database_, ctx, route, key_text, handle_it);
        }
    }
    co_return co_await handle(ctx, route, match.path_values);
}

Task<Response> Pipeline::handle(Context& ctx, const Route& route, const std::vector<std::string>& path_values) {
    bool acts_elsewhere = !ctx.actor.home_account.is_nil() && !is_safe_method(ctx.request->method);
    if (!acts_elsewhere) {
        auto handling = route.handle(ctx, path_values);
        co_return co_await std::move(handling);
    }
    // Both accounts learn of it, or it is not done.
    auto body = [&](db::Session& session) -> Task<Response> {
        Joined joined(ctx, session);
        auto handling = route.handle(ctx, path_values);
        auto response = co_await std::move(handling);
        co_await authenticator_.note_act(session, ctx, route.operation_id);
        co_return response;
    };
    co_return co_await database_.transaction(ctx, body);
}

Task<> Pipeline::authenticate(Context& ctx, const Route& route) {
    std::exception_ptr problem;
    try {
        auto principal = co_await authenticator_.authenticate(ctx);
        set_principal(ctx, std::move(principal));
    } catch (...) {
        problem = std::current_exception();
    }
    auto refusal = problem ? std::nullopt : origins_.check_write(*ctx.request, ctx.principal);
    if (!problem && !refusal) co_return;
    if (!route.is_public) {
        if (problem) std::rethrow_exception(problem);
        throw std::move(*refusal);
    }
    // What is open to everybody is open to the bearer of a dead credential too, as to a stranger.
    set_principal(ctx, Principal{});
}

/// The handler may have refused before the store could tell that the credential was revoked.
Task<> Pipeline::confirm(Context& ctx, Error& error) {
    std::exception_ptr revoked;
    try {
        co_await authenticator_.confirm(ctx);
    } catch (...) {
        revoked = std::current_exception();
    }
    if (revoked) error = to_error(revoked, ctx.trace_id);
}

void Pipeline::finish(Context& ctx, const Router::Match& match, Response& response) const {
    auto& request = *ctx.request;
    for (auto& [name, value] : ctx.headers.all()) {
        if (equal_ignoring_case(name, "Vary"))
            response.headers.add(name, value);
        else
            response.headers.set(name, value);
    }
    for (auto& cookie : ctx.cookies)
        response.headers.add("Set-Cookie", cookie_text(cookie, request.secure || public_is_secure_));
    if (!response.headers.find("Cache-Control")) response.headers.add("Cache-Control", "no-store");
    bool any_origin = match.route && match.route->is_cross_origin;
    if (!response.headers.find("Access-Control-Allow-Methods")) origins_.add_cors(request, any_origin, response);
    if (any_origin && !response.headers.find("Cross-Origin-Resource-Policy"))
        response.headers.add("Cross-Origin-Resource-Policy", "cross-origin");
    response.headers.add("X-Request-Id", ctx.trace_id);
    compress(request, response);
}

void Pipeline::count(const Route* route, int status, double seconds) {
    auto& known = route_metrics_[route];
    std::string_view method = route ? std::string_view(route->method) : "-";
    std::string_view pattern = route ? std::string_view(route->pattern) : "-";
    auto digit = std::size_t(status / 100) % known.by_class.size();
    auto& counter = known.by_class[digit];
    if (!counter) {
        auto status_class = std::to_string(digit) + "xx";
        counter = &metrics_->counter(
            "doorstep_http_requests_total", "Requests answered.",
            {{"method", method}, {"route", pattern}, {"status", status_class}}
        );
    }
    if (!known.seconds) {
        known.seconds = &metrics_->histogram(
            "doorstep_http_request_seconds", "Time from a whole request to its answer.",
            {{"method", method}, {"route", pattern}}
        );
    }
    counter->add();
    known.seconds->observe(seconds);
}

} // namespace doorstep::http
