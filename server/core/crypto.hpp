#pragma once

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace doorstep {

void fill_random(void* out, std::size_t size);
/// A token of `bytes` random bytes in base64url: what strangers get to open something.
std::string random_token(std::size_t bytes = 32);

std::string sha256(std::string_view data); ///< 32 raw bytes
std::string sha256_hex(std::string_view data);
std::string sha256_hex(std::istream& data);                           ///< of all that is left, a block at a time
std::string hmac_sha256(std::string_view key, std::string_view data); ///< 32 raw bytes
/// Takes the same time wherever the first difference is.
bool equal_in_constant_time(std::string_view a, std::string_view b);

std::string base64_encode(std::string_view bytes);
std::optional<std::string> base64_decode(std::string_view text); ///< strict; with or without padding
std::string base64url_encode(std::string_view bytes);            ///< without padding
std::optional<std::string> base64url_decode(std::string_view text);

/// Argon2id, 19 MiB, 2 passes (OWASP's floor; some 25 ms), as a PHC string. CPU-heavy: call through the blocking pool.
std::string hash_password(std::string_view password);
bool verify_password(std::string_view hash, std::string_view password);
/// A hash that no password matches, for the time an unknown user must cost too.
const std::string& unmatched_password_hash();

/// Seals secrets at rest (XChaCha20-Poly1305) under the master key; `purpose` binds a sealed text to its column, so that it can't
/// be moved to another.
class Sealer {
public:
    /// `master_key`: 32 raw bytes, or any longer text, which is hashed down.
    explicit Sealer(std::string_view master_key);
    std::string seal(std::string_view plain, std::string_view purpose) const; ///< base64
    /// nullopt if it was not sealed here for this purpose.
    std::optional<std::string> open(std::string_view sealed, std::string_view purpose) const;
    /// A key derived for one use (signing links), 32 raw bytes.
    std::string derive(std::string_view purpose) const;

private:
    std::string key_;
};

/// Verifies ECDSA P-256/SHA-256 (DER signature) over `data`. `public_key` is SPKI: DER in base64 or PEM. False on any doubt.
bool verify_p256(std::string_view public_key, std::string_view signature_der, std::string_view data);

struct P256KeyPair {
    std::string private_key_pem;
    std::string public_key; ///< SPKI DER in base64, as SendGrid shows it
};
P256KeyPair make_p256_key();
std::string sign_p256(std::string_view private_key_pem, std::string_view data); ///< DER

} // namespace doorstep
