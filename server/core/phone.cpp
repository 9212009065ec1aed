#include "core/phone.hpp"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>

#include "core/text.hpp"

namespace doorstep {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr auto unknown_country_is = "US";

/// "2.12777E+09": what a spreadsheet makes of a number in a narrow column. Its last digits are lost.
bool is_rounded(std::string_view text) {
    auto power = text.find_first_of("eE");
    if (power == text.npos || power == 0) return false;
    auto exponent = text.substr(power + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    auto digits = [](std::string_view part, std::string_view also) {
        return !part.empty() &&
               std::ranges::all_of(part, [also](char c) { return (c >= '0' && c <= '9') || also.find(c) != also.npos; });
    };
    return digits(text.substr(0, power), ".,") && digits(exponent, "");
}

} // namespace

std::optional<Fault> Field<Phone>::parse(std::string_view text, Phone& out) {
    text = trim(text);
    if (text.empty()) return Fault{"required", "may not be blank"};
    if (utf8_length(text) > 20) return Fault{"too_long", "must have at most 20 characters"};
    if (is_rounded(text))
        return Fault{
            "invalid", "is a number that a spreadsheet has shortened: make the column text there and enter every digit"
        };
    std::size_t digits = 0;
    for (auto c : text) {
        if (c >= '0' && c <= '9') {
            ++digits;
        } else if (std::string_view("+().-/ #*,xXetET").find(c) == std::string_view::npos) {
            return Fault{"invalid", "must be a phone number such as (212) 555-0100 or +1 212 555 0100"};
        }
    }
    if (digits < 3) return Fault{"invalid", "must be a phone number such as (212) 555-0100 or +1 212 555 0100"};
    out.value = text;
    return std::nullopt;
}

std::string Phone::e164() const {
    auto& util = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    if (util.Parse(value, unknown_country_is, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return {};
    // "Possible, locally" (no area code) is not enough: it could be anybody's.
    if (util.IsPossibleNumberWithReason(number) != PhoneNumberUtil::IS_POSSIBLE) return {};
    std::string out;
    util.Format(number, PhoneNumberUtil::E164, &out);
    return out;
}

} // namespace doorstep
