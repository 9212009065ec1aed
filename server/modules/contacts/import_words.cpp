// What other systems call stages and kinds of property.
#include "modules/contacts/import_rows.hpp"

namespace doorstep::contacts {

namespace {

template <class T>
struct Words {
    std::string_view part;
    T value;
};

// The first that is a part of what is written counts.
constexpr Words<Stage> stage_words[] = {
    {"under contract", Stage::under_contract},
    {"under_contract", Stage::under_contract},
    {"pending", Stage::under_contract},
    {"escrow", Stage::under_contract},
    {"past client", Stage::closed},
    {"closed lost", Stage::lost},
    {"lost", Stage::lost},
    {"inactive", Stage::lost},
    {"disqualified", Stage::lost},
    {"dead", Stage::lost},
    {"trash", Stage::lost},
    {"unqualified", Stage::lost},
    {"archive", Stage::lost},
    {"closed", Stage::closed},
    {"sold", Stage::closed},
    {"won", Stage::closed},
    {"customer", Stage::closed},
    {"negotiat", Stage::negotiating},
    {"offer", Stage::negotiating},
    {"open deal", Stage::negotiating},
    {"open_deal", Stage::negotiating},
    {"active", Stage::negotiating},
    {"showing", Stage::negotiating},
    {"opportunity", Stage::negotiating},
    {"lead", Stage::lead},
    {"new", Stage::lead},
    {"prospect", Stage::lead},
    {"nurture", Stage::lead},
    {"subscriber", Stage::lead},
    {"contacted", Stage::lead},
    {"open", Stage::lead},
};

constexpr Words<PropertyType> type_words[] = {
    {"commercial", PropertyType::commercial},
    {"office", PropertyType::commercial},
    {"retail", PropertyType::commercial},
    {"land", PropertyType::land},
    {"lot", PropertyType::land},
    {"residential", PropertyType::residential},
    {"single", PropertyType::residential},
    {"condo", PropertyType::residential},
    {"town", PropertyType::residential},
    {"family", PropertyType::residential},
    {"apartment", PropertyType::residential},
    {"house", PropertyType::residential},
};

template <class T, std::size_t N>
std::optional<T> first_of(const Words<T> (&words)[N], std::string_view text) {
    auto lower = to_lower_ascii(text);
    for (auto& word : words)
        if (lower.find(word.part) != lower.npos) return word.value;
    return std::nullopt;
}

} // namespace

std::optional<Stage> stage_of(std::string_view words) {
    return first_of(stage_words, words);
}

std::optional<PropertyType> property_type_of(std::string_view words) {
    return first_of(type_words, words);
}

} // namespace doorstep::contacts
