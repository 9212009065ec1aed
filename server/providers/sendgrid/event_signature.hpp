#pragma once

#include <chrono>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "http/message.hpp"

namespace doorstep::providers {

/// The public keys of SendGrid's signed event webhooks as configured: base64 SPKI as SendGrid shows it, or PEM; several,
/// separated by commas or white space, while one is being replaced.
std::vector<std::string> split_verification_keys(std::string_view configured);

/// When the events were signed, or why they are not believed. One of the keys must have signed the timestamp header followed
/// by the raw body; each of the two headers must be there exactly once.
std::expected<std::chrono::sys_seconds, std::string> verify_sendgrid_events(
    const std::vector<std::string>& keys, const http::Headers& headers, std::string_view raw_body
);

/// Throws Error 401 unless that holds and the signature is not further than `tolerance` from now.
void require_signed(
    const std::vector<std::string>& keys, std::chrono::seconds tolerance, const http::Request& request, Time now
);

} // namespace doorstep::providers
