#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "modules/events/events.hpp"

namespace doorstep::app {

/// Carries committed events to the pages of every process: gathers them for a moment and announces them in one statement, since
/// PostgreSQL lets only one announcing transaction commit at a time. A lost notice costs a page nothing but a moment: it asks for
/// what it missed when it reconnects.
class LiveBus {
public:
    /// Announces on `io`'s thread.
    LiveBus(boost::asio::io_context& io, db::Database& db, const Clock& clock);

    /// From any thread.
    void publish(const events::LiveNotice& notice);

private:
    void schedule();
    Task<> flush(std::vector<std::string> payloads);

    boost::asio::io_context& io_;
    db::Database& db_;
    const Clock& clock_;
    boost::asio::steady_timer timer_;
    std::mutex mutex_;
    std::vector<std::string> waiting_; // under mutex_
};

/// What travels in one NOTIFY: a notice that is too long for one goes without its data, and the page asks for it.
std::string live_payload(const events::LiveNotice& notice);

} // namespace doorstep::app
