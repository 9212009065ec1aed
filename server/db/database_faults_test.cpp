#include <doctest/doctest.h>

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>

#include "core/clock.hpp"
#include "db/database.hpp"
#include "test/support/test_store.hpp"

using namespace doorstep;
using namespace std::chrono_literals;

namespace {

const db::Query echo_sql{"faults_test.echo", "select value from unnest(array[$1::bigint]) as value"};
const db::Query sleep_sql{"faults_test.sleep", "select pg_sleep($1::float8)::text"};
const db::Query log_sql{"faults_test.log", "insert into fault_log (line) values ($1)"};
const db::Query kill_me_sql{"faults_test.kill_me", "select pg_terminate_backend(pg_backend_pid())"};
const db::Query first_sql{"faults_test.first", "select min(line) from fault_log where pg_sleep(0.3) is not null"};

struct Faults {
    explicit Faults(db::Options options = {}) {
        store.exec("create table fault_log (line text); grant all on fault_log to doorstep_app;");
        database = store.make_database(io, std::move(options));
    }

    template <class T>
    T run(Task<T> task) {
        return test::run(io, std::move(task));
    }

    /// They are gone when it returns.
    void kill_connections() const {
        store.exec("select pg_terminate_backend(pid, 10000) from pg_stat_activity where usename = 'doorstep_app' and datname = "
                   "current_database()");
    }

    Task<> pause(std::chrono::milliseconds time) {
        boost::asio::steady_timer timer(io, time);
        co_await timer.async_wait(boost::asio::use_awaitable);
    }

    std::string logged() const {
        return store.value("select coalesce(string_agg(line, ',' order by line), '') from fault_log");
    }

    test::TestStore store;
    Clock clock;
    boost::asio::io_context io;
    std::unique_ptr<db::Database> database;
    Context ctx{clock};
};

std::string outcome(const std::function<void()>& act) {
    try {
        act();
    } catch (const db::Failure& failure) {
        return failure.sqlstate;
    } catch (const Error& error) {
        return error.code;
    } catch (const boost::system::system_error& error) {
        return error.code() == boost::asio::error::operation_aborted ? "cancelled" : error.what();
    }
    return "fine";
}

/// Runs the task and cancels it after a while.
std::string cancelled_after(Faults& world, std::chrono::milliseconds time, Task<> task) {
    boost::asio::cancellation_signal signal;
    boost::asio::steady_timer timer(world.io, time);
    timer.async_wait([&](auto) { signal.emit(boost::asio::cancellation_type::terminal); });
    std::exception_ptr thrown;
    bool ended = false;
    auto done = [&](std::exception_ptr error) {
        thrown = error;
        ended = true;
    };
    boost::asio::co_spawn(world.io, std::move(task), boost::asio::bind_cancellation_slot(signal.slot(), done));
    world.io.restart();
    while (!ended && world.io.run_one() > 0) {}
    return outcome([&] {
        if (thrown) std::rethrow_exception(thrown);
    });
}

} // namespace

TEST_CASE("connections that died while idle are replaced unnoticed") {
    Faults world;
    auto body = [&](db::Session& tx) -> Task<std::int64_t> { co_return co_await tx.one<std::int64_t>(echo_sql, 2); };
    for (int i = 0; i < 5; ++i) {
        CHECK(world.run(world.database->one<std::int64_t>(world.ctx, echo_sql, i)) == i);
        CHECK(world.run(world.database->transaction(world.ctx, body)) == 2);
        world.kill_connections();
    }
}

