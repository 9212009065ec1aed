#include "core/id.hpp"

#include <cstring>

#include "core/crypto.hpp"

namespace doorstep {

namespace {

// A thread draws its randomness in blocks: a system call per id would cost more than the rest of it.
void random_bits(std::uint8_t* out, std::size_t size) {
    thread_local std::array<std::uint8_t, 4096> pool;
    thread_local std::size_t used = pool.size();
    if (used + size > pool.size()) {
        fill_random(pool.data(), pool.size());
        used = 0;
    }
    std::memcpy(out, pool.data() + used, size);
    used += size;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

} // namespace

Uuid Uuid::v7(Time now) {
    // RFC 9562 §6.2, method 1: the 12 bits of rand_a count within a millisecond, so ids of one thread never go backwards.
    thread_local std::uint64_t last_millisecond = 0;
    thread_local std::uint32_t counter = 0;
    auto millisecond = static_cast<std::uint64_t>(now.time_since_epoch().count() / 1000);
    if (millisecond == last_millisecond && counter < 0xfff) {
        ++counter;
    } else {
        std::uint8_t seed[2];
        random_bits(seed, sizeof seed);
        counter = static_cast<std::uint32_t>((seed[0] << 8 | seed[1]) & 0x3ff); // room to count on
        last_millisecond = millisecond;
    }
    Uuid id;
    for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(millisecond >> (40 - 8 * i));
    id.bytes[6] = static_cast<std::uint8_t>(0x70 | counter >> 8);
    id.bytes[7] = static_cast<std::uint8_t>(counter);
    random_bits(id.bytes.data() + 8, 8);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Uuid id;
    std::size_t byte = 0;
    for (std::size_t i = 0; i < 36;) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i++] != '-') return std::nullopt;
            continue;
        }
        auto high = hex_value(text[i]);
        auto low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        id.bytes[byte++] = static_cast<std::uint8_t>(high << 4 | low);
        i += 2;
    }
    return id;
}

void Uuid::append_to(std::string& out) const {
    static constexpr char digits[] = "0123456789abcdef";
    std::array<char, 36> text;
    std::size_t at = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text[at++] = '-';
        text[at++] = digits[bytes[i] >> 4];
        text[at++] = digits[bytes[i] & 15];
    }
    out.append(text.data(), text.size());
}

std::string Uuid::text() const {
    std::string out;
    append_to(out);
    return out;
}

} // namespace doorstep

std::size_t std::hash<doorstep::Uuid>::operator()(const doorstep::Uuid& uuid) const noexcept {
    std::uint64_t halves[2];
    std::memcpy(halves, uuid.bytes.data(), 16);
    return static_cast<std::size_t>(halves[0] * 0x9e3779b97f4a7c15ULL ^ halves[1]);
}
