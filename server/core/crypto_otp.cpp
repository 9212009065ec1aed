#include "core/crypto_otp.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

namespace doorstep {
namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const EVP_MD* digest_of(OtpHash hash) {
    switch (hash) {
    case OtpHash::sha1: return EVP_sha1();
    case OtpHash::sha256: return EVP_sha256();
    case OtpHash::sha512: return EVP_sha512();
    }
    throw std::logic_error("an unknown hash");
}

} // namespace

std::string one_time_code(std::string_view key, std::uint64_t counter, int digits, OtpHash hash) {
    std::array<unsigned char, 8> message{};
    for (int i = 7; i >= 0; --i, counter >>= 8) message[std::size_t(i)] = static_cast<unsigned char>(counter & 0xff);
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned int size = 0;
    if (!HMAC(digest_of(hash), key.data(), int(key.size()), message.data(), message.size(), mac.data(), &size))
        throw std::runtime_error("HMAC failed");
    std::size_t at = mac[size - 1] & 0x0f;
    std::uint32_t number = (std::uint32_t(mac[at] & 0x7f) << 24) | (std::uint32_t(mac[at + 1]) << 16) |
                           (std::uint32_t(mac[at + 2]) << 8) | mac[at + 3];
    std::uint64_t modulus = 1;
    for (int i = 0; i < digits; ++i) modulus *= 10;
    auto code = std::to_string(number % modulus);
    return std::string(std::size_t(digits) - code.size(), '0') + code;
}

std::string base32_encode(std::string_view bytes) {
    std::string out;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (unsigned char byte : bytes) {
        buffer = (buffer << 8) | byte;
        for (bits += 8; bits >= 5; bits -= 5) out += letters[(buffer >> (bits - 5)) & 31];
    }
    if (bits > 0) out += letters[(buffer << (5 - bits)) & 31];
    return out;
}

std::optional<std::string> base32_decode(std::string_view text) {
    std::string out;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (char c : text) {
        if (c == ' ' || c == '-' || c == '=') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        auto value = letters.find(c);
        if (value == letters.npos) return std::nullopt;
        buffer = (buffer << 5) | static_cast<std::uint32_t>(value);
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        out += static_cast<char>((buffer >> bits) & 0xff);
    }
    return out;
}

} // namespace doorstep
