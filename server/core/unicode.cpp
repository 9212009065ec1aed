#include "core/unicode.hpp"

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace doorstep {

namespace {

std::unique_ptr<icu::Transliterator> make_plain() {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
        "NFD; [:Nonspacing Mark:] Remove; NFC; [:Latin:] Latin-ASCII", UTRANS_FORWARD, status
    ));
    if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU: ") + u_errorName(status));
    return made;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

} // namespace

std::string without_accents(std::string_view utf8) {
    if (is_ascii(utf8)) return std::string(utf8);
    thread_local const auto plain = make_plain();
    auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), std::int32_t(utf8.size())));
    plain->transliterate(text);
    std::string out;
    text.toUTF8String(out);
    return out;
}

bool is_unseen(std::uint32_t code_point) {
    constexpr std::uint32_t blank_braille = 0x2800;
    return code_point == blank_braille || u_hasBinaryProperty(UChar32(code_point), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

std::string utf8_of(std::string_view bytes, const char* charset) {
    icu::UnicodeString text(bytes.data(), std::int32_t(bytes.size()), charset);
    // Where a set of single bytes has nothing, ICU keeps the byte, which is a control character then.
    for (std::int32_t i = 0; i < text.length(); ++i)
        if (text[i] >= 0x80 && text[i] < 0xa0) text.setCharAt(i, 0xfffd);
    std::string out;
    text.toUTF8String(out);
    return out;
}

} // namespace doorstep
