#include "core/crypto.hpp"

#include <sodium.h>

#include <array>
#include <istream>
#include <stdexcept>

#include "core/text.hpp"

namespace doorstep {

namespace {

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

void require_sodium() {
    static const int state = sodium_init();
    if (state < 0) throw std::runtime_error("libsodium does not start");
}

std::string encode(std::string_view bytes, int variant) {
    require_sodium();
    std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes_of(bytes), bytes.size(), variant);
    out.pop_back(); // the terminator
    return out;
}

std::optional<std::string> decode(std::string_view text, int variant) {
    require_sodium();
    std::string out(text.size(), '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    auto status = sodium_base642bin(
        reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(), nullptr, &length, &end, variant
    );
    if (status != 0 || end != text.data() + text.size()) return std::nullopt;
    out.resize(length);
    return out;
}

constexpr std::size_t memory_limit = 19 * 1024 * 1024;
constexpr unsigned long long passes = 2;

} // namespace

void fill_random(void* out, std::size_t size) {
    require_sodium();
    randombytes_buf(out, size);
}

std::string random_token(std::size_t bytes) {
    std::string raw(bytes, '\0');
    fill_random(raw.data(), raw.size());
    return base64url_encode(raw);
}

std::string sha256(std::string_view data) {
    std::string out(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(out.data()), bytes_of(data), data.size());
    return out;
}

std::string sha256_hex(std::string_view data) {
    return to_hex(sha256(data));
}

std::string sha256_hex(std::istream& data) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    std::array<char, 64 * 1024> block;
    while (data.read(block.data(), block.size()) || data.gcount() > 0)
        crypto_hash_sha256_update(&state, reinterpret_cast<unsigned char*>(block.data()), std::size_t(data.gcount()));
    std::string out(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256_final(&state, reinterpret_cast<unsigned char*>(out.data()));
    return to_hex(out);
}

std::string hmac_sha256(std::string_view key, std::string_view data) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(data), data.size());
    std::string out(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(out.data()));
    return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string base64_encode(std::string_view bytes) {
    return encode(bytes, sodium_base64_VARIANT_ORIGINAL);
}

std::optional<std::string> base64_decode(std::string_view text) {
    auto padded = decode(text, sodium_base64_VARIANT_ORIGINAL);
    return padded ? padded : decode(text, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

std::string base64url_encode(std::string_view bytes) {
    return encode(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::optional<std::string> base64url_decode(std::string_view text) {
    return decode(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string hash_password(std::string_view password) {
    require_sodium();
    char out[crypto_pwhash_STRBYTES];
    auto status =
        crypto_pwhash_str_alg(out, password.data(), password.size(), passes, memory_limit, crypto_pwhash_ALG_ARGON2ID13);
    if (status != 0) throw std::runtime_error("no memory to hash a password");
    return out;
}

bool verify_password(std::string_view hash, std::string_view password) {
    require_sodium();
    std::string terminated(hash);
    return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

const std::string& unmatched_password_hash() {
    static const std::string hash = hash_password(random_token());
    return hash;
}

Sealer::Sealer(std::string_view master_key) : key_(sha256(master_key)) {
    if (master_key.size() < 32) throw std::invalid_argument("the master key must have at least 32 bytes");
}

std::string Sealer::derive(std::string_view purpose) const {
    return hmac_sha256(key_, purpose);
}

std::string Sealer::seal(std::string_view plain, std::string_view purpose) const {
    require_sodium();
    std::string out(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, '\0');
    fill_random(out.data(), out.size());
    auto nonce = out;
    out.resize(nonce.size() + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
    unsigned long long length = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        reinterpret_cast<unsigned char*>(out.data()) + nonce.size(), &length, bytes_of(plain), plain.size(), bytes_of(purpose),
        purpose.size(), nullptr, bytes_of(nonce), bytes_of(key_)
    );
    return base64_encode(out);
}

std::optional<std::string> Sealer::open(std::string_view sealed, std::string_view purpose) const {
    require_sodium();
    constexpr std::size_t overhead = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES;
    auto raw = base64_decode(sealed);
    if (!raw || raw->size() < overhead) return std::nullopt;
    std::string plain(raw->size() - overhead, '\0');
    unsigned long long length = 0;
    auto nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    auto status = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(plain.data()), &length, nullptr, bytes_of(*raw) + nonce_size, raw->size() - nonce_size,
        bytes_of(purpose), purpose.size(), bytes_of(*raw), bytes_of(key_)
    );
    if (status != 0) return std::nullopt;
    return plain;
}

} // namespace doorstep
