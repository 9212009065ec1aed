#include <doctest/doctest.h>

#include "jobs/dead_letters.hpp"
#include "test/support/job_world.hpp"

using namespace doorstep;
using namespace std::chrono_literals;
using test::JobWorld;

TEST_CASE("dead letters: an account sees, re-runs and discards its own") {
    JobWorld world({.max_attempts = 1});
    auto& worker = world.worker();
    world.add(1, "throw");
    world.add(1, "retry");
    world.add(2, "throw");
    REQUIRE(world.until([&] { return world.sql("select count(*) from app.jobs where state = 'dead'") == "3"; }));

    jobs::DeadLetters letters(*world.db);
    auto ada = world.as(1);
    auto bob = world.as(2);
    auto page = test::run(world.io, letters.list(ada));
    REQUIRE(page.items.size() == 2);
    CHECK(page.total == 2);
    CHECK(page.items[0].kind == "test.act");
    REQUIRE(page.items[0].errors.size() == 1);
    CHECK(page.items[0].died_at >= page.items[0].created_at);
    CHECK(test::run(world.io, letters.list(world.everyone())).total == 3);
    CHECK(test::run(world.io, letters.list(ada, 2, 1)).items.size() == 1);

    auto id = page.items[0].id;
    CHECK_THROWS_AS(test::run(world.io, letters.retry(bob, id)), Error);
    CHECK_THROWS_AS(test::run(world.io, letters.discard(bob, id)), Error);
    auto runs = world.ran.size();
    test::run(world.io, letters.retry(ada, id));
    REQUIRE(world.until([&] { return worker.stats().dead == 4; }));
    CHECK(world.ran.size() == runs + 1);
    CHECK(world.ran.back().attempt == 1);
    REQUIRE(world.until([&] { return world.sql("select max(jsonb_array_length(errors)) from app.jobs") == "2"; }));

    test::run(world.io, letters.discard(ada, id));
    CHECK_THROWS_AS(test::run(world.io, letters.discard(ada, id)), Error);
    CHECK(test::run(world.io, letters.list(ada)).total == 1);
}

TEST_CASE("a dead letter whose unique key is taken meanwhile can't be re-run") {
    JobWorld world({.max_attempts = 1});
    auto& worker = world.worker();
    world.add(1, "throw", {.unique_key = "k"});
    REQUIRE(world.until([&] { return world.sql("select state from app.jobs") == "dead"; }));
    test::run(world.io, worker.stop());
    world.add(1, "done", {.unique_key = "k"});
    jobs::DeadLetters letters(*world.db);
    auto ada = world.as(1);
    auto page = test::run(world.io, letters.list(ada));
    REQUIRE(page.items.size() == 1);
    try {
        test::run(world.io, letters.retry(ada, page.items[0].id));
        FAIL("must not run twice");
    } catch (const Error& error) {
        CHECK(error.status == 409);
        CHECK(error.code == "job_exists");
    }
}
