#include "http/gate.hpp"

#include "http/http_test.hpp"

namespace doorstep::http {
namespace {

using namespace testing;

struct Module {};

Task<Response> echo(Module&, Context& ctx) {
    co_return Response::text(ctx.request->method + " " + ctx.request->path);
}

Task<Response> echo_body(Module&, Context&, RawBody body) {
    co_return Response::text(std::to_string(body.bytes.size()) + ":" + body.bytes.substr(0, 100));
}

void routes(Router& router) {
    static Module module;
    router.add("GET", "/", module, echo).open();
    router.add("GET", "/a", module, echo).open();
    router.add("GET", "/files/{path...}", module, echo).open();
    router.add("POST", "/body", module, echo_body).open().max_body(1000);
}

std::string repeat(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

struct Case {
    const char* name;
    std::string bytes;
    int status;
};

const std::string host = "Host: example.com\r\n";

/// What must be refused, and the connection closed, whatever comes behind it.
std::vector<Case> refused() {
    auto get = [](std::string_view rest) { return "GET /a HTTP/1.1\r\n" + host + std::string(rest) + "\r\n"; };
    auto post = [](std::string_view headers, std::string_view body) {
        return "POST /body HTTP/1.1\r\n" + host + std::string(headers) + "\r\n" + std::string(body);
    };
    return {
        // The shapes that common parsers let through.
        {"chunked, identity", post("Transfer-Encoding: chunked, identity\r\n", "5\r\nhello\r\n0\r\n\r\n"), 400},
        {"gzip coding", post("Transfer-Encoding: gzip\r\n", "xxxx"), 400},
        {"gzip coding with length", post("Transfer-Encoding: gzip\r\nContent-Length: 4\r\n", "xxxx"), 400},
        {"gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400},
        {"HTTP/1.0 with chunks", "POST /body HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"HTTP/1.0 with a body", "POST /body HTTP/1.0\r\n" + host + "Content-Length: 2\r\n\r\nhi", 400},
        {"no Host", "GET /a HTTP/1.1\r\n\r\n", 400},
        {"two Hosts", get("Host: example.com\r\n"), 400},
        {"two Hosts, different", get("Host: other.example\r\n"), 400},
        {"length, then chunked", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
        {"chunked, then length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400},
        {"two lengths", post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"), 400},
        {"the same length twice", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 400},
        {"a list of lengths", post("Content-Length: 5, 5\r\n", "hello"), 400},
        {"two chunked", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
        {"chunked, chunked", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), 400},
        {"chunked with a parameter", post("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n"), 400},
        {"quoted chunked", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 400},
        {"chunked with a vertical tab",
         post(
             "Transfer-Encoding: \x0b"
             "chunked\r\n",
             "0\r\n\r\n"
         ),
         400},
        {"empty coding", post("Transfer-Encoding:\r\n", ""), 400},
        {"identity", post("Transfer-Encoding: identity\r\nContent-Length: 5\r\n", "hello"), 400},
        {"space before the colon", post("Content-Length : 5\r\n", "hello"), 400},
        {"tab before the colon", post("Transfer-Encoding\t: chunked\r\n", "0\r\n\r\n"), 400},
        {"folded field", get("X-A: b\r\n c\r\n"), 400},
        {"folded length", post("X: y\r\n Content-Length: 5\r\n", "hello"), 400},
        {"first field folded", "GET /a HTTP/1.1\r\n Host: a\r\nHost: b\r\n\r\n", 400},
        {"bare line feeds", "GET /a HTTP/1.1\nHost: a\n\n", 400},
        {"one bare line feed", "GET /a HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", 400},
        {"bare carriage return in a value", get("X: a\rb\r\n"), 400},
        {"NUL in a value", get(std::string("X: a\0b\r\n", 8)), 400},
        {"NUL in a name", get(std::string("X\0: a\r\n", 7)), 400},
        {"nameless field", get(": a\r\n"), 400},
        {"no colon", get("Nonsense\r\n"), 400},
        {"signed length", post("Content-Length: +5\r\n", "hello"), 400},
        {"negative length", post("Content-Length: -5\r\n", "hello"), 400},
        {"hexadecimal length", post("Content-Length: 0x5\r\n", "hello"), 400},
        {"length with a space", post("Content-Length: 5 5\r\n", "hello"), 400},
        {"empty length", post("Content-Length:\r\n", "hello"), 400},
        {"length beyond 64 bits", post("Content-Length: 99999999999999999999999\r\n", ""), 413},
        {"length over the limit", post("Content-Length: 1001\r\n", ""), 413},
        {"length over the limit, expecting", post("Content-Length: 1001\r\nExpect: 100-continue\r\n", ""), 413},
        // Chunks.
        {"chunk size with a sign", post("Transfer-Encoding: chunked\r\n", "+5\r\nhello\r\n0\r\n\r\n"), 400},
        {"chunk size with a prefix", post("Transfer-Encoding: chunked\r\n", "0x5\r\nhello\r\n0\r\n\r\n"), 400},
        {"chunk size beyond 32 bits", post("Transfer-Encoding: chunked\r\n", "100000005\r\nhello\r\n0\r\n\r\n"), 400},
        {"chunk size with a space", post("Transfer-Encoding: chunked\r\n", "5 \r\nhello\r\n0\r\n\r\n"), 400},
        {"empty chunk size", post("Transfer-Encoding: chunked\r\n", "\r\nhello\r\n0\r\n\r\n"), 400},
        {"chunk longer than said", post("Transfer-Encoding: chunked\r\n", "4\r\nhello\r\n0\r\n\r\n"), 400},
        {"chunk size ends in a bare line feed", post("Transfer-Encoding: chunked\r\n", "5\nhello\r\n0\r\n\r\n"), 400},
        {"chunk data ends in a bare line feed", post("Transfer-Encoding: chunked\r\n", "5\r\nhello\n0\r\n\r\n"), 400},
        {"line feed in an extension", post("Transfer-Encoding: chunked\r\n", "5;a\nb\r\nhello\r\n0\r\n\r\n"), 400},
        {"chunks over the limit", post("Transfer-Encoding: chunked\r\n", "3e9\r\n" + repeat("x", 1001)), 413},
        {"250 kB of trailers",
         post("Transfer-Encoding: chunked\r\n", "0\r\n" + repeat("X-Trailer: 0123456789\r\n", 11000) + "\r\n"), 400},
        {"an extension without a name", post("Transfer-Encoding: chunked\r\n", "5;\r\nhello\r\n0\r\n\r\n"), 400},
        {"an extension of no form", post("Transfer-Encoding: chunked\r\n", "5;a<\"b\"\r\nhello\r\n0\r\n\r\n"), 400},
        {"an extension with an open quote", post("Transfer-Encoding: chunked\r\n", "5;a=\"b\r\nhello\r\n0\r\n\r\n"), 400},
        {"300 kB of extension", post("Transfer-Encoding: chunked\r\n", "5;" + repeat("x", 300'000) + "\r\nhello\r\n0\r\n\r\n"),
         400},
        {"trailer without a colon", post("Transfer-Encoding: chunked\r\n", "0\r\nhello\r\n\r\n"), 400},
        {"folded trailer", post("Transfer-Encoding: chunked\r\n", "0\r\nX: y\r\n z\r\n\r\n"), 400},
        {"bare line feed in a trailer", post("Transfer-Encoding: chunked\r\n", "0\r\nX: y\n\r\n"), 400},
        // The request line.
        {"lower-case method", "get /a HTTP/1.1\r\n" + host + "\r\n", 501},
        {"unknown method", "BREW /a HTTP/1.1\r\n" + host + "\r\n", 501},
        {"TRACE", "TRACE /a HTTP/1.1\r\n" + host + "\r\n", 501},
        {"CONNECT", "CONNECT example.com:443 HTTP/1.1\r\n" + host + "\r\n", 501},
        {"two spaces", "GET  /a HTTP/1.1\r\n" + host + "\r\n", 400},
        {"space in the target", "GET /a b HTTP/1.1\r\n" + host + "\r\n", 400},
        {"tab instead of a space", "GET\t/a HTTP/1.1\r\n" + host + "\r\n", 400},
        {"no version", "GET /a\r\n" + host + "\r\n", 400},
        {"HTTP/0.9", "GET /a HTTP/0.9\r\n" + host + "\r\n", 505},
        {"HTTP/1.2", "GET /a HTTP/1.2\r\n" + host + "\r\n", 505},
        {"HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"lower-case version", "GET /a http/1.1\r\n" + host + "\r\n", 400},
        {"leading space", " GET /a HTTP/1.1\r\n" + host + "\r\n", 400},
        {"two empty lines before", "\r\n\r\nGET /a HTTP/1.1\r\n" + host + "\r\n", 400},
        {"TLS hello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15), 400},
        {"asterisk of GET", "GET * HTTP/1.1\r\n" + host + "\r\n", 400},
        {"target without a slash", "GET a HTTP/1.1\r\n" + host + "\r\n", 400},
        {"absolute target of another host", "GET http://other.example/a HTTP/1.1\r\n" + host + "\r\n", 400},
        {"absolute target with a user", "GET http://example.com@other.example/a HTTP/1.1\r\n" + host + "\r\n", 400},
        {"raw UTF-8 in the target", "GET /\xc3\xa9 HTTP/1.1\r\n" + host + "\r\n", 400},
        {"fragment", "GET /a#b HTTP/1.1\r\n" + host + "\r\n", 400},
        {"backslash", "GET /a\\b HTTP/1.1\r\n" + host + "\r\n", 400},
        // Paths.
        {"dot segments", "GET /files/../a HTTP/1.1\r\n" + host + "\r\n", 400},
        {"dot segment at the end", "GET /files/.. HTTP/1.1\r\n" + host + "\r\n", 400},
        {"single dot", "GET /files/./a HTTP/1.1\r\n" + host + "\r\n", 400},
        {"encoded dots", "GET /files/%2e%2e/a HTTP/1.1\r\n" + host + "\r\n", 400},
        {"empty segment", "GET //a HTTP/1.1\r\n" + host + "\r\n", 400},
        {"empty segment at the end", "GET /a// HTTP/1.1\r\n" + host + "\r\n", 400},
        {"encoded slash", "GET /files/a%2Fb HTTP/1.1\r\n" + host + "\r\n", 400},
        {"encoded NUL", "GET /files/a%00 HTTP/1.1\r\n" + host + "\r\n", 400},
        {"encoded line feed", "GET /files/a%0a HTTP/1.1\r\n" + host + "\r\n", 400},
        {"broken escape", "GET /files/a%4 HTTP/1.1\r\n" + host + "\r\n", 400},
        {"broken escape, letters", "GET /files/a%zz HTTP/1.1\r\n" + host + "\r\n", 400},
        {"invalid UTF-8", "GET /files/%ff%fe HTTP/1.1\r\n" + host + "\r\n", 400},
        {"overlong UTF-8", "GET /files/%c0%ae%c0%ae HTTP/1.1\r\n" + host + "\r\n", 400},
        {"surrogate", "GET /files/%ed%a0%80 HTTP/1.1\r\n" + host + "\r\n", 400},
        {"NUL in the query", "GET /a?x=%00 HTTP/1.1\r\n" + host + "\r\n", 400},
        {"invalid UTF-8 in the query", "GET /a?x=%ff HTTP/1.1\r\n" + host + "\r\n", 400},
        {"broken escape in the query", "GET /a?x=100% HTTP/1.1\r\n" + host + "\r\n", 400},
        // Host.
        {"empty Host", "GET /a HTTP/1.1\r\nHost:\r\n\r\n", 400},
        {"Host with a user", "GET /a HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
        {"Host with a slash", "GET /a HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        {"Host with a space", "GET /a HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
        {"Host with an empty port", "GET /a HTTP/1.1\r\nHost: a:\r\n\r\n", 400},
        {"Host with a bad port", "GET /a HTTP/1.1\r\nHost: a:b\r\n\r\n", 400},
        {"Host list", "GET /a HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
        {"two Hosts in HTTP/1.0", "GET /a HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        // Fields that may not repeat, and limits.
        {"two Authorizations", get("Authorization: Bearer a\r\nauthorization: Bearer b\r\n"), 400},
        {"unknown expectation", get("Expect: 200-ok\r\n"), 417},
        {"target over 8 kB", "GET /files/" + repeat("a", 9000) + " HTTP/1.1\r\n" + host + "\r\n", 414},
        {"target over 16 kB", "GET /files/" + repeat("a", 17000) + " HTTP/1.1\r\n" + host + "\r\n", 414},
        {"header over 16 kB", get("X-Big: " + repeat("a", 17000) + "\r\n"), 431},
        {"101 fields", get(repeat("X-Y: z\r\n", 101)), 431},
    };
}

const std::string next_request = "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n";

} // namespace

TEST_CASE("gate: whatever can be read in two ways is refused and the connection closed") {
    TestServer server(routes);
    for (auto& item : refused()) {
        CAPTURE(std::string(item.name));
        RawClient client(server.port);
        auto answer = client.ask(item.bytes + next_request);
        CHECK(answer.status == item.status);
        CHECK(answer.header("Connection") == "close");
        CHECK(answer.header("Content-Type") == "application/problem+json");
        CHECK(answer.body.find("\"request_id\"") != std::string::npos);
        CHECK(client.wait_closed());
        CHECK(client.received.empty());
    }
}

TEST_CASE("gate: the same byte by byte") {
    TestServer server(routes);
    for (auto& item : refused()) {
        if (item.bytes.size() > 400) continue;
        CAPTURE(std::string(item.name));
        RawClient client(server.port);
        for (char c : item.bytes) client.send({&c, 1});
        auto answer = client.answer();
        CHECK(answer.status == item.status);
        CHECK(client.wait_closed());
        CHECK(client.received.empty());
    }
}

TEST_CASE("gate: what has one reading is answered, whole or byte by byte, and the next request after it") {
    struct Good {
        const char* name;
        std::string bytes;
        std::string body;
        int status = 200;
    };
    const Good good[] = {
        {"plain", "GET /a HTTP/1.1\r\nHost: example.com\r\n\r\n", "GET /a"},
        {"one empty line before", "\r\nGET /a HTTP/1.1\r\nHost: example.com\r\n\r\n", "GET /a"},
        {"trailing slash", "GET /a/ HTTP/1.1\r\nHost: example.com\r\n\r\n", "GET /a"},
        {"no space after the colon", "GET /a HTTP/1.1\r\nHost:example.com\r\n\r\n", "GET /a"},
        {"spaces around a value", "GET /a HTTP/1.1\r\nHost: \t example.com \t\r\n\r\n", "GET /a"},
        {"IPv6 Host", "GET /a HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "GET /a"},
        {"absolute target", "GET http://example.com/a HTTP/1.1\r\nHost: example.com\r\n\r\n", "GET /a"},
        {"absolute target without a path", "GET http://example.com HTTP/1.1\r\nHost: example.com\r\n\r\n", "GET /"},
        {"escapes", "GET /files/%7Ea%20b%C3%A9 HTTP/1.1\r\nHost: example.com\r\n\r\n", "GET /files/~a b\xc3\xa9"},
        {"escaped once", "GET /files/%252e%252e HTTP/1.1\r\nHost: example.com\r\n\r\n", "GET /files/%2e%2e"},
        {"dots in a name", "GET /files/..a/.b HTTP/1.1\r\nHost: example.com\r\n\r\n", "GET /files/..a/.b"},
        {"empty value", "GET /a HTTP/1.1\r\nHost: example.com\r\nX-Empty:\r\n\r\n", "GET /a"},
        {"Latin-1 in a value", "GET /a HTTP/1.1\r\nHost: example.com\r\nX: \xe9\r\n\r\n", "GET /a"},
        {"length", "POST /body HTTP/1.1\r\nHost: example.com\r\nContent-Length: 5\r\n\r\nhello", "5:hello"},
        {"length zero", "POST /body HTTP/1.1\r\nHost: example.com\r\nContent-Length: 0\r\n\r\n", "0:"},
        {"length with zeroes", "POST /body HTTP/1.1\r\nHost: example.com\r\nContent-Length: 005\r\n\r\nhello", "5:hello"},
        {"no body", "POST /body HTTP/1.1\r\nHost: example.com\r\n\r\n", "0:"},
        {"body of a GET", "GET /a HTTP/1.1\r\nHost: example.com\r\nContent-Length: 5\r\n\r\nhello", "GET /a"},
        {"chunks",
         "POST /body HTTP/1.1\r\nHost: example.com\r\nTransfer-Encoding: chunked\r\n\r\n"
         "5\r\nhello\r\n00006\r\n world\r\n0\r\n\r\n",
         "11:hello world"},
        {"chunks, upper case",
         "POST /body HTTP/1.1\r\nHost: example.com\r\ntransfer-encoding: Chunked\r\n\r\n"
         "A\r\n0123456789\r\n0\r\n\r\n",
         "10:0123456789"},
        {"extension and trailer",
         "POST /body HTTP/1.1\r\nHost: example.com\r\nTransfer-Encoding: chunked\r\n\r\n"
         "5;name=\"v\";more=token\r\nhello\r\n0;x\r\nX-Sum: 1\r\nContent-Length: 9\r\n\r\n",
         "5:hello"},
        {"body that looks like a request",
         "POST /body HTTP/1.1\r\nHost: example.com\r\nContent-Length: 18\r\n\r\n"
         "GET / HTTP/1.1\r\n\r\n",
         "18:GET / HTTP/1.1\r\n\r\n"},
    };
    TestServer server(routes);
    for (auto& item : good) {
        for (bool slowly : {false, true}) {
            CAPTURE(std::string(item.name));
            CAPTURE(slowly);
            RawClient client(server.port);
            if (slowly) {
                for (char c : item.bytes) client.send({&c, 1});
            } else {
                client.send(item.bytes);
            }
            auto answer = client.answer();
            CHECK(answer.status == 200);
            CHECK(answer.body == item.body);
            CHECK(client.ask(next_request).body == "GET /");
        }
    }
}

TEST_CASE("gate: HTTP/1.0 without a body is answered and closed, Host or not") {
    TestServer server(routes);
    for (std::string_view bytes : {"GET /a HTTP/1.0\r\n\r\n", "GET /a HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"}) {
        RawClient client(server.port);
        auto answer = client.ask(bytes);
        CHECK(answer.status == 200);
        CHECK(answer.header("Connection") == "close");
        CHECK(client.wait_closed());
    }
}

TEST_CASE("gate: a body at its limit passes, in one piece and in chunks") {
    TestServer server(routes);
    RawClient client(server.port);
    auto body = repeat("x", 1000);
    CHECK(client.ask("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + body).status == 200);
    CHECK(
        client.ask("POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" + body + "\r\n0\r\n\r\n")
            .status == 200
    );
    std::string single =
        "POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + repeat("1\r\nx\r\n", 1000) + "0\r\n\r\n";
    CHECK(client.ask(single).status == 200);
}

TEST_CASE("gate: the end of a head is found however it arrives") {
    std::string_view head = "GET / HTTP/1.1\r\nA: b\r\n\r\nrest";
    for (std::size_t split = 0; split <= head.size(); ++split) {
        CAPTURE(split);
        auto first = find_head_end(head.substr(0, split), 0);
        CHECK_FALSE(first.broken);
        CHECK(first.size == (split >= 24 ? 24 : 0));
        if (first.size == 0) CHECK(find_head_end(head, split).size == 24);
    }
    CHECK(find_head_end("GET /\n", 0).broken);
    CHECK(find_head_end("\n", 0).broken);
    CHECK(find_head_end("GET / HTTP/1.1\r\nA: b\n", 16).broken);
}

} // namespace doorstep::http
