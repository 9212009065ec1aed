#include "sandbox/sandbox.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/log.hpp"

namespace doorstep::sandbox {
namespace {

namespace asio = boost::asio;

const db::Query take_fault_sql{"sandbox.faults.take", R"sql(
    update sandbox.faults set remaining = remaining - 1
    where id = (
        select id from sandbox.faults where provider = $1 and remaining > 0 order by id limit 1 for update
    ) and remaining > 0
    returning id, provider, mode, status, remaining
)sql"};

const db::Query note_call_sql{"sandbox.calls.note", R"sql(
    insert into sandbox.calls (provider, operation, status, fault, note, at) values ($1, $2, $3, $4, $5, $6)
)sql"};

const db::Query forget_calls_sql{"sandbox.calls.forget", R"sql(
    delete from sandbox.calls where seq < (select max(seq) from sandbox.calls) - 1000
)sql"};

http::Response dropped() {
    http::Response response;
    response.drop = true;
    return response;
}

} // namespace

Sandbox::Sandbox(asio::io_context& io, db::Database& db, http::Client& client, Clock& clock, Options options)
    : io_(io), db_(db), client_(client), clock_(clock), options_(std::move(options)) {
    while (options_.product_url.ends_with('/')) options_.product_url.pop_back();
}

void Sandbox::routes(http::Router& router) {
    router.tag("sandbox");
    openai_routes(router, *this);
    sendgrid_routes(router, *this);
    receiver_routes(router, *this);
    mailgun_routes(router, *this);
    google_routes(router, *this);
    control_routes(router, *this);
    page_routes(router, *this);
}

void Sandbox::stop() {
    for (auto* timer : held_) timer->cancel();
}

Task<> Sandbox::hang() {
    asio::steady_timer timer(io_, options_.hang);
    auto place = held_.insert(held_.end(), &timer);
    struct Leave {
        std::list<asio::steady_timer*>& list;
        std::list<asio::steady_timer*>::iterator place;
        ~Leave() { list.erase(place); }
    } leave{held_, place};
    boost::system::error_code woken;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
}

Task<http::Response> Sandbox::play(
    http::Context& ctx, const Manners& manners, const std::function<Task<http::Response>()>& serve
) {
    auto fault = co_await db_.maybe<Fault>(ctx, take_fault_sql, manners.provider);
    http::Response response;
    if (fault) {
        response = co_await misbehave(ctx, manners, *fault, serve);
    } else {
        response = co_await serve();
        auto note = response.status >= 400 ? std::optional(response.body.substr(0, 500)) : std::nullopt;
        co_await db_.exec(
            ctx, note_call_sql, manners.provider, manners.operation, response.status, std::nullopt, note, ctx.now()
        );
    }
    co_await db_.exec(ctx, forget_calls_sql);
    co_return response;
}

Task<http::Response> Sandbox::misbehave(
    http::Context& ctx, const Manners& manners, const Fault& fault, const std::function<Task<http::Response>()>& serve
) {
    http::Response response;
    std::string note;
    switch (fault.mode) {
    case FaultMode::error: response = manners.error(fault.status.value_or(500)); break;
    case FaultMode::rate_limit: response = manners.rate_limit(fault.status.value_or(429)); break;
    case FaultMode::garbage: response = http::Response::text("\x1f\x8b{]<<unintelligible>>", fault.status.value_or(200)); break;
    case FaultMode::accept_then_drop: {
        auto served = co_await serve();
        note = "did the work, would have answered " + std::to_string(served.status);
        response = dropped();
        break;
    }
    case FaultMode::timeout: response = dropped(); break;
    }
    auto status = response.drop ? std::nullopt : std::optional(response.status);
    co_await db_.exec(ctx, note_call_sql, manners.provider, manners.operation, status, enum_text(fault.mode), note, ctx.now());
    if (fault.mode == FaultMode::timeout) co_await hang();
    co_return response;
}

Task<> Sandbox::run() {
    asio::steady_timer timer(io_);
    while (true) {
        timer.expires_after(std::chrono::seconds(1));
        co_await timer.async_wait(asio::use_awaitable);
        try {
            Context ctx(clock_);
            co_await deliver_due(ctx);
        } catch (const db::Failure& failure) {
            log::warn("sandbox deliveries wait for the store", {{"error", failure.message}});
        }
    }
}

} // namespace doorstep::sandbox
