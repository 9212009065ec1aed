#include <cstring>

#include "modules/messages/letter.hpp"
#include "modules/messages/messages.hpp"

namespace doorstep::messages {

namespace {

constexpr std::size_t mac_size = 16;
constexpr std::size_t ids_size = 32;

std::string bytes_of(const Uuid& id) {
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

Uuid uuid_of(std::string_view bytes) {
    Uuid id;
    std::memcpy(id.bytes.data(), bytes.data(), id.bytes.size());
    return id;
}

std::string mac_of(const Sealer& sealer, std::string_view ids) {
    return hmac_sha256(sealer.derive("unsubscribe links"), ids).substr(0, mac_size);
}

} // namespace

std::string Messages::unsubscribe_url(Uuid account, Id<Client> client) const {
    auto ids = bytes_of(account) + bytes_of(client.value);
    return parts_.defaults.public_url + "/u/" + base64url_encode(ids + mac_of(parts_.sealer, ids));
}

std::optional<Messages::Unsubscriber> Messages::read_unsubscribe_token(std::string_view token) const {
    auto raw = base64url_decode(token);
    if (!raw || raw->size() != ids_size + mac_size) return std::nullopt;
    auto ids = std::string_view(*raw).substr(0, ids_size);
    if (!equal_in_constant_time(std::string_view(*raw).substr(ids_size), mac_of(parts_.sealer, ids))) return std::nullopt;
    return Unsubscriber{uuid_of(ids), {uuid_of(ids.substr(16))}};
}

Task<> Messages::unsubscribe(Context& ctx, const Unsubscriber& who) {
    Context scoped = ctx;
    scoped.account_id = who.account;
    scoped.credential.reset();
    scoped.actor = {Actor::Kind::contact, who.client.value, "the recipient"};
    auto body = [&](db::Session& tx) { return parts_.contacts.unsubscribe(tx, scoped, who.client, "unsubscribed"); };
    co_await parts_.db.transaction(scoped, body);
}

} // namespace doorstep::messages
