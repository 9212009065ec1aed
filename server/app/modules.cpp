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
      sign_in_letters(parts.sealer, parts.sender, parts.sending),
      identity({
          .db = parts.db,
          .accounts = accounts,
          .audit = audit,
          .events = events,
          .blocking = parts.blocking,
          .sealer = parts.sealer,
          .letters = sign_in_letters,
          .public_url = parts.sending.public_url,
      }),
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
    app::jobs(registry, sign_in_letters);
    identity::jobs(registry, identity);
    messages::jobs(registry, messages);
    journeys::jobs(registry, journeys);
}

} // namespace doorstep::app
