#pragma once

#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "modules/contacts/search.hpp"
#include "modules/events/events.hpp"

namespace doorstep::contacts {

enum class FieldType { text, number, date, boolean, choice, url };
BOOST_DESCRIBE_ENUM(FieldType, text, number, date, boolean, choice, url)

using FieldLabel = Line<1, 80>;
using Choice = Line<1, 80>;

/// A field that an account adds to its contacts. Values under keys without a definition stay free-form.
struct CustomField {
    Id<CustomField> id;
    std::string key;
    std::string label;
    FieldType type = FieldType::text;
    std::vector<std::string> choices;
    std::int64_t position = 0;
    BOOST_DESCRIBE_CLASS(CustomField, (), (id, key, label, type, choices, position), (), ())
};

struct CustomFieldList {
    std::vector<CustomField> items;
    BOOST_DESCRIBE_CLASS(CustomFieldList, (), (items), (), ())
};

struct NewCustomField {
    FieldLabel label;
    std::optional<Line<1, 50>> key; ///< unset: made from the label
    FieldType type = FieldType::text;
    std::optional<std::vector<Choice>> choices;
    BOOST_DESCRIBE_CLASS(NewCustomField, (), (label, key, type, choices), (), ())
    void validate(Reader& reader) const;
};

/// The key and the type stay: values that are there were written under them.
struct CustomFieldPatch {
    Patch<FieldLabel> label;
    Patch<std::vector<Choice>> choices;
    Patch<Int<0, 1000>> position;
    BOOST_DESCRIBE_CLASS(CustomFieldPatch, (), (label, choices, position), (), ())
};

class CustomFields {
public:
    CustomFields(db::Database& db, events::Events& events) : db_(db), events_(events) {}

    /// In the order of their position.
    Task<CustomFieldList> list(Context& ctx);
    /// Error 409 `duplicate` where the key is taken; at most 100 fields an account.
    Task<CustomField> add(Context& ctx, const NewCustomField& input);
    Task<CustomField> update(Context& ctx, Id<CustomField> id, const CustomFieldPatch& patch);
    /// What contacts have under its key becomes free-form.
    Task<> remove(Context& ctx, Id<CustomField> id);

    /// Throws Error 422 with every value that its definition does not allow, but for what was there `before` and stays: a choice
    /// may have been taken off the list since.
    Task<> require_valid(db::Session& tx, Context& ctx, const JsonObject& values, const JsonObject& before);
    Task<std::vector<CustomField>> definitions(db::Session& tx, Context& ctx);

private:
    /// Made from the label, with a number where another field has it.
    Task<std::string> free_key(db::Session& tx, Context& ctx, const std::string& label);

    db::Database& db_;
    events::Events& events_;
};

/// Why a value is none of the field's; null is always allowed and says nothing.
std::optional<Fault> field_fault(const CustomField& field, JsonView value);
/// Seeks the people that a list's filter by a field asks for: "key:value", case aside, or "key:from..to" between two numbers or two
/// days, both included, of which one may be missing. Throws Error 422 for anything else.
void seek_field(Terms& terms, std::string_view filter);
/// "lead_source" of "Lead source".
std::string field_key(std::string_view label);

} // namespace doorstep::contacts
