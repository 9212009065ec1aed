#include <algorithm>

#include "modules/templates/templates.hpp"

namespace doorstep::templates {

namespace {

/// A piece of a text: words as they stand, or a place to fill.
struct Piece {
    bool is_place = false;
    std::string_view words; ///< of a place: its name
    std::optional<std::string_view> otherwise;
};

struct Scan {
    std::vector<Piece> pieces;
    bool unclosed = false;
};

Scan scan(std::string_view text) {
    Scan out;
    while (!text.empty()) {
        auto open = text.find("{{");
        if (open != 0) out.pieces.push_back({false, text.substr(0, open), {}});
        if (open == text.npos) break;
        text.remove_prefix(open + 2);
        auto close = text.find("}}");
        if (close == text.npos) {
            out.unclosed = true;
            break;
        }
        auto inside = text.substr(0, close);
        text.remove_prefix(close + 2);
        auto bar = inside.find('|');
        Piece place{true, trim(inside.substr(0, bar)), {}};
        if (bar != inside.npos) place.otherwise = trim(inside.substr(bar + 1));
        out.pieces.push_back(place);
    }
    return out;
}

bool is_variable(std::string_view name) {
    return std::ranges::any_of(variables(), [&](const Variable& variable) { return variable.name == name; });
}

std::string first_word(std::string_view text) {
    return std::string(text.substr(0, text.find(' ')));
}

std::string street_of(std::string_view address) {
    return std::string(trim(address.substr(0, address.find(','))));
}

std::string words_of(contacts::PropertyType type, Language language) {
    bool spanish = language == Language::es;
    switch (type) {
    case contacts::PropertyType::residential: return spanish ? "vivienda" : "home";
    case contacts::PropertyType::commercial: return spanish ? "local comercial" : "commercial property";
    case contacts::PropertyType::land: return spanish ? "terreno" : "land";
    case contacts::PropertyType::other: return spanish ? "propiedad" : "property";
    }
    return {};
}

} // namespace

const std::vector<Variable>& variables() {
    static const std::vector<Variable> all{
        {"first_name", "The client's first name", "Kim"},
        {"name", "The client's whole name", "Kim Sample"},
        {"email", "The client's e-mail address", "kim@example.com"},
        {"phone", "The client's phone number", "(555) 555-0123"},
        {"property_address", "The property's whole address", "12 Elm Street, Springfield"},
        {"property_street", "The property's address up to the first comma", "12 Elm Street"},
        {"property_type", "What the property is, in words", "home"},
        {"agent_name", "Who signs", "Alex Agent"},
        {"agent_first_name", "The first name of who signs", "Alex"},
        {"agent_title", "The title of who signs", "Broker"},
        {"agent_phone", "The phone number of who signs", "(555) 555-0100"},
        {"agent_email", "Where answers go", "alex@example.com"},
        {"agency_name", "The office's name", "Elm Homes"},
        {"website", "The office's website", "https://example.com"},
    };
    return all;
}

std::map<std::string, std::string> values_of(const Client* client, const accounts::SendingProfile& profile) {
    std::map<std::string, std::string> values;
    for (auto& variable : variables()) values[variable.name] = client ? std::string() : variable.example;
    if (client) {
        values["first_name"] = first_word(client->name);
        values["name"] = client->name;
        values["email"] = client->email ? client->email->value : std::string();
        values["phone"] = client->phone ? client->phone->value : std::string();
        values["property_address"] = client->property_address;
        values["property_street"] = street_of(client->property_address);
        values["property_type"] = words_of(client->property_type, profile.language);
    }
    values["agent_name"] = profile.agent_name;
    values["agent_first_name"] = first_word(profile.agent_name);
    values["agent_title"] = profile.agent_title.value_or("");
    values["agent_phone"] = profile.agent_phone.value_or("");
    auto answers = profile.reply_to ? profile.reply_to : profile.from_email;
    values["agent_email"] = answers ? answers->value : std::string();
    values["agency_name"] = profile.account_name;
    values["website"] = profile.website.value_or("");
    return values;
}

void check_variables(Reader& reader, std::string_view field, std::string_view text) {
    auto scanned = scan(text);
    for (auto& piece : scanned.pieces) {
        if (!piece.is_place || is_variable(piece.words)) continue;
        auto name = std::string(utf8_prefix(piece.words, 60));
        reader.fail(field, "unknown_variable", "has no variable {{" + name + "}} to fill");
    }
    if (scanned.unclosed) reader.fail(field, "unclosed_variable", "opens {{ and never closes it with }}");
}

std::string fill_text(
    std::string_view text, const std::map<std::string, std::string>& values, std::vector<std::string>& missing
) {
    std::string out;
    for (auto& piece : scan(text).pieces) {
        if (!piece.is_place) {
            out += piece.words;
            continue;
        }
        auto found = values.find(std::string(piece.words));
        if (found != values.end() && !found->second.empty()) {
            out += found->second;
        } else if (piece.otherwise) {
            out += *piece.otherwise;
        } else if (std::ranges::find(missing, piece.words) == missing.end()) {
            missing.emplace_back(piece.words);
        }
    }
    return out;
}

} // namespace doorstep::templates
