#include "http/http_test.hpp"

#include <boost/asio/this_coro.hpp>

#include "http/events.hpp"

namespace doorstep::http {
namespace {

using namespace testing;
using namespace std::chrono_literals;
namespace asio = boost::asio;

struct Module {
    LiveHub* hub = nullptr;
    std::string replay;
};

const Uuid account = *Uuid::parse("018f0000-0000-7000-8000-000000000001");

Task<Response> count_up(Module&, Context& ctx) {
    co_return Response::text(std::string(ctx.request->query_value("n").value_or("-")));
}

Task<Response> sleep_long(Module&, Context& ctx) {
    asio::steady_timer timer(
        co_await asio::this_coro::executor, std::chrono::milliseconds(std::stoi(std::string(*ctx.request->query_value("ms"))))
    );
    co_await timer.async_wait(asio::use_awaitable);
    co_return Response::text("slept");
}

Task<Response> big(Module&, Context&) {
    co_return Response::text(std::string(3'000'000, 'x'));
}

Task<Response> take(Module&, Context&, RawBody body) {
    co_return Response::text(std::to_string(body.bytes.size()));
}

Task<Response> redirect(Module&, Context& ctx) {
    co_return Response::redirect(std::string(*ctx.request->query_value("to")));
}

Task<Response> events(Module& module, Context&) {
    co_return module.hub->subscribe(account, "cred", [&module]() -> Task<std::string> { co_return module.replay; });
}

Module module;

void routes(Router& router) {
    router.add("GET", "/n", module, count_up).open();
    router.add("GET", "/sleep", module, sleep_long).open();
    router.add("GET", "/big", module, big).open();
    router.add("POST", "/take", module, take).open().max_body(4 << 20);
    router.add("POST", "/small", module, take).open().max_body(100);
    router.add("POST", "/members", module, take).scope("things:write").max_body(4 << 20);
    router.add("GET", "/redirect", module, redirect).open();
    router.add("GET", "/events", module, events).open();
}

std::string get(std::string_view target, std::string_view fields = {}) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n";
}

struct Seconds {
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    double passed() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count(); }
};

/// A hub on the server's thread, where it belongs.
struct LiveServer {
    LiveServer() : server(routes) { module = {&hub, {}}; }
    void publish(std::string_view kind, std::string_view id, std::string_view data) {
        on_thread([&] { hub.publish(account, kind, id, data); });
    }
    void on_thread(const std::function<void()>& action) {
        auto task = [&action]() -> Task<int> {
            action();
            co_return 0;
        };
        server.run(task());
    }
    bool wait_for_subscribers(std::size_t count) {
        for (int i = 0; i < 500; ++i) {
            std::size_t now = 0;
            on_thread([&] { now = hub.subscribers(); });
            if (now == count) return true;
            std::this_thread::sleep_for(10ms);
        }
        return false;
    }

    LiveHub hub;
    TestServer server;
};

bool receive_until(RawClient& client, std::string_view text) {
    while (client.received.find(text) == std::string::npos) {
        if (!client.receive()) return false;
    }
    return true;
}

} // namespace

TEST_CASE("session: ten requests in one packet are answered in order") {
    TestServer server(routes);
    RawClient client(server.port);
    std::string packet;
    for (int i = 0; i < 10; ++i) packet += get("/n?n=" + std::to_string(i));
    client.send(packet);
    for (int i = 0; i < 10; ++i) CHECK(client.answer().body == std::to_string(i));
}

TEST_CASE("session: answers come before the missing half of a later request") {
    TestServer server(routes);
    RawClient client(server.port);
    auto third = get("/n?n=3");
    client.send(get("/n?n=1") + get("/n?n=2") + third.substr(0, 20));
    CHECK(client.answer().body == "1");
    CHECK(client.answer().body == "2");
    CHECK(client.ask(third.substr(20)).body == "3");
}

TEST_CASE("session: a slow request does not let a later one overtake it") {
    TestServer server(routes);
    RawClient client(server.port);
    client.send(get("/sleep?ms=200") + get("/n?n=2"));
    CHECK(client.answer().body == "slept");
    CHECK(client.answer().body == "2");
}

