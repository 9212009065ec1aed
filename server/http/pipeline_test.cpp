#include "core/text.hpp"
#include "http/http_test.hpp"
#include "http/metrics.hpp"

namespace doorstep::http {
namespace {

using namespace testing;

struct Thing {
    Line<1, 20> name;
    std::optional<Int<0, 9>> size;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (name, size))

struct Filter {
    std::optional<Int<1, 100>> limit;
    std::optional<std::string> q;
};
BOOST_DESCRIBE_STRUCT(Filter, (), (limit, q))

struct Text {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Text, (), (text))

struct Module {
    std::string seen_ip;
};

Task<Text> show(Module& module, Context& ctx) {
    module.seen_ip = ctx.ip;
    co_return Text{ctx.actor.kind == Actor::Kind::nobody ? "nobody" : ctx.account_id.text()};
}
Task<Thing> get_thing(Module&, Context&, Uuid, Query<Filter> filter) {
    co_return Thing{
        {filter->q.value_or("thing")}, filter->limit ? std::optional(Int<0, 9>{*filter->limit % 10}) : std::nullopt
    };
}
Task<Versioned<Text>> versioned(Module&, Context&) {
    co_return Versioned<Text>{"v2", {"two"}};
}
Task<Text> update(Module&, Context& ctx) {
    require_match(ctx, "v2");
    co_return Text{"done"};
}
Task<Created<Thing>> create(Module&, Context&, Thing thing) {
    co_return Created<Thing>{"/api/things/1", std::move(thing)};
}
Task<> remove(Module&, Context&, Uuid) {
    co_return;
}
Task<Text> fail(Module&, Context& ctx) {
    auto how = ctx.request->query_value("how").value_or("");
    if (how == "conflict") throw conflict("taken", "It is taken.").with("existing_id", "42");
    if (how == "busy") throw too_many("Slow down.", std::chrono::seconds(7));
    if (how == "bug") throw std::runtime_error("secret words");
    if (how == "int") throw 42;
    if (how == "store") throw db::Failure("08006", "", "connection to secret host lost", "x.y");
    if (how == "race") throw db::Failure("23505", "things_key", "duplicate secret", "x.y");
    if (how == "text") throw db::Failure("22021", "", "invalid byte", "x.y");
    if (how == "broken") throw db::Failure("42601", "", "syntax secret", "x.y");
    if (how == "deadlock") throw db::Failure("40P01", "", "deadlock secret", "x.y");
    throw unauthorized();
}
Task<Text> cookies(Module&, Context& ctx) {
    ctx.set_cookie({.name = "a", .value = "1", .max_age = 60});
    ctx.set_cookie({.name = "__Host-b", .value = "2"});
    ctx.headers.add("Content-Security-Policy", "frame-ancestors *");
    ctx.headers.add("Cache-Control", "private");
    co_return Text{"x"};
}
Task<Text> long_text(Module&, Context&) {
    co_return Text{std::string(5000, 'a')};
}
Task<Response> page(Module&, Context&) {
    co_return Response::html("<p>page</p>");
}

Module module;

void routes(Router& r) {
    r.add("GET", "/api/open", module, show).open();
    r.add("POST", "/api/open", module, show).open();
    r.add("GET", "/api/things/{id}", module, get_thing).scope("things:read");
    r.add("DELETE", "/api/things/{id}", module, remove).scope("things:write");
    r.add("POST", "/api/things", module, create).scope("things:write");
    r.add("PUT", "/api/show", module, show).scope("things:write");
    r.add("GET", "/api/admin", module, show).scope("things:read").permission.roles = {"owner", "admin"};
    r.add("GET", "/api/secrets", module, show).scope("secrets:read");
    r.add("GET", "/api/versioned", module, versioned).open();
    r.add("PATCH", "/api/versioned", module, update).open();
    r.add("PUT", "/api/versioned", module, versioned).open();
    r.add("GET", "/api/fail", module, fail).open();
    r.add("GET", "/api/fail-signed", module, fail).scope("things:read");
    r.add("GET", "/api/cookies", module, cookies).open();
    r.add("GET", "/api/long", module, long_text).open();
    r.add("GET", "/page", module, page).open().hidden();
    r.add("POST", "/embed", module, show).cross_origin();
}

const char* id = "018f0000-0000-7000-8000-0000000000aa";

using Fields = std::initializer_list<std::pair<std::string, std::string>>;

struct Asker {
    explicit Asker(ServerOptions options = {}) : server(routes, options) {}

