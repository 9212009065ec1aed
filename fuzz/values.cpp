// The texts that fields are read from: whatever reads as a value is written as a text that reads as the same value.
#include <cstdint>
#include <cstdlib>

#include "core/crypto.hpp"
#include "core/described.hpp"
#include "core/email.hpp"
#include "core/phone.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

namespace {

using namespace doorstep;
using namespace std::chrono_literals;

void require(bool holds) {
    if (!holds) std::abort();
}

/// Reads and writes; the value, if the text is one.
template <class T>
std::optional<T> round_trip(std::string_view text) {
    T value{};
    if (Field<T>::parse(text, value)) return std::nullopt;
    std::string written;
    Field<T>::append(written, value);
    T again{};
    require(!Field<T>::parse(written, again));
    std::string once_more;
    Field<T>::append(once_more, again);
    require(written == once_more && is_utf8(written) && written.find('\0') == std::string::npos);
    return value;
}

void zoned(Time time, const Zone& zone) {
    auto day = start_of_day(time, zone);
    require(day <= time && time - day < 26h);
    auto week = start_of_week(time, zone);
    require(week <= day && day - week < 24h * 8);
    auto open = next_within(time, 8h, 21h, zone);
    require(open >= time && open - time <= 26h);
    require(plus_local_days(time, 1, zone) > time);
    require(!format_for_people(time, zone.value).empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    if (auto email = round_trip<Email>(text)) {
        require(
            email->value.size() <= 254 && !email->key().empty() && email->value.find_first_of("\r\n ") == std::string::npos
        );
        require(Email{email->key()}.key() == email->key());
        static_cast<void>(email->masked());
    }
    if (auto phone = round_trip<Phone>(text)) {
        auto number = phone->e164();
        require(number.empty() || (number.front() == '+' && Phone{number}.e164() == number));
    }
    round_trip<Line<1, 100>>(text);
    round_trip<Text<0, 1000>>(text);
    round_trip<Int<-100, 1000>>(text);
    round_trip<Uuid>(text);
    round_trip<bool>(text);
    round_trip<double>(text);
    round_trip<std::int64_t>(text);
    auto time = round_trip<Time>(text);
    auto zone = round_trip<Zone>(text);
    if (zone) zoned(Time{1'772'960'400s}, *zone);
    if (time && *time > Time{} && *time < Time{4'000'000'000s}) {
        for (const char* name : {"America/New_York", "Pacific/Apia", "Africa/Casablanca", "Australia/Lord_Howe"})
            zoned(*time, {name});
    }
    if (auto bytes = base64_decode(text)) require(base64_decode(base64_encode(*bytes)) == bytes);
    if (auto bytes = base64url_decode(text)) require(base64url_decode(base64url_encode(*bytes)) == bytes);
    return 0;
}
