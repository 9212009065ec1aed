#include <array>

#include "sandbox/input.hpp"
#include "sandbox/sandbox.hpp"

namespace doorstep::sandbox {
namespace {

/// The providers that have a double here, by their folder in providers/.
constexpr std::array<std::string_view, 4> played = {"google", "mailgun", "openai", "sendgrid"};

const db::Query add_fault_sql{"sandbox.faults.add", R"sql(
    insert into sandbox.faults (provider, mode, status, remaining, created_at) values ($1, $2, $3, $4, $5)
    returning id, provider, mode, status, remaining
)sql"};

const db::Query list_faults_sql{"sandbox.faults.list", R"sql(
    select id, provider, mode, status, remaining from sandbox.faults where remaining > 0 order by id
)sql"};

const db::Query clear_faults_sql{"sandbox.faults.clear", R"sql(
    delete from sandbox.faults where $1::text is null or provider = $1
)sql"};

const db::Query list_calls_sql{"sandbox.calls.list", R"sql(
    select provider, operation, status, fault, note, at from sandbox.calls order by seq desc limit 200
)sql"};

struct NewFault {
    std::string provider;
    FaultMode mode = FaultMode::error;
    std::optional<Int<400, 599>> status;
    std::optional<Int<1, 100'000>> count;
    BOOST_DESCRIBE_CLASS(NewFault, (), (provider, mode, status, count), (), ())

    void validate(Reader& reader) const {
        if (std::ranges::find(played, provider) != played.end()) return;
        reader.fail("provider", "invalid", "has no double here; there are google, mailgun, openai and sendgrid");
    }
};

struct FaultList {
    std::vector<Fault> items;
    BOOST_DESCRIBE_CLASS(FaultList, (), (items), (), ())
};

struct FaultFilter {
    std::optional<std::string> provider;
    BOOST_DESCRIBE_CLASS(FaultFilter, (), (provider), (), ())
};

struct CallNote {
    std::string provider;
    std::string operation;
    std::optional<int> status;
    std::optional<std::string> fault;
    std::optional<std::string> note;
    Time at{};
    BOOST_DESCRIBE_CLASS(CallNote, (), (provider, operation, status, fault, note, at), (), ())
};

struct CallList {
    std::vector<CallNote> items;
    BOOST_DESCRIBE_CLASS(CallList, (), (items), (), ())
};

struct ClockNow {
    Time now{};
    BOOST_DESCRIBE_CLASS(ClockNow, (), (now), (), ())
};

constexpr std::int64_t ten_years = 315'360'000;

struct ClockMove {
    std::optional<Int<-ten_years, ten_years>> advance_seconds;
    std::optional<Time> set;
    BOOST_DESCRIBE_CLASS(ClockMove, (), (advance_seconds, set), (), ())

    void validate(Reader& reader) const {
        if (advance_seconds.has_value() == set.has_value()) {
            reader.fail("advance_seconds", "required", "or set is required, and only one of them");
        }
        if (set && !Sandbox::is_possible(*set)) reader.fail("set", "out_of_range", "must be a time from 2000 to 2099");
    }
};

struct InboundMessage {
    std::string channel;
    std::string from;
    std::optional<std::string> to;
    std::string text;
    std::optional<std::string> subject;        // of an e-mail; none: an answer to the last one
    std::optional<std::string> auto_submitted; // of an e-mail that a machine answers
    BOOST_DESCRIBE_CLASS(InboundMessage, (), (channel, from, to, text, subject, auto_submitted), (), ())
};

struct EventsRequest {
    std::string message_id;
    std::vector<std::string> events;
    std::optional<std::string> url;
    BOOST_DESCRIBE_CLASS(EventsRequest, (), (message_id, events, url), (), ())
};

Task<http::Response> add_fault(Sandbox& sandbox, http::Context& ctx, http::RawBody body) {
    refuse_foreign_pages(ctx);
    auto input = from_json<NewFault>(body.bytes);
    std::int64_t count = input.count ? input.count->value : 1;
    auto fault =
        co_await sandbox.db().one<Fault>(ctx, add_fault_sql, input.provider, input.mode, input.status, count, ctx.now());
    co_return http::Response::json(to_json(fault), 201);
}

Task<FaultList> list_faults(Sandbox& sandbox, http::Context& ctx) {
    auto items = co_await sandbox.db().all<Fault>(ctx, list_faults_sql);
    co_return FaultList{std::move(items)};
}

Task<> clear_faults(Sandbox& sandbox, http::Context& ctx, http::Query<FaultFilter> filter) {
    refuse_foreign_pages(ctx);
    co_await sandbox.db().exec(ctx, clear_faults_sql, filter->provider);
}

Task<CallList> list_calls(Sandbox& sandbox, http::Context& ctx) {
    auto items = co_await sandbox.db().all<CallNote>(ctx, list_calls_sql);
    co_return CallList{std::move(items)};
}

Task<ClockNow> get_clock(Sandbox& sandbox, http::Context&) {
    co_return ClockNow{sandbox.clock().now()};
}

Task<http::Response> move_clock(Sandbox& sandbox, http::Context& ctx, http::RawBody body) {
    refuse_foreign_pages(ctx);
    auto form = form_fields(ctx, body.bytes);
    auto input = form ? from_json<ClockMove>(clock_form_json(*form)) : from_json<ClockMove>(body.bytes);
    auto advance = input.advance_seconds ? std::optional(input.advance_seconds->value) : std::nullopt;
    auto now = co_await sandbox.move_clock(ctx, advance, input.set);
    if (form) co_return back_to_page(ctx);
    co_return http::Response::json(to_json(ClockNow{now}));
}

Task<http::Response> receive(Sandbox& sandbox, http::Context& ctx, http::RawBody body) {
    refuse_foreign_pages(ctx);
    auto input = from_json<InboundMessage>(body.bytes);
    if (input.channel != "email") throw invalid("channel", "unsupported", "has no double that receives; there is email");
    InboundOrder order{
        std::move(input.from), std::move(input.to), std::move(input.subject), std::move(input.text),
        std::move(input.auto_submitted)
    };
    auto result = co_await sandbox.receive_email(ctx, order);
    co_return http::Response::json(to_json(result));
}

Task<http::Response> send_events(Sandbox& sandbox, http::Context& ctx, http::RawBody body) {
    refuse_foreign_pages(ctx);
    auto form = form_fields(ctx, body.bytes);
    auto input = form ? from_json<EventsRequest>(events_form_json(*form)) : from_json<EventsRequest>(body.bytes);
    EventsOrder order{std::move(input.message_id), std::move(input.events), std::move(input.url)};
    auto result = co_await sandbox.send_events(ctx, order);
    if (form) co_return back_to_page(ctx);
    co_return http::Response::json(to_json(result));
}

} // namespace

void control_routes(http::Router& router, Sandbox& sandbox) {
    router.add("POST", "/sandbox/faults", sandbox, add_fault).anonymous().hidden();
    router.add("GET", "/sandbox/faults", sandbox, list_faults).anonymous().hidden();
    router.add("DELETE", "/sandbox/faults", sandbox, clear_faults).anonymous().hidden();
    router.add("GET", "/sandbox/calls", sandbox, list_calls).anonymous().hidden();
    router.add("GET", "/sandbox/clock", sandbox, get_clock).anonymous().hidden();
    router.add("POST", "/sandbox/clock", sandbox, move_clock).anonymous().hidden();
    router.add("POST", "/sandbox/inbound", sandbox, receive).anonymous().hidden();
    router.add("POST", "/sandbox/email-events", sandbox, send_events).anonymous().hidden();
}

} // namespace doorstep::sandbox