    Response operator()(std::string method, std::string target, Fields fields = {}, std::string body = {}) {
        Request request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.headers.add("Host", "example.com");
        if (!body.empty()) request.headers.add("Content-Type", "application/json");
        for (auto& [name, value] : fields) request.headers.set(name, value);
        request.body = std::move(body);
        request.client_ip = ip;
        request.secure = secure;
        return server.answer(std::move(request));
    }

    TestServer server;
    std::string ip;
    bool secure = false;
};

std::string code_of(const Response& response) {
    auto document = JsonDocument::parse(response.body);
    return std::string(document.root().find("code")->string());
}

std::string header(const Response& response, std::string_view name) {
    return std::string(response.headers.find(name).value_or(""));
}

const std::pair<std::string, std::string> key{"Authorization", "Bearer k1"};
const std::pair<std::string, std::string> session{"Cookie", "session=s1"};

} // namespace

TEST_CASE("pipeline: unknown addresses, wrong methods, OPTIONS") {
    Asker ask;
    CHECK(ask("GET", "/api/nothing").status == 404);
    CHECK(ask("GET", "/api/open/").status == 200);
    auto wrong = ask("DELETE", "/api/open");
    CHECK(wrong.status == 405);
    CHECK(header(wrong, "Allow") == "GET, HEAD, POST, OPTIONS");
    CHECK(code_of(wrong) == "method_not_allowed");
    CHECK(header(ask("GET", "/api/things"), "Allow") == "POST, OPTIONS");
    auto options = ask("OPTIONS", "/api/things/" + std::string(id));
    CHECK(options.status == 204);
    CHECK(header(options, "Allow") == "GET, HEAD, DELETE, OPTIONS");
    CHECK(ask("OPTIONS", "/api/nothing").status == 404);
    CHECK(ask("HEAD", "/api/open").body.empty());
}

TEST_CASE("pipeline: 401 comes before anything about the object or the body") {
    Asker ask;
    CHECK(ask("GET", "/api/things/nonsense").status == 401);
    CHECK(ask("POST", "/api/things", {{"Content-Type", "text/plain"}}, "x").status == 401);
    CHECK(ask("POST", "/api/things", {}, "{}").status == 401);
    CHECK(ask("POST", "/api/things", {{"Authorization", "Bearer dead"}}, "{}").status == 401);
    CHECK(ask("PUT", "/api/show", {{"Cookie", "session=dead"}}).status == 401);
    auto plain = ask("GET", "/api/things/nonsense");
    CHECK(code_of(plain) == "unauthorized");
    CHECK(header(plain, "WWW-Authenticate") == "Bearer");
    CHECK(ask("GET", "/api/things/nonsense", {key}).status == 404);
    CHECK(ask("POST", "/api/things", {key, {"Content-Type", "text/plain"}}, "x").status == 415);
    CHECK(ask("POST", "/api/things", {key, {"Content-Encoding", "gzip"}}, "x").status == 415);
    CHECK(ask("POST", "/api/things", {key}).status == 400);
    CHECK(code_of(ask("POST", "/api/things", {key})) == "empty_body");
    CHECK(ask("POST", "/api/things", {key}, "{").status == 400);
    auto invalid = ask("POST", "/api/things", {key}, R"({"name":"","size":12,"nonsense":1})");
    CHECK(invalid.status == 422);
    CHECK(JsonDocument::parse(invalid.body).root().find("errors")->size() == 3);
    auto created =
        ask("POST", "/api/things", {key, {"Content-Type", "application/merge-patch+json; charset=utf-8"}}, R"({"name":"x"})");
    CHECK(created.status == 201);
    CHECK(header(created, "Location") == "/api/things/1");
    CHECK(ask("DELETE", "/api/things/" + std::string(id), {key}).status == 204);
}

TEST_CASE("pipeline: scopes of keys, roles of people") {
    Asker ask;
    CHECK(ask("GET", "/api/secrets", {key}).status == 403);
    CHECK(ask("GET", "/api/secrets", {session}).status == 200);
    CHECK(ask("GET", "/api/admin", {session}).status == 403);
    CHECK(ask("GET", "/api/admin", {key}).status == 403);
}

TEST_CASE("pipeline: open routes take a dead credential for none") {
    Asker ask;
    CHECK(ask("GET", "/api/open", {key}).body == R"({"text":"018f0000-0000-7000-8000-000000000001"})");
    CHECK(ask("GET", "/api/open", {{"Authorization", "Bearer dead"}}).body == R"({"text":"nobody"})");
    CHECK(ask("GET", "/api/open", {{"Cookie", "session=dead"}}).body == R"({"text":"nobody"})");
    // A cookie without its CSRF token proves nothing on a write.
    CHECK(ask("POST", "/api/open", {session}).body == R"({"text":"nobody"})");
    CHECK(
        ask("POST", "/api/open", {session, {"X-CSRF-Token", "c1"}}).body == R"({"text":"018f0000-0000-7000-8000-000000000001"})"
    );
    CHECK(ask("POST", "/embed", {key}).body == R"({"text":"nobody"})");
}

TEST_CASE("pipeline: a revoked credential learns nothing from an error") {
    Asker ask;
    CHECK(ask("GET", "/api/things/nonsense", {key}).status == 404);
    CHECK(ask.server.authenticator.confirmed == 1);
    ask.server.authenticator.revoked = true;
    CHECK(ask("GET", "/api/things/nonsense", {key}).status == 401);
    CHECK(ask("POST", "/api/things", {key}, "{").status == 401);
    CHECK(ask("GET", "/api/secrets", {key}).status == 401);
    CHECK(ask("GET", "/api/fail-signed?how=conflict", {key}).status == 401);
    CHECK(ask("GET", "/api/fail?how=conflict", {key}).status == 409);
}

TEST_CASE("pipeline: writes by cookie need the token and the right site") {
    ServerOptions options;
    options.public_url = "https://door.example/app";
    options.cors_origins = {"https://friend.example"};
    Asker ask(options);
    struct Row {
        std::string token, origin, site;
        int status;
    };
    const Row rows[] = {
        {"c1", "", "", 200},
        {"", "", "", 403},
        {"c2", "", "", 403},
        {"c1", "http://example.com", "", 200},
        {"c1", "https://example.com", "", 200},
        {"c1", "https://EXAMPLE.com:443", "", 200},
        {"c1", "https://door.example", "same-origin", 200},
        {"c1", "http://door.example", "", 403},
        {"c1", "http://example.com:8080", "", 403},
        {"c1", "https://evil.example", "", 403},
        {"c1", "https://example.com.evil.example", "", 403},
        {"c1", "null", "", 403},
        {"c1", "", "cross-site", 403},
        {"c1", "https://example.com", "cross-site", 403},
        {"c1", "", "same-origin", 200},
        {"c1", "https://friend.example", "cross-site", 200},
        {"", "https://friend.example", "cross-site", 403},
        {"c1", "https://friend.example.evil", "cross-site", 403},
    };
    for (auto& row : rows) {
        CAPTURE(row.token);
        CAPTURE(row.origin);
        CAPTURE(row.site);
        Request request;
        request.method = "PUT";
        request.target = "/api/show";
        request.headers.add("Host", "example.com");
        request.headers.add("Cookie", "session=s1");
        if (!row.token.empty()) request.headers.add("X-CSRF-Token", row.token);
        if (!row.origin.empty()) request.headers.add("Origin", row.origin);
        if (!row.site.empty()) request.headers.add("Sec-Fetch-Site", row.site);
        CHECK(ask.server.answer(request).status == row.status);
    }
    // Reads and keys need none of it.
    CHECK(ask("GET", "/api/secrets", {session, {"Origin", "https://evil.example"}}).status == 200);
    CHECK(ask("PUT", "/api/show", {key, {"Origin", "https://evil.example"}}).status == 200);
}

TEST_CASE("pipeline: CORS by the allow-list; embeds for any site") {
    ServerOptions options;
    options.cors_origins = {"https://friend.example/"};
    Asker ask(options);
    auto friendly = ask("GET", "/api/open", {{"Origin", "https://friend.example"}});
    CHECK(header(friendly, "Access-Control-Allow-Origin") == "https://friend.example");
    CHECK(header(friendly, "Access-Control-Allow-Credentials") == "true");
    CHECK(header(friendly, "Vary") == "Origin");
    auto stranger = ask("GET", "/api/open", {{"Origin", "https://evil.example"}});
    CHECK(stranger.status == 200);
    CHECK(header(stranger, "Access-Control-Allow-Origin").empty());
    CHECK(header(stranger, "Vary") == "Origin");
    auto preflight =
        ask("OPTIONS", "/api/things", {{"Origin", "https://friend.example"}, {"Access-Control-Request-Method", "POST"}});
    CHECK(preflight.status == 204);
    CHECK(header(preflight, "Access-Control-Allow-Methods") == "POST, OPTIONS");
    CHECK(header(preflight, "Access-Control-Allow-Headers").find("X-CSRF-Token") != std::string::npos);
    CHECK(preflight.headers.count("Access-Control-Allow-Origin") == 1);
    auto refused =
        ask("OPTIONS", "/api/things", {{"Origin", "https://evil.example"}, {"Access-Control-Request-Method", "POST"}});
    CHECK(header(refused, "Access-Control-Allow-Origin").empty());
    CHECK(header(refused, "Access-Control-Allow-Methods").empty());
    auto embed = ask("OPTIONS", "/embed", {{"Origin", "https://any.example"}, {"Access-Control-Request-Method", "POST"}});
    CHECK(header(embed, "Access-Control-Allow-Origin") == "*");
    CHECK(header(embed, "Access-Control-Allow-Credentials").empty());
    auto posted = ask("POST", "/embed", {{"Origin", "https://any.example"}});
    CHECK(header(posted, "Access-Control-Allow-Origin") == "*");
    CHECK(header(posted, "Cross-Origin-Resource-Policy") == "cross-origin");
    Asker none;
    CHECK(header(none("GET", "/api/open", {{"Origin", "https://friend.example"}}), "Access-Control-Allow-Origin").empty());
}

TEST_CASE("pipeline: problems say what they may, and never more") {
    Asker ask;
    auto taken = ask("GET", "/api/fail?how=conflict", {{"X-Request-Id", "my-id.1"}});
    CHECK(taken.status == 409);
    CHECK(header(taken, "Content-Type") == "application/problem+json");
    CHECK(
        taken.body == R"({"type":"urn:doorstep:problem:taken","title":"Conflict","status":409,"detail":"It is taken.",)"
                      R"("code":"taken","request_id":"my-id.1","existing_id":"42"})"
    );
    CHECK(header(taken, "X-Request-Id") == "my-id.1");
    auto busy = ask("GET", "/api/fail?how=busy");
    CHECK(busy.status == 429);
    CHECK(header(busy, "Retry-After") == "7");
    struct Row {
        const char* how;
        int status;
        const char* code;
    };
    log::set_level(log::Level::error);
    for (auto& row :
         {Row{"bug", 500, "internal"}, Row{"int", 500, "internal"}, Row{"store", 503, "store_unavailable"},
          Row{"race", 409, "conflict"}, Row{"text", 422, "invalid"}, Row{"broken", 500, "internal"},
          Row{"deadlock", 503, "busy"}}) {
        CAPTURE(std::string(row.how));
        auto answer = ask("GET", std::string("/api/fail?how=") + row.how);
        CHECK(answer.status == row.status);
        CHECK(code_of(answer) == row.code);
        CHECK(answer.body.find("secret") == std::string::npos);
    }
    CHECK(header(ask("GET", "/api/fail?how=store"), "Retry-After") == "2");
}

TEST_CASE("pipeline: browsers get pages for pages' errors, and JSON from the API") {
    Asker ask;
    std::pair<std::string, std::string> browser{"Accept", "text/html,*/*;q=0.8"};
    auto lost = ask("GET", "/nowhere", {browser, {"X-Request-Id", "abc"}});
    CHECK(lost.status == 404);
    CHECK(header(lost, "Content-Type") == "text/html; charset=utf-8");
    CHECK(lost.body.find("abc") != std::string::npos);
    CHECK(header(ask("GET", "/nowhere"), "Content-Type") == "application/problem+json");
    CHECK(header(ask("GET", "/api/nowhere", {browser}), "Content-Type") == "application/problem+json");
    CHECK(header(ask("GET", "/api/fail", {browser}), "Content-Type") == "application/problem+json");
}

TEST_CASE("pipeline: request ids that are sane are kept, traces are carried") {
    Asker ask;
    CHECK(header(ask("GET", "/api/open", {{"X-Request-Id", "a b"}}), "X-Request-Id").size() == 36);
    CHECK(header(ask("GET", "/api/open", {{"X-Request-Id", std::string(65, 'a')}}), "X-Request-Id").size() == 36);
    CHECK(header(ask("GET", "/api/open", {{"X-Request-Id", "<script>"}}), "X-Request-Id").size() == 36);
    CHECK(
        header(
            ask("GET", "/api/open", {{"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}}),
            "X-Request-Id"
        ) == "4bf92f3577b34da6a3ce929d0e0e4736"
    );
    CHECK(
        header(
            ask("GET", "/api/open", {{"traceparent", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"}}),
            "X-Request-Id"
        )
            .size() == 36
    );
}

TEST_CASE("pipeline: query parameters are read by type; unknown and repeated ones are named") {
    Asker ask;
    auto path = "/api/things/" + std::string(id);
    CHECK(ask("GET", path + "?limit=5&q=a+b", {key}).body == R"({"name":"a b","size":5})");
    CHECK(ask("GET", path + "?limit=", {key}).body == R"({"name":"thing","size":null})");
    auto bad = ask("GET", path + "?limit=500&x=1&q=1&q=2", {key});
    CHECK(bad.status == 422);
    for (auto part : {R"("field":"limit")", R"("field":"x","code":"unknown")", R"("field":"q","code":"duplicate")"}) {
        CAPTURE(part);
        CHECK(bad.body.find(part) != std::string::npos);
    }
}

TEST_CASE("pipeline: conditional reads and writes") {
    Asker ask;
    auto first = ask("GET", "/api/versioned");
    CHECK(first.status == 200);
    CHECK(header(first, "ETag") == "\"v2\"");
    CHECK(header(first, "Cache-Control") == "private, no-cache");
    for (auto tag : {"\"v2\"", "W/\"v2\"", "\"v1\", \"v2\"", "*"}) {
        CAPTURE(tag);
        auto same = ask("GET", "/api/versioned", {{"If-None-Match", tag}});
        CHECK(same.status == 304);
        CHECK(same.body.empty());
        CHECK(header(same, "ETag") == "\"v2\"");
        CHECK(header(same, "Content-Security-Policy").empty()); // that of what is kept stays
        CHECK(ask("PATCH", "/api/versioned", {{"If-Match", tag}}).status == 200);
        CHECK(ask("PUT", "/api/versioned", {{"If-None-Match", tag}}).status == 200);
    }
    CHECK(ask("GET", "/api/versioned", {{"If-None-Match", "\"v1\""}}).status == 200);
    auto stale = ask("PATCH", "/api/versioned", {{"If-Match", "\"v1\""}});
    CHECK(stale.status == 412);
    CHECK(code_of(stale) == "precondition_failed");
    CHECK(ask("PATCH", "/api/versioned").status == 200);
}

TEST_CASE("pipeline: security fields, and who may change them") {
    Asker ask;
    auto plain = ask("GET", "/api/open");
    CHECK(header(plain, "X-Content-Type-Options") == "nosniff");
    CHECK(header(plain, "X-Frame-Options") == "DENY");
    CHECK(header(plain, "Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'");
    CHECK(header(plain, "Cache-Control") == "no-store");
    CHECK(header(plain, "Cross-Origin-Resource-Policy") == "same-origin");
    CHECK(header(plain, "Strict-Transport-Security").empty());
    auto html = header(ask("GET", "/page"), "Content-Security-Policy");
    for (auto part :
         {"script-src 'self'", "style-src 'self' 'unsafe-inline'", "object-src 'none'", "base-uri 'none'",
          "frame-ancestors 'none'"}) {
        CAPTURE(part);
        CHECK(html.find(part) != std::string::npos);
    }
    ask.secure = true;
    auto changed = ask("GET", "/api/cookies");
    CHECK_FALSE(header(changed, "Strict-Transport-Security").empty());
    CHECK(changed.headers.count("Content-Security-Policy") == 1);
    CHECK(header(changed, "Content-Security-Policy") == "frame-ancestors *");
    CHECK(header(changed, "X-Frame-Options").empty());
    CHECK(changed.headers.count("Cache-Control") == 1);
    CHECK(header(changed, "Set-Cookie") == "a=1; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
    CHECK(changed.headers.count("Set-Cookie") == 2);
    ask.secure = false;
    CHECK(header(ask("GET", "/api/cookies"), "Set-Cookie") == "a=1; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
}

TEST_CASE("pipeline: long text is compressed for those who take it") {
    Asker ask;
    auto plain = ask("GET", "/api/long");
    CHECK(plain.body.size() > 5000);
    CHECK(header(plain, "Vary") == "Accept-Encoding");
    auto packed = ask("GET", "/api/long", {{"Accept-Encoding", "gzip, br"}});
    CHECK(header(packed, "Content-Encoding") == "gzip");
    CHECK(packed.body.size() < 200);
    CHECK(header(ask("GET", "/api/open", {{"Accept-Encoding", "gzip"}}), "Content-Encoding").empty());
}

TEST_CASE("pipeline: each client address has its own bucket, forged headers do not help") {
    ServerOptions options;
    options.rate_per_second = 0.5;
    options.rate_burst = 3;
    Asker ask(options);
    ask.ip = "203.0.113.1";
    for (int i = 0; i < 3; ++i) CHECK(ask("GET", "/api/open").status == 200);
    auto limited = ask("GET", "/api/open");
    CHECK(limited.status == 429);
    CHECK(header(limited, "Retry-After") == "2");
    CHECK(ask("GET", "/nowhere").status == 429);
    ask.ip = "203.0.113.2";
    CHECK(ask("GET", "/api/open").status == 200);

    RawClient one(ask.server.port);
    RawClient two(ask.server.port, "127.0.0.2");
    auto request = [](int i) {
        return "GET /api/open HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100." + std::to_string(i) + "\r\n\r\n";
    };
    for (int i = 0; i < 3; ++i) CHECK(one.ask(request(i)).status == 200);
    CHECK(one.ask(request(4)).status == 429);
    CHECK(two.ask(request(5)).status == 200);
    CHECK(module.seen_ip == "127.0.0.2");
}

TEST_CASE("pipeline: the client behind a trusted proxy is the one that is counted and told") {
    ServerOptions options;
    options.trusted_proxies = {"127.0.0.1", "10.0.0.0/8"};
    options.rate_per_second = 0.5;
    options.rate_burst = 2;
    Asker ask(options);
    RawClient proxy(ask.server.port);
    auto request = [](std::string_view forwarded) {
        return "GET /api/open HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + std::string(forwarded) + "\r\n\r\n";
    };
    CHECK(proxy.ask(request("198.51.100.1")).status == 200);
    CHECK(module.seen_ip == "198.51.100.1");
    CHECK(proxy.ask(request("6.6.6.6, 198.51.100.1, 10.0.0.1")).status == 200);
    CHECK(module.seen_ip == "198.51.100.1");
    CHECK(proxy.ask(request("7.7.7.7, 198.51.100.1")).status == 429);
    CHECK(proxy.ask(request("198.51.100.2")).status == 200);
}

TEST_CASE("pipeline: requests are counted by route") {
    Metrics metrics;
    ServerOptions options;
    options.metrics = &metrics;
    Asker ask(options);
    ask("GET", "/api/things/" + std::string(id), {key});
    ask("GET", "/api/things/nonsense", {key});
    ask("GET", "/nowhere");
    auto text = metrics.text();
    for (auto line :
         {"doorstep_http_requests_total{method=\"GET\",route=\"/api/things/{id}\",status=\"2xx\"} 1\n",
          "doorstep_http_requests_total{method=\"GET\",route=\"/api/things/{id}\",status=\"4xx\"} 1\n",
          "doorstep_http_requests_total{method=\"-\",route=\"-\",status=\"4xx\"} 1\n",
          "doorstep_http_request_seconds_count{method=\"GET\",route=\"/api/things/{id}\"} 2\n"}) {
        CAPTURE(line);
        CHECK(text.find(line) != text.npos);
    }
}

} // namespace doorstep::http
