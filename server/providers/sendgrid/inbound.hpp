#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "modules/messages/inbound.hpp"

namespace doorstep::providers {

/// SendGrid's Inbound Parse webhook with a signature policy. `verification_keys` as in split_verification_keys().
std::unique_ptr<messages::InboundEmailSource> make_sendgrid_inbound(
    std::string_view verification_keys, std::chrono::seconds tolerance
);

} // namespace doorstep::providers
