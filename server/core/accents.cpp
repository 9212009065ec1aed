#include "core/accents.hpp"

namespace doorstep {

namespace {

/// Of U+00C0 to U+017F.
constexpr std::string_view plain =
    "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSs"
    "TtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
static_assert(plain.size() == 0x180 - 0xc0);

} // namespace

std::string without_accents(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto lead = static_cast<unsigned char>(text[i]);
        auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0u;
        bool pair = (next & 0xc0u) == 0x80u;
        if (pair && lead >= 0xc3 && lead <= 0xc5) {
            out += plain[(lead - 0xc3u) * 64 + (next - 0x80u)];
            ++i;
        } else if (pair && (lead == 0xcc || (lead == 0xcd && next < 0xb0u))) {
            ++i; // a mark of its own behind its letter
        } else {
            out += text[i];
        }
    }
    return out;
}

} // namespace doorstep
