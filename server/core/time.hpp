#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/field.hpp"

namespace doorstep {

/// RFC 3339 with an offset; nullopt if it is anything else, names no real date, or lies outside the years 1 to 9999.
std::optional<Time> parse_rfc3339(std::string_view text);
/// UTC with Z; fractions of a second only where there are some.
std::string format_rfc3339(Time time);
/// RFC 9110's HTTP date and RFC 5322's mail date, both in UTC.
std::string format_http_date(Time time);
std::string format_mail_date(Time time);
/// "Tue, Mar 3, 8:00 AM EST", for people; in Spanish "mar, 3 mar, 8:00 EST".
std::string format_for_people(Time time, std::string_view zone, std::string_view language = "en");
/// "Mar 3, 2026, 8:00 AM EST"; in Spanish "3 mar 2026, 8:00 EST".
std::string format_with_year(Time time, std::string_view zone, std::string_view language = "en");

/// An IANA time zone that this machine knows.
struct Zone {
    std::string value = "America/New_York";

    operator const std::string&() const { return value; }
    bool operator==(const Zone&) const = default;
};

template <>
struct Field<Zone> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, Zone& out);
    static std::string_view view(const Zone& value) { return value.value; }
    static std::string schema() { return R"({"type":"string","examples":["America/New_York"]})"; }
    static Zone from_sql(std::string_view text) { return {std::string(text)}; }
};

/// The instant at which the local day, or the local week (from Monday), that holds `time` begins.
Time start_of_day(Time time, const Zone& zone);
Time start_of_week(Time time, const Zone& zone);
/// The local date, "2026-11-21".
std::string local_date(Time time, const Zone& zone);
/// The same local time of day `days` later. A time of day that the day lacks (spring forward) becomes the first instant after
/// the gap, one that it has twice the earlier of both.
Time plus_local_days(Time time, int days, const Zone& zone);
/// The first instant at or after `time` whose local time of day lies in [from, until).
Time next_within(Time time, std::chrono::minutes from, std::chrono::minutes until, const Zone& zone);

} // namespace doorstep
