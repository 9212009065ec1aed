#pragma once

// A connection's bytes, plain or encrypted. Hides the two kinds of stream from the session.

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <tuple>

#include "core/task.hpp"

namespace doorstep::http {

using IoResult = std::tuple<boost::system::error_code, std::size_t>;

class Transport {
public:
    virtual ~Transport() = default;

    virtual Task<IoResult> handshake() = 0;
    virtual Task<IoResult> read_some(boost::asio::mutable_buffer buffer) = 0;
    /// All of both.
    virtual Task<IoResult> write(std::array<boost::asio::const_buffer, 2> buffers) = 0;
    /// What can be written at once, without waiting; 0 where that is nothing.
    virtual std::size_t try_write(std::string_view bytes) = 0;
    /// Reads into `buffer` beside a write that runs; for noticing that the peer has gone.
    virtual void read_beside(
        boost::asio::mutable_buffer buffer, std::function<void(boost::system::error_code, std::size_t)> then
    ) = 0;
    /// Says that no more will be sent.
    virtual void finish() = 0;
    /// Ends what waits with operation_aborted.
    virtual void cancel() = 0;
    virtual bool secure() const = 0;
};

using TransportFactory = std::function<std::unique_ptr<Transport>(boost::asio::ip::tcp::socket)>;

TransportFactory plain_transport();
/// TLS 1.2 or later. Throws std::system_error where the files hold no matching certificate and key.
TransportFactory tls_transport(const std::string& certificate_file, const std::string& private_key_file);

} // namespace doorstep::http
