#include <doctest/doctest.h>

#include "db/database.hpp"
#include "db/listener.hpp"
#include "db/store_clock.hpp"
#include "test/support/test_store.hpp"

using namespace doorstep;
using namespace std::chrono_literals;

namespace {
struct Process {
    explicit Process(const test::TestStore& store)
        : database(store.make_database(io)), store_clock(io, clock, *database), listener(io, store.app_conninfo()) {}

    bool reaches(std::chrono::microseconds offset, std::chrono::milliseconds within) {
        auto deadline = std::chrono::steady_clock::now() + within;
        while (clock.offset() != offset && std::chrono::steady_clock::now() < deadline) io.run_one_for(20ms);
        return clock.offset() == offset;
    }

    boost::asio::io_context io;
    Clock clock;
    std::unique_ptr<db::Database> database;
    db::StoreClock store_clock;
    db::Listener listener;
};
} // namespace

TEST_CASE("every process on a store follows its clock") {
    test::TestStore store;
    Process mover(store), follower(store);
    follower.store_clock.follow(follower.listener);
    follower.listener.start();
    while (!follower.listener.connected()) follower.io.run_one();
    CHECK(follower.clock.offset() == 0us);

    test::run(mover.io, mover.store_clock.move(72h));
    CHECK(mover.clock.offset() == 72h);
    CHECK(follower.reaches(72h, 900ms)); // told, not found by looking each second

    follower.listener.stop();
    test::run(mover.io, mover.store_clock.move(-5s));
    CHECK(follower.reaches(-5s, 3s));

    Clock late;
    db::StoreClock::load(store.app_conninfo(), late);
    CHECK(late.offset() == -5s);
    follower.store_clock.stop();
}
