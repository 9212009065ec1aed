#include <doctest/doctest.h>

#include <boost/asio/steady_timer.hpp>

#include "db/listener.hpp"
#include "test/support/test_store.hpp"

using namespace doorstep;
using namespace std::chrono_literals;

TEST_CASE("a listener hears its channels, and says when it may have missed something") {
    test::TestStore store;
    boost::asio::io_context io;
    db::Listener listener(io, store.app_conninfo());
    std::vector<std::string> heard;
    int connected = 0;
    listener.on("pens", [&](std::string_view payload) { heard.push_back("pens " + std::string(payload)); });
    listener.on("inks", [&](std::string_view payload) { heard.push_back("inks " + std::string(payload)); });
    listener.on_connected([&] { ++connected; });
    listener.start();
    auto until = [&](auto&& reached) {
        auto deadline = std::chrono::steady_clock::now() + 5s;
        while (!reached() && std::chrono::steady_clock::now() < deadline) io.run_one_for(100ms);
        return reached();
    };
    REQUIRE(until([&] { return connected == 1; }));
    CHECK(listener.connected());
    store.exec("notify pens, 'blue'; notify caps, 'x'");
    store.exec("notify inks, 'red'");
    CHECK(until([&] { return heard.size() == 2; }));
    CHECK(heard == std::vector<std::string>{"pens blue", "inks red"});

    store.exec(
        "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()"
    );
    REQUIRE(until([&] { return connected == 2; }));
    store.exec("notify pens, 'green'");
    CHECK(until([&] { return heard.size() == 3; }));
    CHECK(heard.back() == "pens green");

    listener.stop();
    CHECK_FALSE(listener.connected());
    io.restart();
    io.run_for(2s);
    CHECK(io.stopped()); // nothing of it is left
    CHECK_THROWS_AS(listener.on("Pens; drop", [](std::string_view) {}), std::logic_error);
}