TEST_CASE("a select whose connection dies under it is asked again, a change is reported as unknown") {
    db::Options options;
    options.shared = 1;
    Faults world(options);
    // The one at the head dies by its own hand, the reads behind it are done again.
    int right = 0;
    auto read = [&](int i) -> Task<> {
        auto echo = co_await world.database->one<std::int64_t>(world.ctx, echo_sql, i);
        if (echo == i) ++right;
    };
    std::string suicide;
    auto die = [&]() -> Task<> {
        try {
            co_await world.database->exec(world.ctx, kill_me_sql);
        } catch (const Error& error) {
            suicide = error.code;
        }
    };
    world.run(read(0));
    int left = 4;
    auto done = [&](std::exception_ptr error) {
        CHECK_FALSE(error);
        --left;
    };
    boost::asio::co_spawn(world.io, die(), done);
    for (int i = 1; i < 4; ++i) boost::asio::co_spawn(world.io, read(i), done);
    world.io.restart();
    while (left > 0 && world.io.run_one() > 0) {}
    CHECK(right == 4);
    // Asked again, it did it again; unless its answer came before its end, and libpq threw that away when a write met the end.
    CHECK((suicide == "store_unavailable" || suicide == "commit_unknown"));

    world.store.exec(R"sql(
        create function fall() returns trigger language plpgsql as $$
        begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
        create constraint trigger fall after insert on fault_log deferrable initially deferred
            for each row when (new.line = 'fall') execute function fall();
    )sql");
    CHECK(outcome([&] { world.run(world.database->exec(world.ctx, log_sql, "fall")); }) == "commit_unknown");
    CHECK(outcome([&] { world.run(world.database->exec(world.ctx, log_sql, "stand")); }) == "fine");
    CHECK(world.logged() == "stand");

    boost::asio::steady_timer later(world.io, 100ms);
    later.async_wait([&](auto) { world.kill_connections(); });
    CHECK(world.run(world.database->one<std::string>(world.ctx, first_sql)) == "stand");
}

TEST_CASE("a transaction whose connection dies before the commit runs again") {
    Faults world;
    int runs = 0;
    auto body = [&](db::Session& tx) -> Task<> {
        ++runs;
        co_await tx.exec(log_sql, "x");
        if (runs == 1) world.kill_connections();
        co_await tx.exec(log_sql, "y");
    };
    CHECK(outcome([&] { world.run(world.database->transaction(world.ctx, body)); }) == "fine");
    CHECK(runs == 2);
    CHECK(world.logged() == "x,y");
    runs = 0;
    auto dies_idle = [&](db::Session& tx) -> Task<> {
        ++runs;
        co_await tx.exec(log_sql, "z");
        if (runs == 1) {
            world.kill_connections();
            for (int i = 0; i < 3; ++i) co_await world.pause(50ms); // several turns of the loop, to be told of it in one
        }
    };
    CHECK(outcome([&] { world.run(world.database->transaction(world.ctx, dies_idle)); }) == "fine");
    CHECK(world.logged() == "x,y,z");
}

TEST_CASE("a lost answer to COMMIT is neither a success nor run again") {
    Faults world;
    world.store.exec(R"sql(
        create function fall() returns trigger language plpgsql as $$
        begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
        create constraint trigger fall after insert on fault_log deferrable initially deferred
            for each row when (new.line = 'fall') execute function fall();
    )sql");
    int runs = 0;
    auto body = [&](db::Session& tx) -> Task<> {
        ++runs;
        co_await tx.exec(log_sql, "fall");
    };
    CHECK(outcome([&] { world.run(world.database->transaction(world.ctx, body)); }) == "commit_unknown");
    CHECK(runs == 1);
    CHECK(world.logged() == "");
}

TEST_CASE("a deferred constraint that fails at COMMIT is that failure") {
    Faults world;
    world.store.exec("alter table fault_log add constraint fault_log_line_key unique (line) deferrable initially deferred");
    auto body = [&](db::Session& tx) -> Task<> {
        co_await tx.exec(log_sql, "twice");
        co_await tx.exec(log_sql, "twice");
    };
    CHECK(outcome([&] { world.run(world.database->transaction(world.ctx, body)); }) == "23505");
    CHECK(world.logged() == "");
}

