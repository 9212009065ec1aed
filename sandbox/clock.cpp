#include "core/error.hpp"
#include "core/log.hpp"
#include "sandbox/sandbox.hpp"

namespace doorstep::sandbox {
namespace {

// The store's clock tells its listeners by itself.
const db::Query advance_sql{"sandbox.clock.advance", R"sql(
    update app.clock set offset_us = offset_us + $1::bigint where offset_us + $1::bigint between $2::bigint and $3::bigint
    returning offset_us
)sql"};

const db::Query set_sql{"sandbox.clock.set", R"sql(
    update app.clock set offset_us = $1::bigint returning offset_us
)sql"};

constexpr Time earliest = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};
constexpr Time end = std::chrono::sys_days{std::chrono::year{2100} / 1 / 1};

} // namespace

bool Sandbox::is_possible(Time time) {
    return time >= earliest && time < end;
}

Task<Time> Sandbox::move_clock(const Context& ctx, std::optional<std::int64_t> advance_seconds, std::optional<Time> set) {
    using std::chrono::microseconds;
    std::int64_t offset = 0;
    auto system = clock_.now() - clock_.offset();
    if (set) {
        std::int64_t wanted = (*set - system).count();
        offset = co_await db_.one<std::int64_t>(ctx, set_sql, wanted);
    } else {
        std::int64_t step = advance_seconds.value_or(0) * 1'000'000;
        std::int64_t least = (earliest - system).count();
        std::int64_t most = (end - system).count() - 1;
        auto moved = co_await db_.maybe<std::int64_t>(ctx, advance_sql, step, least, most);
        if (!moved) throw invalid("advance_seconds", "out_of_range", "must lead to a time from 2000 to 2099");
        offset = *moved;
    }
    // The other processes hear of it from the store; this one's next answer must already show it.
    clock_.set_offset(microseconds(offset));
    log::info("the clock was moved", {{"offset_seconds", offset / 1'000'000}});
    co_return clock_.now();
}

} // namespace doorstep::sandbox
