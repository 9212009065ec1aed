#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/task.hpp"

namespace boost::asio {
class io_context;
}

namespace doorstep::db {

/// LISTEN on one connection of its own, reconnecting with backoff. One per process; handlers run on its io_context's thread.
class Listener {
public:
    Listener(boost::asio::io_context& io, std::string conninfo);
    ~Listener();

    /// Before start(). The channel is an identifier of ours.
    void on(std::string channel, std::function<void(std::string_view payload)> handler);
    /// Each time the connection stands (again): what was notified meanwhile is lost, so re-read.
    void on_connected(std::function<void()> handler);
    void start();
    void stop();
    bool connected() const;

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

} // namespace doorstep::db
