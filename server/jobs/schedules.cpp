#include "jobs/schedules.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <map>

#include "core/log.hpp"
#include "jobs/signal.hpp"

namespace doorstep::jobs {

using namespace std::chrono_literals;

namespace {

using Steady = std::chrono::steady_clock;

const db::Query last_tick_sql{"schedules.last_tick", R"sql(
    select last_tick from app.schedules where name = $1
)sql"};

const db::Query begin_sql{"schedules.begin", R"sql(
    insert into app.schedules (name, last_tick) values ($1, $2) on conflict (name) do nothing
)sql"};

// Compare and swap: of all servers that notice, one gets a row.
const db::Query advance_sql{"schedules.advance", R"sql(
    update app.schedules set last_tick = $3 where name = $1 and last_tick = $2
)sql"};

struct ScheduleTick {
    static constexpr std::string_view kind = "schedule.tick";
    std::string name;
};
BOOST_DESCRIBE_STRUCT(ScheduleTick, (), (name))

/// Own mixing, as every server must come to the same.
std::uint64_t hash(std::string_view name) {
    std::uint64_t value = 14695981039346656037u;
    for (char c : name) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return value;
}

struct Schedule {
    std::string name;
    std::chrono::microseconds every;
    std::chrono::microseconds phase;
    Schedules::Tick tick;

    /// The start of the interval that `time` lies in.
    Time interval(Time time) const {
        auto since = time.time_since_epoch() - phase;
        auto into = (since % every + every) % every;
        return time - into;
    }
};

} // namespace

struct Schedules::Impl : std::enable_shared_from_this<Schedules::Impl> {
    Impl(boost::asio::io_context& io, db::Database& db, const Clock& clock)
        : io_(io), db_(db), clock_(clock), signal_(io.get_executor()) {}

    void add(Schedule schedule) {
        if (schedule.every < 100ms) throw std::logic_error("schedule " + schedule.name + " ticks too often");
        auto name = schedule.name;
        if (!schedules_.emplace(name, std::move(schedule)).second) throw std::logic_error("schedule " + name + " exists twice");
    }

    Context context() const {
        Context ctx(clock_);
        ctx.all_accounts = true;
        ctx.actor.kind = Actor::Kind::system;
        ctx.actor.name = "schedules";
        return ctx;
    }

    Task<> loop() {
        while (!stopping_) {
            for (const auto& [name, schedule] : schedules_) {
                try {
                    co_await look(schedule);
                } catch (const std::exception& error) {
                    log::warn("a schedule cannot tick", {{"schedule", name}, {"error", error.what()}});
                }
            }
            co_await signal_.wait(std::clamp<Steady::duration>(until_next(), 1ms, 1s));
        }
    }

    Steady::duration until_next() const {
        Steady::duration nearest = 1h;
        auto now = clock_.now();
        for (const auto& [name, schedule] : schedules_)
            nearest = std::min<Steady::duration>(nearest, schedule.interval(now) + schedule.every - now);
        return nearest;
    }

    /// Asks the store only when the interval is another than the last time, and now and then for the clock's sake.
    Task<> look(const Schedule& schedule) {
        auto current = schedule.interval(clock_.now());
        auto& known = known_[schedule.name];
        if (known == current) co_return;

        auto ctx = context();
        auto last = co_await db_.maybe<Time>(ctx, last_tick_sql, schedule.name);
        if (!last) {
            co_await db_.exec(ctx, begin_sql, schedule.name, current);
        } else if (*last < current) {
            co_await tick(schedule, *last, current);
        } else if (*last > current + schedule.every) {
            // The clock was moved back: go on from here, without repeating what has been.
            co_await db_.exec(ctx, advance_sql, schedule.name, *last, current);
        }
        known = current;
    }

    Task<> tick(const Schedule& schedule, Time last, Time current) {
        auto ctx = context();
        ScheduleTick job{schedule.name};
        EnqueueOptions options;
        options.unique_key = schedule.name; // a slow tick is not overtaken by the next
        options.priority = -1;
        auto body = [&](db::Session& tx) -> Task<> {
            auto first = co_await tx.exec(advance_sql, schedule.name, last, current);
            if (first == 1) enqueue(tx, ctx, job, options);
        };
        co_await db_.transaction(ctx, body);
    }

    Task<Outcome> run(Context& ctx, const Run& info, std::string name) {
        auto found = schedules_.find(name);
        if (found == schedules_.end()) co_return Outcome::cancel("no such schedule: " + name);
        std::string why;
        try {
            co_await found->second.tick(ctx);
            co_return Outcome::done();
        } catch (const Lost&) {
            throw;
        } catch (const std::exception& error) {
            why = error.what();
        }
        // What ticks again within the hour needs no person to run it again.
        if (info.last() && found->second.every < 1h) co_return Outcome::cancel(why);
        co_return Outcome::retry(why);
    }

    boost::asio::io_context& io_;
    db::Database& db_;
    const Clock& clock_;
    std::map<std::string, Schedule> schedules_;
    std::map<std::string, Time> known_;
    Signal signal_;
    bool stopping_ = false;
};

Schedules::Schedules(boost::asio::io_context& io, db::Database& db, const Clock& clock)
    : impl_(std::make_shared<Impl>(io, db, clock)) {}

Schedules::~Schedules() {
    stop();
}

void Schedules::add(std::string name, std::chrono::milliseconds every, Tick tick) {
    // Not in the first or last tenth of the interval, so that a daily schedule at midnight is not met by everything else.
    auto phase =
        std::chrono::microseconds(every) / 10 + std::chrono::microseconds(every) * 8 / 10 * int(hash(name) % 1000) / 1000;
    impl_->add({std::move(name), every, phase, std::move(tick)});
}

void Schedules::add_daily(std::string name, std::chrono::minutes time_of_day, Tick tick) {
    impl_->add({std::move(name), 24h, time_of_day, std::move(tick)});
}

void Schedules::jobs(Registry& registry) {
    KindOptions options;
    options.timeout = 5min;
    auto run = [impl = impl_](Context& ctx, const Run& info, ScheduleTick tick) {
        return impl->run(ctx, info, std::move(tick.name));
    };
    registry.add<ScheduleTick>(std::function<Task<Outcome>(Context&, const Run&, ScheduleTick)>(run), options);
}

void Schedules::start() {
    auto ended = [impl = impl_](std::exception_ptr failure) {
        if (failure) log::error("schedules have stopped", {{"schedules", impl->schedules_.size()}});
    };
    boost::asio::co_spawn(impl_->io_, impl_->loop(), std::move(ended));
}

void Schedules::wake() {
    boost::asio::post(impl_->io_, [weak = std::weak_ptr(impl_)] {
        if (auto impl = weak.lock()) impl->signal_.set();
    });
}

void Schedules::stop() {
    impl_->stopping_ = true;
    impl_->signal_.set();
}

} // namespace doorstep::jobs
