#include "app/seed.hpp"

#include <fmt/format.h>

#include <atomic>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "app/seed_sql.hpp"
#include "core/crypto.hpp"
#include "core/time.hpp"
#include "db/blocking.hpp"

namespace doorstep::app {

namespace {

const db::Query seeded_sql{"seed.seeded", "select exists (select from users where email_key = $1)"};

struct Plan {
    int accounts;
    std::int64_t contacts;

    /// The first account is a large office.
    std::int64_t contacts_of(int number) const {
        if (accounts == 1) return contacts;
        auto first = contacts / 10;
        return number == 1 ? first : (contacts - first) / (accounts - 1);
    }
};

Plan plan_of(SeedSize size) {
    switch (size) {
    case SeedSize::small: return {1, 1'000};
    case SeedSize::medium: return {50, 50'000};
    case SeedSize::large: return {1'000, 1'000'000};
    }
    throw std::logic_error("no such size");
}

std::string owner_email(int number) {
    return fmt::format("owner{}@seed.example.com", number);
}

Task<std::vector<accounts::Opened>> open_accounts(Workbench& bench, int count) {
    auto ctx = bench.context();
    auto first = owner_email(1);
    auto seeded = co_await bench.db.one<bool>(ctx, seeded_sql, first);
    if (seeded) {
        throw std::runtime_error("the store has seed data already; use a new one, for example with --data seed");
    }
    // Nobody signs in with a password here.
    auto hash = hash_password(random_token());
    std::vector<accounts::Opened> opened;
    for (int number = 1; number <= count; ++number) {
        accounts::NewAccount input;
        input.name.value = fmt::format("Seed {}", number);
        input.owner_name.value = fmt::format("Owner {}", number);
        input.owner_email.value = owner_email(number);
        auto account = co_await bench.modules.accounts.open(ctx, input, hash);
        opened.push_back(std::move(account));
    }
    co_return opened;
}

/// Works off the accounts on every core, each in a transaction of its own.
class Filler {
public:
    Filler(const std::string& conninfo, const Plan& plan, const std::vector<accounts::Opened>& opened, Time now)
        : conninfo_(conninfo), plan_(plan), opened_(opened), now_(format_rfc3339(now)) {}

    void run() {
        std::vector<std::jthread> threads;
        auto count = std::min<std::size_t>(std::max(std::thread::hardware_concurrency(), 1u), opened_.size());
        for (std::size_t i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
        threads.clear();
        if (problem_) std::rethrow_exception(problem_);
    }

private:
    void work() {
        try {
            db::BlockingConnection store(conninfo_);
            // What is cut off here is made anew, not missed.
            store.exec("set synchronous_commit = off; set work_mem = '64MB'");
            store.exec(seed_functions_sql);
            for (auto i = next_++; i < opened_.size() && !failed_; i = next_++) fill(store, i);
        } catch (...) {
            std::scoped_lock lock(mutex_);
            failed_ = true;
            problem_ = std::current_exception();
        }
    }

    void fill(db::BlockingConnection& store, std::size_t index) {
        auto number = int(index + 1);
        auto account = opened_[index].account_id.value.text();
        store.exec("begin");
        store.query("select set_config('app.account', $1, true)", {account});
        store.query(
            "select pg_temp.seed_account($1, $2, $3, $4)",
            {account, std::to_string(number), std::to_string(plan_.contacts_of(number)), now_}
        );
        store.exec("commit");
    }

    std::string conninfo_;
    Plan plan_;
    const std::vector<accounts::Opened>& opened_;
    std::string now_;
    std::atomic<std::size_t> next_{0};
    std::atomic<bool> failed_{false};
    std::mutex mutex_;
    std::exception_ptr problem_; // under mutex_
};

Task<std::string> finish(Workbench& bench, accounts::Opened first) {
    auto ctx = bench.context();
    co_await bench.modules.insights.fold(ctx);
    ctx.all_accounts = false;
    ctx.account_id = first.account_id.value;
    identity::NewApiKey input{.name = {"seed"}, .scopes = {{"*"}}};
    auto key = co_await bench.modules.identity.make_api_key(ctx, input, first.user_id);
    co_return key.api_key;
}

} // namespace

Seeded seed(Workbench& bench, SeedSize size) {
    auto began = std::chrono::steady_clock::now();
    auto plan = plan_of(size);
    auto opened = bench.run(open_accounts(bench, plan.accounts));
    Filler(bench.store.owner_conninfo(), plan, opened, bench.clock.now()).run();

    Seeded made;
    made.accounts = plan.accounts;
    for (int number = 1; number <= plan.accounts; ++number) made.contacts += plan.contacts_of(number);
    made.tasks = made.contacts * 5;
    made.messages = made.contacts * 10;
    made.message_events = made.messages * 2;
    made.account_id = opened.front().account_id.value;
    made.user_id = opened.front().user_id.value;
    made.api_key = bench.run(finish(bench, opened.front()));
    db::BlockingConnection(bench.store.owner_conninfo()).exec("vacuum analyze");
    made.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return made;
}

} // namespace doorstep::app
