#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <atomic>
#include <memory>
#include <optional>
#include <thread>

#include "app/job_desk.hpp"
#include "app/modules.hpp"
#include "app/pages.hpp"
#include "app/providers.hpp"
#include "app/shared.hpp"
#include "app/status.hpp"
#include "http/client.hpp"
#include "http/server.hpp"
#include "jobs/schedules.hpp"
#include "jobs/worker.hpp"

namespace doorstep::app {

struct WorldOptions {
    std::optional<http::ServerOptions> serve; ///< unset: no listener
    bool work = true;                         ///< runs jobs
    bool schedule = false;                    ///< one thread of a process keeps the schedules
    std::size_t exclusive_connections = 8;
    std::function<void(http::Router&)> more_routes = [](http::Router&) {};
};

/// All that one thread needs: its event loop, connections, modules, server and worker. Nothing in it is touched by another
/// thread but through post().
class World {
public:
    World(Shared& shared, WorldOptions options);
    ~World();

    /// Throws std::system_error where the address is taken. Before start().
    void listen();
    unsigned short port() const;
    void start();
    /// From any thread.
    void wake();
    void notify(const events::LiveNotice& notice);
    /// From any thread: finishes what runs, within `patience`, and ends the thread. `done` is called on it.
    void stop(std::chrono::milliseconds patience, std::function<void()> done);
    void join();

    const Gauges& gauges() const { return gauges_; }

private:
    void measure();
    void note_uses();
    Task<> wind_down(std::chrono::milliseconds patience);

    const Clock& clock_;
    WorldOptions options_;
    boost::asio::io_context io_{1};
    db::Database db_;
    db::Database engine_db_;
    http::Client client_;
    Providers providers_;
    Modules modules_;
    Status status_;
    Pages pages_;
    JobDesk job_desk_;
    http::Router router_;
    std::optional<http::Server> server_;
    jobs::Registry registry_;
    std::optional<jobs::Worker> worker_;
    std::optional<jobs::Schedules> schedules_;
    boost::asio::steady_timer gauge_timer_{io_};
    Gauges gauges_;
    std::thread thread_;
};

} // namespace doorstep::app
