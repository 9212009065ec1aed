#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/described.hpp"

namespace doorstep {

/// A QR code as the path of an SVG: its dark modules, in a view box of `size` by `size` with the quiet margin around.
struct QrCode {
    std::int64_t size = 0;
    std::string path;
    BOOST_DESCRIBE_CLASS(QrCode, (), (size, path), (), ())
};

/// Throws std::logic_error for a text that no code can hold (some 2,300 bytes).
QrCode draw_qr(std::string_view text);

} // namespace doorstep
