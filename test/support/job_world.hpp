#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "jobs/engine.hpp"
#include "jobs/worker.hpp"
#include "test/support/test_store.hpp"

namespace doorstep::test {

/// A job whose run does what its text says.
struct Act {
    static constexpr std::string_view kind = "test.act";
    std::string what;
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Act, (), (what, number))

/// A store, a clock, workers on one thread, and a kind of job that does as it is told and writes down what happened.
struct JobWorld {
    explicit JobWorld(jobs::KindOptions act = {});
    ~JobWorld();

    static Uuid account(int number);
    Context as(int account_number) const;
    Context everyone() const;

    void add(int account_number, std::string what, jobs::EnqueueOptions options = {}, int count = 1);
    jobs::Worker& worker(jobs::WorkerOptions options = {});
    /// Runs the io_context until `done`; false if that takes longer than `longest`.
    bool until(const std::function<bool()>& done, std::chrono::milliseconds longest = std::chrono::seconds(10));
    void pass(std::chrono::milliseconds time);
    void move_clock(std::chrono::microseconds by);
    std::string sql(const std::string& query) const { return store.value(query); }

    struct Ran {
        std::string what;
        Uuid account;
        std::int64_t number;
        int attempt;
    };
    int count(std::string_view what) const;

    TestStore store;
    boost::asio::io_context io;
    Clock clock;
    std::unique_ptr<db::Database> db;
    std::unique_ptr<db::Database> engine;
    jobs::Registry registry;
    int napping = 0;
    int most_napping = 0;
    std::vector<Ran> ran;
    int cancelled = 0; ///< runs that noticed their being cancelled
    std::vector<std::unique_ptr<jobs::Worker>> workers;
};

} // namespace doorstep::test
