#pragma once

#include <string>
#include <string_view>

namespace doorstep {

// Signatures of JSON Web Tokens (RFC 7518), with keys as JSON Web Keys hold them: raw numbers, big-endian. False on any doubt.

/// RSASSA-PKCS1-v1_5 with SHA-256. The modulus must have 2,048 to 8,192 bits.
bool verify_rs256(std::string_view modulus, std::string_view exponent, std::string_view signature, std::string_view data);
/// ECDSA on P-256 with SHA-256; the signature is r and s, 64 bytes.
bool verify_es256(std::string_view x, std::string_view y, std::string_view signature, std::string_view data);

/// For those who sign: the sandbox and tests.
struct RsaKeyPair {
    std::string private_key_pem;
    std::string modulus;
    std::string exponent;
};
RsaKeyPair make_rsa_key();
/// Of an RSA private key.
std::string sign_rs256(std::string_view private_key_pem, std::string_view data);

struct EcKeyPair {
    std::string private_key_pem;
    std::string x;
    std::string y;
};
EcKeyPair make_ec_key();
std::string sign_es256(std::string_view private_key_pem, std::string_view data);

} // namespace doorstep
