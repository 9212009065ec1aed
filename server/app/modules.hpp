#pragma once

#include <functional>

#include "app/health.hpp"
#include "app/sign_in_letters.hpp"
#include "core/blocking.hpp"
#include "core/crypto.hpp"
#include "db/database.hpp"
#include "http/events.hpp"
#include "http/router.hpp"
#include "jobs/jobs.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/ai/ai.hpp"
#include "modules/audit/audit.hpp"
#include "modules/calendar/calendar.hpp"
#include "modules/contacts/bulk.hpp"
#include "modules/contacts/cleanup.hpp"
#include "modules/contacts/contacts.hpp"
#include "modules/contacts/imports.hpp"
#include "modules/events/events.hpp"
#include "modules/exports/exports.hpp"
#include "modules/files/files.hpp"
#include "modules/identity/identity.hpp"
#include "modules/insights/summaries.hpp"
#include "modules/journeys/journeys.hpp"
#include "modules/mail/mail.hpp"
#include "modules/messages/messages.hpp"
#include "modules/notifications/notifications.hpp"
#include "modules/onboarding/onboarding.hpp"
#include "modules/progression/progression.hpp"
#include "modules/settings/settings.hpp"
#include "modules/team/team.hpp"
#include "modules/templates/templates.hpp"
#include "modules/today/today.hpp"
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
    ai::LanguageModel* model = nullptr;                    ///< null: templates write
    mail::EmailSender* sender = nullptr;                   ///< null: e-mails wait
    mail::EmailSender* letters = nullptr;                  ///< null: the product's own letters wait
    const mail::EmailEventSource* sendgrid = nullptr;      ///< null: its webhook answers 503
    const mail::EmailEventSource* mailgun = nullptr;       ///< null: its webhook answers 503
    const messages::InboundEmailSource* inbound = nullptr; ///< null: its webhook answers 503
    const identity::Places* places = nullptr;              ///< null: nobody knows where an address is
    exports::PdfRenderer* pdf = nullptr;                   ///< null: no PDF is made
    identity::OpenIdProvider* google = nullptr;            ///< null: nobody signs in with Google
    calendar::CalendarProvider* google_calendar = nullptr; ///< null: nobody connects one
    mail::Sender letters_from;
    messages::SendingDefaults sending;
    http::Client* client = nullptr;    ///< null: no webhook leaves this process
    std::string webhook_receiver = {}; ///< the sandbox's own, which webhooks may reach
    int max_tokens = 600;
    files::Storage* storage = nullptr; ///< null: the folder
    std::filesystem::path files_folder;
};

/// The product, put together by hand: one set for each thread, each test and each command.
struct Modules {
    explicit Modules(const ModuleParts& parts);
    Modules(const Modules&) = delete;
    Modules& operator=(const Modules&) = delete;

    http::LiveHub hub;
    events::Events events;
    audit::Audit audit;
    mail::Mail mail;
    accounts::Accounts accounts;
    notifications::Notifications notifications;
    SignInLetters sign_in_letters;
    identity::Identity identity;
    settings::OfficeSettings settings;
    webhooks::Webhooks webhooks;
    calendar::Calendar calendar;
    files::FolderStorage folder;
    files::Files files;
    team::Team team;
    onboarding::Onboarding onboarding;
    contacts::Contacts contacts;
    contacts::Bulk bulk;
    contacts::Imports imports;
    contacts::Cleanup cleanup;
    templates::Templates templates;
    ai::EmailWriter writer;
    messages::Messages messages;
    journeys::Journeys journeys;
    progression::Progression progression;
    today::Today today;
    insights::Insights insights;
    insights::Summaries summaries;
    exports::Exports exports;
    Health health;
    events::LivePages live_pages;

    /// What can run in the background; what can be asked for is in routes.hpp.
    void jobs(jobs::Registry& registry);
};

} // namespace doorstep::app
