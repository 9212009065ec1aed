#pragma once

// Other companies, as a test wants them to behave.

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "modules/ai/language_model.hpp"
#include "modules/mail/email_sender.hpp"

namespace doorstep::test {

/// Accepts everything, unless told how to answer next.
class FakeEmailSender : public mail::EmailSender {
public:
    std::string_view name() const override { return "fake"; }
    Task<mail::SendResult> send(const mail::OutgoingEmail& email) override;

    /// The answer to the next call; several queue up.
    void answer(mail::SendResult result) { answers_.push_back(std::move(result)); }

    std::vector<mail::OutgoingEmail> sent;     ///< what it accepted
    std::vector<mail::OutgoingEmail> attempts; ///< what it was handed
    /// Called in the middle of each call, when the other side has the message and we do not know it yet.
    std::function<void(const mail::OutgoingEmail&)> on_send;

private:
    std::deque<mail::SendResult> answers_;
};

/// Writes the same friendly e-mail every time, unless told what to answer next.
class FakeLanguageModel : public ai::LanguageModel {
public:
    std::string_view name() const override { return "fake"; }
    Task<std::expected<ai::Completion, ai::ModelFailure>> complete(const ai::Prompt& prompt) override;

    void answer(std::string text) { answers_.emplace_back(ai::Completion{std::move(text), "fake-1", 10, 20}); }
    void fail(std::string reason, bool retryable = false) {
        answers_.emplace_back(std::unexpected(ai::ModelFailure{retryable, std::move(reason)}));
    }

    std::vector<ai::Prompt> prompts;

private:
    std::deque<std::expected<ai::Completion, ai::ModelFailure>> answers_;
};

} // namespace doorstep::test
