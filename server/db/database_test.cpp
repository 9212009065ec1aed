#include <doctest/doctest.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>

#include "core/clock.hpp"
#include "db/database.hpp"
#include "test/support/test_store.hpp"

using namespace doorstep;
using namespace std::chrono_literals;

namespace {

const db::Query insert_sql{"db_test.insert", "insert into things (account_id, id, label) values ($1, $2, $3)"};
const db::Query find_sql{"db_test.find", "select label from things where id = $1"};
const db::Query labels_sql{"db_test.labels", "select label from things order by label"};
const db::Query echo_sql{"db_test.echo", "select $1::bigint"};
const db::Query divide_sql{"db_test.divide", "select 1 / $1::int"};
const db::Query sleep_sql{"db_test.sleep", "select pg_sleep($1::float8)::text"};
const db::Query pid_sql{"db_test.pid", "select pg_backend_pid()"};
const db::Query star_sql{"db_test.star", "select * from test_counters where id = 1"};
const db::Query account_sql{"db_test.account", "select app.account()"};
const db::Query plan_sql{"db_test.plan", "select current_setting('plan_cache_mode')"};
const db::Query scan_sql{"db_test.scan", "select current_setting('enable_seqscan')"};
const db::Query everyone_sql{"db_test.everyone", "select app.everyone()"};
const db::Query enter_sql{
    "db_test.enter",
    "select case when set_config('plan_cache_mode', $5, true) = $5 then set_config('app.account', $1::text, true) end"
    " from test_credentials where hash = $2 and $3::timestamptz < until and $4::uuid = $1::uuid"
};
const db::Query count_sql{"db_test.count", "select count(*) from test_log"};
const db::Query log_sql{"db_test.log", "insert into test_log (line) values ($1)"};
const db::Query bump_sql{"db_test.bump", "update test_counters set n = n + 1 where id = $1"};

const char* tables = R"sql(
    set role doorstep_owner;
    create table things (account_id uuid not null, id uuid not null, label text not null,
        primary key (account_id, id), constraint things_label_key unique (account_id, label));
    select app.protect('things', true);
    create table test_credentials (hash text primary key, until timestamptz);
    insert into test_credentials values ('aa', 'infinity');
    create table test_log (line text);
    create table test_counters (id int primary key, n int not null default 0);
    insert into test_counters values (1), (2);
    grant select, insert, update, delete on things, test_log, test_counters, test_credentials to doorstep_app;
)sql";

struct World {
    explicit World(db::Options options = {}) {
        store.exec(tables);
        database = store.make_database(io, std::move(options));
        ada.account_id = Uuid::v7(clock.now());
        bob.account_id = Uuid::v7(clock.now());
        all.all_accounts = true;
    }

    template <class T>
    T run(Task<T> task) {
        return test::run(io, std::move(task));
    }

    /// Everything spawned so far, to its end.
    void spin() {
        database->close();
        io.restart();
        io.run();
    }

    test::TestStore store;
    Clock clock;
    boost::asio::io_context io;
    std::unique_ptr<db::Database> database;
    Context nobody{clock}, ada{clock}, bob{clock}, all{clock};
};

template <class F>
std::string failure_state(F&& act) {
    try {
        act();
    } catch (const db::Failure& failure) {
        return failure.sqlstate;
    } catch (const Error& error) {
        return error.code;
    }
    return "none";
}

} // namespace

TEST_CASE("a row is seen by its account, by everyone's context and by nobody else") {
    World world;
    auto id = Uuid::v7(world.clock.now());
    CHECK(world.run(world.database->exec(world.ada, insert_sql, world.ada.account_id, id, "lamp")) == 1);
    CHECK(world.run(world.database->maybe<std::string>(world.ada, find_sql, id)) == "lamp");
    CHECK(world.run(world.database->maybe<std::string>(world.all, find_sql, id)) == "lamp");
    CHECK_FALSE(world.run(world.database->maybe<std::string>(world.bob, find_sql, id)));
    CHECK_FALSE(world.run(world.database->maybe<std::string>(world.nobody, find_sql, id)));
    CHECK(failure_state([&] {
              world.run(world.database->exec(world.bob, insert_sql, world.ada.account_id, id, "x"));
          }) == "42501");
    CHECK(failure_state([&] {
              world.run(world.database->exec(world.nobody, insert_sql, world.ada.account_id, id, "x"));
          }) == "42501");
}

