#include <algorithm>
#include <doctest/doctest.h>

#include "db/listener.hpp"
#include "test/support/job_world.hpp"

using namespace doorstep;
using namespace std::chrono_literals;
using jobs::EnqueueOptions;
using test::JobWorld;

namespace {

const db::Query nothing_sql{"test.nothing", "select 1"};

/// Jobs left in the store, whatever their state.
bool none_left(JobWorld& world) {
    return world.sql("select count(*) from app.jobs") == "0";
}

} // namespace

TEST_CASE("a job is run once, by its account, and is gone") {
    JobWorld world;
    world.worker();
    world.add(1, "done");
    REQUIRE(world.until([&] { return none_left(world); }));
    REQUIRE(world.ran.size() == 1);
    CHECK(world.ran[0].account == JobWorld::account(1));
    CHECK(world.ran[0].attempt == 1);
}

TEST_CASE("a job that was added in a transaction that is rolled back does not exist") {
    JobWorld world;
    auto ctx = world.as(1);
    auto body = [&](db::Session& tx) -> Task<> {
        test::Act act{"done", 0};
        jobs::enqueue(tx, ctx, act);
        co_await tx.exec(nothing_sql);
        throw std::runtime_error("no");
    };
    CHECK_THROWS(test::run(world.io, world.db->transaction(ctx, body)));
    CHECK(none_left(world));
}

TEST_CASE("an account can't add a job for another") {
    JobWorld world;
    auto ctx = world.as(1);
    auto other = world.as(2);
    auto body = [&](db::Session& tx) -> Task<> {
        test::Act act{"done", 0};
        jobs::enqueue(tx, other, act);
        co_return;
    };
    CHECK_THROWS_AS(test::run(world.io, world.db->transaction(ctx, body)), db::Failure);
    CHECK(none_left(world));
}

TEST_CASE("retries are counted, wait by the product's clock, and end in a dead letter with every error") {
    JobWorld world({.max_attempts = 3, .backoff = 100s});
    auto& worker = world.worker();
    world.add(1, "retry");
    REQUIRE(world.until([&] { return worker.stats().failed == 1; }));
    REQUIRE(world.until([&] { return world.sql("select state || attempts from app.jobs") == "waiting1"; }));
    world.move_clock(100s);
    REQUIRE(world.until([&] { return worker.stats().failed == 2; }));
    world.pass(50ms);
    world.move_clock(200s);
    REQUIRE(world.until([&] { return worker.stats().dead == 1; }));
    REQUIRE(world.until([&] { return world.sql("select state || attempts from app.jobs") == "dead3"; }));
    CHECK(world.sql("select jsonb_path_query_array(errors, '$[*].attempt')::text from app.jobs") == "[1, 2, 3]");
    CHECK(world.sql("select errors -> 0 ->> 'text' from app.jobs") == "not yet");
    CHECK(world.ran.back().attempt == 3);
}

TEST_CASE("a retry honours the time it is given") {
    JobWorld world;
    auto& worker = world.worker();
    world.add(1, "retry-in-an-hour");
    REQUIRE(world.until([&] { return worker.stats().failed == 1; }));
    world.pass(100ms);
    world.move_clock(59min);
    world.pass(300ms);
    CHECK(world.count("retry-in-an-hour") == 1);
    world.move_clock(2min);
    CHECK(world.until([&] { return world.count("retry-in-an-hour") == 2; }));
}

TEST_CASE("snoozing is no attempt") {
    JobWorld world;
    auto& worker = world.worker();
    world.add(1, "snooze");
    REQUIRE(world.until([&] { return worker.stats().snoozed == 1; }));
    REQUIRE(world.until([&] { return world.sql("select state || attempts from app.jobs") == "waiting0"; }));
    world.move_clock(61min);
    REQUIRE(world.until([&] { return worker.stats().snoozed == 2; }));
    CHECK(world.ran.back().attempt == 1);
}

