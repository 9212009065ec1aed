#include "http/client.hpp"

#include <doctest/doctest.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdlib>

#include "test/support/raw_server.hpp"
#include "test/support/run.hpp"

using namespace doorstep;
using namespace std::chrono_literals;
using http::Call;
using http::Client;
using test::RawConnection;
using test::RawServer;
using Kind = http::CallFailure::Kind;

namespace {

struct Fixture {
    boost::asio::io_context io;
    Client client{io};

    auto send(Call call) { return test::run(io, client.send(std::move(call))); }

    /// The failure of a call that must have none of the answers.
    http::CallFailure fail(Call call) {
        auto outcome = send(std::move(call));
        REQUIRE_FALSE(outcome.has_value());
        return outcome.error();
    }
};

Call post(std::string url, std::string body = "{}") {
    return {.method = "POST", .url = std::move(url), .body = std::move(body), .timeout = 400ms, .provider = "test"};
}

} // namespace

TEST_CASE_FIXTURE(Fixture, "a request goes out as it was made and the answer comes back whole") {
    std::string seen;
    RawServer server([&](RawConnection& c) {
        seen = c.read_request();
        c.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
        c.answer(201, "made\0it", "X-Two: 1\r\nX-Two:  2 \r\n");
    });
    Call call = post(server.url("/a?b=c%20d"), std::string(3000, 'x'));
    call.headers.add("Content-Type", "text/x-own");
    call.headers.add("X-Empty", "");
    auto outcome = send(call);
    REQUIRE(outcome.has_value());
    CHECK(outcome->status == 201);
    CHECK(outcome->body == "made");
    CHECK(outcome->headers.count("x-two") == 2);
    CHECK(outcome->headers.count("link") == 0);
    CHECK(seen.starts_with("POST /a?b=c%20d HTTP/1.1\r\n"));
    CHECK(seen.find("\r\nUser-Agent: Doorstep/") != seen.npos);
    CHECK(seen.find("\r\nContent-Type: text/x-own\r\n") != seen.npos);
    CHECK(seen.find("\r\nX-Empty:\r\n") != seen.npos);
    CHECK(seen.find("Expect") == seen.npos);
    CHECK(seen.ends_with("\r\n\r\n" + std::string(3000, 'x')));
}

TEST_CASE_FIXTURE(Fixture, "no content type is invented for a body without one") {
    std::string seen;
    RawServer server([&](RawConnection& c) {
        seen = c.read_request();
        c.answer(200, "");
    });
    REQUIRE(send(post(server.url())).has_value());
    CHECK(seen.find("Content-Type") == seen.npos);
}

TEST_CASE_FIXTURE(Fixture, "a method keeps its name, with or without a body") {
    std::vector<std::string> seen;
    RawServer server([&](RawConnection& c) {
        for (auto request = c.read_request(); !request.empty(); request = c.read_request()) {
            seen.push_back(request);
            c.answer(request.starts_with("HEAD") ? 204 : 200, "");
        }
    });
    for (auto method : {"GET", "HEAD", "PUT", "PATCH", "DELETE"}) {
        Call call{.method = method, .url = server.url(), .timeout = 400ms};
        if (call.method == "PUT") call.body = "new";
        REQUIRE(send(call).has_value());
    }
    REQUIRE(seen.size() == 5);
    CHECK(seen[0].starts_with("GET / "));
    CHECK(seen[1].starts_with("HEAD / "));
    CHECK(seen[2].starts_with("PUT / "));
    CHECK(seen[2].ends_with("\r\n\r\nnew"));
    CHECK(seen[3].starts_with("PATCH / "));
    CHECK(seen[4].starts_with("DELETE / "));
    CHECK(server.connections() == 1);
}

TEST_CASE_FIXTURE(Fixture, "nobody listening: not sent") {
    unsigned short port = 0;
    {
        port = RawServer([](RawConnection&) {}).port();
    }
    CHECK(fail(post("http://127.0.0.1:" + std::to_string(port))).kind == Kind::not_sent);
}

TEST_CASE_FIXTURE(Fixture, "a name that does not resolve: not sent") {
    CHECK(fail(post("http://nowhere.invalid/")).kind == Kind::not_sent);
}

