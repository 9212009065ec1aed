#pragma once

#include <span>
#include <string_view>

#include "modules/mail/mail.hpp"

namespace doorstep::mail {

/// What a letter can say: a variable of its template.
struct Fact {
    enum class Kind {
        text,
        secret, ///< a link or code that opens something: sealed at rest, gone after the letter has left
        time,   ///< RFC 3339 in, written for people in the account's zone
    };
    std::string_view name;
    Kind kind = Kind::text;
    bool required = false; ///< its poster gives it; a template in which it is missing is refused where it is a secret
    std::string_view sample_en;
    std::string_view sample_es = {}; ///< empty: as in English
};

struct LetterType {
    Type type;
    bool from_product; ///< about the person's own sign-in: in Doorstep's name and not the account's
    std::span<const Fact> facts;
};

const LetterType& letter_type(Type type);
/// Of every letter: `name` (the recipient's), `account`, `product`.
std::span<const Fact> common_facts();
const Fact* find_fact(Type type, std::string_view name);

} // namespace doorstep::mail