TEST_CASE("statements that are asked together are answered together, or not at all") {
    World world;
    auto& db = *world.database;
    for (const char* label : {"lamp", "chair"})
        world.run(db.exec(world.ada, insert_sql, world.ada.account_id, Uuid::v7(world.clock.now()), label));
    auto ask = [&](const Context& ctx, int divisor) {
        return world.run(db.together(
            ctx, db::ask_all<std::string>(labels_sql), db::ask_one<int>(divide_sql, divisor),
            db::ask_maybe<std::string>(find_sql, Uuid{})
        ));
    };
    auto [labels, quotient, nothing] = ask(world.ada, 1);
    CHECK(labels == std::vector<std::string>{"chair", "lamp"});
    CHECK(quotient == 1);
    CHECK_FALSE(nothing);
    CHECK(std::get<0>(ask(world.bob, 1)).empty());
    CHECK(failure_state([&] { ask(world.ada, 0); }) == "22012");
    CHECK(std::get<1>(ask(world.ada, 1)) == 1);

    auto body = [&](db::Session& tx) -> Task<std::size_t> {
        co_await tx.exec(insert_sql, world.ada.account_id, Uuid::v7(world.clock.now()), "table");
        Context within = world.ada;
        within.outer = &tx;
        auto [seen] = co_await db.together(within, db::ask_all<std::string>(labels_sql));
        co_return seen.size();
    };
    CHECK(world.run(db.transaction(world.ada, body)) == 3);
}

TEST_CASE("what is asked with a generic plan has one, and nobody after it") {
    db::Options options;
    options.shared = 1;
    options.enter = &enter_sql;
    World world(options);
    world.ada.credential = "aa";
    auto mode = [&](db::Plan plan) {
        auto [found] = world.run(world.database->together(world.ada, plan, db::ask_one<std::string>(plan_sql)));
        return found;
    };
    CHECK(mode(db::Plan::generic) == "force_generic_plan");
    CHECK(mode(db::Plan::automatic) == "auto");
    CHECK(world.run(world.database->one<std::string>(world.bob, plan_sql)) == "auto");
}

TEST_CASE("a transaction's statements are planned as it says, and those after it as ever, with a credential or without") {
    World world;
    auto& who = world.bob;
    SUBCASE("without") {}
    SUBCASE("with") {
        who.credential = "aa";
    }
    auto body = [&](db::Session& tx) { return tx.one<std::string>(plan_sql); };
    auto mode = [&](db::Plan plan) { return world.run(world.database->transaction(who, plan, body)); };
    CHECK(mode(db::Plan::generic) == "force_generic_plan");
    CHECK(mode(db::Plan::automatic) == "auto");
    CHECK(mode(db::Plan::by_index) == "force_generic_plan");
    CHECK(world.run(world.database->transaction(who, body)) == "auto");
    auto scans = [&](db::Session& tx) { return tx.one<std::string>(scan_sql); };
    CHECK(world.run(world.database->transaction(who, db::Plan::by_index, scans)) == "off");
    CHECK(world.run(world.database->transaction(who, db::Plan::generic, scans)) == "on");
}

TEST_CASE("a missing row is told with the name of its statement") {
    World world;
    CHECK_THROWS_WITH_AS(
        world.run(world.database->one<std::string>(world.ada, find_sql, Uuid{})), "no row from db_test.find", std::logic_error
    );
}

TEST_CASE("nothing of a transaction's account stays with its connection") {
    db::Options options;
    options.exclusive = 1;
    World world(options);
    auto id = Uuid::v7(world.clock.now());
    auto write = [&](db::Session& tx) -> Task<> { co_await tx.exec(insert_sql, world.ada.account_id, id, "lamp"); };
    auto read = [&](db::Session& tx) -> Task<bool> {
        auto found = co_await tx.maybe<std::string>(find_sql, id);
        co_return found.has_value();
    };
    world.run(world.database->transaction(world.ada, write));
    CHECK(world.run(world.database->transaction(world.all, read)));
    CHECK_FALSE(world.run(world.database->transaction(world.nobody, read)));
    CHECK_FALSE(world.run(world.database->transaction(world.bob, read)));
}

TEST_CASE("a slow statement does not hold up the others for long") {
    db::Options options;
    options.shared = 1;
    World world(options);
    world.run(world.database->one<int>(world.ada, echo_sql, 1));
    bool slow_ended = false;
    auto slow = [&]() -> Task<> { co_await world.database->exec(world.ada, sleep_sql, 60.0); };
    boost::asio::co_spawn(world.io, slow(), [&](std::exception_ptr) { slow_ended = true; });
    auto later = [&]() -> Task<> {
        boost::asio::steady_timer pause(world.io);
        auto wait = [&]() {
            pause.expires_after(100ms);
            return pause.async_wait(boost::asio::use_awaitable);
        };
        co_await wait();
        // The first one behind it opens the way for those who follow.
        boost::asio::co_spawn(world.io, world.database->exec(world.ada, echo_sql, 1), [](std::exception_ptr, std::int64_t) {});
        while (world.database->counters().exclusive_idle == 0 && !slow_ended) co_await wait();
        co_await world.database->one<int>(world.ada, echo_sql, 2);
    };
    world.run(later());
    CHECK_FALSE(slow_ended);
}