TEST_CASE_FIXTURE(Fixture, "TLS that does not come about: not sent") {
    RawServer server([](RawConnection& c) { c.hang(); });
    auto failure = fail(post("https://127.0.0.1:" + std::to_string(server.port())));
    CHECK(failure.kind == Kind::not_sent);

    RawServer plain([](RawConnection& c) { c.answer(400, "speak HTTP"); });
    CHECK(fail(post("https://127.0.0.1:" + std::to_string(plain.port()))).kind == Kind::not_sent);
}

TEST_CASE_FIXTURE(Fixture, "an answer that never comes: ambiguous, in time") {
    RawServer server([](RawConnection& c) {
        c.read_request();
        c.hang();
    });
    auto started = std::chrono::steady_clock::now();
    CHECK(fail(post(server.url())).kind == Kind::ambiguous);
    auto took = std::chrono::steady_clock::now() - started;
    CHECK(took >= 350ms);
    CHECK(took < 2s);
}

TEST_CASE_FIXTURE(Fixture, "a reset right after the request: ambiguous, and sent once") {
    std::atomic<int> requests = 0;
    RawServer server([&](RawConnection& c) {
        c.read_request();
        ++requests;
        c.reset();
    });
    CHECK(fail(post(server.url())).kind == Kind::ambiguous);
    CHECK(requests == 1);
}

TEST_CASE_FIXTURE(Fixture, "a POST on a kept-alive connection that drops is not repeated behind our back") {
    std::atomic<int> requests = 0;
    RawServer server([&](RawConnection& c) {
        while (!c.read_request().empty()) {
            if (++requests == 2) return; // reads it, perhaps acts on it, and says nothing
            c.answer(200, "ok");
        }
    });
    REQUIRE(send(post(server.url())).has_value());
    CHECK(fail(post(server.url())).kind == Kind::ambiguous);
    CHECK(requests == 2);
    CHECK(send(post(server.url())).has_value());
}

TEST_CASE_FIXTURE(Fixture, "a connection that the server closed while idle is replaced") {
    RawServer server([&](RawConnection& c) {
        c.read_request();
        c.answer(200, "ok");
    });
    for (int i = 0; i < 5; ++i) {
        CHECK(send(post(server.url())).has_value());
        std::this_thread::sleep_for(20ms);
    }
    CHECK(server.connections() == 5);
}

TEST_CASE_FIXTURE(Fixture, "connections are reused") {
    RawServer server([](RawConnection& c) {
        while (!c.read_request().empty()) c.answer(200, "ok");
    });
    for (int i = 0; i < 20; ++i) REQUIRE(send(post(server.url())).has_value());
    CHECK(server.connections() == 1);
}

TEST_CASE_FIXTURE(Fixture, "a drip that outlasts the deadline: ambiguous") {
    RawServer server([](RawConnection& c) {
        c.read_request();
        c.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        for (int i = 0; i < 20; ++i) {
            c.write(".");
            std::this_thread::sleep_for(50ms);
        }
    });
    CHECK(fail(post(server.url())).kind == Kind::ambiguous);
}

TEST_CASE_FIXTURE(Fixture, "a body cut short: ambiguous") {
    RawServer server([](RawConnection& c) {
        c.read_request();
        c.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    });
    CHECK(fail(post(server.url())).kind == Kind::ambiguous);
}

TEST_CASE_FIXTURE(Fixture, "answers beyond the limit are cut off: body, and head") {
    RawServer server([](RawConnection& c) {
        c.read_request();
        c.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 100; ++i) c.write("400\r\n" + std::string(1024, 'x') + "\r\n");
        c.hang();
    });
    auto call = post(server.url());
    call.max_response_bytes = 50 * 1024;
    CHECK(fail(call).kind == Kind::oversized);

    RawServer talker([](RawConnection& c) {
        c.read_request();
        c.write("HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 100; ++i) c.write("X-" + std::to_string(i) + ": " + std::string(1024, 'x') + "\r\n");
        c.hang();
    });
    CHECK(fail(post(talker.url())).kind == Kind::oversized);
}

