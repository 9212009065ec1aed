#include <doctest/doctest.h>

#include "jobs/schedules.hpp"
#include "test/support/job_world.hpp"

using namespace doorstep;
using namespace std::chrono_literals;
using test::JobWorld;

namespace {

/// Servers that share a store and a clock, each with the same schedules.
struct Servers {
    Servers(JobWorld& world, int count) : world(world) {
        for (int i = 0; i < count; ++i) {
            auto schedules = std::make_unique<jobs::Schedules>(world.io, *world.db, world.clock);
            schedules->add("followups", 60s, [this](Context& ctx) -> Task<> {
                CHECK(ctx.all_accounts);
                ++ticks;
                co_return;
            });
            schedules->add_daily("digest", 7h, [this](Context& ctx) -> Task<> {
                digests.push_back(ctx.now());
                co_return;
            });
            all.push_back(std::move(schedules));
        }
        all.front()->jobs(world.registry);
        world.worker();
        for (auto& schedules : all) schedules->start();
        world.until([&] { return world.sql("select count(*) from app.schedules") == "2"; });
    }
    ~Servers() {
        for (auto& schedules : all) schedules->stop();
        world.pass(50ms);
    }
    void move(std::chrono::microseconds by) {
        world.move_clock(by);
        for (auto& schedules : all) schedules->wake();
    }

    JobWorld& world;
    std::vector<std::unique_ptr<jobs::Schedules>> all;
    int ticks = 0;
    std::vector<Time> digests;
};

} // namespace

TEST_CASE("four schedulers tick once an interval, within 2 s of a move of the clock") {
    JobWorld world;
    Servers servers(world, 4);
    for (int minute = 1; minute <= 5; ++minute) {
        servers.move(60s);
        REQUIRE(world.until([&] { return servers.ticks == minute; }, 2s));
        world.pass(200ms);
        CHECK(servers.ticks == minute);
    }
}

TEST_CASE("a clock that jumps ahead makes one tick") {
    JobWorld world;
    Servers servers(world, 2);
    servers.move(std::chrono::hours(24 * 10));
    REQUIRE(world.until([&] { return servers.ticks == 1 && servers.digests.size() == 1; }, 2s));
    world.pass(500ms);
    CHECK(servers.ticks == 1);
    CHECK(servers.digests.size() == 1);
}

TEST_CASE("a clock that jumps back repeats nothing, and ticking goes on") {
    JobWorld world;
    Servers servers(world, 2);
    servers.move(60s);
    REQUIRE(world.until([&] { return servers.ticks == 1; }, 2s));
    servers.move(-std::chrono::hours(24 * 3));
    world.pass(500ms);
    CHECK(servers.ticks == 1);
    CHECK(servers.digests.empty());
    servers.move(60s);
    CHECK(world.until([&] { return servers.ticks == 2; }, 2s));
    servers.move(24h);
    CHECK(world.until([&] { return servers.digests.size() == 1; }, 2s));

    servers.move(-50s); // within the interval or into the one before: nothing is repeated
    auto ticks = servers.ticks;
    world.pass(500ms);
    CHECK(servers.ticks == ticks);
}

TEST_CASE("a daily schedule ticks at its time of day") {
    JobWorld world;
    auto to_six = std::chrono::ceil<std::chrono::days>(world.clock.now()) + 6h - world.clock.now();
    world.clock.set_offset(std::chrono::duration_cast<std::chrono::microseconds>(to_six));
    Servers servers(world, 2);
    servers.move(59min);
    world.pass(300ms);
    CHECK(servers.digests.empty());
    servers.move(2min);
    REQUIRE(world.until([&] { return servers.digests.size() == 1; }, 2s));
    auto time = servers.digests[0] - std::chrono::floor<std::chrono::days>(servers.digests[0]);
    CHECK(time >= 7h);
    CHECK(time < 7h + 2min);
}

TEST_CASE("a tick that fails is tried again, and does not stop the schedule") {
    JobWorld world;
    int tries = 0;
    jobs::Schedules schedules(world.io, *world.db, world.clock);
    schedules.add("shaky", 60s, [&](Context&) -> Task<> {
        ++tries;
        throw std::runtime_error("not today");
        co_return;
    });
    schedules.jobs(world.registry);
    world.worker();
    schedules.start();
    world.until([&] { return world.sql("select count(*) from app.schedules") == "1"; });
    for (int minute = 0; minute < 8; ++minute) {
        auto before = tries;
        world.move_clock(120s);
        schedules.wake();
        REQUIRE(world.until([&] { return tries > before; }, 3s));
        world.pass(100ms);
    }
    CHECK(world.sql("select count(*) from app.jobs where state = 'dead'") == "0");
    schedules.stop();
    world.pass(50ms);
}
