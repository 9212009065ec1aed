#include "providers/s3/s3.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <map>
#include <mutex>

#include "core/crypto.hpp"
#include "core/error.hpp"
#include "test/support/raw_server.hpp"
#include "test/support/run.hpp"

using namespace doorstep;
using namespace doorstep::providers;

namespace {

// The examples of AWS's documentation of Signature Version 4 for S3.
const S3Keys example_keys{"us-east-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
const std::string example_date = "20130524T000000Z";
const std::string empty_hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

S3Request example(std::string method, std::string path) {
    S3Request request{.method = std::move(method), .path = std::move(path), .payload_sha256 = empty_hash};
    request.headers = {
        {"host", "examplebucket.s3.amazonaws.com"}, {"x-amz-content-sha256", empty_hash}, {"x-amz-date", example_date}
    };
    return request;
}

std::string signature(const S3Request& request) {
    auto text = s3_authorization(request, example_keys, example_date);
    return text.substr(text.find("Signature=") + 10);
}

} // namespace

TEST_CASE("s3: signatures are those of AWS's published examples") {
    auto get = example("GET", "/test.txt");
    get.headers["range"] = "bytes=0-9";
    CHECK(signature(get) == "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    CHECK(s3_authorization(get, example_keys, example_date)
              .starts_with("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/"
                           "aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature="));

    auto put = example("PUT", "/test$file.text");
    put.payload_sha256 = sha256_hex("Welcome to Amazon S3.");
    put.headers["x-amz-content-sha256"] = put.payload_sha256;
    put.headers["date"] = "Fri, 24 May 2013 00:00:00 GMT";
    put.headers["x-amz-storage-class"] = "REDUCED_REDUNDANCY";
    CHECK(signature(put) == "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");

    auto lifecycle = example("GET", "/");
    lifecycle.query = {{"lifecycle", ""}};
    CHECK(signature(lifecycle) == "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");

    auto list = example("GET", "/");
    list.query = {{"prefix", "J"}, {"max-keys", "2"}};
    CHECK(signature(list) == "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

TEST_CASE("s3: paths are encoded once, slashes kept") {
    CHECK(s3_path("/bucket/a b/ü~+") == "/bucket/a%20b/%C3%BC~%2B");
    CHECK(amz_date(std::chrono::system_clock::from_time_t(1369353600)) == "20130524T000000Z");
}

namespace {

/// A bucket that checks what it is asked as S3 does: the signature over the head it got, the hash over the body.
class Bucket {
public:
    explicit Bucket(S3Keys keys) : keys_(std::move(keys)) {}

    void operator()(test::RawConnection& connection) {
        while (true) {
            auto request = connection.read_request();
            if (request.empty()) return;
            if (failures > 0) {
                --failures;
                connection.answer(503, "<Error><Code>SlowDown</Code></Error>");
                continue;
            }
            answer(connection, request);
        }
    }

    std::atomic<int> failures{0};

private:
    static std::string header(const std::string& head, const std::string& name) {
        auto at = head.find("\r\n" + name + ": ");
        if (at == head.npos) return {};
        auto start = at + name.size() + 4;
        return head.substr(start, head.find("\r\n", start) - start);
    }

    void answer(test::RawConnection& connection, const std::string& request) {
        auto end = request.find("\r\n\r\n");
        auto head = request.substr(0, end + 2);
        auto body = request.substr(end + 4);
        auto method = head.substr(0, head.find(' '));
        auto path = head.substr(method.size() + 1, head.find(' ', method.size() + 1) - method.size() - 1);
        auto hash = header(head, "x-amz-content-sha256");
        auto date = header(head, "x-amz-date");
        S3Request signed_part{.method = method, .path = http::percent_decode(path, false), .payload_sha256 = hash};
        signed_part.headers = {{"host", header(head, "Host")}, {"x-amz-content-sha256", hash}, {"x-amz-date", date}};
        bool good = header(head, "Authorization") == s3_authorization(signed_part, keys_, date) && hash == sha256_hex(body);
        if (!good) return connection.answer(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
        std::lock_guard lock(mutex_);
        if (method == "PUT") {
            objects_[path] = body;
            return connection.answer(200, "");
        }
        auto found = objects_.find(path);
        if (method == "DELETE") {
            if (found != objects_.end()) objects_.erase(found);
            return connection.answer(204, "");
        }
        if (found == objects_.end()) return connection.answer(404, "<Error><Code>NoSuchKey</Code></Error>");
        connection.answer(200, found->second);
    }

    S3Keys keys_;
    std::mutex mutex_;
    std::map<std::string, std::string> objects_;
};

const S3Keys keys{"auto", "key", "secret"};

} // namespace

TEST_CASE("s3: what is put is there until it is removed; short failures pass, wrong keys are told") {
    Bucket bucket(keys);
    test::RawServer server([&bucket](test::RawConnection& connection) { bucket(connection); });
    boost::asio::io_context io;
    http::Client client(io);
    auto storage = make_s3({server.url(""), "papers", keys}, client);
    std::string bytes("\0any bytes\xff", 11);
    test::run(io, storage->put("a/b c", bytes));
    CHECK(test::run(io, storage->get("a/b c")) == bytes);
    CHECK_FALSE(test::run(io, storage->get("a/none")));
    bucket.failures = 2;
    CHECK(test::run(io, storage->get("a/b c")) == bytes);
    test::run(io, storage->remove("a/b c"));
    test::run(io, storage->remove("a/b c"));
    CHECK_FALSE(test::run(io, storage->get("a/b c")));

    auto stranger = make_s3({server.url(""), "papers", {"auto", "key", "guess"}}, client);
    CHECK_THROWS_AS(test::run(io, stranger->put("x", "y")), Error);
    bucket.failures = 9;
    CHECK_THROWS_AS(test::run(io, storage->get("x")), Error);
}
