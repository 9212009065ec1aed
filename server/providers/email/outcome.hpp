#pragma once

#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "http/client.hpp"
#include "modules/mail/email_sender.hpp"

namespace doorstep::providers {

/// What a call without an answer means for the e-mail: safe to repeat, hopeless, or in doubt. `who`: "SendGrid".
mail::SendResult unanswered(std::string_view who, const http::CallFailure& failure);
/// What an answer other than the documented success means. `words`: the answer in words; `wait`: what the provider asked for.
mail::SendResult not_accepted(int status, std::string words, std::optional<std::chrono::seconds> wait, Time now);

} // namespace doorstep::providers
