#include "core/signed_token.hpp"

#include <cstring>

namespace doorstep {

namespace {

constexpr std::size_t mac_size = 16;

std::string mac_of(const Sealer& sealer, std::string_view purpose, std::string_view content) {
    return hmac_sha256(sealer.derive(purpose), content).substr(0, mac_size);
}

} // namespace

std::string sign_token(const Sealer& sealer, std::string_view purpose, std::string_view content) {
    return base64url_encode(std::string(content) + mac_of(sealer, purpose, content));
}

std::optional<std::string> read_token(
    const Sealer& sealer, std::string_view purpose, std::string_view token, std::size_t size
) {
    auto raw = base64url_decode(token);
    if (!raw || raw->size() != size + mac_size) return std::nullopt;
    auto content = raw->substr(0, size);
    if (!equal_in_constant_time(raw->substr(size), mac_of(sealer, purpose, content))) return std::nullopt;
    return content;
}

std::string raw_bytes(const Uuid& id) {
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

Uuid uuid_of_bytes(std::string_view bytes) {
    Uuid id;
    std::memcpy(id.bytes.data(), bytes.data(), id.bytes.size());
    return id;
}

} // namespace doorstep
