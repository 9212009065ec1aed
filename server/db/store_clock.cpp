#include "db/store_clock.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/context.hpp"
#include "core/log.hpp"
#include "db/blocking.hpp"
#include "db/database.hpp"
#include "db/listener.hpp"

namespace doorstep::db {

namespace {

using namespace std::chrono_literals;

const Query offset_sql{"clock.offset", "select offset_us from app.clock"};
const Query move_sql{"clock.move", "update app.clock set offset_us = $1 where offset_us <> $1"};

} // namespace

struct StoreClock::Impl : std::enable_shared_from_this<Impl> {
    Impl(boost::asio::io_context& io, Clock& clock, Database& database) : io(io), clock(clock), database(database), timer(io) {}

    static Task<> watch(std::shared_ptr<Impl> self);

    boost::asio::io_context& io;
    Clock& clock;
    Database& database;
    boost::asio::steady_timer timer;
    bool told = false; ///< of a change, perhaps while a look was under way that came too early for it
    bool stopped = false;
};

/// NOTIFY is a hint and can be lost; looking costs next to nothing.
Task<> StoreClock::Impl::watch(std::shared_ptr<Impl> self) {
    while (!self->stopped) {
        self->told = false;
        try {
            Context ctx(self->clock);
            auto offset = co_await self->database.one<std::int64_t>(ctx, offset_sql);
            if (self->stopped) co_return;
            self->clock.set_offset(std::chrono::microseconds(offset));
        } catch (const std::exception& problem) {
            log::debug("the store's clock could not be read", {{"problem", problem.what()}});
        }
        if (self->stopped) co_return;
        if (self->told) continue;
        self->timer.expires_after(1s);
        boost::system::error_code ignored; // woken early to look at once
        co_await self->timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    }
}

StoreClock::StoreClock(boost::asio::io_context& io, Clock& clock, Database& database)
    : impl_(std::make_shared<Impl>(io, clock, database)) {}

StoreClock::~StoreClock() {
    stop();
}

void StoreClock::load(const std::string& conninfo, Clock& clock) {
    BlockingConnection db(conninfo);
    clock.set_offset(std::chrono::microseconds(std::stoll(db.value("select offset_us from app.clock"))));
}

void StoreClock::follow(Listener& listener) {
    auto look_again = [weak = std::weak_ptr(impl_)] {
        auto impl = weak.lock();
        if (!impl) return;
        impl->told = true;
        impl->timer.cancel();
    };
    listener.on("clock", [look_again](std::string_view) { look_again(); });
    listener.on_connected(look_again);
    boost::asio::co_spawn(impl_->io, Impl::watch(impl_), [](std::exception_ptr error) {
        if (error) log::error("the store's clock is followed no more");
    });
}

void StoreClock::stop() {
    impl_->stopped = true;
    impl_->timer.cancel();
}

Task<> StoreClock::move(std::chrono::microseconds new_offset) {
    Context ctx(impl_->clock);
    auto moved = impl_->database.exec(ctx, move_sql, std::int64_t(new_offset.count()));
    co_await std::move(moved);
    impl_->clock.set_offset(new_offset);
}

} // namespace doorstep::db
