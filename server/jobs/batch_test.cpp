#include <algorithm>
#include <doctest/doctest.h>
#include <set>
#include <stdexcept>

#include "test/support/job_world.hpp"

using namespace doorstep;
using namespace std::chrono_literals;
using jobs::Outcome;
using test::JobWorld;

namespace {

struct Part {
    static constexpr std::string_view kind = "test.part";
    std::string what;
};
BOOST_DESCRIBE_STRUCT(Part, (), (what))

/// Runs as they came.
struct Runs {
    std::vector<std::vector<std::string>> seen;
    std::vector<Uuid> accounts;
};

Task<std::vector<Outcome>> run_parts(Runs& runs, Context& ctx, const std::vector<jobs::Run>& infos, std::vector<Part> parts) {
    auto& seen = runs.seen.emplace_back();
    runs.accounts.push_back(ctx.account_id);
    std::vector<Outcome> outcomes;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto& what = parts[i].what;
        seen.push_back(what + std::to_string(infos[i].attempt));
        if (what == "throw") throw std::runtime_error("it broke");
        if (what == "retry" && infos[i].attempt == 1)
            outcomes.push_back(Outcome::retry("not yet"));
        else if (what == "snooze")
            outcomes.push_back(Outcome::snooze(ctx.now() + 1h, "quiet hours"));
        else
            outcomes.push_back(Outcome::done());
    }
    if (std::ranges::find(seen, "short1") != seen.end()) outcomes.clear();
    co_return outcomes;
}

struct BatchWorld : JobWorld {
    explicit BatchWorld(jobs::KindOptions options = {.backoff = 1s, .batch = 4}, jobs::KindOptions act = {}) : JobWorld(act) {
        registry.add_batch<Part>(runs, run_parts, options);
    }

    void add_parts(int account_number, const std::vector<std::string>& whats) {
        auto ctx = as(account_number);
        auto body = [&](db::Session& tx) -> Task<> {
            for (auto& what : whats) jobs::enqueue(tx, ctx, Part{what});
            co_return;
        };
        test::run(io, db->transaction(ctx, body));
    }

    bool all_gone() {
        return until([&] { return sql("select count(*) from app.jobs") == "0"; });
    }

    Runs runs;
};

} // namespace

TEST_CASE("jobs of one account run together, as many as a run may take on, and never another account's") {
    BatchWorld world;
    world.add_parts(1, std::vector<std::string>(10, "a"));
    world.add_parts(2, std::vector<std::string>(3, "b"));
    auto& worker = world.worker();
    REQUIRE(world.all_gone());
    std::size_t largest = 0, jobs = 0;
    for (std::size_t i = 0; i < world.runs.seen.size(); ++i) {
        auto& seen = world.runs.seen[i];
        largest = std::max(largest, seen.size());
        jobs += seen.size();
        CHECK(std::set<std::string>(seen.begin(), seen.end()).size() == 1);
        CHECK(world.runs.accounts[i] == JobWorld::account(seen.front() == "a1" ? 1 : 2));
    }
    CHECK(jobs == 13);
    CHECK(largest == 4);
    CHECK(world.until([&] { return worker.stats().done == 13; }));
    CHECK(worker.stats().running == 0);
}

TEST_CASE("each job of a run has an outcome of its own") {
    bool ack_now = false;
    SUBCASE("acknowledged with others") {}
    SUBCASE("acknowledged at once") {
        ack_now = true;
    }
    BatchWorld world({.backoff = 1s, .ack_now = ack_now, .batch = 4});
    world.add_parts(1, {"retry", "a", "snooze", "a"});
    auto& worker = world.worker();
    REQUIRE(world.until([&] { return worker.stats().done == 2 && worker.stats().snoozed == 1 && worker.stats().failed == 1; }));
    REQUIRE(world.until([&] {
        return world.sql("select string_agg(args ->> 'what' || attempts, ' ' order by args ->> 'what') from app.jobs") ==
               "retry1 snooze0";
    }));
    world.move_clock(61min);
    REQUIRE(world.until([&] { return worker.stats().done == 3 && worker.stats().snoozed == 2; }));
    CHECK(worker.stats().lost == 0);
}

TEST_CASE("what one job of a run throws fails all of them once; then they run alone") {
    BatchWorld world;
    world.add_parts(1, {"a", "throw", "b"});
    auto& worker = world.worker();
    REQUIRE(world.until([&] { return worker.stats().failed == 3; }));
    REQUIRE(world.runs.seen.size() == 1);
    REQUIRE(world.until([&] { return world.sql("select count(*) from app.jobs where worker is null") == "3"; }));
    world.move_clock(10s);
    REQUIRE(world.until([&] { return worker.stats().done == 2; }));
    for (std::size_t i = 1; i < world.runs.seen.size(); ++i) CHECK(world.runs.seen[i].size() == 1);
    CHECK(world.sql("select errors -> 0 ->> 'text' from app.jobs") == "it broke");
}

TEST_CASE("a run that does not tell the outcome of each job has failed") {
    BatchWorld world({.max_attempts = 1, .batch = 4});
    world.add_parts(1, {"short", "a"});
    auto& worker = world.worker();
    REQUIRE(world.until([&] { return worker.stats().dead == 2; }));
    CHECK(world.until([&] { return world.sql("select count(*) from app.jobs where state = 'dead'") == "2"; }));
}

TEST_CASE("a kind that is limited runs so many at a time, and keeps nothing else waiting") {
    BatchWorld world({.batch = 4}, {.at_once = 2});
    world.add(1, "nap", {}, 100);
    auto& worker = world.worker({.concurrency = 4});
    REQUIRE(world.until([&] { return world.napping == 2; }));
    world.add_parts(1, {"a"});
    world.add_parts(2, {"b"});
    REQUIRE(world.until([&] { return world.runs.seen.size() == 2; }));
    CHECK(world.count("nap") < 50);
    REQUIRE(world.until([&] { return worker.stats().done == 102; }));
    CHECK(world.most_napping == 2);
    CHECK(world.count("nap") == 100);
}
