#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/text.hpp"
#include "modules/ai/ai.hpp"

namespace doorstep::ai {

namespace {

// What the Fair Housing Act and its guidance on advertising warn of: words that prefer, limit or steer by who people are. A
// star stands for any ending.
constexpr std::array fair_housing{
    "family-friendly",
    "family friendly",
    "families with",
    "perfect for families",
    "ideal for families",
    "great for families",
    "perfect for a family",
    "ideal for a family",
    "no children",
    "no kids",
    "without children",
    "adults only",
    "adult community",
    "singles only",
    "perfect for singles",
    "ideal for singles",
    "perfect for a couple",
    "young couple*",
    "young professional*",
    "mature couple*",
    "mature person*",
    "empty nester*",
    "bachelor pad",
    "newlywed*",
    "retiree*",
    "senior citizen*",
    "able-bodied",
    "able bodied",
    "no wheelchair*",
    "not handicapped",
    "physically fit",
    "handicapped",
    "mentally ill",
    "christian*",
    "catholic*",
    "jewish",
    "muslim*",
    "hindu*",
    "mormon*",
    "near a church",
    "near the church",
    "walking distance to church",
    "walking distance to the synagogue",
    "near the mosque",
    "near the synagogue",
    "ethnic",
    "racially",
    "integrated neighborhood",
    "integrated community",
    "white neighborhood",
    "black neighborhood",
    "hispanic neighborhood",
    "asian neighborhood",
    "immigrant*",
    "foreigners",
    "american citizens only",
    "english speaking only",
    "english-speaking only",
    "no section 8",
    "exclusive neighborhood",
    "exclusive community",
    "restricted community",
    "safe neighborhood",
    "safe area",
    "safe street*",
    "low crime",
    "low-crime",
    "crime-free",
    "bad neighborhood",
    "good schools",
    "great schools",
    "best schools",
    "top schools",
    "traditional neighborhood",
    "desirable neighborhood",
    "right kind of people",
    "people like you",
    "gentlemen",
    "ladies only",
    "men only",
    "women only",
    "male only",
    "female only",
    "ideal para familias",
    "perfecto para familias",
    "perfecta para familias",
    "sin niños",
    "solo adultos",
    "pareja joven",
    "barrio seguro",
    "zona segura",
    "buenas escuelas",
    "cristian*",
    "católic*",
    "sin discapacidad",
    "solo hombres",
    "solo mujeres",
};

// Claims about the market and the listing that a letter may only repeat from the record.
constexpr std::array claims{
    "open house",
    "just listed",
    "new listing*",
    "just sold",
    "recently sold",
    "sold above asking",
    "sold over asking",
    "above asking",
    "over asking",
    "price reduced",
    "price reduction*",
    "price drop*",
    "reduced price",
    "multiple offers",
    "bidding war*",
    "offer was accepted",
    "cash buyer*",
    "buyer waiting",
    "buyers waiting",
    "qualified buyer*",
    "days on market",
    "prices have risen",
    "prices are rising",
    "prices have fallen",
    "prices are up",
    "prices are down",
    "values have risen",
    "values are up",
    "rates have dropped",
    "rates are down",
    "rates are up",
    "rates have risen",
    "seller's market",
    "buyer's market",
    "hot market",
    "record high",
    "recent comparable*",
    "appraised at",
    "valued at",
    "guaranteed",
    "guarantee*",
    "casa abierta",
    "recién vendid*",
    "recién listad*",
    "precio reducido",
    "varias ofertas",
    "los precios han subido",
    "los precios han bajado",
    "garantizad*",
};

bool is_word(char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Where a phrase stands in a lower-case text as words of their own; npos: nowhere.
std::size_t find_phrase(std::string_view text, std::string_view phrase) {
    bool open_end = phrase.ends_with('*');
    if (open_end) phrase.remove_suffix(1);
    for (auto at = text.find(phrase); at != text.npos; at = text.find(phrase, at + 1)) {
        auto end = at + phrase.size();
        bool begins = at == 0 || !is_word(text[at - 1]);
        bool ends = open_end || end == text.size() || !is_word(text[end]);
        if (begins && ends) return at;
    }
    return text.npos;
}

/// The words around a place, for people to find it.
std::string around(std::string_view text, std::size_t at, std::size_t length) {
    auto end = std::min(text.size(), at + length);
    while (at > 0 && is_word(text[at - 1])) --at;
    while (end < text.size() && is_word(text[end])) ++end;
    return std::string(text.substr(at, end - at));
}

struct Figure {
    double value = 0;
    std::size_t at = 0;
    std::size_t length = 0;
    bool tells = false; ///< money, a share, a size, a year, or large: not "two or three" and no time of day
};

std::string_view next_word(std::string_view text, std::size_t at) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '-')) ++at;
    auto end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    return text.substr(at, end - at);
}

