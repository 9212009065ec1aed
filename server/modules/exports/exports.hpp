#pragma once

#include "core/blocking.hpp"
#include "modules/audit/audit.hpp"
#include "modules/contacts/contacts.hpp"
#include "modules/exports/pdf.hpp"
#include "modules/exports/table.hpp"
#include "modules/insights/insights.hpp"
#include "modules/journeys/journeys.hpp"
#include "modules/messages/messages.hpp"
#include "modules/progression/progression.hpp"
#include "modules/team/team.hpp"
#include "modules/templates/templates.hpp"
#include "modules/webhooks/webhooks.hpp"

namespace doorstep::exports {

using contacts::Client;
using contacts::ClientFilter;
using contacts::ClientSort;
using contacts::Contacts;
using contacts::Stage;
using contacts::Tag;

struct ClientSummary;

/// What of a client goes into a file, in a spreadsheet's order.
struct ExportFilter {
    std::optional<Line<0, 100>> q;
    std::optional<Stage> stage;
    std::optional<Tag> tag;
    std::optional<Line<3, 200>> field;
    std::optional<Id<accounts::User>> assigned_to;
    std::optional<ClientSort> sort;
    BOOST_DESCRIBE_CLASS(ExportFilter, (), (q, stage, tag, field, assigned_to, sort), (), ())
};

/// What there is, into files.
class Exports {
public:
    struct Parts {
        db::Database& db;
        accounts::Accounts& accounts;
        audit::Audit& audit;
        events::Events& events;
        Contacts& contacts;
        files::Files& files;
        insights::Insights& insights;
        journeys::Journeys& journeys;
        messages::Messages& messages;
        progression::Progression& progression;
        team::Team& team;
        templates::Templates& templates;
        webhooks::Webhooks& webhooks;
        Blocking& blocking;
        PdfRenderer* pdf; ///< null: none is made
    };
    explicit Exports(const Parts& parts) : parts_(parts) {}

    /// The clients that match, in a spreadsheet's order.
    Task<Table> clients(Context& ctx, const ExportFilter& filter);
    /// A list as a file: as CSV all of it, streamed; as a workbook at most 100,000 rows, Error 422 beyond. No cell is a formula.
    Task<http::Response> file(Context& ctx, Table table, Format format);
    /// Everything there is about a person, documents included, as a tar archive in gzip.
    Task<http::Response> person(Context& ctx, Id<Client> id);
    /// A line of JSON for each row of each table of the account, and its files, as a tar archive in gzip.
    Task<http::Response> account(Context& ctx);
    /// What matters about a person, as a PDF; unless a language is asked for, in the account's. Error 503 where none can be made.
    Task<http::Response> summary(Context& ctx, Id<Client> id, std::optional<accounts::Language> language);

    const Parts& parts() const { return parts_; }

private:
    Task<std::string> workbook(Context& ctx, Table& table, std::vector<Cells> rows);
    Task<ClientSummary> gather(Context& ctx, Id<Client> id, const accounts::SendingProfile& profile);
    /// Into the security log: who took what away.
    Task<> note(db::Session& tx, const Context& ctx, std::string kind, audit::AuditSubject subject);
    Task<> note_file(Context& ctx, std::string kind, std::string file);

    Parts parts_;
};

void routes(http::Router& router, Exports& exports);
void list_routes(http::Router& router, Exports& exports);

} // namespace doorstep::exports
