#pragma once

#include "modules/contacts/imports.hpp"

namespace doorstep::contacts {

/// A row as it was understood.
struct Candidate {
    std::int64_t row_number = 0;
    std::vector<std::string> cells;
    std::vector<std::string> faults; ///< why it can't be taken over
    std::string name;
    std::optional<Email> email;
    std::optional<Phone> phone;
    std::string e164;
    std::string property_address;
    std::optional<PropertyType> property_type;
    std::optional<Stage> stage;
    std::optional<std::string> notes;
    std::optional<Zone> zone;
    std::vector<std::string> tags;
    std::vector<std::pair<std::string, Json>> custom;
};

/// Reads rows as the columns say. CPU-heavy (telephone numbers): for the blocking pool.
class RowReader {
public:
    RowReader(std::vector<ImportColumn> columns, ImportDefaults defaults, std::vector<CustomField> fields);
    Candidate read(std::int64_t row_number, std::vector<std::string> cells, std::string_view fault) const;
    /// The client that is there already, as the row would leave it.
    Client applied(const Candidate& row, const Client& client) const;
    /// As a new one.
    Client fresh(const Candidate& row, Time now) const;

private:
    std::string cell(const Candidate& row, std::string_view target) const;
    ColumnRule rule(std::string_view target) const;
    void read_person(Candidate& row) const;
    void read_custom(Candidate& row) const;

    std::vector<ImportColumn> columns_;
    ImportDefaults defaults_;
    std::vector<CustomField> fields_;
};

/// The stage that other systems call so; nullopt where nobody can tell.
std::optional<Stage> stage_of(std::string_view words);
std::optional<PropertyType> property_type_of(std::string_view words);

} // namespace doorstep::contacts
