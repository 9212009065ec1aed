#pragma once

#include "modules/identity/letters.hpp"
#include "modules/mail/mail.hpp"

namespace doorstep::app {

/// Has the letters of signing in carried like all letters of the product.
class SignInLetters : public identity::Letters {
public:
    explicit SignInLetters(mail::Mail& mail) : mail_(mail) {}

    void post(db::Session& tx, const Context& ctx, const identity::Letter& letter) override;

private:
    mail::Mail& mail_;
};

} // namespace doorstep::app
