#include "providers/s3/signature.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace doorstep::providers {
namespace {

std::string encoded(std::string_view text, bool keep_slash) {
    std::string out;
    for (char c : text) {
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (letter || c == '-' || c == '.' || c == '_' || c == '~' || (keep_slash && c == '/'))
            out += c;
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string canonical_query(const S3Request& request) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (auto& [name, value] : request.query) pairs.emplace_back(encoded(name, false), encoded(value, false));
    std::ranges::sort(pairs);
    std::string text;
    for (auto& [name, value] : pairs) text += (text.empty() ? "" : "&") + name + "=" + value;
    return text;
}

/// Without white space around it, and single spaces within.
std::string folded(std::string_view value) {
    std::string text;
    for (char c : trim(value)) {
        if (c == ' ' && text.ends_with(' ')) continue;
        text += c;
    }
    return text;
}

} // namespace

std::string amz_date(std::chrono::system_clock::time_point time) {
    return fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

std::string s3_path(std::string_view path) {
    return encoded(path, true);
}

std::string s3_authorization(const S3Request& request, const S3Keys& keys, const std::string& date) {
    std::string headers;
    std::string names;
    for (auto& [name, value] : request.headers) {
        headers += name + ":" + folded(value) + "\n";
        names += (names.empty() ? "" : ";") + name;
    }
    auto canonical = request.method + "\n" + s3_path(request.path) + "\n" + canonical_query(request) + "\n" + headers + "\n" +
                     names + "\n" + request.payload_sha256;
    auto day = date.substr(0, 8);
    auto scope = day + "/" + keys.region + "/s3/aws4_request";
    auto to_sign = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + sha256_hex(canonical);
    auto key = hmac_sha256("AWS4" + keys.secret_access_key, day);
    for (std::string_view part : {std::string_view(keys.region), std::string_view("s3"), std::string_view("aws4_request")})
        key = hmac_sha256(key, part);
    return "AWS4-HMAC-SHA256 Credential=" + keys.access_key_id + "/" + scope + ",SignedHeaders=" + names +
           ",Signature=" + to_hex(hmac_sha256(key, to_sign));
}

} // namespace doorstep::providers
