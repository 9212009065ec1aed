#include "http/client.hpp"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <new>

#include "core/log.hpp"
#include "core/text.hpp"
#include "http/egress.hpp"
#include "http/transfers.hpp"

namespace doorstep::http {
namespace {

constexpr std::size_t max_header_bytes = 64 * 1024;

using Easy = std::unique_ptr<CURL, decltype([](CURL* easy) { curl_easy_cleanup(easy); })>;
using Url = std::unique_ptr<CURLU, decltype([](CURLU* url) { curl_url_cleanup(url); })>;
using List = std::unique_ptr<curl_slist, decltype([](curl_slist* list) { curl_slist_free_all(list); })>;

/// What the callbacks of one transfer need; it outlives the transfer.
struct Exchange {
    Call call;
    Reply reply;
    CURL* easy = nullptr;
    std::size_t header_bytes = 0;
    int requests = 0;
    bool head_done = false;
    bool oversized = false;
    bool forbidden_address = false;
    bool repeat_refused = false;
    char error[CURL_ERROR_SIZE] = {};

    long bytes_sent() const {
        long bytes = 0;
        curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &bytes);
        return bytes;
    }
};

bool is_idempotent(std::string_view method) {
    return method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE" || method == "OPTIONS";
}

std::size_t on_header(char* data, std::size_t, std::size_t size, void* self) {
    auto& exchange = *static_cast<Exchange*>(self);
    std::string_view line(data, size);
    exchange.header_bytes += size;
    if (exchange.header_bytes > max_header_bytes) {
        exchange.oversized = true;
        return 0;
    }
    if (line.starts_with("HTTP/")) {
        exchange.reply.headers = {}; // interim answers (1xx) come before the one that counts
        exchange.head_done = false;
        return size;
    }
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) exchange.head_done = true;
    if (exchange.head_done) return size; // trailers are nothing to us
    auto colon = line.find(':');
    if (colon == line.npos) return size;
    exchange.reply.headers.add(std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1))));
    return size;
}

std::size_t on_body(char* data, std::size_t, std::size_t size, void* self) {
    auto& exchange = *static_cast<Exchange*>(self);
    if (exchange.reply.body.size() + size > exchange.call.max_response_bytes) {
        exchange.oversized = true;
        return 0;
    }
    exchange.reply.body.append(data, size);
    return size;
}

/// Judges the very address that is about to be connected to: whatever a name resolves to the next time, this is the one used.
curl_socket_t on_open_socket(void* self, curlsocktype, curl_sockaddr* address) {
    auto& exchange = *static_cast<Exchange*>(self);
    if (exchange.call.egress == Egress::untrusted && !is_public_address(&address->addr)) {
        exchange.forbidden_address = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// Runs before each request that libcurl puts on a connection.
int on_request(void* self, char* peer, char*, int, int) {
    auto& exchange = *static_cast<Exchange*>(self);
    // A connection that a trusted call opened may serve an untrusted one, so its address is judged again.
    if (exchange.call.egress == Egress::untrusted && !is_public_address(peer)) {
        exchange.forbidden_address = true;
        return CURL_PREREQFUNC_ABORT;
    }
    // libcurl repeats a request by itself when a kept-alive connection breaks before the answer, even a POST that the peer may
    // have carried out. Whether to repeat that is the caller's decision.
    if (exchange.requests++ > 0 && exchange.bytes_sent() > 0 && !is_idempotent(exchange.call.method)) {
        exchange.repeat_refused = true;
        return CURL_PREREQFUNC_ABORT;
    }
    return CURL_PREREQFUNC_OK;
}

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

/// Why the URL may not be called, or nothing. `url` holds it, parsed by the parser that fetches it.
std::optional<std::string> judge(CURLU* url, const Call& call) {
    auto trusted = call.egress == Egress::configured;
    auto code = curl_url_set(url, CURLUPART_URL, call.url.c_str(), trusted ? 0 : CURLU_DISALLOW_USER);
    if (code != CURLUE_OK) return "not a URL that can be called: " + to_lower_ascii(curl_url_strerror(code));
    auto scheme = part(url, CURLUPART_SCHEME);
    if (trusted) {
        if (scheme != "http" && scheme != "https") return "only http and https can be called";
        return std::nullopt;
    }
    if (scheme != "https") return "only https addresses are called";
    if (part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT) != "443") return "only port 443 is called";
    return std::nullopt;
}

bool is_clean(std::string_view text) {
    return std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

/// The header lines to send, or null if one of them could be taken for two.
List header_lines(const Call& call) {
    curl_slist* list = nullptr;
    auto add = [&list](const std::string& line) {
        auto* longer = curl_slist_append(list, line.c_str());
        if (!longer) throw std::bad_alloc();
        list = longer;
    };
    add("Expect:"); // some peers never answer 100 Continue
    if (!call.headers.find("accept")) add("Accept: */*");
    if (!call.headers.find("content-type")) add("Content-Type:");
    for (const auto& [name, value] : call.headers.all()) {
        if (name.empty() || !is_clean(name) || !is_clean(value) || name.find_first_of(": ;") != name.npos) {
            curl_slist_free_all(list);
            return nullptr;
        }
        // A header without a value is written with a semicolon in libcurl's lists.
        add(value.empty() ? name + ";" : name + ": " + value);
    }
    return List(list);
}

void set_options(Exchange& exchange, CURLU* url, const curl_slist* headers) {
    auto* easy = exchange.easy;
    const auto& call = exchange.call;
    Transfers::prepare(easy);
    curl_easy_setopt(easy, CURLOPT_CURLU, url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, call.egress == Egress::untrusted ? "https" : "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, long(std::max<std::int64_t>(call.timeout.count(), 1)));
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, long(std::max<std::int64_t>(call.connect_timeout.count(), 1)));
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, exchange.error);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Doorstep/" DOORSTEP_VERSION);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &exchange);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &exchange);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &on_open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &exchange);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &on_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, &exchange);
    if (call.method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else if (call.method != "GET" || !call.body.empty()) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(call.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, call.body.data());
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, call.method.c_str());
    }
}

