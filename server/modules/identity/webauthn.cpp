#include "modules/identity/webauthn.hpp"

#include <algorithm>

#include "core/cbor.hpp"
#include "core/crypto.hpp"
#include "core/crypto_cose.hpp"
#include "core/described.hpp"
#include "http/origin.hpp"

namespace doorstep::identity {
namespace {

constexpr std::size_t hash_size = 32;
constexpr std::size_t fixed_size = hash_size + 1 + 4; // hash, flags, counter
constexpr std::size_t aaguid_size = 16;
constexpr std::size_t most_id = 1023;

enum Flag : unsigned char { present = 0x01, verified = 0x04, has_key = 0x40 };

struct ClientDataJson {
    std::string type;
    std::string challenge;
    std::string origin;
    std::optional<bool> crossOrigin;
    BOOST_DESCRIBE_CLASS(ClientDataJson, (), (type, challenge, origin, crossOrigin), (), ())
};

Error unusable(std::string message) {
    return invalid("response", "invalid", std::move(message));
}

std::uint32_t big_endian(std::string_view bytes) {
    std::uint32_t number = 0;
    for (unsigned char byte : bytes) number = (number << 8) | byte;
    return number;
}

} // namespace

RelyingParty relying_party(std::string_view public_url) {
    auto origin = http::origin_of(public_url);
    auto host_at = origin.find("://") + 3;
    auto host = origin.substr(host_at);
    auto size = host.starts_with("[") ? host.find(']') + 1 : host.find(':');
    host.resize(std::min(size, host.size()));
    if (host == "127.0.0.1" || host == "[::1]") {
        origin.replace(host_at, host.size(), "localhost");
        host = "localhost";
    }
    return {host, origin};
}

ClientData read_client_data(std::string_view encoded, std::string_view type, const RelyingParty& party) {
    auto json = base64url_decode(encoded);
    if (!json) throw unusable("clientDataJSON is not base64url");
    auto data = from_json<ClientDataJson>(*json, Reader::Unknown::ignore);
    if (data.type != type) throw unusable("is for something else");
    if (data.origin != party.origin || data.crossOrigin.value_or(false)) throw unusable("comes from another page");
    return {std::move(data.type), std::move(data.challenge), std::move(data.origin)};
}

AuthenticatorData read_authenticator_data(std::string_view bytes, const RelyingParty& party, bool with_key) {
    if (bytes.size() < fixed_size) throw unusable("authenticatorData is too short");
    if (bytes.substr(0, hash_size) != sha256(party.id)) throw unusable("is for another site");
    auto flags = static_cast<unsigned char>(bytes[hash_size]);
    if (!(flags & present) || !(flags & verified)) throw unusable("was made without the person being verified");
    AuthenticatorData data{big_endian(bytes.substr(hash_size + 1, 4)), {}, {}};
    if (!with_key) return data;

    auto rest = bytes.substr(fixed_size);
    if (!(flags & has_key) || rest.size() < aaguid_size + 2) throw unusable("holds no key");
    rest.remove_prefix(aaguid_size);
    auto id_size = big_endian(rest.substr(0, 2));
    rest.remove_prefix(2);
    if (id_size == 0 || id_size > most_id || rest.size() < id_size) throw unusable("holds no key");
    data.credential_id = rest.substr(0, id_size);
    rest.remove_prefix(id_size);
    auto key = rest;
    if (!read_cbor(rest)) throw unusable("holds no key");
    data.public_key = key.substr(0, key.size() - rest.size());
    if (!is_cose_key(data.public_key)) throw unusable("holds a key of a kind that is not used here");
    return data;
}

AuthenticatorData read_attestation(std::string_view encoded, const RelyingParty& party) {
    auto bytes = base64url_decode(encoded);
    if (!bytes) throw unusable("attestationObject is not base64url");
    std::string_view rest = *bytes;
    auto object = read_cbor(rest);
    auto* data = object ? object->find("authData") : nullptr;
    if (!data || data->kind != Cbor::Kind::bytes || !rest.empty()) throw unusable("attestationObject is not one");
    return read_authenticator_data(data->text, party, true);
}

} // namespace doorstep::identity
