#include <fmt/format.h>

#include <cmath>

#include "core/phrases.hpp"
#include "modules/insights/summaries.hpp"

namespace doorstep::insights {

namespace {

using Words = std::map<std::string, std::string, std::less<>>;

std::string say(std::string_view language, const std::string& key, const Words& words) {
    auto phrase = find_phrase(language, "summary." + key);
    if (!phrase) throw std::logic_error("there is no phrase summary." + key);
    return fill_in(*phrase, words);
}

std::string month_name(std::string_view language, const std::string& date) {
    return say(language, "month." + date.substr(5, 2), {});
}

std::string length_in_words(double seconds) {
    auto minutes = std::llround(seconds / 60);
    if (minutes < 60) return fmt::format("{} min", minutes);
    if (minutes < 48 * 60) return fmt::format("{} h {} min", minutes / 60, minutes % 60);
    return fmt::format("{} d", minutes / (24 * 60));
}

std::string change(std::string_view language, Period period, std::int64_t now, std::int64_t before) {
    auto way = now > before ? "more" : now < before ? "fewer" : "same";
    auto number = std::to_string(std::abs(now - before));
    return say(language, fmt::format("{}.{}", enum_text(period), way), {{"n", number}});
}

} // namespace

std::string span_in_words(std::string_view language, const Span& span) {
    auto month = month_name(language, span.from);
    if (span.period == Period::month) return say(language, "month", {{"month", month}, {"year", span.from.substr(0, 4)}});
    auto day = std::to_string(std::stoi(span.from.substr(8)));
    return say(language, "week", {{"month", month}, {"day", day}});
}

std::string figures_in_words(std::string_view language, Period period, const Figures& figures) {
    struct Line {
        std::string_view key;
        std::int64_t TrendRow::* member;
    };
    constexpr Line lines[] = {
        {"clients_created", &TrendRow::clients_created}, {"clients_closed", &TrendRow::clients_closed},
        {"emails_sent", &TrendRow::emails_sent},         {"emails_opened", &TrendRow::emails_opened},
        {"emails_clicked", &TrendRow::emails_clicked},   {"emails_answered", &TrendRow::emails_answered},
        {"tasks_completed", &TrendRow::tasks_completed},
    };
    std::string text;
    bool quiet = true;
    for (const auto& line : lines) {
        auto now = figures.now.*line.member;
        auto before = figures.before.*line.member;
        if (now != 0) quiet = false;
        if (now == 0 && before == 0) continue;
        text += say(language, std::string(line.key), {}) + ": " + std::to_string(now) + " (" +
                change(language, period, now, before) + ")\n";
    }
    if (figures.answer_seconds) {
        text += say(language, "answer_time", {}) + ": " + length_in_words(*figures.answer_seconds);
        if (figures.answer_seconds_before) {
            auto before = length_in_words(*figures.answer_seconds_before);
            text += " (" + say(language, std::string(enum_text(period)) + ".was", {{"was", before}}) + ")";
        }
        text += "\n";
    }
    if (quiet) text = say(language, std::string(enum_text(period)) + ".quiet", {}) + "\n" + text;
    return text.substr(0, text.size() - 1);
}

} // namespace doorstep::insights
