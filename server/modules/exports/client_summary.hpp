#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "modules/contacts/contacts.hpp"
#include "modules/journeys/journeys.hpp"
#include "modules/messages/messages.hpp"

namespace doorstep::exports {

/// What a person's summary on paper is made of; the newest first.
struct ClientSummary {
    std::string office;
    Zone zone; ///< in which times are told
    Time made_at;
    contacts::Client client;
    std::optional<std::string> assigned_to;
    std::vector<contacts::CustomField> fields;
    std::vector<journeys::Journey> journeys; ///< under way
    std::vector<journeys::FollowUpTask> next;
    std::vector<messages::EmailSummary> emails;
    std::set<Id<messages::EmailSummary>> answered;
    std::vector<contacts::Note> notes;
    std::int64_t more_notes = 0; ///< older ones that are left out
    std::vector<contacts::Document> documents;
    std::vector<events::TimelineItem> timeline;
};

/// As HTML for a PDF. Whatever people wrote is text in it.
std::string client_summary_html(const ClientSummary& summary, std::string_view language);

} // namespace doorstep::exports
