#include "sandbox/letter.hpp"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "core/text.hpp"

namespace doorstep::sandbox {
namespace {

std::string fact_name(std::string_view label) {
    std::string name;
    for (char c : to_lower_ascii(trim(label))) {
        if (c == '\'') continue; // "Client's name"
        auto part_of_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (part_of_word)
            name += c;
        else if (!name.empty() && name.back() != '_')
            name += '_';
    }
    while (name.ends_with('_')) name.pop_back();
    return name;
}

void read_object(JsonView object, Facts& facts) {
    object.each_member([&](std::string_view name, JsonView value) {
        if (value.kind() == JsonView::Kind::object) read_object(value, facts);
        if (value.kind() != JsonView::Kind::string || trim(value.string()).empty()) return;
        facts.emplace(fact_name(name), trim(value.string()));
    });
}

void read_line(std::string_view line, Facts& facts) {
    auto colon = line.find(':');
    if (colon == line.npos || colon > 40) return;
    auto label = line.substr(0, colon);
    while (!label.empty() && (label[0] == '-' || label[0] == '*' || label[0] == ' ')) label.remove_prefix(1);
    auto value = trim(line.substr(colon + 1));
    auto name = fact_name(label);
    if (!name.empty() && !value.empty()) facts.emplace(std::move(name), value);
}

/// The first of these facts that is known.
std::string first_of(const Facts& facts, std::initializer_list<std::string_view> names) {
    for (auto name : names) {
        auto found = facts.find(std::string(name));
        if (found != facts.end()) return found->second;
    }
    return {};
}

std::string lower(std::string_view text) {
    return to_lower_ascii(text);
}

bool mentions(const std::string& text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != text.npos; });
}

/// How long ago the first contact was decides what there is to say.
struct Moment {
    std::string subject;
    std::string opening;
    std::string offer;
};

Moment moment_of(const std::string& occasion, const std::string& home) {
    auto when = lower(occasion);
    if (mentions(when, {"day 1"})) {
        return {
            "Good to meet you", "Thank you for getting in touch about " + home + ". I enjoyed hearing what matters to you.",
            "I have set aside some time this week to walk you through the next steps. Would a short call suit you?"
        };
    }
    if (mentions(when, {"day 3"})) {
        return {
            "A few thoughts on " + home, "I have been thinking about what you told me about " + home + ".",
            "I put together a few notes on the neighborhood that may help you decide. Shall I send them over?"
        };
    }
    if (mentions(when, {"week 1"})) {
        return {
            "How is your search going?",
            "A week has passed since we first talked about " + home + ", and I wanted to see how you are getting on.",
            "If your plans have changed, tell me, and I will adjust what I look out for."
        };
    }
    if (mentions(when, {"week 2"})) {
        return {
            "What has changed around " + home, "Things have moved a little around " + home + " in the last two weeks.",
            "I am happy to go through what is new with you, whenever it suits you."
        };
    }
    if (mentions(when, {"month"})) {
        return {
            "Still thinking of you and " + home, "It has been a while since we talked about " + home + ".",
            "There is no hurry at all. When the time is right for you, I am here to help."
        };
    }
    return {
        "About " + home, "I wanted to get back to you about " + home + ".",
        "Let me know what would help you most, and I will take care of it."
    };
}

std::string limited(std::string text, JsonView schema) {
    auto limit = schema.find("maxLength");
    if (!limit || limit->kind() != JsonView::Kind::integer) return text;
    return std::string(utf8_prefix(text, std::size_t(limit->integer())));
}

std::string as_html(const std::string& body) {
    std::string html = "<p>";
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (body.compare(i, 2, "\n\n") == 0) {
            html += "</p><p>";
            ++i;
        } else if (body[i] == '&') {
            html += "&amp;";
        } else if (body[i] == '<') {
            html += "&lt;";
        } else {
            html += body[i];
        }
    }
    return html + "</p>";
}

