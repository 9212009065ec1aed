#include "app/world.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include "app/routes.hpp"
#include "app/schedule.hpp"
#include "core/log.hpp"
#include "jobs/engine.hpp"

namespace doorstep::app {

namespace {

using namespace std::chrono_literals;

db::Options request_options(const Shared& shared, const WorldOptions& options) {
    auto database = shared.database;
    database.enter = &identity::enter_query();
    database.exclusive = options.exclusive_connections;
    return database;
}

ModuleParts parts(Shared& shared, db::Database& db, const Providers& providers, http::Client& client) {
    return {
        .db = db,
        .blocking = shared.blocking,
        .sealer = shared.sealer,
        .publish = shared.publish,
        .model = providers.model.get(),
        .sender = providers.sender.get(),
        .letters = providers.letters(),
        .sendgrid = providers.sendgrid_events.get(),
        .mailgun = providers.mailgun_events.get(),
        .inbound = providers.sendgrid_inbound.get(),
        .places = shared.places.get(),
        .pdf = shared.pdf.get(),
        .google = providers.google.get(),
        .google_calendar = providers.google_calendar.get(),
        .letters_from = shared.providers.letters_from,
        .sending = shared.providers.sending,
        .client = &client,
        .webhook_receiver = shared.providers.webhook_receiver,
        .max_tokens = shared.providers.max_tokens,
        .storage = providers.storage.get(),
        .files_folder = std::filesystem::path(shared.config.doorstep_data) / "files",
    };
}

Task<> note_uses_of(identity::Identity& identity, const Clock& clock) {
    Context ctx(clock);
    co_await identity.note_uses(ctx);
}

} // namespace

World::World(Shared& shared, WorldOptions options)
    : clock_(shared.clock),
      options_(std::move(options)),
      db_(io_, request_options(shared, options_)),
      engine_db_(io_, jobs::engine_options(shared.database)),
      client_(io_),
      providers_(make_providers(shared.providers, client_, shared.clock)),
      modules_(parts(shared, db_, providers_, client_)),
      status_(shared, db_),
      pages_(shared),
      job_desk_(db_) {
    if (options_.sandbox) sandbox_.emplace(io_, db_, client_, shared.clock, *options_.sandbox);
    if (options_.serve || options_.doubles) open_doors(shared);
    if (options_.work) employ(shared);
}

void World::open_doors(Shared& shared) {
    if (options_.product) {
        list_routes(router_, modules_, status_, pages_, job_desk_);
    } else {
        routes(router_, status_);
    }
    if (sandbox_) sandbox_->routes(router_);
    router_.check();
    if (options_.serve) server_.emplace(io_, *options_.serve, shared.clock, router_, modules_.identity, db_);
    if (options_.doubles) doubles_server_.emplace(io_, *options_.doubles, shared.clock, router_, modules_.identity, db_);
}

void World::employ(Shared& shared) {
    modules_.jobs(registry_);
    schedules_.emplace(io_, engine_db_, shared.clock);
    auto interval = std::chrono::milliseconds(std::int64_t(shared.config.scheduler_interval_ms));
    list_schedules(*schedules_, modules_, db_, std::chrono::ceil<std::chrono::seconds>(interval));
    schedules_->jobs(registry_);
    worker_.emplace(io_, engine_db_, shared.clock, registry_);
}

World::~World() {
    join();
}

void World::listen() {
    if (server_) server_->listen();
    if (doubles_server_) doubles_server_->listen();
}

unsigned short World::port() const {
    return server_ ? server_->port() : 0;
}

void World::start() {
    boost::asio::post(io_, [this] {
        if (worker_) worker_->start();
        if (schedules_ && options_.schedule) schedules_->start();
        if (sandbox_ && options_.schedule) {
            auto ended = [](std::exception_ptr problem) {
                if (problem) log::debug("the sandbox's deliveries ended");
            };
            boost::asio::co_spawn(io_, sandbox_->run(), boost::asio::bind_cancellation_slot(stop_sandbox_.slot(), ended));
        }
        look_after();
    });
    thread_ = std::thread([this] {
        auto guard = boost::asio::make_work_guard(io_);
        io_.run();
    });
}

void World::wake() {
    if (worker_) worker_->wake();
    if (schedules_ && options_.schedule) schedules_->wake();
}

void World::notify(const events::LiveNotice& notice) {
    boost::asio::post(io_, [this, notice] {
        if (notice.kind == credential_ended) return modules_.hub.end(notice.data);
        modules_.hub.publish(notice.account_id, notice.kind, notice.event_id.text(), notice.data);
    });
}

void World::stop(std::chrono::milliseconds patience, std::function<void()> done) {
    boost::asio::post(io_, [this, patience, done = std::move(done)] {
        boost::asio::co_spawn(io_, wind_down(patience), [this, done](std::exception_ptr problem) {
            if (problem) log::error("a thread did not stop cleanly");
            done();
            io_.stop();
        });
    });
}

Task<> World::wind_down(std::chrono::milliseconds patience) {
    care_timer_.cancel();
    if (schedules_) schedules_->stop();
    stop_sandbox_.emit(boost::asio::cancellation_type::terminal);
    if (sandbox_) sandbox_->stop();
    modules_.hub.close();
    if (server_) co_await server_->stop(patience);
    if (worker_) co_await worker_->stop(patience);
    if (doubles_server_) co_await doubles_server_->stop(std::chrono::seconds(1)); // last: what ran may have called it
    db_.close();
    engine_db_.close();
}

void World::join() {
    if (thread_.joinable()) thread_.join();
}

// What this thread does now and then, by its own clock and not by the product's.
void World::look_after() {
    measure();
    if (server_) note_uses();
    care_timer_.expires_after(2s);
    care_timer_.async_wait([this](boost::system::error_code ec) {
        if (!ec) look_after();
    });
}

void World::measure() {
    auto pool = db_.counters();
    gauges_.shared = pool.shared;
    gauges_.lent = pool.exclusive_lent;
    gauges_.idle = pool.exclusive_idle;
    gauges_.waiting = pool.waiting;
    gauges_.reconnects = pool.reconnects;
    gauges_.live_pages = modules_.hub.subscribers();
    if (worker_) {
        auto stats = worker_->stats();
        gauges_.jobs_running = stats.running;
        gauges_.jobs_done = stats.done;
        gauges_.jobs_failed = stats.failed;
        gauges_.jobs_dead = stats.dead;
    }
}

void World::note_uses() {
    boost::asio::co_spawn(io_, note_uses_of(modules_.identity, clock_), [](std::exception_ptr problem) {
        if (problem) log::debug("uses of credentials were not noted");
    });
}

} // namespace doorstep::app
