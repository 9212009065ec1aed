#include "app/reserved_port.hpp"

#include <boost/asio/detail/socket_option.hpp>
#include <sys/socket.h>

namespace doorstep::app {

namespace {

using tcp = boost::asio::ip::tcp;
using ReusePort = boost::asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

} // namespace

ReservedPort::ReservedPort(boost::asio::io_context& io) : socket_(io, tcp::v4()) {
    socket_.set_option(tcp::socket::reuse_address(true));
    socket_.set_option(ReusePort(true));
    socket_.bind({boost::asio::ip::address_v4::loopback(), 0});
}

unsigned short ReservedPort::port() const {
    return socket_.local_endpoint().port();
}

} // namespace doorstep::app
