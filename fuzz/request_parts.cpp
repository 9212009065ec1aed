// What stands in a request's target and header fields: query, cookies, cursors, entity tags, addresses, origins, forms.
#include <cstdint>
#include <cstdlib>

#include "core/error.hpp"
#include "core/paging.hpp"
#include "core/text.hpp"
#include "http/ascii.hpp"
#include "http/client_address.hpp"
#include "http/conditional.hpp"
#include "http/egress.hpp"
#include "http/gate.hpp"
#include "http/origin.hpp"

namespace {

using namespace doorstep;

void require(bool holds) {
    if (!holds) std::abort();
}

void target(std::string_view text) {
    http::Request request;
    if (http::read_target(text, request)) return;
    require(is_utf8(request.path) && request.path.find('\0') == std::string::npos);
    for (auto& [name, value] : request.query) require(http::is_clean_text(name) && http::is_clean_text(value));
}

void cursor(std::string_view text) {
    for (std::size_t keys = 1; keys <= 3; ++keys) {
        try {
            auto read = decode_cursor(text, keys);
            require(read.size() == keys && decode_cursor(encode_cursor(read), keys) == read);
        } catch (const Error& error) {
            require(error.status == 422 && error.fields.size() == 1);
        }
    }
}

void address(std::string_view text) {
    auto bytes = http::parse_address(text);
    if (bytes) require(!http::rate_key(text).empty());
    http::is_public_address(text);
    try {
        http::TrustedProxies proxies({std::string(text), "192.0.2.0/24"});
        http::Request request;
        request.headers.add("X-Forwarded-For", std::string(text));
        request.headers.add("Forwarded", std::string(text));
        proxies.identify("192.0.2.7", request);
        require(!request.client_ip.empty());
    } catch (const std::invalid_argument&) {
        require(!bytes);
    }
}

void header_fields(std::string_view text) {
    http::Request request;
    request.headers.add("Cookie", std::string(text));
    request.headers.add("Accept", std::string(text));
    request.headers.add("X-Forwarded-For", std::string(text));
    auto cookie = request.cookie("a");
    if (cookie) require(cookie->find(';') == std::string::npos);
    request.wants_html();
    http::TrustedProxies({"192.0.2.0/24"}).identify("192.0.2.7", request);
    require(!request.client_ip.empty());
    http::tag_list_matches(text, "1");
    http::list_has(text, "gzip");
    http::quality(text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    target(text);
    cursor(text);
    address(text);
    header_fields(text);
    auto origin = http::origin_of(text);
    require(origin.empty() || http::origin_of(origin) == origin);
    if (auto form = http::parse_form(text)) {
        std::string again;
        for (auto& [name, value] : *form) {
            if (!again.empty()) again += '&';
            again += http::percent_encode(name) + "=" + http::percent_encode(value);
        }
        require(form == http::parse_form(again));
    }
    require(http::percent_decode(http::percent_encode(text), false) == text);
    return 0;
}