TEST_CASE("a failure carries SQLSTATE and the constraint's name") {
    World world;
    auto insert = [&] {
        return world.database->exec(world.ada, insert_sql, world.ada.account_id, Uuid::v7(world.clock.now()), "lamp");
    };
    world.run(insert());
    try {
        world.run(insert());
        FAIL("no failure");
    } catch (const db::Failure& failure) {
        CHECK(failure.unique_violation("things_label_key"));
        CHECK(failure.query == "db_test.insert");
    }
    CHECK(failure_state([&] { world.run(world.database->exec(world.ada, log_sql, std::string_view("a\0b", 3))); }) == "22021");
}

TEST_CASE("a thousand statements on two connections, failures among them, each get their own answer") {
    World world;
    int right = 0, failed = 0, wrong = 0;
    auto ask = [&](int i) -> Task<> {
        auto ctx = i % 2 ? world.ada : world.bob;
        try {
            if (i % 10 == 3) {
                co_await world.database->one<int>(ctx, divide_sql, 0);
                ++wrong;
            } else if (i % 10 == 4) {
                auto account = co_await world.database->one<Uuid>(ctx, account_sql);
                ++(account == ctx.account_id ? right : wrong);
            } else {
                auto echo = co_await world.database->one<int>(ctx, echo_sql, i);
                ++(echo == i ? right : wrong);
            }
        } catch (const db::Failure& failure) {
            ++(i % 10 == 3 && failure.sqlstate == "22012" ? failed : wrong);
        }
    };
    auto connections = [&] {
        return world.store.value(
            "select count(*) from pg_stat_activity where usename = 'doorstep_app' and datname = current_database()"
        );
    };
    std::string open;
    int left = 1000;
    for (int i = 0; i < 1000; ++i) {
        boost::asio::co_spawn(world.io, ask(i), [&](std::exception_ptr error) {
            if (error) ++wrong;
            if (--left == 0) {
                open = connections();
                world.database->close();
            }
        });
    }
    world.io.run();
    CHECK(right == 900);
    CHECK(failed == 100);
    CHECK(wrong == 0);
    // One that is just being replaced counts for a moment.
    CHECK(std::stoi(open) <= 3);
}

TEST_CASE("a transaction is all or nothing and sends what was queued with the commit") {
    World world;
    auto good = [&](db::Session& tx) -> Task<int> {
        tx.queue(log_sql, "one");
        auto echo = co_await tx.one<int>(echo_sql, 7);
        tx.queue(log_sql, "two");
        co_return echo;
    };
    CHECK(world.run(world.database->transaction(world.ada, good)) == 7);
    CHECK(world.store.value("select string_agg(line, ',' order by line) from test_log") == "one,two");

    auto throws = [&](db::Session& tx) -> Task<> {
        co_await tx.exec(log_sql, "three");
        throw conflict("taken", "no");
    };
    CHECK(failure_state([&] { world.run(world.database->transaction(world.ada, throws)); }) == "taken");
    auto queued_failure = [&](db::Session& tx) -> Task<> {
        co_await tx.exec(log_sql, "four");
        tx.queue(divide_sql, 0);
    };
    CHECK(failure_state([&] { world.run(world.database->transaction(world.ada, queued_failure)); }) == "22012");
    auto swallowed = [&](db::Session& tx) -> Task<> {
        try {
            co_await tx.one<int>(divide_sql, 0);
        } catch (const db::Failure&) {}
    };
    CHECK(failure_state([&] { world.run(world.database->transaction(world.ada, swallowed)); }) == "22012");
    CHECK(world.store.value("select count(*) from test_log") == "2");
}

TEST_CASE("after a commit, and only then, its actions run") {
    World world;
    int told = 0;
    auto body = [&](db::Session& tx) -> Task<> {
        tx.after_commit([&] { ++told; });
        co_await tx.exec(log_sql, "x");
        CHECK(told == 0);
    };
    world.run(world.database->transaction(world.ada, body));
    CHECK(told == 1);
    auto throws = [&](db::Session& tx) -> Task<> {
        tx.after_commit([&] { ++told; });
        co_await tx.one<int>(divide_sql, 0);
    };
    CHECK(failure_state([&] { world.run(world.database->transaction(world.ada, throws)); }) == "22012");
    CHECK(told == 1);
}

