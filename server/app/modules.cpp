#include "app/modules.hpp"

namespace doorstep::app {

Modules::Modules(const ModuleParts& parts)
    : events(parts.db, parts.publish),
      audit(parts.db),
      mail({
          .db = parts.db,
          .events = events,
          .audit = audit,
          .sealer = parts.sealer,
          .sender = parts.letters,
          .mailgun = parts.mailgun,
          .from = parts.letters_from,
      }),
      accounts(parts.db),
      notifications(parts.db, mail, parts.sealer, parts.letters_from.public_url),
      sign_in_letters(mail),
      identity({
          .db = parts.db,
          .accounts = accounts,
          .audit = audit,
          .events = events,
          .blocking = parts.blocking,
          .sealer = parts.sealer,
          .letters = sign_in_letters,
          .google = parts.google,
          .places = parts.places,
          .public_url = parts.sending.public_url,
      }),
      settings(parts.db, audit, events),
      webhooks({
          .db = parts.db,
          .audit = audit,
          .events = events,
          .notifications = notifications,
          .sealer = parts.sealer,
          .client = parts.client,
          .receiver = parts.webhook_receiver,
      }),
      calendar({
          .db = parts.db,
          .audit = audit,
          .events = events,
          .notifications = notifications,
          .sealer = parts.sealer,
          .google = parts.google_calendar,
          .public_url = parts.letters_from.public_url,
      }),
      folder(parts.files_folder, parts.blocking),
      files(parts.db, parts.storage ? *parts.storage : folder, parts.blocking),
      team({
          .db = parts.db,
          .accounts = accounts,
          .audit = audit,
          .events = events,
          .identity = identity,
          .mail = mail,
          .public_url = parts.letters_from.public_url,
      }),
      onboarding({
          .db = parts.db,
          .accounts = accounts,
          .audit = audit,
          .events = events,
          .files = files,
          .identity = identity,
          .mail = mail,
          .sealer = parts.sealer,
          .public_url = parts.letters_from.public_url,
      }),
      contacts(parts.db, events, files),
      bulk(parts.db, events, contacts),
      imports(parts.db, events, contacts, files, parts.blocking),
      cleanup(parts.db, events, files, parts.sealer),
      templates(parts.db, accounts, audit, contacts, events),
      writer(parts.db, parts.model, parts.max_tokens),
      messages({
          .db = parts.db,
          .accounts = accounts,
          .contacts = contacts,
          .templates = templates,
          .events = events,
          .writer = writer,
          .mail = mail,
          .sealer = parts.sealer,
          .sender = parts.sender,
          .sendgrid = parts.sendgrid,
          .inbound = parts.inbound,
          .defaults = parts.sending,
      }),
      journeys(parts.db, contacts, messages, events),
      progression(parts.db, contacts, events),
      today({
          .db = parts.db,
          .accounts = accounts,
          .contacts = contacts,
          .events = events,
          .journeys = journeys,
      }),
      insights(parts.db, accounts, events),
      summaries({
          .db = parts.db,
          .insights = insights,
          .mail = mail,
          .notifications = notifications,
          .public_url = parts.letters_from.public_url,
      }),
      exports({
          .db = parts.db,
          .accounts = accounts,
          .audit = audit,
          .events = events,
          .contacts = contacts,
          .files = files,
          .insights = insights,
          .journeys = journeys,
          .messages = messages,
          .progression = progression,
          .team = team,
          .templates = templates,
          .webhooks = webhooks,
          .blocking = parts.blocking,
          .pdf = parts.pdf,
      }),
      health({.db = parts.db, .notifications = notifications, .folder = parts.files_folder}),
      live_pages{events, hub} {
    contacts.use(journeys);
    messages.use(journeys);
    identity.on_ended([publish = parts.publish](const std::string& credential) {
        publish({.kind = std::string(credential_ended), .data = credential});
    });
}

void Modules::jobs(doorstep::jobs::Registry& registry) {
    webhooks::jobs(registry, webhooks);
    calendar::jobs(registry, calendar);
    mail::jobs(registry, mail);
    identity::jobs(registry, identity);
    contacts::jobs(registry, bulk);
    contacts::jobs(registry, imports);
    messages::jobs(registry, messages);
    journeys::jobs(registry, journeys);
}

} // namespace doorstep::app
