#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "modules/contacts/import_rows.hpp"

/// What becomes of each row of a file, before any of it is written.
namespace doorstep::contacts {

struct NewRow {
    Id<Client> id;
    std::string name;
    std::optional<std::string> email, email_key, phone, phone_e164;
    std::string property_address;
    PropertyType property_type = PropertyType::residential;
    Stage stage = Stage::lead;
    std::optional<std::string> notes;
    JsonObject custom_fields;
    std::vector<std::string> tags;
    std::optional<Zone> zone;
    BOOST_DESCRIBE_CLASS(
        NewRow, (),
        (id, name, email, email_key, phone, phone_e164, property_address, property_type, stage, notes, custom_fields, tags,
         zone),
        (), ()
    )
};

struct NewStage {
    Uuid id;
    Id<Client> contact_id;
    Stage stage = Stage::lead;
    BOOST_DESCRIBE_CLASS(NewStage, (), (id, contact_id, stage), (), ())
};

struct DoneRow {
    std::int64_t row_number = 0;
    std::string outcome;
    std::optional<Id<Client>> contact_id;
    std::vector<std::string> reasons;
    std::vector<std::string> cells; ///< where there are reasons, for who reads them
    Json before;
    Json after;
    BOOST_DESCRIBE_CLASS(DoneRow, (), (row_number, outcome, contact_id, reasons, cells, before, after), (), ())
};

struct Present : Client {
    std::optional<std::int64_t> touched_by; ///< an earlier row of the same file
    std::vector<std::string> points;        ///< the keys of what else they are known by
    BOOST_DESCRIBE_CLASS(Present, (Client), (touched_by, points), (), ())
};

/// Somebody whom a row can be: there before, or an earlier row of the file.
struct Known {
    Id<Client> id;
    std::string name;
    std::string email; ///< its key; empty: none
    std::int64_t row = 0;
    const Present* present = nullptr; ///< of those who are there
};
using KnownBy = std::unordered_map<std::string, Known>;

/// A step's rows sorted by what becomes of them.
struct ImportStep {
    std::vector<NewRow> added;
    std::vector<NewStage> stages;
    std::vector<Client> changed;
    std::vector<Id<Client>> addressed; ///< of these, who had no e-mail address
    std::vector<Id<Client>> opted_out; ///< who want no e-mail, of whatever row
    std::vector<DoneRow> rows;
    std::int64_t updated = 0;
    std::int64_t skipped = 0;
    std::int64_t bad = 0;
    std::int64_t remarked = 0;
};

class ImportSorter {
public:
    /// `before`: whom earlier steps have seen, where the store can't tell; `seen`: whom this one does.
    ImportSorter(
        const RowReader& reader, ImportMatch match_by, std::vector<Present> present, const KnownBy& before, KnownBy& seen,
        Time now
    );
    void sort(const Candidate& row, ImportStep& step);

private:
    const Known* find(const std::string& key) const;
    bool same_person(const Candidate& row, const Known& by_number) const;
    void add(const Candidate& row, ImportStep& step);
    void change(const Candidate& row, const Known& who, ImportStep& step);

    const RowReader& reader_;
    ImportMatch match_by_;
    std::vector<Present> present_;
    const KnownBy& before_;
    KnownBy& seen_;
    KnownBy there_;
    Time now_;
};

} // namespace doorstep::contacts
