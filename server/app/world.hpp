#pragma once

#include <atomic>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
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
#include "sandbox/sandbox.hpp"

namespace doorstep::app {

struct WorldOptions {
    std::optional<http::ServerOptions> serve;   ///< unset: no listener
    std::optional<http::ServerOptions> doubles; ///< a second listener, by which this process reaches its own sandbox
    std::optional<sandbox::Options> sandbox;    ///< set: the doubles and their controls are among the routes
    bool product = true;                        ///< else only the sandbox and the health of this process are
    bool work = true;                           ///< runs jobs
    bool schedule = false;                      ///< one thread of a process keeps the schedules
    std::size_t exclusive_connections = 8;
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
    void open_doors(Shared& shared);
    void employ(Shared& shared);
    void look_after();
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
    std::optional<sandbox::Sandbox> sandbox_;
    std::optional<http::Server> server_;
    std::optional<http::Server> doubles_server_;
    boost::asio::cancellation_signal stop_sandbox_;
    jobs::Registry registry_;
    std::optional<jobs::Worker> worker_;
    std::optional<jobs::Schedules> schedules_;
    boost::asio::steady_timer care_timer_{io_};
    Gauges gauges_;
    std::thread thread_;
};

} // namespace doorstep::app
