// Worker processes that are killed and frozen: what they had claimed runs again elsewhere within 30 s, and what they still say
// afterwards changes nothing.

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <thread>

#include "jobs/engine.hpp"
#include "jobs/worker.hpp"
#include "test/support/test_store.hpp"

using namespace doorstep;
using namespace std::chrono_literals;

namespace {

using Steady = std::chrono::steady_clock;

const db::Query begun_sql{"workers_test.begun", R"sql(
    insert into app.steps (number, pid, what) values ($1, $2, 'begun')
)sql"};
const db::Query ended_sql{"workers_test.ended", R"sql(
    insert into app.steps (number, pid, what) values ($1, $2, 'ended')
)sql"};

/// Takes half a second between two rows that it writes, the second only if the job is still its own.
struct Step {
    static constexpr std::string_view kind = "test.step";
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Step, (), (number))

struct Office {
    explicit Office(const test::TestStore& store)
        : db(store.make_database(io)), engine(io, jobs::engine_options({.conninfo = store.app_conninfo()})) {
        registry.add<Step>(*this, &Office::step);
    }

    static Task<jobs::Outcome> step(Office& office, Context& ctx, const jobs::Run& run, Step job) {
        std::int64_t pid = getpid();
        co_await office.db->exec(ctx, begun_sql, job.number, pid);
        auto executor = co_await boost::asio::this_coro::executor;
        boost::asio::steady_timer timer(executor, 500ms);
        co_await timer.async_wait(boost::asio::use_awaitable);
        auto body = [&](db::Session& tx) -> Task<> {
            co_await jobs::require_held(tx, ctx, run);
            co_await tx.exec(ended_sql, job.number, pid);
        };
        co_await office.db->transaction(ctx, body);
        co_return jobs::Outcome::done();
    }

    void add(int count) {
        Context ctx(clock);
        ctx.all_accounts = true;
        std::vector<Step> steps;
        for (int i = 0; i < count; ++i) steps.push_back({i});
        auto body = [&](db::Session& tx) -> Task<> {
            jobs::enqueue_many(tx, ctx, steps);
            co_return;
        };
        test::run(io, db->transaction(ctx, body));
    }

    boost::asio::io_context io;
    Clock clock;
    std::unique_ptr<db::Database> db;
    db::Database engine;
    jobs::Registry registry;
};

/// A process that runs a worker until it is killed.
class WorkerProcess {
public:
    explicit WorkerProcess(const test::TestStore& store) : pid_(fork()) {
        if (pid_ != 0) return;
        // The parent's objects are not this process's: it leaves by no destructor.
        auto* office = new Office(store);
        auto* worker = new jobs::Worker(office->io, office->engine, office->clock, office->registry, {.concurrency = 8});
        worker->start();
        office->io.run();
        _exit(1);
    }
    ~WorkerProcess() { send(SIGKILL); }

    pid_t pid() const { return pid_; }
    void send(int signal) {
        if (gone_) return;
        kill(pid_, signal);
        if (signal != SIGKILL) return;
        waitpid(pid_, nullptr, 0);
        gone_ = true;
    }

private:
    pid_t pid_;
    bool gone_ = false;
};

void make_table(const test::TestStore& store) {
    store.exec("create table app.steps (at timestamptz default clock_timestamp(), number bigint, pid bigint, what text)");
    store.exec("grant select, insert on app.steps to doorstep_app");
}

bool eventually(const test::TestStore& store, const std::string& condition, std::chrono::seconds longest) {
    auto deadline = Steady::now() + longest;
    while (store.value("select " + condition) != "t") {
        if (Steady::now() > deadline) return false;
        std::this_thread::sleep_for(50ms);
    }
    return true;
}

std::string begun_by(const WorkerProcess& process) {
    return "(select count(*) from app.steps where pid = " + std::to_string(process.pid()) + " and what = 'begun')";
}

const std::string each_ended_once =
    "(select count(*) = 48 and count(distinct number) = 48 from app.steps where what = 'ended')";

} // namespace

TEST_CASE("jobs of a worker process that is killed run again within 30 s, each ending once") {
    test::TestStore store;
    make_table(store);
    WorkerProcess victim(store);
    REQUIRE(eventually(store, "count(*) = 1 from app.job_workers", 10s));
    Office office(store);
    office.add(48);
    REQUIRE(eventually(store, begun_by(victim) + " >= 8", 10s));
    WorkerProcess survivor(store);
    victim.send(SIGKILL);
    auto killed = Steady::now();
    REQUIRE(eventually(store, "count(*) = 0 from app.jobs", 40s));
    CHECK(Steady::now() - killed < 30s);
    CHECK(store.value("select " + each_ended_once) == "t");
    // What was under way was begun twice, or the test has tested nothing.
    CHECK(store.value("select count(*) > 48 from app.steps where what = 'begun'") == "t");
}

TEST_CASE("a worker process that is frozen until its lease has ended changes nothing when it thaws, and works on") {
    test::TestStore store;
    make_table(store);
    WorkerProcess frozen(store);
    REQUIRE(eventually(store, "count(*) = 1 from app.job_workers", 10s));
    Office office(store);
    office.add(48);
    REQUIRE(eventually(store, begun_by(frozen) + " >= 8", 10s));
    frozen.send(SIGSTOP);
    auto stopped = Steady::now();
    WorkerProcess other(store);
    REQUIRE(eventually(store, "count(*) = 0 from app.jobs", 40s));
    CHECK(Steady::now() - stopped < 30s);
    CHECK(store.value("select " + each_ended_once) == "t");

    frozen.send(SIGCONT);
    std::this_thread::sleep_for(2s);
    CHECK(store.value("select " + each_ended_once) == "t");
    other.send(SIGKILL);
    auto before = store.value("select " + begun_by(frozen));
    office.add(8);
    CHECK(eventually(store, begun_by(frozen) + " > " + before, 10s));
}
