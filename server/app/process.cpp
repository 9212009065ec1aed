#include "app/process.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <thread>

#include "app/demo.hpp"
#include "app/live_bus.hpp"
#include "app/master_key.hpp"
#include "app/reserved_port.hpp"
#include "app/run_on.hpp"
#include "app/shared.hpp"
#include "app/store.hpp"
#include "app/workbench.hpp"
#include "app/world.hpp"
#include "core/log.hpp"
#include "db/listener.hpp"
#include "db/store_clock.hpp"
#include "providers/weasyprint/weasyprint.hpp"
#include "sandbox/sandbox.hpp"

namespace doorstep::app {

namespace {

using namespace std::chrono_literals;

constexpr auto drain_pause = 250ms; // readiness fails before connections are refused
constexpr auto patience = 5s;       // for requests and jobs that run
constexpr auto give_up = 8s;        // of the ten that an init system waits; a private PostgreSQL stops after that

/// The main thread: what a process has one of.
class Process {
public:
    Process(const Config& config, const ProcessOptions& options)
        : options_(options),
          store_(config, options.migrate ? SchemaCare::migrate : SchemaCare::require),
          shared_(config, master_key(config)),
          main_db_(io_, main_options()),
          store_clock_(io_, shared_.clock, main_db_),
          live_bus_(io_, main_db_, shared_.clock),
          listener_(io_, store_.options().conninfo) {
        shared_.database = store_.options();
        shared_.schema_version = binary_schema_version();
        shared_.serves_jobs = options.work;
        shared_.publish = [this](const events::LiveNotice& notice) { live_bus_.publish(notice); };
        db::StoreClock::load(store_.options().conninfo, shared_.clock);
        if (sandbox()) doubles_port_.emplace(io_);
        shared_.providers = plan_providers(config, doubles());
        shared_.places = open_places(config);
        shared_.pdf = providers::make_weasyprint();
    }

    void run() {
        if (options_.demo) furnish();
        make_worlds();
        listen_to_store();
        wait_for_signals();
        for (auto& world : worlds_) world->start();
        if (options_.serve) announce();
        io_.run();
        for (auto& world : worlds_) world->join();
        main_db_.close();
        log::info("stopped");
    }

private:
    bool sandbox() const { return shared_.config.sandbox() || !options_.product; }

    std::optional<SandboxDoubles> doubles() {
        if (!doubles_port_) return std::nullopt;
        Context ctx(shared_.clock);
        SandboxDoubles doubles;
        doubles.base_url = doubles_url() + "/sandbox";
        doubles.sendgrid_verification_key = run_on(io_, sandbox::Sandbox::public_key(main_db_, ctx));
        doubles.mailgun_signing_key = run_on(io_, sandbox::Sandbox::mailgun_key(main_db_, ctx));
        return doubles;
    }

    std::string doubles_url() const { return fmt::format("http://127.0.0.1:{}", doubles_port_->port()); }

    db::Options main_options() const {
        auto options = store_.options();
        options.shared = 1;
        options.exclusive = 1;
        return options;
    }

    std::size_t threads() const {
        auto& chosen = shared_.config.doorstep_threads;
        if (chosen) return std::size_t(std::int64_t(*chosen));
        return std::max(std::thread::hardware_concurrency(), 1u);
    }

    http::ServerOptions server_options() {
        const auto& config = shared_.config;
        http::ServerOptions server;
        server.host = config.doorstep_listen.host;
        server.port = config.doorstep_listen.port;
        server.certificate_file = config.doorstep_tls_certificate;
        server.private_key_file = config.doorstep_tls_key;
        for (const auto& proxy : config.doorstep_trusted_proxies.items) server.trusted_proxies.push_back(proxy.value);
        for (const auto& origin : config.doorstep_cors_origins.items) server.cors_origins.push_back(origin.value);
        server.public_url = config.public_url();
        server.metrics = &shared_.metrics;
        server.rate_per_second = double(std::int64_t(config.doorstep_rate_limit));
        server.rate_burst = server.rate_per_second * 2;
        return server;
    }

