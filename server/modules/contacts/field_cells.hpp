#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "modules/contacts/custom_fields.hpp"

/// What people write into the cells of tables.
namespace doorstep::contacts {

/// Which number of 3/4/2026 is the month.
enum class DayOrder { month_first, day_first, unclear };

/// The order of a column's days, which those show that can be read one way alone.
class DayOrderOf {
public:
    void see(std::string_view cell);
    /// Unclear where some are one way and some the other.
    DayOrder or_else(DayOrder by_default) const;

private:
    bool month_first_ = false;
    bool day_first_ = false;
};

/// How days are written where the zone is.
DayOrder day_order_in(std::string_view zone);

/// "2026-02-28" of "02/28/2026", "2/28/26", "Feb 28, 2026" or "28.02.2026", a time of day aside.
std::optional<std::string> read_day(std::string_view cell, DayOrder order);
/// 450000 of "$450,000", "450k" or "0.45M"; 1234.5 of "1.234,50".
std::optional<double> read_number(std::string_view cell);
std::optional<bool> read_boolean(std::string_view cell);
/// Whether somebody wants no e-mail.
std::optional<bool> read_opt_out(std::string_view cell);

/// What a cell says, as the field's JSON value; nullopt where it says nothing that fits.
std::optional<Json> field_value(const CustomField& field, std::string_view cell, DayOrder order);
/// What a cell of the field must be.
std::string_view field_wants(FieldType type, DayOrder order);

} // namespace doorstep::contacts
