#include "core/signed_token.hpp"
#include "modules/messages/messages.hpp"

namespace doorstep::messages {

namespace {

constexpr std::string_view purpose = "unsubscribe links";
constexpr std::size_t ids_size = 32;

} // namespace

std::string Messages::unsubscribe_url(Uuid account, Id<Client> client) const {
    auto ids = raw_bytes(account) + raw_bytes(client.value);
    return parts_.defaults.public_url + "/u/" + sign_token(parts_.sealer, purpose, ids);
}

std::optional<Messages::Unsubscriber> Messages::read_unsubscribe_token(std::string_view token) const {
    auto ids = read_token(parts_.sealer, purpose, token, ids_size);
    if (!ids) return std::nullopt;
    return Unsubscriber{uuid_of_bytes(*ids), {uuid_of_bytes(std::string_view(*ids).substr(16))}};
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
