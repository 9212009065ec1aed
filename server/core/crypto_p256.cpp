#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>
#include <stdexcept>

#include "core/crypto.hpp"
#include "core/p256.hpp"

namespace doorstep {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Bio read_only(std::string_view text) {
    return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free};
}

std::string content(BIO* bio) {
    char* data = nullptr;
    auto size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

Key read_public_key(std::string_view text) {
    if (text.starts_with("-----BEGIN")) {
        auto bio = read_only(text);
        return {PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
    }
    auto der = base64_decode(text);
    if (!der) return {nullptr, EVP_PKEY_free};
    auto* bytes = reinterpret_cast<const unsigned char*>(der->data());
    return {d2i_PUBKEY(nullptr, &bytes, static_cast<long>(der->size())), EVP_PKEY_free};
}

bool is_p256(EVP_PKEY* key) {
    char group[32] = {};
    return EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1 && std::string_view(group) == "prime256v1";
}

/// What a stranger's bytes leave in OpenSSL's error queue must not be taken for a later call's failure.
struct ClearedErrors {
    ~ClearedErrors() { ERR_clear_error(); }
};

} // namespace

bool is_p256_key(std::string_view public_key) {
    ClearedErrors cleared;
    auto key = read_public_key(public_key);
    return key && is_p256(key.get());
}

bool verify_p256(std::string_view public_key, std::string_view signature_der, std::string_view data) {
    ClearedErrors cleared;
    auto key = read_public_key(public_key);
    if (!key || !is_p256(key.get())) return false;
    DigestContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    if (EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1) return false;
    return EVP_DigestVerify(
               context.get(), reinterpret_cast<const unsigned char*>(signature_der.data()), signature_der.size(),
               reinterpret_cast<const unsigned char*>(data.data()), data.size()
           ) == 1;
}

P256KeyPair make_p256_key() {
    Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    if (!key) throw std::runtime_error("OpenSSL makes no P-256 key");
    Bio pem(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PKCS8PrivateKey(pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    Bio der(BIO_new(BIO_s_mem()), BIO_free);
    i2d_PUBKEY_bio(der.get(), key.get());
    return {content(pem.get()), base64_encode(content(der.get()))};
}

std::string sign_p256(std::string_view private_key_pem, std::string_view data) {
    auto bio = read_only(private_key_pem);
    Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    DigestContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    if (!key || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1) {
        throw std::runtime_error("not a private key");
    }
    auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
    std::size_t size = 0;
    EVP_DigestSign(context.get(), nullptr, &size, bytes, data.size());
    std::string signature(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, data.size()) != 1) {
        throw std::runtime_error("signing failed");
    }
    signature.resize(size);
    return signature;
}

} // namespace doorstep
