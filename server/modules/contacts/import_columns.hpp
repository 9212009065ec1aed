#pragma once

#include "modules/contacts/imports.hpp"

namespace doorstep::contacts {

/// Whose export it is, by headers that only theirs have.
ImportSource guess_source(const std::vector<std::string>& headers);
/// What each column is, as its header says; of two that would be the same, the first, but for addresses and numbers.
std::vector<ImportColumn> guess_columns(const std::vector<std::string>& headers, const std::vector<CustomField>& fields);
/// The column before this one that is the same already, of what a file may have once only; null where there is none.
const ImportColumn* twin_of(const std::vector<ImportColumn>& columns, std::size_t at);
/// Whether a table of this column alone is one of people: of names, addresses or numbers.
bool tells_people(const std::string& header);
/// Whether a column may be that.
bool known_target(std::string_view target, const std::vector<CustomField>& fields);
/// The same for files with the same columns.
std::string header_signature(const std::vector<std::string>& headers);

} // namespace doorstep::contacts
