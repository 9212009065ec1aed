#include <doctest/doctest.h>
#include <set>

#include "jobs/store.hpp"
#include "test/support/job_world.hpp"

using namespace doorstep;
using namespace std::chrono_literals;
using test::JobWorld;

namespace {

void expire_leases(JobWorld& world) {
    world.store.exec("update app.job_workers set lease_until = clock_timestamp() - interval '1 s'");
}

struct Claimer {
    explicit Claimer(JobWorld& world) : world(world), store(*world.engine, world.clock) {
        worker = test::run(world.io, store.enlist("claimer"));
    }
    std::vector<jobs::Claimed> claim(int count) {
        auto claim = test::run(world.io, store.claim(worker, world.registry.names(), count, cursor));
        return std::move(claim.jobs);
    }

    JobWorld& world;
    jobs::Store store;
    std::int64_t worker = 0;
    Uuid cursor;
};

} // namespace

TEST_CASE("a job whose worker died is taken over, with all its attempts, and the dead one's word no longer counts") {
    JobWorld world;
    world.add(1, "done");
    Claimer dead(world);
    Claimer other(world);
    auto held = dead.claim(10);
    REQUIRE(held.size() == 1);
    CHECK(other.claim(10).empty());
    CHECK(test::run(world.io, other.store.sweep(world.registry)) == 0);

    world.store.exec(
        "update app.job_workers set lease_until = clock_timestamp() - interval '1 s' where id = " + std::to_string(dead.worker)
    );
    CHECK(test::run(world.io, other.store.sweep(world.registry)) == 1);
    auto again = other.claim(10);
    REQUIRE(again.size() == 1);
    CHECK(again[0].attempts == 0);
    CHECK(test::run(world.io, dead.store.remove(dead.worker, held)) == 0);
    CHECK(test::run(world.io, dead.store.settle(dead.worker, {jobs::give_back(held[0])})) == 0);
    CHECK_FALSE(test::run(world.io, dead.store.heartbeat(dead.worker)));
    CHECK(dead.claim(10).empty());
    CHECK(test::run(world.io, other.store.remove(other.worker, again)) == 1);
}

TEST_CASE("a job that takes its worker with it each time ends dead") {
    JobWorld world({.max_attempts = 3, .backoff = 1s});
    world.add(1, "done");
    Claimer sweeper(world);
    for (int crash = 1; crash <= 8; ++crash) { // five are forgiven
        CHECK(world.sql("select state from app.jobs") == "ready");
        Claimer victim(world);
        REQUIRE(victim.claim(1).size() == 1);
        expire_leases(world);
        CHECK(test::run(world.io, sweeper.store.sweep(world.registry)) == 1);
        world.move_clock(1h);
        test::run(world.io, sweeper.store.promote());
    }
    CHECK(world.sql("select state || attempts from app.jobs") == "dead3");
    CHECK(world.sql("select jsonb_array_length(errors) from app.jobs") == "8");
}

TEST_CASE("a row of a swept worker stays until no claim can still be under way, then goes") {
    JobWorld world;
    Claimer dead(world);
    Claimer sweeper(world);
    expire_leases(world);
    test::run(world.io, sweeper.store.sweep(world.registry));
    CHECK(world.sql("select count(*) from app.job_workers where swept_at is not null") == "2");
    world.store.exec("update app.job_workers set swept_at = clock_timestamp() - interval '6 s'");
    test::run(world.io, sweeper.store.sweep(world.registry));
    CHECK(world.sql("select count(*) from app.job_workers") == "0");
}

TEST_CASE("a worker that lost its lease cancels its runs, refuses their word, and goes on under a new one") {
    JobWorld world;
    auto& worker = world.worker();
    world.add(1, "sleep");
    world.add(1, "write");
    REQUIRE(world.until([&] { return world.ran.size() == 2; }));
    // As another server would that has not heard of this one for 20 s.
    world.store.exec("update app.job_workers set swept_at = clock_timestamp(), lease_until = clock_timestamp() - interval '1 s'"
    );
    world.store.exec("update app.jobs set worker = null, run_at = run_at + interval '1 h'");
    REQUIRE(world.until([&] { return worker.stats().lost >= 1; }, 2s)); // "write" notices by itself
    CHECK(world.cancelled == 0);
    REQUIRE(world.until([&] { return world.cancelled == 1; }, 7s));
    CHECK(worker.stats().done == 0);
    CHECK(world.sql("select count(*) from app.jobs") == "2");
    world.add(1, "done");
    CHECK(world.until([&] { return worker.stats().done == 1; }, 3s));
}

TEST_CASE("claims take turns between accounts, however many wait") {
    JobWorld world;
    for (int account = 1; account <= 100; ++account) world.add(account, "done", {}, 2 + account % 3);
    Claimer claimer(world);
    auto first = claimer.claim(64);
    auto second = claimer.claim(64);
    std::set<Uuid> accounts;
    for (const auto& job : first) accounts.insert(job.account_id);
    CHECK(first.size() == 64);
    CHECK(accounts.size() == 64);
    for (const auto& job : second) accounts.insert(job.account_id);
    CHECK(accounts.size() == 100);
}

TEST_CASE("backoff doubles up to an hour, with full jitter") {
    Clock clock;
    auto now = clock.now();
    jobs::Claimed job;
    jobs::KindOptions options{.max_attempts = 50, .backoff = 15s};
    auto longest = [&](int attempts_before) {
        job.attempts = attempts_before;
        auto most = 0us;
        auto least = std::chrono::microseconds::max();
        for (int i = 0; i < 1000; ++i) {
            auto delay = jobs::after_failure(job, options, "x", now, std::nullopt).run_at - now;
            most = std::max(most, delay);
            least = std::min(least, delay);
        }
        CHECK(least < most / 10);
        return most;
    };
    CHECK(longest(0) <= 15s);
    CHECK(longest(0) > 14s);
    CHECK(longest(3) <= 120s);
    CHECK(longest(3) > 110s);
    CHECK(longest(40) <= 1h);
    CHECK(longest(40) > 55min);
    auto not_before = now + 2h;
    CHECK(jobs::after_failure(job, options, "x", now, not_before).run_at == not_before);
}