TEST_CASE("who is cancelled leaves the connections sound") {
    db::Options options;
    options.shared = 1;
    options.exclusive = 1;
    Faults world(options);
    auto single = [&]() -> Task<> { co_await world.database->exec(world.ctx, sleep_sql, 0.2); };
    CHECK(cancelled_after(world, 50ms, single()) == "cancelled");
    CHECK(world.run(world.database->one<std::int64_t>(world.ctx, echo_sql, 5)) == 5);

    auto body = [&](db::Session& tx) -> Task<> {
        co_await tx.exec(log_sql, "never");
        co_await tx.exec(sleep_sql, 0.2);
        co_await tx.exec(log_sql, "nor this");
    };
    auto transaction = [&]() -> Task<> { co_await world.database->transaction(world.ctx, body); };
    CHECK(cancelled_after(world, 50ms, transaction()) == "cancelled");
    auto idle_inside = [&](db::Session& tx) -> Task<> {
        co_await tx.exec(log_sql, "never");
        co_await world.pause(1s);
    };
    auto idle = [&]() -> Task<> { co_await world.database->transaction(world.ctx, idle_inside); };
    CHECK(cancelled_after(world, 500ms, idle()) == "cancelled");
    // The only exclusive connection serves again, outside of any transaction.
    auto good = [&](db::Session& tx) -> Task<> { co_await tx.exec(log_sql, "good"); };
    CHECK(outcome([&] { world.run(world.database->transaction(world.ctx, good)); }) == "fine");
    CHECK(world.logged() == "good");
    CHECK(
        world.store.value(
            "select count(*) from pg_stat_activity where usename = 'doorstep_app' and datname = current_database()"
        ) == "2"
    );
}

TEST_CASE("what runs far too long for one who was cancelled is given up") {
    db::Options options;
    options.exclusive = 1;
    options.statement_timeout = 60s;
    Faults world(options);
    auto body = [&](db::Session& tx) -> Task<> { co_await tx.exec(sleep_sql, 50); };
    auto transaction = [&]() -> Task<> { co_await world.database->transaction(world.ctx, body); };
    CHECK(cancelled_after(world, 50ms, transaction()) == "cancelled");
    auto good = [&](db::Session& tx) -> Task<> { co_await tx.exec(log_sql, "good"); };
    CHECK(outcome([&] { world.run(world.database->transaction(world.ctx, good)); }) == "fine");
    // The server notices within a second that nobody listens.
    std::string left = "1";
    for (int i = 0; i < 40 && left != "0"; ++i) {
        world.run(world.pause(100ms));
        left = world.store.value("select count(*) from pg_stat_activity where query like '%pg_sleep%' and state = 'active' and "
                                 "usename = 'doorstep_app' and datname = current_database()");
    }
    CHECK(left == "0");
}

TEST_CASE("transactions queue for connections in order") {
    db::Options options;
    options.exclusive = 1;
    options.patience = 60s;
    Faults world(options);
    std::vector<int> order;
    int refused = 0;
    auto one = [&](int i) -> Task<> {
        auto body = [&](db::Session& tx) -> Task<> {
            co_await tx.one<std::int64_t>(echo_sql, i);
            order.push_back(i);
        };
        co_await world.database->transaction(world.ctx, body);
    };
    int left = 50;
    for (int i = 0; i < 50; ++i) {
        boost::asio::co_spawn(world.io, one(i), [&](std::exception_ptr error) {
            if (error) ++refused;
            --left;
        });
    }
    while (left > 0 && world.io.run_one() > 0) {}
    CHECK(refused == 0);
    REQUIRE(order.size() == 50);
    CHECK(std::ranges::is_sorted(order));
}

TEST_CASE("transactions do not queue for ever") {
    db::Options options;
    options.exclusive = 1;
    options.patience = 2s;
    Faults world(options);
    bool hogged = false, answered = false;
    auto hog = [&](db::Session& tx) -> Task<> {
        co_await tx.exec(log_sql, "hog");
        hogged = true;
        while (!answered) co_await world.pause(20ms);
    };
    auto other = [&](db::Session& tx) -> Task<> { co_await tx.exec(log_sql, "other"); };
    auto hold = [&]() -> Task<> { co_await world.database->transaction(world.ctx, hog); };
    bool ended = false;
    boost::asio::co_spawn(world.io, hold(), [&](std::exception_ptr error) {
        CHECK_FALSE(error);
        ended = true;
    });
    while (!hogged && !ended && world.io.run_one() > 0) {}
    REQUIRE(hogged);
    CHECK(outcome([&] { world.run(world.database->transaction(world.ctx, other)); }) == "busy");
    answered = true;
    while (!ended && world.io.run_one() > 0) {}
}

