#include "http/transport.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace doorstep::http {
namespace {

namespace asio = boost::asio;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

class PlainTransport final : public Transport {
public:
    explicit PlainTransport(asio::ip::tcp::socket socket) : socket_(std::move(socket)) {
        boost::system::error_code ignored;
        socket_.non_blocking(true, ignored);
    }

    Task<IoResult> handshake() override { co_return IoResult{}; }

    Task<IoResult> read_some(asio::mutable_buffer buffer) override { return socket_.async_read_some(buffer, as_result); }

    Task<IoResult> write(std::array<asio::const_buffer, 2> buffers) override {
        return asio::async_write(socket_, buffers, as_result);
    }

    std::size_t try_write(std::string_view bytes) override {
        boost::system::error_code error;
        auto written = socket_.write_some(asio::buffer(bytes), error);
        return error ? 0 : written;
    }

    void read_beside(asio::mutable_buffer buffer, std::function<void(boost::system::error_code, std::size_t)> then) override {
        socket_.async_read_some(buffer, std::move(then));
    }

    void finish() override {
        boost::system::error_code ignored;
        socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    }

    void cancel() override {
        boost::system::error_code ignored;
        socket_.cancel(ignored);
    }

    bool secure() const override { return false; }

private:
    asio::ip::tcp::socket socket_;
};

} // namespace

TransportFactory plain_transport() {
    return [](asio::ip::tcp::socket socket) { return std::make_unique<PlainTransport>(std::move(socket)); };
}

} // namespace doorstep::http
