#include "test/support/job_world.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <stdexcept>

namespace doorstep::test {

using namespace std::chrono_literals;
using jobs::Outcome;

namespace {

Task<> sleep_for(std::chrono::milliseconds time) {
    auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer timer(executor, time);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

Task<> sleep_and_notice(JobWorld& world, std::chrono::milliseconds time) {
    try {
        co_await sleep_for(time);
    } catch (const boost::system::system_error&) {
        ++world.cancelled;
        throw;
    }
}

Task<Outcome> act(JobWorld& world, Context& ctx, const jobs::Run& run, Act job) {
    world.ran.push_back({job.what, ctx.account_id, job.number, run.attempt});
    if (job.what == "retry") co_return Outcome::retry("not yet");
    if (job.what == "retry-in-an-hour") co_return Outcome::retry("rate limit", ctx.now() + 1h);
    if (job.what == "retry-once") co_return run.attempt == 1 ? Outcome::retry("once") : Outcome::done();
    if (job.what == "snooze") co_return Outcome::snooze(ctx.now() + 1h, "quiet hours");
    if (job.what == "cancel") co_return Outcome::cancel("opted out");
    if (job.what == "throw") throw std::runtime_error("it broke");
    if (job.what == "sleep") co_await sleep_and_notice(world, 30s);
    if (job.what == "nap") {
        world.most_napping = std::max(world.most_napping, ++world.napping);
        co_await sleep_and_notice(world, 30ms);
        --world.napping;
    }
    if (job.what == "write") {
        co_await sleep_for(50ms);
        auto body = [&](db::Session& tx) -> Task<> { co_await jobs::require_held(tx, ctx, run); };
        co_await world.db->transaction(ctx, body);
    }
    co_return Outcome::done();
}

db::Options app_options(const TestStore& store) {
    db::Options options;
    options.conninfo = store.app_conninfo();
    return options;
}

} // namespace

JobWorld::JobWorld(jobs::KindOptions options)
    : db(store.make_database(io)), engine(std::make_unique<db::Database>(io, jobs::engine_options(app_options(store)))) {
    registry.add<Act>(*this, act, options);
}

JobWorld::~JobWorld() {
    auto stop_all = [this]() -> Task<> {
        for (auto& worker : workers) co_await worker->stop(0ms);
    };
    run(io, stop_all());
}

Uuid JobWorld::account(int number) {
    Uuid id;
    if (number > 0) id.bytes = {0x01, 0x97, 0xa0, 0, 0, 0, 0x70, 0, 0x80};
    id.bytes[15] = static_cast<std::uint8_t>(number);
    return id;
}

Context JobWorld::as(int account_number) const {
    Context ctx(clock);
    ctx.account_id = account(account_number);
    ctx.all_accounts = account_number == 0;
    return ctx;
}

Context JobWorld::everyone() const {
    return as(0);
}

void JobWorld::add(int account_number, std::string what, jobs::EnqueueOptions options, int count) {
    auto ctx = as(account_number);
    std::vector<Act> acts;
    for (int i = 0; i < count; ++i) acts.push_back({what, i});
    auto body = [&](db::Session& tx) -> Task<> {
        if (count == 1)
            jobs::enqueue(tx, ctx, acts.front(), options);
        else
            jobs::enqueue_many(tx, ctx, acts, options);
        co_return;
    };
    run(io, db->transaction(ctx, body));
}

jobs::Worker& JobWorld::worker(jobs::WorkerOptions options) {
    if (options.name.empty()) options.name = "test";
    workers.push_back(std::make_unique<jobs::Worker>(io, *engine, clock, registry, options));
    workers.back()->start();
    return *workers.back();
}

bool JobWorld::until(const std::function<bool()>& done, std::chrono::milliseconds longest) {
    auto deadline = std::chrono::steady_clock::now() + longest;
    while (!done()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        io.restart();
        io.run_for(5ms);
    }
    return true;
}

void JobWorld::pass(std::chrono::milliseconds time) {
    until([] { return false; }, time);
}

void JobWorld::move_clock(std::chrono::microseconds by) {
    clock.set_offset(clock.offset() + by);
    for (auto& worker : workers) worker->wake();
}

int JobWorld::count(std::string_view what) const {
    return int(std::ranges::count(ran, what, &Ran::what));
}

} // namespace doorstep::test
