#pragma once

#include <string_view>

namespace doorstep {

/// Whether it is a public key that verify_p256() can verify with.
bool is_p256_key(std::string_view public_key);

} // namespace doorstep
