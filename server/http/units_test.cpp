#include <doctest/doctest.h>
#include <zlib.h>

#include <algorithm>
#include <thread>

#include "http/ascii.hpp"
#include "http/client_address.hpp"
#include "http/compression.hpp"
#include "http/conditional.hpp"
#include "http/metrics.hpp"
#include "http/origin.hpp"
#include "http/rate_limit.hpp"

namespace doorstep::http {
namespace {

Request with(std::initializer_list<std::pair<std::string, std::string>> fields) {
    Request request;
    for (auto& [name, value] : fields) request.headers.add(name, value);
    return request;
}

std::string unpack(std::string_view bytes) {
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    std::string out(1 << 20, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = uInt(out.size());
    REQUIRE(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

} // namespace

TEST_CASE("request: cookies, by name and whole") {
    auto request = with({{"Cookie", "a=1; session=s1;b = 2; session2=x"}, {"cookie", "late=y; empty="}});
    CHECK(request.cookie("session") == "s1");
    CHECK(request.cookie("a") == "1");
    CHECK(request.cookie("late") == "y");
    CHECK(request.cookie("empty") == "");
    CHECK_FALSE(request.cookie("sess"));
    CHECK_FALSE(request.cookie("x"));
}

TEST_CASE("request: only a browser's Accept asks for HTML") {
    CHECK(with({{"Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}}).wants_html());
    CHECK(with({{"Accept", "application/json;q=0.5, text/html"}}).wants_html());
    CHECK_FALSE(with({{"Accept", "*/*"}}).wants_html());
    CHECK_FALSE(with({{"Accept", "application/json, text/html;q=0.9"}}).wants_html());
    CHECK_FALSE(with({{"Accept", "text/html;q=0"}}).wants_html());
    CHECK_FALSE(with({}).wants_html());
}

TEST_CASE("text: percent coding there and back, forms") {
    CHECK(percent_encode("a b/\xc3\xa9~") == "a%20b%2F%C3%A9~");
    CHECK(percent_decode("a%20b%2f%C3%A9", false) == "a b/\xc3\xa9");
    CHECK(percent_decode("a+b%", true) == "a b%");
    CHECK(percent_decode("a+b", false) == "a+b");
    auto form = parse_form("a=1&b=x+y%21&&c&d=");
    REQUIRE(form);
    CHECK(*form == std::vector<std::pair<std::string, std::string>>{{"a", "1"}, {"b", "x y!"}, {"c", ""}, {"d", ""}});
    for (auto bad : {"a=%", "a=%4", "a=%zz", "%00=1", "a=%ff"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_form(bad));
    }
}

TEST_CASE("entity tags: lists, weak ones, commas in quotes, the star") {
    CHECK(tag_list_matches(R"("v1")", "v1"));
    CHECK(tag_list_matches(R"(W/"v1")", "v1"));
    CHECK(tag_list_matches(R"("v0", W/"a,b" , "v1")", "a,b"));
    CHECK(tag_list_matches("*", "v1"));
    CHECK_FALSE(tag_list_matches(R"("v10")", "v1"));
    CHECK_FALSE(tag_list_matches("v1", "v1"));
    CHECK_FALSE(tag_list_matches(R"("v1)", "v1"));
    CHECK_FALSE(tag_list_matches("", ""));
}

TEST_CASE("proxies: the client is the rightmost address that no trusted proxy has") {
    TrustedProxies proxies({"10.0.0.0/8", "192.0.2.7", "2001:db8::/32"});
    auto client = [&](std::string_view peer, std::initializer_list<std::pair<std::string, std::string>> fields) {
        auto request = with(fields);
        proxies.identify(peer, request);
        return request.client_ip;
    };
    CHECK(client("203.0.113.9", {{"X-Forwarded-For", "198.51.100.1"}}) == "203.0.113.9");
    CHECK(client("10.1.2.3", {{"X-Forwarded-For", "198.51.100.1"}}) == "198.51.100.1");
    CHECK(client("10.1.2.3", {{"X-Forwarded-For", "6.6.6.6, 198.51.100.1, 192.0.2.7"}}) == "198.51.100.1");
    CHECK(
        client("10.1.2.3", {{"X-Forwarded-For", "6.6.6.6"}, {"X-Forwarded-For", "198.51.100.1, 10.9.9.9"}}) == "198.51.100.1"
    );
    CHECK(client("10.1.2.3", {{"X-Forwarded-For", "10.4.4.4, 10.5.5.5"}}) == "10.4.4.4");
    CHECK(client("10.1.2.3", {{"X-Forwarded-For", "6.6.6.6, unknown, 10.5.5.5"}}) == "10.5.5.5");
    CHECK(client("10.1.2.3", {{"X-Forwarded-For", "nonsense"}}) == "10.1.2.3");
    CHECK(client("10.1.2.3", {{"X-Forwarded-For", "198.51.100.1:4711"}}) == "198.51.100.1");
    CHECK(client("10.1.2.3", {{"Forwarded", "for=6.6.6.6, for=\"[2001:db9::1]:80\";proto=https"}}) == "2001:db9::1");
    CHECK(client("10.1.2.3", {{"Forwarded", "for=198.51.100.1"}, {"X-Forwarded-For", "198.51.100.1"}}) == "198.51.100.1");
    CHECK(client("10.1.2.3", {{"Forwarded", "for=6.6.6.6"}, {"X-Forwarded-For", "198.51.100.1"}}) == "10.1.2.3");
    CHECK(client("2001:db8:1::1", {{"X-Forwarded-For", "198.51.100.1"}}) == "198.51.100.1");
    CHECK(client("2001:db9::1", {{"X-Forwarded-For", "198.51.100.1"}}) == "2001:db9::1");
    CHECK(client("10.1.2.3", {{"X-Forwarded-For", "::ffff:198.51.100.1"}}) == "198.51.100.1");
    CHECK(client("192.0.2.8", {{"X-Forwarded-For", "198.51.100.1"}}) == "192.0.2.8");
}

TEST_CASE("proxies: https is believed from trusted ones only; bad ranges are named") {
    TrustedProxies proxies({"10.0.0.0/8"});
    auto request = with({{"X-Forwarded-Proto", "https"}});
    proxies.identify("203.0.113.9", request);
    CHECK_FALSE(request.secure);
    proxies.identify("10.0.0.1", request);
    CHECK(request.secure);
    auto forged = with({{"X-Forwarded-Proto", "https, http"}});
    proxies.identify("10.0.0.1", forged);
    CHECK_FALSE(forged.secure);
    for (auto bad : {"10.0.0.0/33", "10.0.0/8", "x", "10.0.0.0/", "10.0.0.0/8x", "::1/129", "/8"}) {
        CAPTURE(bad);
        CHECK_THROWS_AS(TrustedProxies({bad}), std::invalid_argument);
    }
}

TEST_CASE("rate limit: a bucket's burst, its refill, bounded memory") {
    RateLimit limit(10, 3, 100);
    auto now = RateLimit::Clock::now();
    for (int i = 0; i < 3; ++i) CHECK_FALSE(limit.take("a", now));
    CHECK(limit.take("a", now) == std::chrono::seconds(1));
    CHECK_FALSE(limit.take("b", now));
    now += std::chrono::milliseconds(100);
    CHECK_FALSE(limit.take("a", now));
    CHECK(limit.take("a", now));
    for (int i = 0; i < 1000; ++i) CHECK_FALSE(limit.take("x" + std::to_string(i), now));
    RateLimit slow(0.1, 1);
    CHECK_FALSE(slow.take("a", now));
    CHECK(slow.take("a", now) == std::chrono::seconds(10));
    RateLimit none(0, 0);
    for (int i = 0; i < 1000; ++i) CHECK_FALSE(none.take("a", now));
    CHECK(rate_key("2001:db8:1:2:3::4") == rate_key("2001:db8:1:2::5"));
    CHECK(rate_key("2001:db8:1:2::5") != rate_key("2001:db8:1:3::5"));
    CHECK(rate_key("127.0.0.1") != rate_key("127.0.0.2"));
}

TEST_CASE("origins: what is a site's, by scheme, host and port") {
    CHECK(origin_of("HTTPS://Example.com:443/path?x") == "https://example.com");
    CHECK(origin_of("http://a:80") == "http://a");
    CHECK(origin_of("http://a:8080/") == "http://a:8080");
    CHECK(origin_of("null").empty());
    CHECK(origin_of("https://").empty());
}

TEST_CASE("gzip: comes back as it was, whoever asks for it") {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += std::to_string(i * 7919);
    auto packed = gzip(text);
    CHECK(packed.size() < text.size());
    CHECK(unpack(packed) == text);
    CHECK(unpack(gzip("again, with the same state")) == "again, with the same state");
    for (auto& [accept, yes] : std::initializer_list<std::pair<const char*, bool>>{
             {"gzip", true},
             {"br, GZIP;q=0.5", true},
             {"gzip;q=0, *", false},
             {"*;q=0.1", true},
             {"br", false},
             {"identity", false}
         }) {
        CAPTURE(accept);
        CHECK(accepts_gzip(with({{"Accept-Encoding", accept}})) == yes);
    }
    CHECK_FALSE(accepts_gzip(with({})));
}

TEST_CASE("metrics: threads add up, labels are kept apart, sets stay bounded") {
    Metrics metrics;
    auto& counter = metrics.counter("things_total", "Things.", {{"kind", "a\"b"}});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 1000; ++i) counter.add();
        });
    }
    for (auto& thread : threads) thread.join();
    auto& histogram = metrics.histogram("wait_seconds", "Waits.");
    histogram.observe(0.001);
    histogram.observe(0.3);
    histogram.observe(99);
    metrics.gauge("level", "Level.").set(2.5);
    metrics.add_source([] { return std::string("other 1\n"); });
    CHECK(
        metrics.text() ==
        "# HELP things_total Things.\n# TYPE things_total counter\nthings_total{kind=\"a\\\"b\"} 4000\n"
        "# HELP level Level.\n# TYPE level gauge\nlevel 2.5\n"
        "# HELP wait_seconds Waits.\n# TYPE wait_seconds histogram\n"
        "wait_seconds_bucket{le=\"0.001\"} 1\nwait_seconds_bucket{le=\"0.0025\"} 1\nwait_seconds_bucket{le=\"0.005\"} 1\n"
        "wait_seconds_bucket{le=\"0.01\"} 1\nwait_seconds_bucket{le=\"0.025\"} 1\nwait_seconds_bucket{le=\"0.05\"} 1\n"
        "wait_seconds_bucket{le=\"0.1\"} 1\nwait_seconds_bucket{le=\"0.25\"} 1\nwait_seconds_bucket{le=\"0.5\"} 2\n"
        "wait_seconds_bucket{le=\"1\"} 2\nwait_seconds_bucket{le=\"2.5\"} 2\nwait_seconds_bucket{le=\"5\"} 2\n"
        "wait_seconds_bucket{le=\"10\"} 2\nwait_seconds_bucket{le=\"+Inf\"} 3\nwait_seconds_sum 99.301\nwait_seconds_count 3\n"
        "other 1\n"
    );
    for (int i = 0; i < 5000; ++i) metrics.counter("many_total", "Many.", {{"n", std::to_string(i)}}).add();
    auto text = metrics.text();
    CHECK(std::ranges::count(text, '\n') < 2100);
    CHECK(text.find("many_total{overflow=\"true\"} 3000") != text.npos);
}

} // namespace doorstep::http
