#include "core/phone.hpp"

#include <phonenumbers/phonenumberutil.h>

#include "core/text.hpp"

namespace doorstep {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr auto unknown_country_is = "US";

} // namespace

std::optional<Fault> Field<Phone>::parse(std::string_view text, Phone& out) {
    text = trim(text);
    if (text.empty()) return Fault{"required", "may not be blank"};
    if (utf8_length(text) > 20) return Fault{"too_long", "must have at most 20 characters"};
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
