#include "core/text.hpp"
#include "modules/messages/messages.hpp"

namespace doorstep::messages {

namespace {

constexpr std::size_t mac_size = 8;
constexpr std::string_view to_message = "r.";
constexpr std::string_view to_account = "in.";

/// A local part has 64 characters and is compared without case: hex, and a MAC as long as there is room for.
std::string local_part(const Sealer& sealer, std::string_view prefix, Uuid id) {
    std::string bytes(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
    auto mac = hmac_sha256(sealer.derive("reply addresses"), std::string(prefix) + bytes).substr(0, mac_size);
    return std::string(prefix) + to_hex(bytes) + "." + to_hex(mac);
}

std::optional<Uuid> read_local_part(const Sealer& sealer, std::string_view prefix, std::string_view local) {
    auto lower = to_lower_ascii(local);
    if (!lower.starts_with(prefix)) return std::nullopt;
    auto hex = lower.substr(prefix.size(), 32);
    if (hex.size() != 32) return std::nullopt;
    auto id = Uuid::parse(
        hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" + hex.substr(20)
    );
    if (!id || !equal_in_constant_time(lower, local_part(sealer, prefix, *id))) return std::nullopt;
    return id;
}

} // namespace

std::optional<Email> Messages::reply_address(Uuid message) const {
    if (parts_.defaults.inbound_domain.empty()) return std::nullopt;
    return Email{local_part(parts_.sealer, to_message, message) + "@" + parts_.defaults.inbound_domain};
}

std::optional<Email> Messages::forwarding_address(Uuid account) const {
    if (parts_.defaults.inbound_domain.empty()) return std::nullopt;
    return Email{local_part(parts_.sealer, to_account, account) + "@" + parts_.defaults.inbound_domain};
}

Messages::Recipient Messages::read_recipient(std::string_view address) const {
    auto local = address.substr(0, address.find('@'));
    return {
        .message = read_local_part(parts_.sealer, to_message, local),
        .account = read_local_part(parts_.sealer, to_account, local),
    };
}

} // namespace doorstep::messages
