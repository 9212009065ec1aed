#pragma once

#include "core/blocking.hpp"
#include "modules/audit/audit.hpp"
#include "modules/contacts/contacts.hpp"

namespace doorstep::contacts {

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

/// People into files.
class Exports {
public:
    struct Parts {
        db::Database& db;
        audit::Audit& audit;
        events::Events& events;
        Contacts& contacts;
        files::Files& files;
        Blocking& blocking;
    };
    explicit Exports(const Parts& parts) : parts_(parts) {}

    /// All that match, streamed. No cell of it is a formula to a spreadsheet.
    Task<http::Response> csv(Context& ctx, const ExportFilter& filter);
    /// The same as a workbook. At most 100,000 rows: Error 422 beyond.
    Task<http::Response> xlsx(Context& ctx, const ExportFilter& filter);
    /// Everything there is about a person, documents included, as a tar archive in gzip.
    Task<http::Response> person(Context& ctx, Id<Client> id);
    /// A line of JSON for each row of each table of the account, and its files, as a tar archive in gzip.
    Task<http::Response> account(Context& ctx);

private:
    /// Into the security log: who took what away.
    Task<> note(db::Session& tx, const Context& ctx, std::string kind, audit::AuditSubject subject);
    Task<> note_file(Context& ctx, std::string kind, std::string file);

    Parts parts_;
};

void routes(http::Router& router, Exports& exports);

} // namespace doorstep::contacts
