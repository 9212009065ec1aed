#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/blocking.hpp"
#include "core/described.hpp"
#include "jobs/jobs.hpp"
#include "modules/contacts/contacts.hpp"

namespace doorstep::contacts {

enum class ImportSource { generic, follow_up_boss, hubspot, lofty, twenty };
BOOST_DESCRIBE_ENUM(ImportSource, generic, follow_up_boss, hubspot, lofty, twenty)

enum class ImportState { mapping, checking, checked, running, done, undoing, undone };
BOOST_DESCRIBE_ENUM(ImportState, mapping, checking, checked, running, done, undoing, undone)

/// What a cell does to a client who is there already: fills what is empty, replaces what is there, or nothing.
enum class ColumnRule { fill, overwrite, never };
BOOST_DESCRIBE_ENUM(ColumnRule, fill, overwrite, never)

/// Which row is somebody who is there already, or an earlier row: one with the same e-mail address; one with the same number, unless
/// name and address say that it is another person of the same house (`likely`), always, or only where the row has no address.
enum class ImportMatch { likely, email_or_phone, email };
BOOST_DESCRIBE_ENUM(ImportMatch, likely, email_or_phone, email)

struct ImportColumn {
    std::string header;
    std::string target; ///< a client's field, "first_name", "city", "calling_code", … or "custom:<key>"; empty: not imported
    ColumnRule rule = ColumnRule::fill;
    std::vector<std::string> samples;
    BOOST_DESCRIBE_CLASS(ImportColumn, (), (header, target, rule, samples), (), ())
};

/// What a file lacks for everybody in it.
struct ImportDefaults {
    std::optional<Stage> stage;
    std::optional<PropertyType> property_type;
    std::optional<Line<1, 200>> property_address;
    std::optional<Tag> tag;
    BOOST_DESCRIBE_CLASS(ImportDefaults, (), (stage, property_type, property_address, tag), (), ())
};

/// Why somebody is not as before the import although it was taken back: what has happened to them since.
enum class Kept { merged, emails, notes, stage, follow_ups, documents, changed, partly, deleted };
BOOST_DESCRIBE_ENUM(Kept, merged, emails, notes, stage, follow_ups, documents, changed, partly, deleted)

struct KeptFor {
    Kept reason = Kept::changed;
    std::int64_t count = 0;
    BOOST_DESCRIBE_CLASS(KeptFor, (), (reason, count), (), ())
};

struct Import {
    Id<Import> id;
    std::string file_name;
    ImportSource source = ImportSource::generic;
    ImportState state = ImportState::mapping;
    std::vector<ImportColumn> columns;
    ImportDefaults defaults;
    ImportMatch match_by = ImportMatch::likely;
    std::int64_t total = 0;    ///< rows
    std::int64_t position = 0; ///< rows looked at, by the check or the import
    std::int64_t added = 0;
    std::int64_t updated = 0;
    std::int64_t skipped = 0;
    std::int64_t bad = 0;
    std::int64_t remarked = 0;     ///< of the added and updated, those of whose row something was left out
    std::int64_t kept = 0;         ///< people whom the undo left, wholly or in part, as they were
    std::vector<KeptFor> kept_for; ///< each counted once, the most frequent reason first
    std::string started_by;
    Time created_at;
    std::optional<Time> finished_at;
    BOOST_DESCRIBE_CLASS(
        Import, (),
        (id, file_name, source, state, columns, defaults, match_by, total, position, added, updated, skipped, bad, remarked,
         kept, kept_for, started_by, created_at, finished_at),
        (), ()
    )
};

struct ImportList {
    std::vector<Import> items;
    BOOST_DESCRIBE_CLASS(ImportList, (), (items), (), ())
};

struct ColumnChoice {
    Line<0, 100> target;
    std::optional<ColumnRule> rule;
    BOOST_DESCRIBE_CLASS(ColumnChoice, (), (target, rule), (), ())
};

struct ImportPatch {
    Patch<std::vector<ColumnChoice>> columns; ///< one for each of the file's columns, in their order
    Patch<ImportDefaults> defaults;
    Patch<ImportMatch> match_by;
    BOOST_DESCRIBE_CLASS(ImportPatch, (), (columns, defaults, match_by), (), ())
};

struct Candidate;
struct ImportStep;

/// The job: goes on behind the last row that was committed.
struct RunImport {
    static constexpr std::string_view kind = "contacts.import";
    Id<Import> import_id;
    BOOST_DESCRIBE_CLASS(RunImport, (), (import_id), (), ())
};

/// People out of other systems' files.
class Imports {
public:
    Imports(db::Database& db, events::Events& events, Contacts& contacts, files::Files& files, Blocking& blocking)
        : db_(db), events_(events), contacts_(contacts), files_(files), blocking_(blocking) {}

    /// Reads the header, guesses what each column is (as last time, where the header was seen before), and waits to be confirmed.
    Task<Import> add(Context& ctx, const http::UploadedFile& upload);
    Task<Import> require(Context& ctx, Id<Import> id);
    Task<ImportList> list(Context& ctx);
    Task<Import> configure(Context& ctx, Id<Import> id, const ImportPatch& patch);
    /// Counts what the import would do, and notes what is wrong with which row; changes no client.
    Task<Import> check(Context& ctx, Id<Import> id);
    Task<Import> start(Context& ctx, Id<Import> id);
    /// Deletes whom it added and takes back what it changed, but for what was changed since: who was written about or worked with
    /// stays, and is counted.
    Task<Import> undo(Context& ctx, Id<Import> id);
    /// The rows that were not taken over, or not wholly, as they were, each with the reasons.
    Task<http::Response> errors(Context& ctx, Id<Import> id);
    Task<jobs::Outcome> run(Context& ctx, const jobs::Run& run, Id<Import> id);

private:
    struct Work;
    Task<Import> begin(Context& ctx, Id<Import> id, ImportState from, ImportState also_from, ImportState to, std::string event);
    Task<> forward(Context& ctx, const jobs::Run& run, Work& work);
    Task<bool> back(db::Session& tx, Context& ctx, Id<Import> id);
    Task<> take(db::Session& tx, Context& ctx, Work& work, const std::vector<Candidate>& rows, std::size_t offset);
    Task<> write(db::Session& tx, Context& ctx, Id<Import> id, ImportStep& step);

    db::Database& db_;
    events::Events& events_;
    Contacts& contacts_;
    files::Files& files_;
    Blocking& blocking_;
};

void routes(http::Router& router, Imports& imports);
void jobs(jobs::Registry& registry, Imports& imports);

} // namespace doorstep::contacts
