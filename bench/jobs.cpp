// The job engine on a store of its own, as one JSON line: jobs a second for adding them one by one and together, and for running
// and completing empty ones; milliseconds from an idle engine's commit to the start of the run.
//
//   bench_jobs OWNER_CONNINFO [JOBS]
//
// The store must be empty but for the schema, and the cluster durable (fsync and synchronous_commit on), as for the yardstick.

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <cstdlib>

#include "db/listener.hpp"
#include "jobs/engine.hpp"
#include "jobs/signal.hpp"
#include "jobs/worker.hpp"

using namespace doorstep;
using namespace std::chrono_literals;

namespace {

using Steady = std::chrono::steady_clock;

struct Empty {
    static constexpr std::string_view kind = "bench.empty";
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Empty, (), (number))

struct Bench {
    explicit Bench(const std::string& conninfo)
        : options{.conninfo = conninfo, .role = "doorstep_app"},
          db(io, options),
          engine(io, jobs::engine_options(options)),
          listener(io, conninfo),
          signal(io.get_executor()),
          ctx(clock) {
        ctx.account_id = *Uuid::parse("0197a000-0000-7000-8000-000000000001");
        registry.add(*this, &Bench::run);
    }

    static Task<jobs::Outcome> run(Bench& bench, Context&, const jobs::Run&, Empty) {
        ++bench.ran;
        bench.started = Steady::now();
        if (bench.ran == bench.expected) bench.signal.set();
        co_return jobs::Outcome::done();
    }

    Task<> add_one_by_one(int count) {
        auto body = [&](db::Session& tx) -> Task<> {
            jobs::enqueue(tx, ctx, Empty{});
            co_return;
        };
        for (int i = 0; i < count; ++i) co_await db.transaction(ctx, body);
    }

    Task<> add_together(int count) {
        for (int left = count; left > 0; left -= 1000) {
            std::vector<Empty> batch(std::size_t(std::min(left, 1000)));
            auto body = [&](db::Session& tx) -> Task<> {
                jobs::enqueue_many(tx, ctx, batch);
                co_return;
            };
            co_await db.transaction(ctx, body);
        }
    }

    /// Until nothing is left of the jobs in the store.
    Task<> run_all(jobs::Worker& worker, int count) {
        ran = 0;
        expected = count;
        worker.resume();
        while (worker.stats().done < total + count) co_await signal.wait(2ms);
        total += count;
    }

    Task<> measure_latency(jobs::Worker& worker) {
        worker.resume();
        auto body = [&](db::Session& tx) -> Task<> {
            jobs::enqueue(tx, ctx, Empty{});
            co_return;
        };
        for (int i = 0; i < 100; ++i) {
            co_await signal.wait(250ms);
            ran = 0;
            expected = 1;
            auto asked = Steady::now();
            co_await db.transaction(ctx, body);
            while (ran == 0) co_await signal.wait(1s);
            latencies.push_back(std::chrono::duration<double, std::milli>(started - asked).count());
        }
        std::ranges::sort(latencies);
    }

    Task<> all(int count) {
        auto from = Steady::now();
        auto rate = [&](int jobs) {
            auto now = Steady::now();
            auto seconds = std::chrono::duration<double>(now - from).count();
            from = now;
            return jobs / seconds;
        };
        jobs::Worker worker(io, engine, clock, registry, {.name = "bench"});
        listener.on("jobs", [&](std::string_view) { worker.wake(); });
        listener.start();
        worker.start();

        constexpr int adders = 16;
        auto each = count / 10 / adders;
        int adding = adders;
        for (int i = 0; i < adders; ++i) {
            auto ended = [&](std::exception_ptr failure) {
                if (failure) std::rethrow_exception(failure);
                if (--adding == 0) signal.set();
            };
            boost::asio::co_spawn(io, add_one_by_one(each), ended);
        }
        while (adding > 0) co_await signal.wait(1s);
        auto one_by_one = rate(each * adders);
        co_await run_all(worker, each * adders);
        worker.pause();

        from = Steady::now();
        co_await add_together(count);
        auto together = rate(count);
        co_await run_all(worker, count);
        auto run_and_complete = rate(count);

        co_await measure_latency(worker);
        co_await worker.stop();
        listener.stop();
        std::printf(
            "{\"enqueue_one_per_transaction\": %.0f, \"enqueue_many\": %.0f, \"run_and_complete\": %.0f, "
            "\"start_ms_p50\": %.2f, \"start_ms_p99\": %.2f}\n",
            one_by_one, together, run_and_complete, latencies[latencies.size() / 2], latencies[latencies.size() * 99 / 100]
        );
        io.stop();
    }

    boost::asio::io_context io;
    Clock clock;
    db::Options options;
    db::Database db;
    db::Database engine;
    db::Listener listener;
    jobs::Signal signal;
    Context ctx;
    jobs::Registry registry;
    std::vector<double> latencies;
    Steady::time_point started;
    std::int64_t ran = 0;
    std::int64_t expected = 0;
    std::int64_t total = 0;
};

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: bench_jobs OWNER_CONNINFO [JOBS]\n", stderr);
        return 1;
    }
    Bench bench(argv[1]);
    auto ended = [](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
    };
    boost::asio::co_spawn(bench.io, bench.all(argc > 2 ? std::atoi(argv[2]) : 100'000), ended);
    bench.io.run();
}