TEST_CASE("a cancelled job is gone") {
    JobWorld world;
    auto& worker = world.worker();
    world.add(1, "cancel");
    REQUIRE(world.until([&] { return none_left(world); }));
    CHECK(worker.stats().cancelled == 1);
    CHECK(world.ran.size() == 1);
}

TEST_CASE("an exception and arguments that do not read are failures, and hold nobody up") {
    JobWorld world({.max_attempts = 1});
    world.store.exec(
        "insert into app.jobs (account_id, id, kind, args, run_at, created_at, state) values ('" + JobWorld::account(1).text() +
        "', gen_random_uuid(), 'test.act', '{\"what\": 7}', now() - interval '1 h', now(), 'ready')"
    );
    world.add(1, "throw");
    world.add(1, "done");
    auto& worker = world.worker({.concurrency = 1});
    REQUIRE(world.until([&] { return worker.stats().done == 1 && worker.stats().dead == 2; }));
    CHECK(world.until([&] { return world.sql("select count(*) from app.jobs where state = 'dead'") == "2"; }));
    CHECK(world.sql("select errors -> 0 ->> 'text' from app.jobs where args ->> 'what' = 'throw'") == "it broke");
}

TEST_CASE("a run that takes too long is cancelled and counts as failed") {
    JobWorld world({.max_attempts = 1, .timeout = 1s});
    auto& worker = world.worker();
    world.add(1, "sleep");
    REQUIRE(world.until([&] { return worker.stats().dead == 1; }, 3s));
    CHECK(world.cancelled == 1);
    CHECK(worker.stats().running == 0);
}

TEST_CASE("kinds that a worker doesn't know are left alone") {
    JobWorld world;
    world.store.exec(
        "insert into app.jobs (account_id, id, kind, args, run_at, created_at, state) values ('" + JobWorld::account(1).text() +
        "', gen_random_uuid(), 'from.the.future', '{}', now() - interval '1 h', now(), 'ready')"
    );
    world.add(1, "done");
    world.worker();
    REQUIRE(world.until([&] { return world.count("done") == 1; }));
    world.pass(100ms);
    CHECK(world.sql("select state || attempts || coalesce(worker::text, '-') from app.jobs") == "ready0-");
}

TEST_CASE("while a job with a unique key waits or runs, another is not added; afterwards it is") {
    JobWorld world;
    EnqueueOptions unique{.unique_key = "contact-1"};
    world.add(1, "nap", unique);
    world.add(1, "nap", unique);
    world.add(2, "nap", unique);
    CHECK(world.sql("select count(*) from app.jobs") == "2");
    world.worker();
    REQUIRE(world.until([&] { return world.count("nap") == 2; }));
    world.add(1, "nap", unique);
    REQUIRE(world.until([&] { return none_left(world); }));
    CHECK(world.count("nap") == 2);
    world.add(1, "nap", unique);
    CHECK(world.until([&] { return world.count("nap") == 3; }));
}

TEST_CASE("a unique key that a dead job had is free again") {
    JobWorld world({.max_attempts = 1});
    auto& worker = world.worker();
    EnqueueOptions unique{.unique_key = "contact-1"};
    world.add(1, "throw", unique);
    REQUIRE(world.until([&] { return world.sql("select state from app.jobs") == "dead"; }));
    world.add(1, "done", unique);
    CHECK(world.until([&] { return worker.stats().done == 1; }));
}

TEST_CASE("500 jobs over 4 workers run once each") {
    JobWorld world;
    world.add(1, "done", {}, 500);
    for (int i = 0; i < 4; ++i) world.worker({.concurrency = 8});
    REQUIRE(world.until([&] { return none_left(world); }));
    std::vector<int> times(500);
    for (const auto& ran : world.ran) ++times[std::size_t(ran.number)];
    CHECK(std::ranges::count(times, 1) == 500);
}

