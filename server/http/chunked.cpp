#include <algorithm>

#include "http/ascii.hpp"
#include "http/gate.hpp"

namespace doorstep::http {

ChunkedBody::State ChunkedBody::feed(std::string_view input, std::string& body, std::size_t& used) {
    used = 0;
    while (used < input.size()) {
        if (expect_ == Expect::data) {
            auto take = std::size_t(std::min<std::uint64_t>(left_, input.size() - used));
            body.append(input.substr(used, take));
            used += take;
            left_ -= take;
            decoded_ += take;
            if (left_ == 0) expect_ = Expect::data_return;
            continue;
        }
        auto state = step(input[used++]);
        if (state != State::more) return state;
        // Sizes, extensions and trailers of an honest sender stay far below this; a flood of them does not.
        if (++overhead_ > 16 * 1024 + decoded_ / 16) return State::malformed;
    }
    return State::more;
}

ChunkedBody::State ChunkedBody::step(char c) {
    auto control = static_cast<unsigned char>(c) < 0x20 && c != '\t';
    switch (expect_) {
    case Expect::size:
        if (int digit = hex_digit(c); digit >= 0) {
            if (++digits_ > 8) return State::malformed;
            left_ = left_ * 16 + std::uint64_t(digit);
            return State::more;
        }
        if (digits_ == 0) return State::malformed;
        if (c == ';') {
            expect_ = Expect::extension;
            return State::more;
        }
        if (c != '\r') return State::malformed;
        expect_ = Expect::size_feed;
        return State::more;
    case Expect::extension:
    case Expect::extension_name:
    case Expect::extension_value:
    case Expect::extension_token:
    case Expect::extension_quoted:
    case Expect::extension_end: return step_extension(c);
    case Expect::size_feed:
        if (c != '\n') return State::malformed;
        if (left_ > limit_ - std::min(limit_, decoded_)) return State::too_large;
        digits_ = 0;
        expect_ = left_ == 0 ? Expect::trailer_start : Expect::data;
        return State::more;
    case Expect::data: return State::malformed;
    case Expect::data_return:
        if (c != '\r') return State::malformed;
        expect_ = Expect::data_feed;
        return State::more;
    case Expect::data_feed:
        if (c != '\n') return State::malformed;
        expect_ = Expect::size;
        return State::more;
    case Expect::trailer_start:
        if (c == '\r') {
            expect_ = Expect::last_feed;
            return State::more;
        }
        if (!is_token(c)) return State::malformed;
        expect_ = Expect::trailer_name;
        return State::more;
    case Expect::trailer_name:
        if (c == ':')
            expect_ = Expect::trailer;
        else if (!is_token(c))
            return State::malformed;
        return State::more;
    case Expect::trailer:
        if (c == '\r')
            expect_ = Expect::trailer_feed;
        else if (control)
            return State::malformed;
        return State::more;
    case Expect::trailer_feed:
        if (c != '\n') return State::malformed;
        expect_ = Expect::trailer_start;
        return State::more;
    case Expect::last_feed: return c == '\n' ? State::done : State::malformed;
    }
    return State::malformed;
}

/// ;name, ;name=token and ;name="text", as often as one likes.
ChunkedBody::State ChunkedBody::step_extension(char c) {
    bool begins = expect_ == Expect::extension || expect_ == Expect::extension_value;
    if (expect_ == Expect::extension_quoted) {
        if (c < 0x20 || c > 0x7e || c == '\\') return State::malformed;
        if (c == '"') expect_ = Expect::extension_end;
    } else if (expect_ == Expect::extension_value && c == '"') {
        expect_ = Expect::extension_quoted;
    } else if (is_token(c) && expect_ != Expect::extension_end) {
        if (begins) expect_ = expect_ == Expect::extension ? Expect::extension_name : Expect::extension_token;
    } else if (begins) {
        return State::malformed;
    } else if (c == '=' && expect_ == Expect::extension_name) {
        expect_ = Expect::extension_value;
    } else if (c == ';') {
        expect_ = Expect::extension;
    } else if (c == '\r') {
        expect_ = Expect::size_feed;
    } else {
        return State::malformed;
    }
    return State::more;
}

} // namespace doorstep::http
