#include "app/live_bus.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "core/log.hpp"

namespace doorstep::app {

namespace {

using namespace std::chrono_literals;

const db::Query notify_sql{"app.live.notify", "select pg_notify('live', n) from unnest($1::text[]) n"};

constexpr auto gather_for = 30ms;
constexpr std::size_t max_payload = 7'999; // PostgreSQL's limit
constexpr std::size_t max_waiting = 50'000;

} // namespace

LiveBus::LiveBus(boost::asio::io_context& io, db::Database& db, const Clock& clock)
    : io_(io), db_(db), clock_(clock), timer_(io) {}

void LiveBus::publish(const events::LiveNotice& notice) {
    auto payload = live_payload(notice);
    bool first;
    {
        std::scoped_lock lock(mutex_);
        if (waiting_.size() >= max_waiting) return;
        first = waiting_.empty();
        waiting_.push_back(std::move(payload));
    }
    if (first) boost::asio::post(io_, [this] { schedule(); });
}

void LiveBus::schedule() {
    timer_.expires_after(gather_for);
    timer_.async_wait([this](boost::system::error_code ec) {
        if (ec) return;
        std::vector<std::string> payloads;
        {
            std::scoped_lock lock(mutex_);
            payloads.swap(waiting_);
        }
        boost::asio::co_spawn(io_, flush(std::move(payloads)), [](std::exception_ptr problem) {
            if (problem) log::warn("live notices were lost");
        });
    });
}

Task<> LiveBus::flush(std::vector<std::string> payloads) {
    Context ctx(clock_);
    co_await db_.exec(ctx, notify_sql, payloads);
}

std::string live_payload(const events::LiveNotice& notice) {
    auto payload = events::encode(notice);
    if (payload.size() <= max_payload) return payload;
    auto bare = notice;
    bare.data = R"({"kind":)" + json_quote(notice.kind) + "}";
    return events::encode(bare);
}

} // namespace doorstep::app