std::string text_for(std::string_view name, const Letter& letter) {
    auto key = lower(name);
    if (mentions(key, {"subject", "title"})) return letter.subject;
    if (mentions(key, {"html"})) return as_html(letter.body);
    if (mentions(key, {"preview", "summary"})) return letter.body.substr(0, letter.body.find('.') + 1);
    return letter.body;
}

void fill(JsonWriter& json, JsonView schema, std::string_view name, const Letter& letter);

void fill_object(JsonWriter& json, JsonView schema, const Letter& letter) {
    json.begin_object();
    if (auto properties = schema.find("properties"); properties && properties->kind() == JsonView::Kind::object) {
        properties->each_member([&](std::string_view name, JsonView property) {
            json.key(name);
            fill(json, property, name, letter);
        });
    }
    json.end_object();
}

void fill(JsonWriter& json, JsonView schema, std::string_view name, const Letter& letter) {
    if (schema.kind() != JsonView::Kind::object) return json.null();
    if (auto choices = schema.find("enum"); choices && choices->size() > 0) return json.raw(choices->at(0).text());
    if (auto choices = schema.find("anyOf"); choices && choices->size() > 0) return fill(json, choices->at(0), name, letter);
    auto type = schema.find("type");
    if (type && type->kind() == JsonView::Kind::array && type->size() > 0) type = type->at(0);
    auto kind = type && type->kind() == JsonView::Kind::string ? type->string() : "string";
    if (kind == "object") return fill_object(json, schema, letter);
    if (kind == "array") {
        json.begin_array();
        return json.end_array();
    }
    if (kind == "boolean") return json.boolean(true);
    if (kind == "integer" || kind == "number") return json.integer(1);
    if (kind == "null") return json.null();
    json.string(limited(text_for(name, letter), schema));
}

} // namespace

Facts read_facts(std::string_view prompt) {
    Facts facts;
    // Instructions may hold braces too, so the object is looked for from each of the first ones.
    auto last = prompt.rfind('}');
    auto first = prompt.find('{');
    for (int tries = 0; tries < 20 && first != prompt.npos && last != prompt.npos && first < last; ++tries) {
        auto document = JsonDocument::try_parse(prompt.substr(first, last - first + 1));
        if (document) read_object(document->root(), facts);
        first = document ? prompt.npos : prompt.find('{', first + 1);
    }
    while (!prompt.empty()) {
        auto end = std::min(prompt.find('\n'), prompt.size());
        read_line(prompt.substr(0, end), facts);
        prompt.remove_prefix(std::min(end + 1, prompt.size()));
    }
    return facts;
}

Letter write_letter(const Facts& facts) {
    auto name = first_of(
        facts, {"client_name", "clients_name", "name", "client", "contact_name", "contact", "recipient", "to", "lead_name",
                "first_name"}
    );
    auto first_name = name.substr(0, name.find(' '));
    auto address = first_of(facts, {"property_address", "address", "property", "home"});
    auto kind = lower(first_of(facts, {"property_type", "type_of_property"}));
    auto agency = first_of(facts, {"agency_name", "agency", "company", "brokerage"});
    auto occasion = first_of(facts, {"occasion", "followup_type", "follow_up_type", "follow_up", "followup", "purpose"});
    auto home = !address.empty() ? address : kind.empty() ? "your plans" : "your " + kind;

    auto moment = moment_of(occasion, home);
    Letter letter;
    letter.subject = first_name.empty()
                         ? moment.subject
                         : first_name + ", " + to_lower_ascii(moment.subject.substr(0, 1)) + moment.subject.substr(1);
    letter.body = (first_name.empty() ? std::string("Hello,") : "Hi " + first_name + ",") + "\n\n" + moment.opening;
    if (!agency.empty()) letter.body += " Everyone at " + agency + " is glad to help.";
    letter.body += "\n\n" + moment.offer;
    return letter;
}

std::string fill_schema(JsonView schema, const Letter& letter) {
    std::string out;
    JsonWriter json(out);
    fill(json, schema, "answer", letter);
    return out;
}

} // namespace doorstep::sandbox
