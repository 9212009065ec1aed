#include "test/support/fakes.hpp"

namespace doorstep::test {

Task<mail::SendResult> FakeEmailSender::send(const mail::OutgoingEmail& email) {
    attempts.push_back(email);
    if (on_send) on_send(email);
    mail::SendResult result{.kind = mail::SendResult::Kind::accepted, .provider_id = "fake-" + email.email_id};
    if (!answers_.empty()) {
        result = std::move(answers_.front());
        answers_.pop_front();
    }
    if (result.kind == mail::SendResult::Kind::accepted) sent.push_back(email);
    co_return result;
}

Task<std::expected<ai::Completion, ai::ModelFailure>> FakeLanguageModel::complete(const ai::Prompt& prompt) {
    prompts.push_back(prompt);
    std::expected<ai::Completion, ai::ModelFailure> answer = ai::Completion{
        R"({"subject":"A quick hello","body":"I hope you are well.\n\nLet me know whenever you would like to talk."})",
        "fake-1", 10, 20
    };
    if (!answers_.empty()) {
        answer = std::move(answers_.front());
        answers_.pop_front();
    }
    co_return answer;
}

} // namespace doorstep::test
