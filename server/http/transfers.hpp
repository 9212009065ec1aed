#pragma once

#include <memory>

#include "core/task.hpp"

namespace boost::asio {
class io_context;
}

namespace doorstep::http {

/// libcurl's multi interface on one thread's io_context: everything that leaves this thread shares its connections and its
/// look-ups. Handles are libcurl's CURL*.
class Transfers {
public:
    explicit Transfers(boost::asio::io_context& io);
    /// Transfers that still run end with an error.
    ~Transfers();

    /// Sets what every transfer has in common: no signals, no proxies, limited age of connections.
    static void prepare(void* easy);
    /// Performs a prepared handle and returns its CURLcode. Cancelling the coroutine takes the transfer off the wire.
    Task<int> perform(void* easy);

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

} // namespace doorstep::http
