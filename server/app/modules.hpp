#pragma once

#include <functional>

#include "core/blocking.hpp"
#include "core/crypto.hpp"
#include "db/database.hpp"
#include "http/events.hpp"
#include "http/router.hpp"
#include "jobs/jobs.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/ai/ai.hpp"
#include "modules/contacts/contacts.hpp"
#include "modules/events/events.hpp"
#include "modules/identity/identity.hpp"
#include "modules/insights/insights.hpp"
#include "modules/journeys/journeys.hpp"
#include "modules/messages/messages.hpp"
#include "modules/settings/settings.hpp"
#include "modules/templates/templates.hpp"
#include "modules/webhooks/webhooks.hpp"

namespace doorstep::app {

/// The kind of notice that ends the live pages of a credential, whose SHA-256 it carries.
inline constexpr std::string_view credential_ended = "credential_ended";

/// What the modules need from outside. References outlive them.
struct ModuleParts {
    db::Database& db;
    Blocking& blocking;
    const Sealer& sealer;
    std::function<void(events::LiveNotice)> publish;
    ai::LanguageModel* model = nullptr;                   ///< null: templates write
    messages::EmailSender* sender = nullptr;              ///< null: e-mails wait
    const messages::EmailEventSource* sendgrid = nullptr; ///< null: its webhook answers 503
    const messages::InboundEmailSource* inbound = nullptr; ///< null: its webhook answers 503
    messages::SendingDefaults sending;
    http::Client* client = nullptr;    ///< null: no webhook leaves this process
    std::string webhook_receiver = {}; ///< the sandbox's own, which webhooks may reach
    int max_tokens = 600;
};

/// The product, put together by hand: one set for each thread, each test and each command.
struct Modules {
    explicit Modules(const ModuleParts& parts);
    Modules(const Modules&) = delete;
    Modules& operator=(const Modules&) = delete;

    http::LiveHub hub;
    events::Events events;
    accounts::Accounts accounts;
    identity::Identity identity;
    settings::OfficeSettings settings;
    webhooks::Webhooks webhooks;
    contacts::Contacts contacts;
    templates::Templates templates;
    ai::EmailWriter writer;
    messages::Messages messages;
    journeys::Journeys journeys;
    insights::Insights insights;
    events::LivePages live_pages;

    /// What can run in the background; what can be asked for is in routes.hpp.
    void jobs(jobs::Registry& registry);
};

} // namespace doorstep::app
