#include "core/json.hpp"
#include "core/text.hpp"
#include "modules/ai/ai.hpp"

namespace doorstep::ai {

namespace {

constexpr std::size_t longest_subject = 200;
constexpr std::size_t longest_body = 10'000;

/// Models like to wrap their JSON in a code fence, with or without the language's name.
std::string_view without_fence(std::string_view text) {
    text = trim(text);
    if (!text.starts_with("```")) return text;
    auto line_end = text.find('\n');
    if (line_end == text.npos) return text;
    text.remove_prefix(line_end + 1);
    auto end = text.rfind("```");
    return trim(end == text.npos ? text : text.substr(0, end));
}

std::string one_line(std::string_view text) {
    std::string out;
    for (auto c : trim(text)) {
        bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    return std::string(trim(utf8_prefix(out, longest_subject)));
}

std::optional<Draft> make_draft(std::string_view subject, std::string_view body) {
    Draft draft{one_line(subject), std::string(trim(utf8_prefix(trim(body), longest_body))), Source::ai};
    // The text types' own rules (UTF-8, control characters) hold for a model's words too.
    Line<1, longest_subject> good_subject;
    Text<1, longest_body> good_body;
    if (Field<Line<1, longest_subject>>::parse(draft.subject, good_subject)) return std::nullopt;
    if (Field<Text<1, longest_body>>::parse(draft.text, good_body)) return std::nullopt;
    return draft;
}

std::optional<Draft> read_json_answer(std::string_view text) {
    auto document = JsonDocument::try_parse(text);
    if (!document) return std::nullopt;
    auto subject = document->root().find("subject");
    auto body = document->root().find("body");
    bool texts = subject && body && subject->kind() == JsonView::Kind::string && body->kind() == JsonView::Kind::string;
    if (!texts) return std::nullopt;
    return make_draft(subject->string(), body->string());
}

std::optional<Draft> read_text_answer(std::string_view text) {
    // JSON that is no answer of ours is no letter either.
    if (text.starts_with('{') || text.starts_with('[')) return std::nullopt;
    auto line_end = text.find('\n');
    if (line_end == text.npos) return std::nullopt;
    auto first = trim(text.substr(0, line_end));
    if (to_lower_ascii(first.substr(0, 8)) == "subject:") {
        first.remove_prefix(8);
    } else if (utf8_length(first) >= 100) {
        return std::nullopt;
    }
    auto body = trim(text.substr(line_end + 1));
    if (to_lower_ascii(body.substr(0, 5)) == "body:") body.remove_prefix(5);
    return make_draft(first, body);
}

} // namespace

std::optional<Draft> read_answer(std::string_view answer) {
    if (!is_utf8(answer)) return std::nullopt;
    auto text = without_fence(answer);
    auto draft = read_json_answer(text);
    return draft ? draft : read_text_answer(text);
}

} // namespace doorstep::ai