CallFailure explain(const Exchange& exchange, CURLcode code) {
    using Kind = CallFailure::Kind;
    auto sent = exchange.bytes_sent() > 0;
    if (exchange.oversized) return {Kind::oversized, "the answer is larger than allowed"};
    if (exchange.repeat_refused) return {Kind::ambiguous, "the connection broke before the answer"};
    if (exchange.forbidden_address && !sent) return {Kind::refused, "the address is not on the public internet"};
    std::string reason = exchange.error[0] ? exchange.error : curl_easy_strerror(code);
    return {sent ? Kind::ambiguous : Kind::not_sent, std::move(reason)};
}

std::string_view kind_name(CallFailure::Kind kind) {
    switch (kind) {
    case CallFailure::Kind::refused: return "refused";
    case CallFailure::Kind::not_sent: return "not_sent";
    case CallFailure::Kind::ambiguous: return "ambiguous";
    case CallFailure::Kind::oversized: return "oversized";
    }
    return "?";
}

using Outcome = std::expected<Reply, CallFailure>;

/// Counts and logs how a call ended, and passes it on.
Outcome conclude(const Call& call, std::chrono::steady_clock::time_point started, Outcome outcome) {
    auto took = std::chrono::steady_clock::now() - started;
    auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    if (outcome) {
        count_outgoing(call.provider, std::to_string(outcome->status / 100) + "xx", took);
        log::debug("outgoing call", {{"provider", call.provider}, {"status", outcome->status}, {"ms", milliseconds}});
    } else {
        const auto& failure = outcome.error();
        count_outgoing(call.provider, kind_name(failure.kind), took);
        log::warn(
            "outgoing call failed",
            {{"provider", call.provider}, {"kind", kind_name(failure.kind)}, {"reason", failure.reason}, {"ms", milliseconds}}
        );
    }
    return outcome;
}

} // namespace

Client::Client(boost::asio::io_context& io) : transfers_(std::make_unique<Transfers>(io)) {}

Client::~Client() = default;

Task<Outcome> Client::send(Call call) {
    auto started = std::chrono::steady_clock::now();
    auto refused = [](std::string reason) {
        return std::unexpected(CallFailure{CallFailure::Kind::refused, std::move(reason)});
    };

    Url url(curl_url());
    Easy easy(curl_easy_init());
    if (!url || !easy) throw std::bad_alloc();
    if (auto reason = judge(url.get(), call)) co_return conclude(call, started, refused(std::move(*reason)));
    auto headers = header_lines(call);
    if (!headers || call.method.empty() || !is_clean(call.method) || call.method.find(' ') != call.method.npos) {
        co_return conclude(call, started, refused("a header or the method is malformed"));
    }

    Exchange exchange{.call = std::move(call), .easy = easy.get()};
    set_options(exchange, url.get(), headers.get());
    auto code = CURLcode(co_await transfers_->perform(easy.get()));
    if (code != CURLE_OK) co_return conclude(exchange.call, started, std::unexpected(explain(exchange, code)));

    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    exchange.reply.status = int(status);
    co_return conclude(exchange.call, started, std::move(exchange.reply));
}

RetryClass retry_class(int status) {
    if (status >= 200 && status < 300) return RetryClass::success;
    for (auto again : {408, 425, 429, 500, 502, 503, 504}) {
        if (status == again) return RetryClass::retry;
    }
    return RetryClass::never;
}

std::optional<std::chrono::seconds> retry_after(const Headers& headers, std::chrono::system_clock::time_point now) {
    auto value = headers.find("retry-after");
    if (!value) return std::nullopt;
    constexpr std::int64_t day = 86'400;
    auto text = trim(*value);
    std::int64_t seconds = 0;
    auto is_number = !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (is_number) {
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
        if (error != std::errc{}) seconds = day; // more digits than fit
    } else {
        // An HTTP date is in GMT whatever its form; anything less is no date, though libcurl would guess.
        if (text.find("GMT") == text.npos) return std::nullopt;
        auto date = curl_getdate(std::string(text).c_str(), nullptr);
        if (date == -1) return std::nullopt;
        seconds = date - std::chrono::system_clock::to_time_t(now);
    }
    return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, day));
}

} // namespace doorstep::http