    void make_worlds() {
        auto count = threads();
        auto server = server_options();
        shared_.public_url = shared_.config.public_url();
        for (std::size_t i = 0; i < count; ++i) {
            WorldOptions world;
            if (options_.serve) world.serve = server;
            if (sandbox()) {
                // Events go to the product of this process, or where the sandbox stands alone to the one that is configured.
                world.sandbox = sandbox::Options{
                    .product_url = options_.product ? doubles_url() : shared_.public_url,
                    .public_url = options_.product ? shared_.public_url : std::string(),
                };
                world.doubles = http::ServerOptions{.port = doubles_port_->port(), .joins = true, .rate_per_second = 0};
            }
            world.product = options_.product;
            world.work = options_.work;
            world.schedule = i == 0;
            world.exclusive_connections = std::clamp<std::size_t>(48 / count, 2, 8);
            worlds_.push_back(std::make_unique<World>(shared_, world));
            shared_.gauges.push_back(&worlds_.back()->gauges());
            if (!options_.serve) continue;
            try {
                worlds_.back()->listen();
            } catch (const std::system_error& problem) {
                throw std::runtime_error(fmt::format(
                    "can't listen on {}: {}; choose another address with --listen", shared_.config.doorstep_listen.text(),
                    problem.code().message()
                ));
            }
            server.port = worlds_.back()->port();
            server.joins = true;
        }
        port_ = server.port;
    }

    void listen_to_store() {
        listener_.on("jobs", [this](std::string_view) { wake_all(); });
        listener_.on("live", [this](std::string_view payload) {
            auto notice = events::decode(payload);
            if (!notice) return;
            for (auto& world : worlds_) world->notify(*notice);
        });
        // The clock itself follows a moment later.
        listener_.on("clock", [this](std::string_view) { wake_soon(); });
        listener_.on_connected([this] { wake_all(); });
        store_clock_.follow(listener_);
        listener_.start();
    }

    void wake_all() {
        for (auto& world : worlds_) world->wake();
    }

    void wake_soon() {
        wake_timer_.expires_after(100ms);
        wake_timer_.async_wait([this](boost::system::error_code ec) {
            if (!ec) wake_all();
        });
    }

    void furnish() {
        Workbench bench(shared_.config);
        make_demo(bench, shared_.config);
        demo_ = has_demo(bench);
    }

    void announce() {
        auto listen = shared_.config.doorstep_listen;
        listen.port = port_;
        log::info("serving", {{"listen", listen.text()}, {"version", DOORSTEP_VERSION}, {"threads", worlds_.size()}});
        if (!demo_) return;
        fmt::print("Doorstep is at {}\n{}", shared_.public_url, demo_logins());
        std::fflush(stdout);
    }

    void wait_for_signals() {
        signals_.async_wait([this](boost::system::error_code ec, int) {
            if (ec) return;
            stop();
            signals_.async_wait([](boost::system::error_code again, int) {
                if (!again) std::_Exit(1);
            });
        });
    }

    void stop() {
        log::info("stopping");
        shared_.draining = true;
        timer_.expires_after(options_.serve ? drain_pause : 0ms);
        timer_.async_wait([this](boost::system::error_code ec) {
            if (ec) return;
            running_ = worlds_.size();
            auto one_done = [this] { boost::asio::post(io_, [this] { world_done(); }); };
            for (auto& world : worlds_) world->stop(patience, one_done);
            timer_.expires_after(give_up - drain_pause);
            timer_.async_wait([](boost::system::error_code late) {
                if (late) return;
                log::error("what still ran was cut off");
                std::_Exit(1);
            });
        });
    }

    void world_done() {
        if (--running_ > 0) return;
        timer_.cancel();
        signals_.cancel();
        store_clock_.stop();
        listener_.stop();
        io_.stop();
    }

    ProcessOptions options_;
    Store store_;
    Shared shared_;
    boost::asio::io_context io_{1};
    boost::asio::signal_set signals_{io_, SIGTERM, SIGINT};
    boost::asio::steady_timer timer_{io_};
    boost::asio::steady_timer wake_timer_{io_};
    std::optional<ReservedPort> doubles_port_;
    db::Database main_db_;
    db::StoreClock store_clock_;
    LiveBus live_bus_;
    db::Listener listener_;
    std::vector<std::unique_ptr<World>> worlds_;
    unsigned short port_ = 0;
    bool demo_ = false;
    std::size_t running_ = 0;
};

// Ten thousand open pages need ten thousand descriptors; the soft limit is a courtesy to programs that use select().
void raise_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

void run_process(const Config& config, const ProcessOptions& options) {
    std::signal(SIGPIPE, SIG_IGN);
    raise_descriptor_limit();
    Process process(config, options);
    process.run();
}

} // namespace doorstep::app
