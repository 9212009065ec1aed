#include "core/tar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace doorstep {

namespace {

constexpr std::size_t block = 512;

/// Where each part of a header stands.
void put(std::string& header, std::size_t at, std::string_view text) {
    header.replace(at, text.size(), text);
}

} // namespace

std::string tar_entry(std::string_view name, std::string_view bytes, Time changed) {
    if (name.size() > 99) throw std::logic_error("a name is too long for an archive");
    auto seconds =
        std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::seconds>(changed.time_since_epoch()).count());
    std::string header(block, '\0');
    put(header, 0, name);
    put(header, 100, "0000600");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, fmt::format("{:011o}", bytes.size()));
    put(header, 136, fmt::format("{:011o}", seconds));
    put(header, 148, "        ");
    header[156] = '0';
    put(header, 257,
        std::string_view(
            "ustar\0"
            "00",
            8
        ));
    unsigned sum = 0;
    for (char c : header) sum += static_cast<unsigned char>(c);
    put(header, 148, fmt::format("{:06o}", sum));
    header[154] = '\0';
    header[155] = ' ';
    std::string entry = header;
    entry += bytes;
    entry.append((block - bytes.size() % block) % block, '\0');
    return entry;
}

std::string tar_end() {
    return std::string(2 * block, '\0');
}

} // namespace doorstep
