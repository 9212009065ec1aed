#include "app/sign_in_letters.hpp"

#include <stdexcept>

namespace doorstep::app {

void SignInLetters::post(db::Session& tx, const Context& ctx, const identity::Letter& letter) {
    mail::Letter out{
        .to = letter.to,
        .to_name = letter.to_name,
        .facts = {letter.facts.begin(), letter.facts.end()},
        .expires_at = letter.expires_at,
    };
    if (Field<mail::Type>::parse(letter.type, out.type)) throw std::logic_error("a letter of no known type");
    mail_.post(tx, ctx, out);
}

} // namespace doorstep::app
