#pragma once

#include <map>

#include "modules/contacts/field_cells.hpp"
#include "modules/contacts/imports.hpp"

namespace doorstep::contacts {

/// A row as it was understood.
struct Candidate {
    std::int64_t row_number = 0;
    std::vector<std::string> cells;
    std::vector<std::string> faults;  ///< why it can't be taken over
    std::vector<std::string> remarks; ///< what of it is not
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
    bool opted_out = false; ///< wants no e-mail
    std::vector<std::pair<std::string, Json>> custom;
};

/// Reads rows as the columns say. CPU-heavy (telephone numbers): for the blocking pool.
class RowReader {
public:
    RowReader(std::vector<ImportColumn> columns, ImportDefaults defaults, std::vector<CustomField> fields, DayOrder day_order);
    /// Looks at a row before any is read: in which order days are written shows by the whole column.
    void look(const std::vector<std::string>& cells);
    /// Whether there are days to look for.
    bool has_days() const { return !days_.empty(); }
    Candidate read(std::int64_t row_number, std::vector<std::string> cells, std::string_view fault) const;
    /// The client that is there already, as the row would leave it.
    Client applied(const Candidate& row, const Client& client) const;
    /// As a new one.
    Client fresh(const Candidate& row, Time now) const;
    /// Whether the file may end e-mails to people who are there already.
    bool may_opt_out() const { return rule("email_unsubscribed") != ColumnRule::never; }

private:
    std::string cell(const Candidate& row, std::string_view target) const;
    ColumnRule rule(std::string_view target) const;
    void read_person(Candidate& row) const;
    void read_opt_outs(Candidate& row) const;
    void read_custom(Candidate& row) const;
    void read_custom(Candidate& row, const CustomField& field, std::string_view target) const;

    std::vector<ImportColumn> columns_;
    ImportDefaults defaults_;
    std::vector<CustomField> fields_;
    DayOrder day_order_;
    std::map<std::size_t, DayOrderOf> days_; ///< by the column
};

/// The stage that other systems call so; nullopt where nobody can tell.
std::optional<Stage> stage_of(std::string_view words);
std::optional<PropertyType> property_type_of(std::string_view words);

} // namespace doorstep::contacts
