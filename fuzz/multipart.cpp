// A form's body under some boundary: any bytes give parts within the body or a refusal.
#include <cstdint>
#include <cstdlib>

#include "http/multipart.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input(reinterpret_cast<const char*>(data), size);
    // The first line is the Content-Type.
    auto line = input.substr(0, input.find('\n'));
    auto body = input.substr(std::min(line.size() + 1, input.size()));
    auto parts = doorstep::http::parse_multipart(line, body);
    if (!parts) return parts.error().empty() ? (std::abort(), 0) : 0;
    for (auto& part : *parts) {
        if (part.name.empty()) std::abort();
        if (part.bytes.empty()) continue;
        if (part.bytes.data() < body.data() || part.bytes.data() + part.bytes.size() > body.data() + body.size()) std::abort();
    }
    return 0;
}
