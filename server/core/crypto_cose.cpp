#include "core/crypto_cose.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <memory>

#include "core/cbor.hpp"

namespace doorstep {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)>;
using Params = std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)>;
using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

// RFC 9053: members of a key, kinds of key, algorithms.
enum Member { kty = 1, alg = 3, crv = -1, x = -2, y = -3, rsa_n = -1, rsa_e = -2 };
enum KeyType { okp = 1, ec2 = 2, rsa = 3 };
enum Algorithm { es256 = -7, eddsa = -8, rs256 = -257 };
constexpr int p256 = 1;
constexpr int ed25519 = 6;
constexpr std::size_t coordinate = 32;
constexpr std::size_t least_modulus = 256; // bytes
constexpr std::size_t most_modulus = 1024;

/// What a stranger's bytes leave in OpenSSL's error queue must not be taken for a later call's failure.
struct ClearedErrors {
    ~ClearedErrors() { ERR_clear_error(); }
};

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::int64_t number(const Cbor& key, std::int64_t member) {
    auto* found = key.find(member);
    return found && found->kind == Cbor::Kind::integer ? found->integer : 0;
}

std::string_view bytes(const Cbor& key, std::int64_t member) {
    auto* found = key.find(member);
    return found && found->kind == Cbor::Kind::bytes ? std::string_view(found->text) : std::string_view();
}

Key make(const char* type, OSSL_PARAM_BLD* builder) {
    Key none(nullptr, EVP_PKEY_free);
    Params params(OSSL_PARAM_BLD_to_param(builder), OSSL_PARAM_free);
    KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return none;
    if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) return none;
    return {key, EVP_PKEY_free};
}

Key make_ec(const Cbor& key) {
    auto px = bytes(key, x);
    auto py = bytes(key, y);
    if (number(key, crv) != p256 || px.size() != coordinate || py.size() != coordinate) return {nullptr, EVP_PKEY_free};
    std::string point = "\x04";
    point.append(px).append(py);
    Builder builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    return make("EC", builder.get());
}

Key make_rsa(const Cbor& key) {
    auto n = bytes(key, rsa_n);
    auto e = bytes(key, rsa_e);
    bool sane = n.size() >= least_modulus && n.size() <= most_modulus && !e.empty() && e.size() <= 4;
    if (!sane) return {nullptr, EVP_PKEY_free};
    Number modulus(BN_bin2bn(bytes_of(n), int(n.size()), nullptr), BN_free);
    Number exponent(BN_bin2bn(bytes_of(e), int(e.size()), nullptr), BN_free);
    Builder builder(OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    return make("RSA", builder.get());
}

Key make_ed25519(const Cbor& key) {
    auto point = bytes(key, x);
    if (number(key, crv) != ed25519 || point.size() != coordinate) return {nullptr, EVP_PKEY_free};
    return {EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(point), point.size()), EVP_PKEY_free};
}

struct Readable {
    Key key{nullptr, EVP_PKEY_free};
    const EVP_MD* digest = nullptr; ///< null: the algorithm has its own
};

Readable read_key(std::string_view text) {
    auto cose = read_cbor(text);
    if (!cose || !text.empty()) return {};
    // The algorithm is the key's, never the signature's.
    auto type = number(*cose, kty);
    auto algorithm = number(*cose, alg);
    if (type == ec2 && algorithm == es256) return {make_ec(*cose), EVP_sha256()};
    if (type == rsa && algorithm == rs256) return {make_rsa(*cose), EVP_sha256()};
    if (type == okp && algorithm == eddsa) return {make_ed25519(*cose), nullptr};
    return {};
}

} // namespace

bool is_cose_key(std::string_view key) {
    ClearedErrors cleared;
    return read_key(key).key != nullptr;
}

bool verify_cose(std::string_view key, std::string_view signature, std::string_view data) {
    ClearedErrors cleared;
    auto readable = read_key(key);
    if (!readable.key) return false;
    DigestContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    if (EVP_DigestVerifyInit(context.get(), nullptr, readable.digest, nullptr, readable.key.get()) != 1) return false;
    return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(data), data.size()) == 1;
}

} // namespace doorstep
