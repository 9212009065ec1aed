#pragma once

#include "core/crypto.hpp"
#include "core/described.hpp"
#include "jobs/jobs.hpp"
#include "modules/identity/letters.hpp"
#include "modules/messages/messages.hpp"

namespace doorstep::app {

/// A letter on its way, sealed, since it holds a link or a code.
struct SendSignInLetter {
    static constexpr std::string_view kind = "sign_in.letter";
    std::string sealed;
    BOOST_DESCRIBE_CLASS(SendSignInLetter, (), (sealed), (), ())
};

/// Carries the letters of signing in by the same provider as all other e-mail, at least once.
class SignInLetters : public identity::Letters {
public:
    /// `sender` null: the letters wait.
    SignInLetters(const Sealer& sealer, messages::EmailSender* sender, messages::SendingDefaults from)
        : sealer_(sealer), sender_(sender), from_(std::move(from)) {}

    void post(db::Session& tx, const Context& ctx, const identity::Letter& letter) override;
    Task<jobs::Outcome> send(Context& ctx, const jobs::Run& run, const SendSignInLetter& job);

private:
    const Sealer& sealer_;
    messages::EmailSender* sender_;
    messages::SendingDefaults from_;
};

void jobs(doorstep::jobs::Registry& registry, SignInLetters& letters);

} // namespace doorstep::app
