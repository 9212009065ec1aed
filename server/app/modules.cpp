#include "app/modules.hpp"

namespace doorstep::app {

Modules::Modules(const ModuleParts& parts)
    : events(parts.db, parts.publish),
      accounts(parts.db),
      identity(parts.db, accounts, events, parts.blocking, parts.sealer),
      settings(parts.db, events),
      webhooks({
          .db = parts.db,
          .events = events,
          .sealer = parts.sealer,
          .client = parts.client,
          .receiver = parts.webhook_receiver,
      }),
      contacts(parts.db, events),
      templates(parts.db, accounts, contacts, events),
      writer(parts.db, parts.model, parts.max_tokens),
      messages({
          .db = parts.db,
          .accounts = accounts,
          .contacts = contacts,
          .templates = templates,
          .events = events,
          .writer = writer,
          .sealer = parts.sealer,
          .sender = parts.sender,
          .sendgrid = parts.sendgrid,
          .inbound = parts.inbound,
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
    webhooks::jobs(registry, webhooks);
    messages::jobs(registry, messages);
    journeys::jobs(registry, journeys);
}

} // namespace doorstep::app
