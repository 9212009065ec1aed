#include "providers/s3/s3.hpp"

#include "core/crypto.hpp"
#include "core/error.hpp"
#include "core/log.hpp"

namespace doorstep::providers {
namespace {

constexpr std::size_t largest_object = 64 << 20;

class S3 final : public files::Storage {
public:
    S3(S3Options options, http::Client& client) : options_(std::move(options)), client_(client) {
        auto scheme = options_.endpoint.find("://");
        host_ = options_.endpoint.substr(scheme == options_.endpoint.npos ? 0 : scheme + 3);
    }

    Task<> put(std::string key, std::string_view bytes) override {
        auto reply = co_await send("PUT", key, std::string(bytes));
        if (reply.status != 200) fail("PUT", reply);
    }

    Task<std::optional<std::string>> get(std::string key) override {
        auto reply = co_await send("GET", key, {});
        if (reply.status == 404) co_return std::nullopt;
        if (reply.status != 200) fail("GET", reply);
        co_return std::move(reply.body);
    }

    Task<> remove(std::string key) override {
        auto reply = co_await send("DELETE", key, {});
        if (reply.status != 204 && reply.status != 200 && reply.status != 404) fail("DELETE", reply);
    }

private:
    /// Each of these may be repeated: a failure before or after it was read is tried once more.
    Task<http::Reply> send(std::string method, std::string key, std::string body) {
        for (int attempt = 1;; ++attempt) {
            auto result = co_await client_.send(call(method, key, body));
            bool again = result ? http::retry_class(result->status) == http::RetryClass::retry
                                : result.error().kind == http::CallFailure::Kind::not_sent ||
                                      result.error().kind == http::CallFailure::Kind::ambiguous;
            if (again && attempt < 3) continue;
            if (result) co_return std::move(*result);
            log::error("storage unreachable", {{"method", method}, {"error", result.error().reason}});
            throw unavailable("storage_unavailable", "The storage of files can't be reached just now. Try again in a moment.");
        }
    }

    http::Call call(const std::string& method, const std::string& key, const std::string& body) const {
        // Signatures go by real time, whatever the product's clock says.
        auto date = amz_date(std::chrono::system_clock::now());
        S3Request request{.method = method, .path = "/" + options_.bucket + "/" + key, .payload_sha256 = sha256_hex(body)};
        request.headers = {{"host", host_}, {"x-amz-content-sha256", request.payload_sha256}, {"x-amz-date", date}};
        http::Call call;
        call.method = method;
        call.url = options_.endpoint + s3_path(request.path);
        call.headers.add("x-amz-content-sha256", request.payload_sha256);
        call.headers.add("x-amz-date", date);
        call.headers.add("Authorization", s3_authorization(request, options_.keys, date));
        if (method == "PUT") call.headers.add("Content-Type", "application/octet-stream");
        call.body = body;
        call.timeout = std::chrono::seconds(60);
        call.max_response_bytes = largest_object + (64 << 10);
        call.provider = "s3";
        return call;
    }

    [[noreturn]] static void fail(std::string_view method, const http::Reply& reply) {
        log::error("storage refused", {{"method", method}, {"status", reply.status}, {"body", reply.body.substr(0, 300)}});
        throw unavailable("storage_unavailable", "The storage of files refused. An operator has to look at its keys.");
    }

    S3Options options_;
    http::Client& client_;
    std::string host_;
};

} // namespace

std::unique_ptr<files::Storage> make_s3(S3Options options, http::Client& client) {
    return std::make_unique<S3>(std::move(options), client);
}

} // namespace doorstep::providers
