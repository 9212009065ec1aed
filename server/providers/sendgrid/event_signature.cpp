#include "providers/sendgrid/event_signature.hpp"

#include <algorithm>
#include <charconv>

#include "core/crypto.hpp"
#include "core/error.hpp"

namespace doorstep::providers {
namespace {

constexpr std::string_view signature_header = "X-Twilio-Email-Event-Webhook-Signature";
constexpr std::string_view timestamp_header = "X-Twilio-Email-Event-Webhook-Timestamp";
constexpr std::string_view separators = ", \t\r\n";

std::unexpected<std::string> disbelieved(std::string reason) {
    return std::unexpected(std::move(reason));
}

} // namespace

std::vector<std::string> split_verification_keys(std::string_view configured) {
    constexpr std::string_view begin = "-----BEGIN PUBLIC KEY-----";
    constexpr std::string_view end = "-----END PUBLIC KEY-----";
    std::vector<std::string> keys;
    while (true) {
        configured.remove_prefix(std::min(configured.find_first_not_of(separators), configured.size()));
        if (configured.empty()) return keys;
        auto size = std::min(configured.find_first_of(separators), configured.size());
        if (configured.starts_with(begin)) { // white space within belongs to it
            auto stop = configured.find(end);
            size = stop == configured.npos ? configured.size() : stop + end.size();
        }
        keys.emplace_back(configured.substr(0, size));
        configured.remove_prefix(size);
    }
}

std::expected<std::chrono::sys_seconds, std::string> verify_sendgrid_events(
    const std::vector<std::string>& keys, const http::Headers& headers, std::string_view raw_body
) {
    if (headers.count(signature_header) != 1) return disbelieved("the signature header is missing or repeated");
    if (headers.count(timestamp_header) != 1) return disbelieved("the timestamp header is missing or repeated");
    auto timestamp = *headers.find(timestamp_header);
    std::int64_t seconds = 0;
    auto [stop, error] = std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), seconds);
    auto whole = error == std::errc{} && stop == timestamp.data() + timestamp.size();
    // Within the years that a date can be made of.
    if (!whole || seconds < 0 || seconds > 253'402'300'799) return disbelieved("the timestamp is no number of seconds");
    auto signature = base64_decode(*headers.find(signature_header));
    if (!signature || signature->empty()) return disbelieved("the signature is not base64");

    auto signed_bytes = std::string(timestamp) + std::string(raw_body);
    auto good = std::ranges::any_of(keys, [&](const std::string& key) { return verify_p256(key, *signature, signed_bytes); });
    if (!good) return disbelieved("the signature does not fit");
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

void require_signed(
    const std::vector<std::string>& keys, std::chrono::seconds tolerance, const http::Request& request, Time now
) {
    auto signed_at = verify_sendgrid_events(keys, request.headers, request.body);
    if (!signed_at) throw Error(401, "invalid_signature", "The webhook's signature is not valid: " + signed_at.error());
    auto age = std::chrono::floor<std::chrono::seconds>(now) - *signed_at;
    if (age > tolerance || age < -tolerance) {
        throw Error(401, "stale_signature", "The webhook was signed too long ago, or in the future.");
    }
}

} // namespace doorstep::providers