TEST_CASE("session: the connection stays open until the client wants it closed") {
    TestServer server(routes);
    RawClient client(server.port);
    for (int i = 0; i < 5; ++i) {
        auto answer = client.ask(get("/n?n=5"));
        CHECK(answer.status == 200);
        CHECK(answer.header("Connection").empty());
    }
    auto last = client.ask(get("/n?n=6", "Connection: keep-alive, close\r\n"));
    CHECK(last.body == "6");
    CHECK(last.header("Connection") == "close");
    CHECK(client.wait_closed());
}

TEST_CASE("session: HEAD has the length and no body") {
    TestServer server(routes);
    RawClient client(server.port);
    auto answer = client.ask("HEAD /n?n=12345 HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(answer.status == 200);
    CHECK(answer.header("Content-Length") == "5");
    CHECK(client.ask(get("/n?n=2")).body == "2");
    CHECK(client.ask("HEAD /nowhere HTTP/1.1\r\nHost: a\r\n\r\n").status == 404);
    CHECK(client.ask(get("/n?n=3")).body == "3");
}

TEST_CASE("session: 100 Continue comes when the body is waited for, and only then") {
    TestServer server(routes);
    RawClient client(server.port);
    std::string head = "POST /take HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n";
    client.send(head);
    auto interim = client.answer();
    CHECK(interim.status == 100);
    CHECK(client.ask("hello").body == "5");
    CHECK(client.ask(head + "hello").body == "5");
}

TEST_CASE("session: a body over the limit gets its answer although more comes") {
    TestServer server(routes);
    RawClient client(server.port);
    client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 150000\r\n\r\n" + std::string(150'000, 'x'));
    auto answer = client.answer();
    CHECK(answer.status == 413);
    CHECK(answer.body.find("body_too_large") != std::string::npos);
    CHECK(client.wait_closed());
}

TEST_CASE("session: strangers' large bodies for members' routes are not taken in, members' are") {
    TestServer server(routes);
    std::string head = "POST /members HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n";
    RawClient stranger(server.port);
    CHECK(stranger.ask(head + "\r\n").status == 401);
    CHECK(stranger.wait_closed());
    RawClient chunked(server.port);
    CHECK(chunked.ask("POST /members HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n").status == 401);
    RawClient member(server.port);
    CHECK(member.ask(head + "Authorization: Bearer k1\r\n\r\n" + std::string(1'000'000, 'x')).body == "1000000");
    RawClient small(server.port);
    CHECK(small.ask("POST /members HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello").status == 401);
    CHECK(small.ask(get("/n?n=1")).body == "1");
}

TEST_CASE("session: bodies that come in at once have a budget, which they give back") {
    ServerOptions options;
    options.max_body_bytes = 1'500'000;
    TestServer server(routes, options);
    std::string head = "POST /take HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n";
    {
        RawClient holding(server.port);
        holding.send(head + "x");
        std::this_thread::sleep_for(50ms);
        RawClient refused(server.port);
        CHECK(refused.ask(head).status == 503);
        RawClient in_chunks(server.port);
        auto chunks = "POST /take HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n80000\r\n" +
                      std::string(0x80000, 'x') + "\r\n0\r\n\r\n";
        CHECK(in_chunks.ask(chunks).status == 503);
        RawClient small(server.port);
        CHECK(small.ask("POST /take HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi").body == "2");
    }
    std::this_thread::sleep_for(50ms);
    RawClient later(server.port);
    for (int i = 0; i < 3; ++i) CHECK(later.ask(head + std::string(1'000'000, 'x')).status == 200);
}

TEST_CASE("session: large bodies go both ways") {
    TestServer server(routes);
    RawClient client(server.port);
    CHECK(
        client.ask("POST /take HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" + std::string(3'000'000, 'y')).body ==
        "3000000"
    );
    CHECK(client.ask(get("/big")).body.size() == 3'000'000);
    CHECK(client.ask(get("/n?n=1")).body == "1");
}

TEST_CASE("session: a line break in a header value begins no field") {
    TestServer server(routes);
    RawClient client(server.port);
    auto answer = client.ask(get("/redirect?to=/x%0d%0aSet-Cookie:%20a=b"));
    CHECK(answer.status == 303);
    CHECK(answer.header("Set-Cookie").empty());
    CHECK(answer.header("Location") == "/x  Set-Cookie: a=b");
}

TEST_CASE("session: slow heads and bodies end with 408, however steadily they drip") {
    ServerOptions options;
    options.header_timeout = 1s;
    options.body_timeout = 1s;
    TestServer server(routes, options);
    for (std::string begin :
         {"GET /n HTTP/1.1\r\nHost: a\r\nX: ", "POST /take HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"}) {
        CAPTURE(begin);
        RawClient client(server.port);
        Seconds time;
        client.send(begin);
        while (time.passed() < 5 && !client.receive(50ms)) client.send("x");
        auto answer = client.answer();
        CHECK(answer.status == 408);
        CHECK(time.passed() > 0.9);
        CHECK(time.passed() < 2.5);
        CHECK(client.wait_closed());
    }
}

TEST_CASE("session: an idle connection is closed without a word") {
    ServerOptions options;
    options.idle_timeout = 1s;
    TestServer server(routes, options);
    RawClient fresh(server.port);
    RawClient used(server.port);
    CHECK(used.ask(get("/n?n=1")).status == 200);
    CHECK(fresh.wait_closed(3s));
    CHECK(used.wait_closed(3s));
    CHECK(fresh.received.empty());
    CHECK(used.received.empty());
}

TEST_CASE("session: a handler that takes too long is given up, and the connection goes on") {
    ServerOptions options;
    options.request_timeout = 1s;
    TestServer server(routes, options);
    RawClient client(server.port);
    Seconds time;
    auto answer = client.ask(get("/sleep?ms=20000"));
    CHECK(answer.status == 503);
    CHECK(answer.body.find("\"timeout\"") != std::string::npos);
    CHECK(time.passed() < 3);
    CHECK(client.ask(get("/n?n=1")).body == "1");
}

TEST_CASE("session: connections beyond the limit are told to come back") {
    ServerOptions options;
    options.max_connections = 2;
    TestServer server(routes, options);
    {
        RawClient first(server.port);
        RawClient second(server.port);
        CHECK(first.ask(get("/n?n=1")).status == 200);
        CHECK(second.ask(get("/n?n=1")).status == 200);
        RawClient third(server.port);
        auto answer = third.answer();
        CHECK(answer.status == 503);
        CHECK(answer.header("Retry-After") == "2");
    }
    std::this_thread::sleep_for(100ms);
    RawClient later(server.port);
    CHECK(later.ask(get("/n?n=1")).status == 200);
}

TEST_CASE("session: hundreds of connections that say nothing do not slow the others down") {
    TestServer server(routes);
    std::vector<std::unique_ptr<RawClient>> silent;
    for (int i = 0; i < 400; ++i) {
        silent.push_back(std::make_unique<RawClient>(server.port));
        silent.back()->send("GET /n HTTP/1.1\r\nHost: ");
    }
    RawClient client(server.port);
    Seconds time;
    for (int i = 0; i < 100; ++i) CHECK(client.ask(get("/n?n=1")).status == 200);
    CHECK(time.passed() < 2);
}

TEST_CASE("session: a client that goes while it is answered does no harm") {
    TestServer server(routes);
    for (int i = 0; i < 20; ++i) {
        RawClient client(server.port);
        client.send(get("/big") + get("/sleep?ms=50"));
    }
    std::this_thread::sleep_for(100ms);
    RawClient client(server.port);
    CHECK(client.ask(get("/n?n=1")).status == 200);
}

TEST_CASE("stop: idle connections close at once, running requests finish, new ones are refused") {
    TestServer server(routes);
    RawClient idle(server.port);
    CHECK(idle.ask(get("/n?n=1")).status == 200);
    RawClient running(server.port);
    running.send(get("/sleep?ms=400"));
    std::this_thread::sleep_for(100ms);
    Seconds time;
    server.stop(5s);
    CHECK(time.passed() > 0.2);
    CHECK(time.passed() < 1.5);
    CHECK(idle.wait_closed(1s));
    auto answer = running.answer();
    CHECK(answer.body == "slept");
    CHECK(answer.header("Connection") == "close");
}

TEST_CASE("stop: what has not finished by the end of the grace is cut off") {
    TestServer server(routes);
    RawClient running(server.port);
    running.send(get("/sleep?ms=20000"));
    std::this_thread::sleep_for(100ms);
    Seconds time;
    server.stop(300ms);
    CHECK(time.passed() < 1.5);
    CHECK(running.wait_closed(1s));
}

TEST_CASE("server: a port that another process has is not shared") {
    ServerOptions taken;
    TestServer first(routes);
    asio::io_context io;
    Clock clock;
    Router router;
    routes(router);
    TestAuthenticator authenticator;
    db::Database database(io, {});
    ServerOptions options;
    options.port = first.port;
    Server second(io, options, clock, router, authenticator, database);
    CHECK_THROWS_AS(second.listen(), std::system_error);
    options.joins = true;
    Server third(io, options, clock, router, authenticator, database);
    third.listen();
    CHECK(third.port() == first.port);
}

TEST_CASE("events: what was missed comes first, then what happens, each once") {
    LiveServer live;
    module.replay = LiveHub::frame("contact_created", "e1", R"({"n":1})");
    RawClient client(live.server.port);
    client.send(get("/events", "Last-Event-ID: e0\r\n"));
    REQUIRE(receive_until(client, "\"n\":1"));
    CHECK(client.received.find("Content-Type: text/event-stream\r\n") != std::string::npos);
    CHECK(client.received.find("Content-Length") == std::string::npos);
    live.publish("contact_created", "e1", R"({"n":1,"again":true})");
    live.publish("contact_changed", "e2", R"({"n":2})");
    REQUIRE(receive_until(client, "\"n\":2"));
    CHECK(client.received.find("again") == std::string::npos);
    CHECK(client.received.ends_with("id: e2\nevent: contact_changed\ndata: {\"n\":2}\n\n"));
}

TEST_CASE("events: other accounts see nothing, and a stream ends with its credential") {
    LiveServer live;
    RawClient client(live.server.port);
    client.send(get("/events"));
    REQUIRE(live.wait_for_subscribers(1));
    live.on_thread([&] { live.hub.publish(Uuid{}, "x", "e9", "{}"); });
    live.on_thread([&] { live.hub.end("another"); });
    live.publish("y", "e10", "{}");
    REQUIRE(receive_until(client, "id: e10\n"));
    CHECK(client.received.find("id: e9\n") == std::string::npos);
    live.on_thread([&] { live.hub.end("cred"); });
    CHECK(client.wait_closed(2s));
    CHECK(live.wait_for_subscribers(0));
}

TEST_CASE("events: a peer that goes is noticed, one that does not read is dropped") {
    LiveServer live;
    {
        RawClient gone(live.server.port);
        gone.send(get("/events"));
        REQUIRE(live.wait_for_subscribers(1));
    }
    CHECK(live.wait_for_subscribers(0));

    RawClient deaf(live.server.port);
    deaf.send(get("/events"));
    REQUIRE(live.wait_for_subscribers(1));
    std::string large(32 * 1024, 'x');
    for (int i = 0; i < 400; ++i) {
        live.publish("big", "e" + std::to_string(i), "\"" + large + "\"");
        std::size_t now = 1;
        live.on_thread([&] { now = live.hub.subscribers(); });
        if (now == 0) break;
    }
    // It is marked at once and leaves when its write ends; the hub holds no more than its share meanwhile.
    live.server.stop(100ms);
    CHECK(live.wait_for_subscribers(0));
}

TEST_CASE("events: streams end when the server stops") {
    LiveServer live;
    RawClient client(live.server.port);
    client.send(get("/events"));
    REQUIRE(live.wait_for_subscribers(1));
    Seconds time;
    live.server.stop(5s);
    CHECK(time.passed() < 1);
    CHECK(client.wait_closed(1s));
    CHECK(live.hub.subscribers() == 0);
}

} // namespace doorstep::http