TEST_CASE_FIXTURE(Fixture, "redirects are answers, not followed") {
    std::atomic<int> requests = 0;
    RawServer server([&](RawConnection& c) {
        while (!c.read_request().empty()) {
            ++requests;
            c.answer(302, "", "Location: /elsewhere\r\n");
        }
    });
    auto outcome = send(post(server.url()));
    REQUIRE(outcome.has_value());
    CHECK(outcome->status == 302);
    CHECK(requests == 1);
}

TEST_CASE_FIXTURE(Fixture, "what is no HTTP: ambiguous") {
    for (auto garbage : {"\0\1\2\3nonsense\r\n\r\n", "220 mail.example.com ESMTP\r\n", "HTTP/1.1 \r\n\r\n"}) {
        RawServer server([&](RawConnection& c) {
            c.read_request();
            c.write(garbage);
        });
        CHECK(fail(post(server.url())).kind == Kind::ambiguous);
    }
}

TEST_CASE_FIXTURE(Fixture, "malformed and unwanted URLs never leave") {
    for (auto url :
         {"", "example.com", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http://a b/", "http://127.0.0.1:99999/",
          "http://user@169.254.169.254@evil/", "gopher://127.0.0.1:6379/_x", "http://127.0.0.1/\r\nX: y"}) {
        CAPTURE(url);
        CHECK(fail(post(url)).kind == Kind::refused);
    }
}

TEST_CASE_FIXTURE(Fixture, "headers that could be taken for two are refused") {
    RawServer server([](RawConnection& c) { c.hang(); });
    for (auto [name, value] :
         {std::pair{"X-A", "1\r\nX-B: 2"}, {"X-A: 1\r\nX-B", "2"}, {"", "x"}, {"X A", "x"}, {"X:A", "x"}}) {
        auto call = post(server.url());
        call.headers.add(name, value);
        CHECK(fail(call).kind == Kind::refused);
    }
    CHECK(server.connections() == 0);
}

TEST_CASE_FIXTURE(Fixture, "an untrusted URL reaches https on the public internet and nothing else") {
    for (auto url :
         {"http://example.com/", "https://example.com:8443/", "https://user:pass@example.com/", "https://127.0.0.1/",
          "https://localhost/", "https://127.1/", "https://2130706433/", "https://0x7f.1/", "https://[::1]/",
          "https://[::ffff:127.0.0.1]/", "https://169.254.169.254/latest/meta-data", "https://10.0.0.1/", "https://0.0.0.0/"}) {
        CAPTURE(url);
        auto call = post(url);
        call.egress = http::Egress::untrusted;
        CHECK(fail(call).kind == Kind::refused);
    }
}

TEST_CASE_FIXTURE(Fixture, "proxies of the environment are ignored") {
    RawServer proxy([](RawConnection& c) { c.answer(200, "proxied"); });
    RawServer server([](RawConnection& c) {
        c.read_request();
        c.answer(200, "direct");
    });
    ::setenv("http_proxy", proxy.url().c_str(), 1);
    ::setenv("ALL_PROXY", proxy.url().c_str(), 1);
    auto outcome = send(post(server.url()));
    ::unsetenv("http_proxy");
    ::unsetenv("ALL_PROXY");
    REQUIRE(outcome.has_value());
    CHECK(outcome->body == "direct");
}

TEST_CASE_FIXTURE(Fixture, "cancelling takes the request off the wire at once") {
    std::atomic<bool> peer_left = false;
    RawServer server([&](RawConnection& c) {
        c.read_request();
        c.hang();
        peer_left = true;
    });
    auto call = post(server.url());
    call.timeout = 30s;
    boost::asio::steady_timer soon(io, 100ms);
    auto race = [&]() -> Task<bool> {
        using namespace boost::asio::experimental::awaitable_operators;
        auto outcome = co_await (client.send(call) || soon.async_wait(boost::asio::use_awaitable));
        co_return outcome.index() == 1;
    };
    auto started = std::chrono::steady_clock::now();
    CHECK(test::run(io, race()));
    CHECK(std::chrono::steady_clock::now() - started < 2s);
    for (int i = 0; i < 100 && !peer_left; ++i) std::this_thread::sleep_for(10ms);
    CHECK(peer_left);
    // The client is none the worse for it.
    RawServer other([](RawConnection& c) {
        c.read_request();
        c.answer(200, "ok");
    });
    CHECK(send(post(other.url())).has_value());
}