TEST_CASE("one account's many jobs do not starve another's few") {
    JobWorld world;
    world.add(1, "nap", {}, 1000);
    world.add(2, "nap", {}, 20);
    world.add(3, "nap", {}, 20);
    world.worker({.concurrency = 6});
    auto small_left = [&] {
        return std::ranges::count_if(world.ran, [](const auto& ran) { return ran.account != JobWorld::account(1); });
    };
    REQUIRE(world.until([&] { return small_left() == 40; }));
    // Equal shares: when the 40 of the small ones have begun, the big one has had some 20 turns and what was fetched ahead.
    CHECK(world.ran.size() < 150);
}

TEST_CASE("within an account a lower priority number runs first") {
    JobWorld world;
    world.add(1, "later");
    world.add(1, "first", {.priority = -5});
    world.worker({.concurrency = 1});
    REQUIRE(world.until([&] { return world.ran.size() == 2; }));
    CHECK(world.ran[0].what == "first");
}

TEST_CASE("a job waits for its time by the product's clock, which may jump both ways") {
    JobWorld world;
    world.add(1, "done", {.run_at = world.clock.now() + 24h});
    world.worker();
    world.pass(300ms);
    CHECK(world.ran.empty());
    world.move_clock(23h);
    world.pass(300ms);
    CHECK(world.ran.empty());
    world.move_clock(1h + 1s);
    CHECK(world.until([&] { return world.ran.size() == 1; }, 2s));

    auto& worker = *world.workers.front();
    worker.pause();
    world.pass(50ms);
    world.add(1, "early", {}, 1);
    world.move_clock(-25h);
    worker.resume();
    world.pass(300ms);
    CHECK(world.count("early") == 0);
    world.move_clock(25h + 1s);
    CHECK(world.until([&] { return world.count("early") == 1; }, 2s));
}

TEST_CASE("a worker that sleeps is told of a job, rather than finding it by polling") {
    JobWorld world;
    auto& worker = world.worker();
    db::Listener listener(world.io, world.store.app_conninfo());
    listener.on("jobs", [&](std::string_view) { worker.wake(); });
    listener.start();
    REQUIRE(world.until([&] { return listener.connected(); }));
    std::vector<std::chrono::steady_clock::duration> waits;
    for (int i = 1; i <= 5; ++i) {
        world.pass(200ms); // it polls once a second, the last time just now
        world.add(1, "done");
        auto added = std::chrono::steady_clock::now();
        REQUIRE(world.until([&] { return world.count("done") == i; }));
        waits.push_back(std::chrono::steady_clock::now() - added);
    }
    std::ranges::sort(waits);
    CHECK(waits[2] < 400ms);
    listener.stop();
}

TEST_CASE("stopping lets runs end within the patience, cancels the others and gives them back uncounted") {
    JobWorld world;
    auto& worker = world.worker({.concurrency = 2});
    world.add(1, "nap");
    REQUIRE(world.until([&] { return world.count("nap") == 1; }));
    world.add(1, "sleep", {}, 3);
    REQUIRE(world.until([&] { return world.count("sleep") == 2; }));
    auto began = std::chrono::steady_clock::now();
    test::run(world.io, worker.stop(300ms));
    CHECK(std::chrono::steady_clock::now() - began < 2s);
    CHECK(world.cancelled == 2);
    CHECK(world.sql("select count(*) from app.jobs where state = 'ready' and worker is null and attempts = 0") == "3");
    CHECK(world.sql("select count(*) from app.job_workers") == "0");
}

TEST_CASE("kinds that are acknowledged one by one are done when they are done") {
    JobWorld world({.ack_now = true});
    auto& worker = world.worker();
    world.add(1, "done", {}, 40);
    REQUIRE(world.until([&] { return worker.stats().done == 40; }));
    CHECK(none_left(world));
    CHECK(world.ran.size() == 40);
}
