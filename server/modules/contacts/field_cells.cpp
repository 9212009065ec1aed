#include "modules/contacts/field_cells.hpp"

#include <fmt/format.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "core/time.hpp"
#include "core/unicode.hpp"

namespace doorstep::contacts {

namespace {

constexpr std::array<std::string_view, 12> english{"january", "february", "march",     "april",   "may",      "june",
                                                   "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 12> spanish{"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                                                   "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};

/// Where the month is written first, by ISO 3166; and of the zones that are no place's.
constexpr std::array<std::string_view, 8> month_first_regions{"US", "CA", "PR", "GU", "VI", "AS", "MP", "001"};

std::string plain(std::string_view text) {
    return to_lower_ascii(without_accents(trim(text)));
}

std::optional<int> integer(std::string_view text) {
    int number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || text.empty() || text[0] == '-') return std::nullopt;
    return number;
}

/// "2026-02-28" of "2026-02-28T10:00:00Z" and "2026-02-28 10:00 AM".
std::string_view without_time(std::string_view text) {
    auto colon = text.find(':');
    if (colon == text.npos) return text;
    auto gap = text.find_last_of(" T", colon);
    return gap == text.npos ? text : trim(text.substr(0, gap));
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        auto end = std::min(text.find_first_of(separators), text.size());
        if (end > 0) parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::optional<int> year_of(std::string_view text) {
    auto year = integer(text);
    if (!year || (text.size() != 4 && text.size() != 2)) return std::nullopt;
    if (text.size() == 4) return year;
    return *year < 69 ? 2000 + *year : 1900 + *year;
}

std::optional<std::string> day(std::optional<int> year, std::optional<int> month, std::optional<int> date) {
    if (!year || !month || !date) return std::nullopt;
    auto text = fmt::format("{:04}-{:02}-{:02}", *year, *month, *date);
    return text.size() == 10 && parse_rfc3339(text + "T00:00:00Z") ? std::optional(text) : std::nullopt;
}

struct Numbers {
    int first = 0;
    int second = 0;
    std::string_view year;
};

/// The numbers of "28/02/2026"; nullopt of anything else.
std::optional<Numbers> numbers_of(std::string_view text) {
    auto parts = split(text, "/-.");
    if (parts.size() != 3 || parts[0].size() > 2) return std::nullopt;
    auto first = integer(trim(parts[0]));
    auto second = integer(trim(parts[1]));
    if (!first || !second) return std::nullopt;
    return Numbers{*first, *second, trim(parts[2])};
}

std::optional<int> month_of(std::string_view word) {
    if (word.size() < 3) return std::nullopt;
    for (auto* names : {&english, &spanish}) {
        auto found = std::ranges::find_if(*names, [word](auto name) { return name.starts_with(word); });
        if (found != names->end()) return int(found - names->begin()) + 1;
    }
    if (word == "sept" || word == "setiembre") return 9;
    return std::nullopt;
}

/// "28" of "28th".
std::string_view without_ordinal(std::string_view word) {
    for (std::string_view ending : {"st", "nd", "rd", "th"})
        if (word.size() > 2 && word.ends_with(ending)) return word.substr(0, word.size() - 2);
    return word;
}

std::optional<std::string> read_words(std::string_view text) {
    auto lower = plain(text);
    std::optional<int> month;
    std::vector<std::string_view> numbers;
    for (auto word : split(lower, " ,./-")) {
        auto number = without_ordinal(word);
        if (integer(number))
            numbers.push_back(number);
        else if (auto named = month_of(word); named && !month)
            month = named;
        else if (word != "de" && word != "del" && word != "of")
            return std::nullopt;
    }
    if (numbers.size() != 2) return std::nullopt;
    return day(year_of(numbers[1]), month, integer(numbers[0]));
}

bool says(std::string_view cell, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, plain(cell)) != words.end();
}

/// With a point before the fraction and nothing between thousands.
std::string plain_number(std::string_view text) {
    auto comma = text.find_last_of(',');
    auto point = text.find_last_of('.');
    bool commas = comma != text.npos;
    bool points = point != text.npos;
    char fraction = '.';
    if (commas && points) {
        fraction = comma > point ? ',' : '.';
    } else if (commas) {
        fraction = text.find(',') == comma && text.size() - comma - 1 != 3 ? ',' : '.';
    } else if (points && text.find('.') != point) {
        fraction = ',';
    }
    std::string out;
    for (char c : text) {
        if (c == fraction)
            out += '.';
        else if (c != ',' && c != '.')
            out += c;
    }
    return out;
}

} // namespace

void DayOrderOf::see(std::string_view cell) {
    auto text = without_time(trim(cell));
    auto numbers = numbers_of(text);
    // Between points the day is first wherever people write so, which says nothing of the rest.
    if (!numbers || text.find('.') != text.npos) return;
    day_first_ = day_first_ || numbers->first > 12;
    month_first_ = month_first_ || (numbers->first <= 12 && numbers->second > 12);
}

DayOrder DayOrderOf::or_else(DayOrder by_default) const {
    if (day_first_ && month_first_) return DayOrder::unclear;
    if (day_first_) return DayOrder::day_first;
    return month_first_ ? DayOrder::month_first : by_default;
}

DayOrder day_order_in(std::string_view zone) {
    std::array<char, 8> region{};
    UErrorCode status = U_ZERO_ERROR;
    auto id = icu::UnicodeString::fromUTF8(icu::StringPiece(zone.data(), std::int32_t(zone.size())));
    auto size = icu::TimeZone::getRegion(id, region.data(), std::int32_t(region.size()), status);
    std::string_view found(region.data(), U_SUCCESS(status) ? std::size_t(size) : 0);
    bool month_first = std::ranges::find(month_first_regions, found) != month_first_regions.end();
    return month_first ? DayOrder::month_first : DayOrder::day_first;
}

std::optional<std::string> read_day(std::string_view cell, DayOrder order) {
    auto text = without_time(trim(cell));
    auto numbers = numbers_of(text);
    if (!numbers) {
        auto parts = split(text, "/-.");
        bool year_first = parts.size() == 3 && parts[0].size() == 4 && integer(parts[0]);
        return year_first ? day(integer(parts[0]), integer(parts[1]), integer(parts[2])) : read_words(text);
    }
    auto year = year_of(numbers->year);
    bool points = text.find('.') != text.npos;
    bool clear = numbers->first > 12 || numbers->second > 12 || numbers->first == numbers->second;
    if (order == DayOrder::unclear && !clear && !points) return std::nullopt;
    bool day_first = numbers->first > 12 || (numbers->second <= 12 && (points || order == DayOrder::day_first));
    return day_first ? day(year, numbers->second, numbers->first) : day(year, numbers->first, numbers->second);
}

std::optional<double> read_number(std::string_view cell) {
    std::string text;
    for (char c : without_accents(cell))
        if (c != '$' && c != ' ') text += c;
    for (std::string_view sign : {"€", "£", "\u00a0", "\u202f"})
        for (auto at = text.find(sign); at != text.npos; at = text.find(sign)) text.erase(at, sign.size());
    // The power of ten stands in the text: so 1.15M is exactly 1150000.
    std::string_view power;
    if (text.ends_with('k') || text.ends_with('K')) power = "e3";
    if (text.ends_with('m') || text.ends_with('M')) power = "e6";
    if (!power.empty()) text.pop_back();
    double number = 0;
    if (Field<double>::parse(plain_number(text) + std::string(power), number)) return std::nullopt;
    return number;
}

std::optional<bool> read_boolean(std::string_view cell) {
    if (says(cell, {"true", "yes", "y", "1", "x", "si", "verdadero"})) return true;
    if (says(cell, {"false", "no", "n", "0", "falso"})) return false;
    return std::nullopt;
}

std::optional<bool> read_opt_out(std::string_view cell) {
    if (says(cell, {"unsubscribed", "unsubscribe", "opted out", "opted-out", "opt out", "opt-out", "baja"})) return true;
    if (says(cell, {"subscribed", "opted in", "opted-in", "opt in", "opt-in"})) return false;
    return read_boolean(cell);
}

std::optional<Json> field_value(const CustomField& field, std::string_view cell, DayOrder order) {
    std::optional<std::string> text(cell);
    switch (field.type) {
    case FieldType::boolean: {
        auto value = read_boolean(cell);
        return value ? std::optional(Json{*value ? "true" : "false"}) : std::nullopt;
    }
    case FieldType::number: {
        auto number = read_number(cell);
        if (!number) return std::nullopt;
        std::string json;
        Field<double>::append(json, *number);
        return Json{json};
    }
    case FieldType::date: text = read_day(cell, order); break;
    case FieldType::choice: {
        auto own = std::ranges::find(field.choices, plain(cell), plain);
        text = own == field.choices.end() ? std::nullopt : std::optional(*own);
        break;
    }
    case FieldType::text:
    case FieldType::url: break;
    }
    if (!text) return std::nullopt;
    Json json{json_quote(*text)};
    auto document = JsonDocument::try_parse(json.text);
    if (!document || field_fault(field, document->root())) return std::nullopt;
    return json;
}

std::string_view field_wants(FieldType type, DayOrder order) {
    switch (type) {
    case FieldType::boolean: return "must be yes or no";
    case FieldType::number: return "must be a number such as 450000, 450,000 or 450k";
    case FieldType::choice: return "must be one of the field's choices";
    case FieldType::url: return "must be a web address with http(s)://";
    case FieldType::text: return "must be at most 1,000 characters";
    case FieldType::date: break;
    }
    if (order == DayOrder::unclear)
        return "must be a date such as 2026-03-04: the column has days before months and months before days";
    return "must be a date such as 2026-03-04 or 03/04/2026";
}

} // namespace doorstep::contacts
