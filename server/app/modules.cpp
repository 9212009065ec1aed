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
      notifications(parts.db, mail, parts.letters_from.public_url),
      identity(parts.db, accounts, events, parts.blocking, parts.sealer),
      contacts(parts.db, events),
      writer(parts.db, parts.model, parts.max_tokens),
      messages({
          .db = parts.db,
          .accounts = accounts,
          .contacts = contacts,
          .events = events,
          .writer = writer,
          .mail = mail,
          .sealer = parts.sealer,
          .sender = parts.sender,
          .sendgrid = parts.sendgrid,
          .defaults = parts.sending,
      }),
      journeys(parts.db, contacts, messages, events),
      insights(parts.db, accounts, events),
      live_pages{events, hub} {
    contacts.use(journeys);
    messages.use(journeys);
    identity.on_ended([publish = parts.publish](const std::string& credential) {
        publish({.kind = std::string(credential_ended), .data = credential});
    });
}

void Modules::jobs(doorstep::jobs::Registry& registry) {
    mail::jobs(registry, mail);
    messages::jobs(registry, messages);
    journeys::jobs(registry, journeys);
}

} // namespace doorstep::app