bool is_measure(std::string_view word) {
    static const std::set<std::string_view> measures{
        "bed",     "beds",     "bedroom",  "bedrooms", "bath",   "baths",        "bathroom",    "bathrooms",
        "sq",      "sqft",     "square",   "acre",     "acres",  "percent",      "dollars",     "offers",
        "buyers",  "listings", "showings", "homes",    "sales",  "habitaciones", "baños",       "pies",
        "dólares", "ofertas",  "casas",    "million",  "months", "recámaras",    "compradores",
    };
    return measures.contains(word);
}

/// "$1.2m", "450,000", "12.5%" as numbers, with their places, in a lower-case text.
std::vector<Figure> figures(std::string_view text) {
    std::vector<Figure> found;
    auto digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!digit(i) || (i > 0 && is_word(text[i - 1]))) continue;
        Figure figure{.at = i};
        auto end = i;
        double place = 0; // of the next decimal
        for (; end < text.size(); ++end) {
            if (digit(end)) {
                int number = text[end] - '0';
                figure.value = place > 0 ? figure.value + number * place : figure.value * 10 + number;
                place /= 10;
                continue;
            }
            bool mark = (text[end] == ',' || text[end] == '.') && digit(end + 1);
            // Both 450,000 and 450.000 are thousands, as people write them here and there.
            bool group = mark && digit(end + 2) && digit(end + 3) && !digit(end + 4);
            if (!mark || (!group && (text[end] == ',' || place > 0))) break;
            if (!group) place = 0.1;
        }
        bool thousand = end < text.size() && text[end] == 'k' && (end + 1 == text.size() || !is_word(text[end + 1]));
        bool million = end < text.size() && text[end] == 'm' && (end + 1 == text.size() || !is_word(text[end + 1]));
        auto word = next_word(text, end);
        if (thousand) figure.value *= 1e3;
        if (million || word == "million") figure.value *= 1e6;
        bool money = i > 0 && text[i - 1] == '$';
        bool share = end < text.size() && text[end] == '%';
        bool clock = (end < text.size() && text[end] == ':') || (i > 0 && text[i - 1] == ':');
        figure.tells = !clock && (money || share || thousand || million || is_measure(word) || figure.value >= 100);
        figure.length = end - i;
        found.push_back(figure);
        i = end;
    }
    return found;
}

std::string record_of(const EmailFacts& facts) {
    std::string all;
    for (auto& fact : facts_of(facts)) all += fact.value + "\n";
    return to_lower_ascii(all + facts.instructions);
}

} // namespace

std::vector<Fact> facts_of(const EmailFacts& facts) {
    std::vector<Fact> list;
    auto add = [&](std::string name, const std::string& value) {
        if (!value.empty()) list.push_back({std::move(name), value});
    };
    add("client_name", facts.client_name);
    add("property_address", facts.property_address);
    add("property_type", facts.property_type);
    add("stage", facts.stage);
    add("notes", facts.notes);
    add("custom_fields", facts.custom_fields == "{}" ? std::string() : facts.custom_fields);
    add("occasion", facts.occasion);
    add("task_notes", facts.task_notes);
    add("agent_name", facts.agent_name);
    add("agency_name", facts.agency_name);
    return list;
}

std::vector<Warning> check_letter(std::string_view subject, std::string_view body, const EmailFacts& facts) {
    std::vector<Warning> warnings;
    auto text = std::string(subject) + "\n" + std::string(body);
    auto lower = to_lower_ascii(text);
    auto record = record_of(facts);
    for (std::string_view phrase : fair_housing) {
        auto at = find_phrase(lower, phrase);
        if (at == lower.npos) continue;
        warnings.push_back({Concern::fair_housing, around(text, at, phrase.size() - phrase.ends_with('*'))});
    }
    for (std::string_view phrase : claims) {
        auto at = find_phrase(lower, phrase);
        if (at == lower.npos || find_phrase(record, phrase) != record.npos) continue;
        warnings.push_back({Concern::invented_fact, around(text, at, phrase.size() - phrase.ends_with('*'))});
    }
    std::set<double> known;
    for (auto& figure : figures(record)) known.insert(figure.value);
    for (auto& figure : figures(lower)) {
        if (!figure.tells || !known.insert(figure.value).second) continue;
        auto from = figure.at > 0 && text[figure.at - 1] == '$' ? figure.at - 1 : figure.at;
        warnings.push_back({Concern::invented_fact, around(text, from, figure.at + figure.length - from)});
    }
    return warnings;
}

} // namespace doorstep::ai