TEST_CASE("transactions within are savepoints in their own scope") {
    World world;
    std::vector<std::string> seen;
    auto outer = [&](db::Session& tx) -> Task<> {
        auto inside_ada = world.ada;
        inside_ada.outer = &tx;
        auto inside_bob = world.bob;
        inside_bob.outer = &tx;
        tx.queue(log_sql, "queued before");
        auto fails = [&](db::Session& part) -> Task<> {
            part.queue(log_sql, "lost");
            co_await part.one<int>(divide_sql, 0);
        };
        bool caught = false;
        try {
            co_await world.database->transaction(inside_bob, fails);
        } catch (const db::Failure&) {
            caught = true;
        }
        CHECK(caught);
        auto never_sent = [&](db::Session& part) -> Task<> {
            part.queue(log_sql, "never sent");
            throw conflict("early", "no");
            co_return;
        };
        caught = false;
        try {
            co_await world.database->transaction(inside_bob, never_sent);
        } catch (const Error&) {
            caught = true;
        }
        CHECK(caught);
        auto bobs = [&](db::Session& part) -> Task<> {
            auto account = co_await part.one<Uuid>(account_sql);
            CHECK(account == world.bob.account_id);
            co_await part.exec(log_sql, "kept");
        };
        co_await world.database->transaction(inside_bob, bobs);
        auto account = co_await tx.one<Uuid>(account_sql);
        CHECK(account == world.ada.account_id);
        account = co_await world.database->one<Uuid>(inside_bob, account_sql);
        CHECK(account == world.bob.account_id);
        auto everyone = world.all;
        everyone.outer = &tx;
        CHECK(co_await world.database->one<bool>(everyone, everyone_sql));
        CHECK_FALSE(co_await tx.one<bool>(everyone_sql));
        account = co_await tx.one<Uuid>(account_sql);
        CHECK(account == world.ada.account_id);
    };
    world.run(world.database->transaction(world.ada, outer));
    CHECK(world.store.value("select string_agg(line, ',' order by line) from test_log") == "kept,queued before");
}

TEST_CASE("a credential that has ended does nothing and learns nothing") {
    db::Options options;
    options.enter = &enter_sql;
    World world(options);
    auto alive = world.ada;
    alive.credential = "aa";
    auto ended = world.ada;
    ended.credential = "bb";
    CHECK(world.run(world.database->one<Uuid>(alive, account_sql)) == world.ada.account_id);
    // Outside of any tenant's table row security would not have helped.
    CHECK(failure_state([&] { world.run(world.database->exec(ended, log_sql, "x")); }) == "unauthorized");
    auto body = [&](db::Session& tx) -> Task<> { co_await tx.exec(log_sql, "y"); };
    CHECK(failure_state([&] { world.run(world.database->transaction(ended, body)); }) == "unauthorized");
    auto queued = [&](db::Session& tx) -> Task<> {
        tx.queue(log_sql, "z");
        co_return;
    };
    CHECK(failure_state([&] { world.run(world.database->transaction(ended, queued)); }) == "unauthorized");
    CHECK(world.store.value("select count(*) from test_log") == "0");
    world.run(world.database->transaction(alive, body));
    CHECK(world.store.value("select count(*) from test_log") == "1");
}

TEST_CASE("a deadlock runs the body again") {
    World world;
    int runs = 0;
    auto cross = [&](int first, int second) -> Task<> {
        auto body = [&](db::Session& tx) -> Task<> {
            ++runs;
            co_await tx.exec(bump_sql, first);
            boost::asio::steady_timer pause(world.io, 50ms);
            co_await pause.async_wait(boost::asio::use_awaitable);
            co_await tx.exec(bump_sql, second);
        };
        co_await world.database->transaction(world.ada, body);
    };
    int left = 2;
    auto done = [&](std::exception_ptr error) {
        CHECK_FALSE(error);
        if (--left == 0) world.database->close();
    };
    boost::asio::co_spawn(world.io, cross(1, 2), done);
    boost::asio::co_spawn(world.io, cross(2, 1), done);
    world.io.run();
    CHECK(runs == 3);
    CHECK(world.store.value("select sum(n) from test_counters") == "4");
}

TEST_CASE("a changed schema makes statements be parsed anew") {
    World world;
    auto columns = [&]() -> Task<std::size_t> {
        auto rows = co_await world.database->run(world.ada, star_sql, {});
        co_return rows.columns();
    };
    CHECK(world.run(columns()) == 2);
    world.store.exec("alter table test_counters add extra int");
    CHECK(world.run(columns()) == 3);
    world.store.exec("alter table test_counters add extra2 int");
    auto body = [&](db::Session& tx) -> Task<std::size_t> {
        auto rows = co_await tx.run(star_sql, {});
        co_return rows.columns();
    };
    CHECK(world.run(world.database->transaction(world.ada, body)) == 4);
}
