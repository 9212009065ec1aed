#include "core/phrases.hpp"
#include "core/signed_token.hpp"
#include "modules/messages/messages.hpp"

namespace doorstep::messages {

/// Whom a link stands for.
struct Messages::Unsubscriber {
    Uuid account;
    Id<Client> client;

    /// Nobody is signed in: the link alone proves who asks, within one account.
    Context scope(const Context& ctx) const {
        Context scoped = ctx;
        scoped.account_id = account;
        scoped.credential.reset();
        scoped.actor = {Actor::Kind::contact, client.value, "the recipient"};
        return scoped;
    }
};

namespace {

constexpr std::string_view purpose = "unsubscribe links";
constexpr std::size_t ids_size = 32;

} // namespace

std::string Messages::unsubscribe_url(Uuid account, Id<Client> client) const {
    auto ids = raw_bytes(account) + raw_bytes(client.value);
    return parts_.defaults.public_url + "/u/" + sign_token(parts_.sealer, purpose, ids);
}

Messages::Unsubscriber Messages::unsubscriber_of(std::string_view token) const {
    auto ids = read_token(parts_.sealer, purpose, token, ids_size);
    if (!ids) throw not_found("unsubscribe link");
    return {uuid_of_bytes(*ids), {uuid_of_bytes(std::string_view(*ids).substr(16))}};
}

Task<mail::UnsubscribePage> Messages::unsubscribe_page(Context& ctx, bool done) {
    auto profile = co_await parts_.accounts.sending_profile(ctx);
    auto words = [&](std::string key) { return find_phrase(enum_text(profile.language), "unsubscribe." + key).value_or(""); };
    auto sender = profile.agent_name;
    if (profile.account_name != sender) sender += ", " + profile.account_name;
    mail::UnsubscribePage page;
    page.language = profile.language == accounts::Language::es ? mail::Language::es : mail::Language::en;
    page.title = words(done ? "done" : "ask_client");
    page.text = fill_in(words("client"), {{"sender", sender}}) + " " + words(done ? "client_back" : "client_at_once");
    if (!done) page.button = words("button");
    co_return page;
}

Task<mail::UnsubscribePage> Messages::show_unsubscribe(Context& ctx, std::string token) {
    auto scoped = unsubscriber_of(token).scope(ctx);
    co_return co_await unsubscribe_page(scoped, false);
}

Task<mail::UnsubscribePage> Messages::unsubscribe(Context& ctx, std::string token) {
    auto who = unsubscriber_of(token);
    auto scoped = who.scope(ctx);
    auto body = [&](db::Session& tx) { return parts_.contacts.unsubscribe(tx, scoped, who.client, "unsubscribed"); };
    co_await parts_.db.transaction(scoped, body);
    co_return co_await unsubscribe_page(scoped, true);
}

} // namespace doorstep::messages
