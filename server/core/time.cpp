#include "core/time.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include "core/text.hpp"

namespace doorstep {

namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;
using std::chrono::minutes;

using LocalTime = date::local_time<microseconds>;

Time from_date(date::sys_time<microseconds> time) {
    return Time{time.time_since_epoch()};
}

date::sys_time<microseconds> to_date(Time time) {
    return date::sys_time<microseconds>{time.time_since_epoch()};
}

const date::time_zone* find_zone(std::string_view name) {
    try {
        return date::locate_zone(name);
    } catch (const std::exception&) {
        return nullptr;
    }
}

const date::time_zone& require_zone(const Zone& zone) {
    thread_local std::string last_name;
    thread_local const date::time_zone* last = nullptr;
    if (!last || last_name != zone.value) {
        last = date::locate_zone(zone.value);
        last_name = zone.value;
    }
    return *last;
}

Time to_instant(LocalTime local, const date::time_zone& zone) {
    auto info = zone.get_info(local);
    // In a gap there is no such local time: its end is the same instant from both sides.
    if (info.result == date::local_info::nonexistent) return from_date(date::floor<microseconds>(info.second.begin));
    return from_date(date::sys_time<microseconds>(local.time_since_epoch() - info.first.offset));
}

/// Reads exactly `count` digits at `at`.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return std::nullopt;
    int value = 0;
    for (auto c : text.substr(at, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

bool has(std::string_view text, std::size_t at, char c) {
    return at < text.size() && text[at] == c;
}

/// Date and time of day up to the fraction; leaves `at` behind it. `separator` is checked by the caller.
std::optional<Time> parse_civil(std::string_view text, std::size_t& at) {
    auto year = digits(text, 0, 4);
    auto month = digits(text, 5, 2);
    auto day = digits(text, 8, 2);
    auto hour = digits(text, 11, 2);
    auto minute = digits(text, 14, 2);
    auto second = digits(text, 17, 2);
    bool shaped = has(text, 4, '-') && has(text, 7, '-') && has(text, 13, ':') && has(text, 16, ':');
    if (!shaped || !year || !month || !day || !hour || !minute || !second) return std::nullopt;
    if (*year == 0 || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    auto ymd = date::year{*year} / *month / *day;
    if (!ymd.ok()) return std::nullopt;
    at = 19;
    std::int64_t micros = 0;
    if (has(text, at, '.')) {
        std::int64_t scale = 100'000;
        auto start = ++at;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
            micros += (text[at] - '0') * scale;
            scale /= 10;
        }
        if (at == start) return std::nullopt;
    }
    // A leap second has no instant of its own here; it is the next second's first.
    auto time = date::sys_days{ymd} + std::chrono::hours{*hour} + minutes{*minute} + std::chrono::seconds{*second} +
                microseconds{micros};
    return from_date(std::chrono::time_point_cast<microseconds>(time));
}

} // namespace

std::optional<Time> parse_rfc3339(std::string_view text) {
    std::size_t at = 0;
    if (!(has(text, 10, 'T') || has(text, 10, 't') || has(text, 10, ' '))) return std::nullopt;
    auto time = parse_civil(text, at);
    if (!time) return std::nullopt;
    auto rest = text.substr(at);
    if (rest == "Z" || rest == "z") return time;
    auto hours = digits(rest, 1, 2);
    auto mins = digits(rest, 4, 2);
    bool shaped = rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':';
    if (!shaped || !hours || !mins || *hours > 23 || *mins > 59) return std::nullopt;
    auto offset = std::chrono::hours{*hours} + minutes{*mins};
    return rest[0] == '+' ? *time - offset : *time + offset;
}

std::string format_rfc3339(Time time) {
    std::string out;
    detail::append_time(out, time);
    return out;
}

std::string format_http_date(Time time) {
    return date::format("%a, %d %b %Y %T GMT", date::floor<std::chrono::seconds>(to_date(time)));
}

std::string format_mail_date(Time time) {
    return date::format("%a, %d %b %Y %T +0000", date::floor<std::chrono::seconds>(to_date(time)));
}

namespace {

constexpr const char* spanish_days[] = {"dom", "lun", "mar", "mié", "jue", "vie", "sáb"};
constexpr const char* spanish_months[] = {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"};

/// A time as the clocks and calendars of a place show it.
struct Reading {
    date::local_days day;
    date::year_month_day ymd;
    std::int64_t hour;
    std::int64_t minute;
    std::string abbreviation;

    std::string spanish_month() const { return spanish_months[unsigned(ymd.month()) - 1]; }
    std::string spanish_clock() const { return fmt::format("{}:{:02} {}", hour, minute, abbreviation); }
    std::string english_clock() const {
        return fmt::format("{}:{:02} {} {}", hour % 12 == 0 ? 12 : hour % 12, minute, hour < 12 ? "AM" : "PM", abbreviation);
    }
};

Reading read_clock(Time time, std::string_view zone) {
    auto zoned = date::make_zoned(&require_zone(Zone{std::string(zone)}), date::floor<minutes>(to_date(time)));
    auto local = zoned.get_local_time();
    auto day = date::floor<date::days>(local);
    auto minute_of_day = std::chrono::duration_cast<minutes>(local - day).count();
    return {day, date::year_month_day{day}, minute_of_day / 60, minute_of_day % 60, zoned.get_info().abbrev};
}

} // namespace

std::string format_for_people(Time time, std::string_view zone, std::string_view language) {
    auto read = read_clock(time, zone);
    auto day = unsigned(read.ymd.day());
    if (language == "es") {
        auto weekday = spanish_days[date::weekday{read.day}.c_encoding()];
        return fmt::format("{}, {} {}, {}", weekday, day, read.spanish_month(), read.spanish_clock());
    }
    return fmt::format("{} {}, {}", date::format("%a, %b", read.day), day, read.english_clock());
}

std::string format_with_year(Time time, std::string_view zone, std::string_view language) {
    auto read = read_clock(time, zone);
    auto day = unsigned(read.ymd.day());
    auto year = int(read.ymd.year());
    if (language == "es") return fmt::format("{} {} {}, {}", day, read.spanish_month(), year, read.spanish_clock());
    return fmt::format("{} {}, {}, {}", date::format("%b", read.day), day, year, read.english_clock());
}

std::optional<Fault> Field<Zone>::parse(std::string_view text, Zone& out) {
    if (text.empty() || !find_zone(text)) {
        return Fault{"invalid", "must be an IANA time zone such as America/New_York"};
    }
    out.value = text;
    return std::nullopt;
}

Time start_of_day(Time time, const Zone& zone) {
    auto& tz = require_zone(zone);
    return to_instant(date::floor<date::days>(tz.to_local(to_date(time))), tz);
}

Time start_of_week(Time time, const Zone& zone) {
    auto& tz = require_zone(zone);
    auto day = date::floor<date::days>(tz.to_local(to_date(time)));
    return to_instant(day - (date::weekday{day} - date::Monday), tz);
}

std::string local_date(Time time, const Zone& zone) {
    return date::format("%F", date::floor<date::days>(require_zone(zone).to_local(to_date(time))));
}

Time plus_local_days(Time time, int days, const Zone& zone) {
    auto& tz = require_zone(zone);
    return to_instant(tz.to_local(to_date(time)) + date::days{days}, tz);
}

Time next_within(Time time, minutes from, minutes until, const Zone& zone) {
    auto& tz = require_zone(zone);
    auto local = tz.to_local(to_date(time));
    auto day = date::floor<date::days>(local);
    auto of_day = local - day;
    if (of_day >= from && of_day < until) return time;
    if (of_day >= until) day += date::days{1};
    return to_instant(LocalTime(day + from), tz);
}

namespace detail {

std::optional<Fault> parse_time(std::string_view text, Time& out) {
    auto time = parse_rfc3339(text);
    if (!time) return Fault{"invalid", "must be a date and time with an offset, such as 2026-03-01T09:00:00Z"};
    out = *time;
    return std::nullopt;
}

void append_time(std::string& out, Time value) {
    auto day = date::floor<date::days>(to_date(value));
    date::year_month_day ymd{day};
    date::hh_mm_ss<microseconds> tod{to_date(value) - day};
    // By hand: a list holds three of them a row, and format strings would cost more than the rest of the row.
    char text[] = "0000-00-00T00:00:00.000000";
    auto put = [&text](std::size_t at, std::size_t digits, std::int64_t number) {
        for (; digits > 0; number /= 10) text[at + --digits] = char('0' + number % 10);
    };
    put(0, 4, int(ymd.year()));
    put(5, 2, unsigned(ymd.month()));
    put(8, 2, unsigned(ymd.day()));
    put(11, 2, tod.hours().count());
    put(14, 2, tod.minutes().count());
    put(17, 2, tod.seconds().count());
    auto micros = tod.subseconds().count();
    put(20, 6, micros);
    out.append(text, micros ? 26 : 19);
    out += 'Z';
}

Time time_from_sql(std::string_view text) {
    // PostgreSQL with TimeZone=UTC and DateStyle=ISO: "2026-11-21 01:18:00.123456+00".
    std::size_t at = 0;
    auto time = parse_civil(text, at);
    if (!time || text.substr(at) != "+00") throw std::logic_error("not a timestamptz in UTC: " + std::string(text));
    return *time;
}

} // namespace detail

} // namespace doorstep