TEST_CASE("while the database is away callers wait, then hear so, then are served again") {
    db::Options options;
    options.patience = 1s;
    Faults world(options);
    CHECK(world.run(world.database->one<std::int64_t>(world.ctx, echo_sql, 1)) == 1);
    auto allow = [&](bool yes) {
        db::BlockingConnection admin(
            world.store.admin_conninfo().substr(0, world.store.admin_conninfo().find("dbname=")) + "dbname=postgres"
        );
        admin.exec("alter database " + world.store.name() + " allow_connections " + (yes ? "true" : "false"));
        admin.exec(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'doorstep_app' and datname = '" +
            world.store.name() + "'"
        );
    };
    allow(false);
    boost::asio::steady_timer back(world.io, 400ms);
    back.async_wait([&](auto) { allow(true); });
    auto start = std::chrono::steady_clock::now();
    CHECK(world.run(world.database->one<std::int64_t>(world.ctx, echo_sql, 3)) == 3);
    auto took = std::chrono::steady_clock::now() - start;
    CHECK(took > 350ms);
    CHECK(took < 3s);
    allow(false);
    CHECK(outcome([&] { world.run(world.database->one<std::int64_t>(world.ctx, echo_sql, 4)); }) == "store_unavailable");
    allow(true);
    // Served again soon: after the pause before the next attempt to connect, at the latest.
    std::int64_t answer = 0;
    for (int attempt = 0; attempt < 5 && answer == 0; ++attempt) {
        outcome([&] { answer = world.run(world.database->one<std::int64_t>(world.ctx, echo_sql, 5)); });
    }
    CHECK(answer == 5);
}

TEST_CASE("a statement that takes too long is ended by the server") {
    db::Options options;
    options.statement_timeout = 100ms;
    Faults world(options);
    CHECK(outcome([&] { world.run(world.database->exec(world.ctx, sleep_sql, 5)); }) == "57014");
    CHECK(world.run(world.database->one<std::int64_t>(world.ctx, echo_sql, 5)) == 5);
}

TEST_CASE("closing lets what runs finish and refuses what comes") {
    Faults world;
    std::string late;
    auto body = [&](db::Session& tx) -> Task<> {
        co_await tx.exec(log_sql, "a");
        world.database->close();
        co_await tx.exec(log_sql, "b");
    };
    std::exception_ptr thrown;
    auto whole = [&]() -> Task<> { co_await world.database->transaction(world.ctx, body); };
    boost::asio::co_spawn(world.io, whole(), [&](std::exception_ptr error) { thrown = error; });
    world.io.run(); // ends, because no connection is left
    CHECK_FALSE(thrown);
    CHECK(world.logged() == "a,b");
    CHECK(outcome([&] { world.run(world.database->one<std::int64_t>(world.ctx, echo_sql, 5)); }) == "store_unavailable");
}

TEST_CASE("a database may end before what waits for it") {
    Faults world;
    int ended = 0;
    auto sleep = [&]() -> Task<> { co_await world.database->exec(world.ctx, sleep_sql, 10); };
    auto body = [&](db::Session& tx) -> Task<> { co_await tx.exec(sleep_sql, 10); };
    auto transaction = [&]() -> Task<> { co_await world.database->transaction(world.ctx, body); };
    for (int i = 0; i < 3; ++i) {
        boost::asio::co_spawn(world.io, sleep(), [&](std::exception_ptr) { ++ended; });
        boost::asio::co_spawn(world.io, transaction(), [&](std::exception_ptr) { ++ended; });
    }
    world.io.run_for(100ms);
    CHECK(ended == 0);
    SUBCASE("and they hear of it") {
        world.database.reset();
        world.io.run_for(1s);
        CHECK(ended == 6);
    }
    SUBCASE("or go with the loop") {
        world.database.reset();
    }
}
