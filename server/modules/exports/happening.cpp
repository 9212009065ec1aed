#include "modules/exports/happening.hpp"

#include <algorithm>
#include <optional>

#include "core/phrases.hpp"

namespace doorstep::exports {

namespace {

using Values = std::map<std::string, std::string, std::less<>>;

std::string humanise(std::string_view value) {
    std::string text(value);
    if (text.find(' ') == text.npos) std::ranges::replace_if(text, [](char c) { return c == '_' || c == '-'; }, ' ');
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = char(text[0] - 'a' + 'A');
    return text;
}

std::string text_of(JsonView data, std::string_view name) {
    if (data.kind() != JsonView::Kind::object) return "";
    auto value = data.find(name);
    return value && value->kind() == JsonView::Kind::string ? std::string(value->string()) : "";
}

/// The first of these members that says something.
std::string first_of(JsonView data, std::initializer_list<std::string_view> names) {
    for (auto name : names) {
        if (auto text = text_of(data, name); !text.empty()) return text;
    }
    return "";
}

bool is_true(JsonView data, std::string_view name) {
    if (data.kind() != JsonView::Kind::object) return false;
    auto value = data.find(name);
    return value && value->text() == "true";
}

std::string fields_of(JsonView data, const Words& words) {
    auto fields = data.kind() == JsonView::Kind::object ? data.find("fields") : std::nullopt;
    std::string text;
    if (!fields || fields->kind() != JsonView::Kind::array) return text;
    for (std::size_t i = 0; i < fields->size(); ++i) {
        auto field = fields->at(i);
        if (field.kind() != JsonView::Kind::string) continue;
        text += (text.empty() ? "" : ", ") + words.label("field", field.string());
    }
    return text;
}

std::string title_of(const std::string& kind, JsonView data, const Words& words) {
    auto occasion = text_of(data, "followup_type");
    auto either = [](std::string text, std::string other) { return text.empty() ? other : text; };
    auto stage = first_of(data, {"to", "stage"});
    auto from = text_of(data, "from");
    Values values{
        {"stage", stage.empty() ? "" : words.label("stage", stage)},
        {"from", from.empty() ? "" : words.label("stage", from)},
        {"task", occasion.empty() ? words("client_summary.task") : words.label("followup", occasion)},
        {"plan", either(text_of(data, "plan"), words("client_summary.plan"))},
        {"name", text_of(data, "name")},
        {"subject", either(text_of(data, "subject"), words("client_summary.an_email"))},
        {"fields", fields_of(data, words)},
    };
    std::string variant = is_true(data, "machine")                        ? "event_machine."
                          : kind.starts_with("task_") && occasion.empty() ? "event_bare."
                                                                          : "event.";
    auto phrase = find_phrase(words.language(), variant + kind);
    if (!phrase) phrase = find_phrase(words.language(), "event." + kind);
    return phrase ? fill_in(*phrase, values) : humanise(kind);
}

std::string actor_of(const events::ActorView& actor, const Words& words) {
    if (actor.kind == "user" && !actor.name.empty()) return actor.name;
    return fill_in(words.label("actor", actor.kind), {{"name", actor.name}});
}

} // namespace

std::string Words::operator()(std::string_view key) const {
    return find_phrase(language_, key).value();
}

std::string Words::label(std::string_view group, std::string_view value) const {
    auto phrase = find_phrase(language_, std::string(group) + "." + std::string(value));
    return phrase ? *phrase : humanise(value);
}

std::string Words::reason(const std::string& reason) const {
    constexpr std::string_view another_plan = "another plan has begun: ";
    constexpr std::string_view rejected = "rejected: ";
    if (reason.starts_with(another_plan))
        return fill_in((*this)("reason_with.another_plan"), {{"plan", reason.substr(another_plan.size())}});
    if (reason.starts_with(rejected))
        return fill_in((*this)("reason_with.rejected"), {{"reason", reason.substr(rejected.size())}});
    if (auto whole = find_phrase(language_, "reason." + reason)) return *whole;
    std::string_view bare = reason;
    for (std::string_view opening : {"Held: ", "Not sent: "}) {
        if (bare.starts_with(opening) && bare.ends_with('.'))
            bare = bare.substr(opening.size(), bare.size() - opening.size() - 1);
    }
    return label("reason", bare);
}

Happening tell(const events::TimelineItem& item, const Words& words) {
    auto document = JsonDocument::parse(item.data.text);
    auto data = document.root();
    auto reason = first_of(data, {"reason", "error"});
    auto detail = reason.empty() ? first_of(data, {"url", "snippet", "notes", "excerpt"}) : words.reason(reason);
    return {title_of(item.kind, data, words), std::move(detail), actor_of(item.actor, words)};
}

} // namespace doorstep::exports
