#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <cstring>

#include "http/transport.hpp"

namespace doorstep::http {
namespace {

namespace asio = boost::asio;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

class TlsTransport final : public Transport {
public:
    TlsTransport(asio::ip::tcp::socket socket, std::shared_ptr<asio::ssl::context> context)
        : context_(std::move(context)), stream_(std::move(socket), *context_) {}

    Task<IoResult> handshake() override {
        auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, as_result);
        co_return IoResult{error, 0};
    }

    Task<IoResult> read_some(asio::mutable_buffer buffer) override { return stream_.async_read_some(buffer, as_result); }

    Task<IoResult> write(std::array<asio::const_buffer, 2> buffers) override {
        return asio::async_write(stream_, buffers, as_result);
    }

    std::size_t try_write(std::string_view) override { return 0; }

    void read_beside(asio::mutable_buffer buffer, std::function<void(boost::system::error_code, std::size_t)> then) override {
        stream_.async_read_some(buffer, std::move(then));
    }

    void finish() override {
        // Answers carry their length, so the end of the connection says nothing and needs no close_notify.
        boost::system::error_code ignored;
        stream_.next_layer().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    }

    void cancel() override {
        boost::system::error_code ignored;
        stream_.next_layer().cancel(ignored);
    }

    bool secure() const override { return true; }

private:
    std::shared_ptr<asio::ssl::context> context_;
    asio::ssl::stream<asio::ip::tcp::socket> stream_;
};

int choose_protocol(SSL*, const unsigned char** out, unsigned char* size, const unsigned char* in, unsigned int in_size, void*) {
    static constexpr unsigned char ours[] = "\x08http/1.1";
    unsigned char* chosen = nullptr;
    auto result = SSL_select_next_proto(&chosen, size, ours, sizeof ours - 1, in, in_size);
    *out = chosen;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

} // namespace

TransportFactory tls_transport(const std::string& certificate_file, const std::string& private_key_file) {
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    auto native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
    context->use_certificate_chain_file(certificate_file);
    context->use_private_key_file(private_key_file, asio::ssl::context::pem);
    return [context](asio::ip::tcp::socket socket) { return std::make_unique<TlsTransport>(std::move(socket), context); };
}

} // namespace doorstep::http
