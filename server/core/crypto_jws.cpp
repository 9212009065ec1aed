#include "core/crypto_jws.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <memory>
#include <stdexcept>

#include "core/crypto.hpp"

namespace doorstep {

namespace {

template <class T, void (*Free)(T*)>
struct Freer {
    void operator()(T* thing) const { Free(thing); }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY, EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freer<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freer<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freer<OSSL_PARAM, OSSL_PARAM_free>>;
using Number = std::unique_ptr<BIGNUM, Freer<BIGNUM, BN_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX, EVP_MD_CTX_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freer<ECDSA_SIG, ECDSA_SIG_free>>;
struct BioFreer {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
};
using Bio = std::unique_ptr<BIO, BioFreer>;

constexpr std::size_t coordinate_bytes = 32;

/// What a stranger's bytes leave in OpenSSL's error queue must not be taken for a later call's failure.
struct ClearedErrors {
    ~ClearedErrors() { ERR_clear_error(); }
};

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Number number_of(std::string_view bytes) {
    return Number(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

std::string bytes_of(const BIGNUM* number, std::size_t size) {
    std::string bytes(size, '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size));
    return bytes;
}

Key public_key(const char* type, OSSL_PARAM* params) {
    KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    bool made = context && params && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params) == 1;
    return Key(made ? key : nullptr);
}

bool verify(EVP_PKEY* key, std::string_view signature, std::string_view data) {
    Digest digest(EVP_MD_CTX_new());
    return EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
           EVP_DigestVerify(digest.get(), bytes_of(signature), signature.size(), bytes_of(data), data.size()) == 1;
}

/// RFC 7518's r and s as OpenSSL reads them; empty if that can't be.
std::string to_der(std::string_view signature) {
    EcSignature pair(ECDSA_SIG_new());
    auto r = number_of(signature.substr(0, coordinate_bytes));
    auto s = number_of(signature.substr(coordinate_bytes));
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.release(), s.release()) != 1) return {};
    unsigned char* der = nullptr;
    auto size = i2d_ECDSA_SIG(pair.get(), &der);
    if (size <= 0) return {};
    std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return out;
}

std::string pem_of(EVP_PKEY* key) {
    Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    char* data = nullptr;
    auto size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string parameter(EVP_PKEY* key, const char* name, std::size_t size) {
    BIGNUM* found = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &found) != 1) throw std::runtime_error("OpenSSL shows no key");
    Number number(found);
    return bytes_of(number.get(), size ? size : static_cast<std::size_t>(BN_num_bytes(number.get())));
}

std::string sign(std::string_view private_key_pem, int type, std::string_view data) {
    Bio bio(BIO_new_mem_buf(private_key_pem.data(), static_cast<int>(private_key_pem.size())));
    Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    Digest digest(EVP_MD_CTX_new());
    bool ready = key && EVP_PKEY_get_base_id(key.get()) == type &&
                 EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1;
    std::size_t size = 0;
    if (!ready || EVP_DigestSign(digest.get(), nullptr, &size, bytes_of(data), data.size()) != 1)
        throw std::runtime_error("not a private key of this kind");
    std::string out(size, '\0');
    if (EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(out.data()), &size, bytes_of(data), data.size()) != 1)
        throw std::runtime_error("signing failed");
    out.resize(size);
    return out;
}

} // namespace

bool verify_rs256(std::string_view modulus, std::string_view exponent, std::string_view signature, std::string_view data) {
    ClearedErrors cleared;
    auto n = number_of(modulus);
    auto e = number_of(exponent);
    if (!n || !e || BN_num_bits(n.get()) < 2048 || BN_num_bits(n.get()) > 8192 || exponent.size() > 8) return false;
    Builder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    auto key = public_key("RSA", params.get());
    return key && verify(key.get(), signature, data);
}

bool verify_es256(std::string_view x, std::string_view y, std::string_view signature, std::string_view data) {
    ClearedErrors cleared;
    bool sized = x.size() == coordinate_bytes && y.size() == coordinate_bytes && signature.size() == 2 * coordinate_bytes;
    if (!sized) return false;
    auto point = "\x04" + std::string(x) + std::string(y);
    Builder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    auto key = public_key("EC", params.get());
    auto der = to_der(signature);
    return key && !der.empty() && verify(key.get(), der, data);
}

RsaKeyPair make_rsa_key() {
    Key key(EVP_RSA_gen(2048));
    if (!key) throw std::runtime_error("OpenSSL makes no RSA key");
    return {pem_of(key.get()), parameter(key.get(), OSSL_PKEY_PARAM_RSA_N, 0), parameter(key.get(), OSSL_PKEY_PARAM_RSA_E, 0)};
}

std::string sign_rs256(std::string_view private_key_pem, std::string_view data) {
    return sign(private_key_pem, EVP_PKEY_RSA, data);
}

EcKeyPair make_ec_key() {
    Key key(EVP_EC_gen("P-256"));
    if (!key) throw std::runtime_error("OpenSSL makes no P-256 key");
    return {
        pem_of(key.get()), parameter(key.get(), OSSL_PKEY_PARAM_EC_PUB_X, coordinate_bytes),
        parameter(key.get(), OSSL_PKEY_PARAM_EC_PUB_Y, coordinate_bytes)
    };
}

std::string sign_es256(std::string_view private_key_pem, std::string_view data) {
    auto der = sign(private_key_pem, EVP_PKEY_EC, data);
    auto* bytes = bytes_of(der);
    EcSignature pair(d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size())));
    if (!pair) throw std::runtime_error("signing failed");
    return bytes_of(ECDSA_SIG_get0_r(pair.get()), coordinate_bytes) + bytes_of(ECDSA_SIG_get0_s(pair.get()), coordinate_bytes);
}

} // namespace doorstep