TEST_CASE("a client that goes while calls run ends them") {
    boost::asio::io_context io;
    auto client = std::make_unique<Client>(io);
    RawServer server([](RawConnection& c) { c.hang(); });
    auto call = post(server.url());
    call.timeout = 30s;
    boost::asio::steady_timer soon(io, 50ms);
    soon.async_wait([&](auto) { client.reset(); });
    auto outcome = test::run(io, client->send(call));
    CHECK_FALSE(outcome.has_value());
}

TEST_CASE_FIXTURE(Fixture, "many calls at once each get their own answer") {
    RawServer server([](RawConnection& c) {
        for (auto request = c.read_request(); !request.empty(); request = c.read_request()) {
            c.answer(200, request.substr(request.find("\r\n\r\n") + 4));
        }
    });
    int right = 0;
    auto one = [&](int i) -> Task<> {
        auto text = std::to_string(i);
        auto call = post(server.url(), text);
        call.timeout = 10s;
        auto outcome = co_await client.send(std::move(call));
        if (outcome && outcome->body == text) ++right;
    };
    int ended = 0;
    for (int i = 0; i < 200; ++i) boost::asio::co_spawn(io, one(i), [&](std::exception_ptr) { ++ended; });
    io.restart();
    while (ended < 200 && io.run_one() > 0) {}
    CHECK(right == 200);
}

TEST_CASE_FIXTURE(Fixture, "calls are counted by provider and outcome") {
    RawServer server([](RawConnection& c) {
        c.read_request();
        c.answer(429, "", "Retry-After: 7\r\n");
    });
    auto call = post(server.url());
    call.provider = "counted";
    auto outcome = send(call);
    REQUIRE(outcome.has_value());
    CHECK(http::retry_after(outcome->headers, std::chrono::system_clock::now()) == 7s);
    auto text = http::outgoing_metrics();
    CHECK(text.find(R"(doorstep_outgoing_calls_total{provider="counted",outcome="4xx"} 1)") != text.npos);
}

TEST_CASE("Retry-After: seconds, dates, and nonsense") {
    using namespace std::chrono;
    auto now = sys_days{2026y / 11 / 21} + 1h;
    auto of = [&](std::string value) {
        http::Headers headers;
        headers.add("Retry-After", std::move(value));
        return http::retry_after(headers, now);
    };
    CHECK(of("120") == 120s);
    CHECK(of("0") == 0s);
    CHECK(of("Sat, 21 Nov 2026 01:00:30 GMT") == 30s);
    CHECK(of("Saturday, 21-Nov-26 01:00:30 GMT") == 30s);
    CHECK(of("Sat, 21 Nov 2020 01:00:30 GMT") == 0s);
    CHECK(of("999999999") == 24h);
    CHECK(of("99999999999999999999999999") == 24h);
    CHECK(of("Sun, 21 Nov 2027 01:00:30 GMT") == 24h);
    for (auto bad : {"", "-5", "soon", "1.5", "12x", "0x10", "Sat, 99 Nov 2026 01:00:30 GMT", "GMT"}) {
        CAPTURE(bad);
        CHECK_FALSE(of(bad).has_value());
    }
    CHECK_FALSE(http::retry_after({}, now).has_value());
}

TEST_CASE("what a status asks for") {
    using http::RetryClass;
    for (auto status : {200, 202, 299}) CHECK(http::retry_class(status) == RetryClass::success);
    for (auto status : {408, 425, 429, 500, 502, 503, 504}) CHECK(http::retry_class(status) == RetryClass::retry);
    for (auto status : {100, 302, 400, 401, 403, 404, 409, 410, 413, 415, 422, 501, 505}) {
        CHECK(http::retry_class(status) == RetryClass::never);
    }
}
