#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace doorstep::app {

/// A loopback port that is ours before anything listens there: clients have to know it before the servers are made. Servers share
/// it with this socket, which never listens and so takes no connection away.
class ReservedPort {
public:
    explicit ReservedPort(boost::asio::io_context& io);
    unsigned short port() const;

private:
    boost::asio::ip::tcp::socket socket_;
};

} // namespace doorstep::app
