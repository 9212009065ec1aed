#include "providers/email/outcome.hpp"

namespace doorstep::providers {

using mail::SendResult;
using Kind = SendResult::Kind;

SendResult unanswered(std::string_view who, const http::CallFailure& failure) {
    using Failure = http::CallFailure::Kind;
    std::string name(who);
    switch (failure.kind) {
    case Failure::not_sent: return {.kind = Kind::later, .reason = name + " could not be reached: " + failure.reason};
    case Failure::refused: return {.kind = Kind::rejected, .reason = name + "'s address can't be called: " + failure.reason};
    case Failure::ambiguous:
    case Failure::oversized: break;
    }
    return {.kind = Kind::ambiguous, .reason = name + "'s answer did not arrive: " + failure.reason};
}

SendResult not_accepted(int status, std::string words, std::optional<std::chrono::seconds> wait, Time now) {
    // Another success is nothing that is documented for this call: a gateway, a wrong address, a cut-off proxy. Whether the
    // message went on from there nobody knows.
    if (status < 300) return {.kind = Kind::ambiguous, .reason = words + ", which is no answer to a message"};
    auto again = status >= 500 || http::retry_class(status) == http::RetryClass::retry;
    SendResult result{.kind = again ? Kind::later : Kind::rejected, .reason = std::move(words)};
    if (again && wait) result.retry_at = now + *wait;
    return result;
}

} // namespace doorstep::providers
