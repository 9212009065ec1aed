#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/config.hpp"
#include "core/clock.hpp"
#include "http/client.hpp"
#include "modules/ai/language_model.hpp"
#include "modules/calendar/provider.hpp"
#include "modules/files/files.hpp"
#include "modules/identity/openid.hpp"
#include "modules/identity/places.hpp"
#include "modules/mail/email_events.hpp"
#include "modules/mail/email_sender.hpp"
#include "modules/messages/messages.hpp"
#include "providers/google/calendar.hpp"
#include "providers/google/openid.hpp"
#include "providers/mailgun/mailgun.hpp"
#include "providers/openai/openai.hpp"
#include "providers/s3/s3.hpp"
#include "providers/sendgrid/sendgrid.hpp"

namespace doorstep::app {

/// The doubles of this process, as its own clients reach them.
struct SandboxDoubles {
    std::string base_url; ///< "http://127.0.0.1:41234/sandbox"
    std::string sendgrid_verification_key;
    std::string mailgun_signing_key;
};

/// Whom this process talks to, decided once; each thread makes its own clients from it.
struct ProviderPlan {
    std::optional<providers::OpenAiOptions> openai;
    std::optional<providers::SendGridOptions> sendgrid;
    std::string smtp_url;
    std::optional<providers::MailgunOptions> mailgun;
    std::string mailgun_keys;
    std::optional<providers::GoogleCalendarOptions> google; ///< its client is the one for signing in too
    mail::Sender letters_from;
    std::optional<providers::S3Options> s3;
    std::string sendgrid_keys;
    std::chrono::seconds sendgrid_tolerance{600};
    messages::SendingDefaults sending;
    std::string webhook_receiver; ///< the sandbox's; empty: it is off
    int max_tokens = 600;
};

/// A provider with a key is called at its base URL; the sandbox, where it is on, plays the others.
ProviderPlan plan_providers(const Config& config, const std::optional<SandboxDoubles>& sandbox);

struct Providers {
    std::unique_ptr<ai::LanguageModel> model;
    std::unique_ptr<mail::EmailSender> sender;
    std::unique_ptr<mail::EmailEventSource> sendgrid_events;
    std::unique_ptr<messages::InboundEmailSource> sendgrid_inbound;
    std::unique_ptr<mail::EmailSender> mailgun;
    std::unique_ptr<mail::EmailEventSource> mailgun_events;
    std::unique_ptr<identity::OpenIdProvider> google;
    std::unique_ptr<calendar::CalendarProvider> google_calendar;
    std::unique_ptr<files::Storage> storage;

    /// Who carries the product's own letters.
    mail::EmailSender* letters() const { return mailgun ? mailgun.get() : sender.get(); }
};
/// DOORSTEP_GEOIP_FILE; null where there is none. Throws std::runtime_error for a file that can't be read.
std::unique_ptr<identity::Places> open_places(const Config& config);

Providers make_providers(const ProviderPlan& plan, http::Client& client, const Clock& clock);

} // namespace doorstep::app
