#include "core/qr.hpp"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace doorstep {

QrCode draw_qr(std::string_view text) {
    constexpr int margin = 4; // modules, as ISO/IEC 18004 wants it
    std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), &QRcode_free
    );
    if (!code) throw std::logic_error("a QR code could not be drawn");
    QrCode drawn{code->width + 2 * margin, {}};
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            bool is_dark = code->data[y * code->width + x] & 1;
            if (is_dark) drawn.path += "M" + std::to_string(x + margin) + " " + std::to_string(y + margin) + "h1v1h-1z";
        }
    }
    return drawn;
}

} // namespace doorstep
