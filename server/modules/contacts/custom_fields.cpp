#include "modules/contacts/custom_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "core/time.hpp"
#include "core/unicode.hpp"

namespace doorstep::contacts {

namespace {

constexpr std::int64_t most_fields = 100;

#define FIELD_COLUMNS " id, key, label, type, choices, position "

const db::Query list_sql{
    "custom_fields.list", "select" FIELD_COLUMNS "from custom_fields where account_id = $1 order by position, key"
};

const db::Query insert_sql{"custom_fields.insert", R"sql(
    insert into custom_fields (account_id, id, key, label, type, choices, position, created_at)
    select $1, $2, $3, $4, $5, $6, coalesce(max(position) + 1, 0), $7 from custom_fields where account_id = $1
    having count(*) < $8
    returning )sql" FIELD_COLUMNS};

const db::Query lock_sql{
    "custom_fields.lock", "select" FIELD_COLUMNS "from custom_fields where account_id = $1 and id = $2 for update"
};

const db::Query update_sql{
    "custom_fields.update", "update custom_fields set label = $3, choices = $4, position = $5 where account_id = $1 and id = $2"
};

const db::Query remove_sql{
    "custom_fields.remove", "delete from custom_fields where account_id = $1 and id = $2 returning" FIELD_COLUMNS
};

std::vector<std::string> texts(const std::vector<Choice>& choices) {
    std::vector<std::string> list;
    for (auto& choice : choices) {
        if (std::ranges::find(list, choice.value) == list.end()) list.push_back(choice.value);
    }
    return list;
}

Json told(const CustomField& field) {
    return Json{R"({"key":)" + json_quote(field.key) + R"(,"label":)" + json_quote(field.label) + "}"};
}

bool is_date(std::string_view text) {
    return text.size() == 10 && parse_rfc3339(std::string(text) + "T00:00:00Z").has_value();
}

bool is_url(std::string_view text) {
    bool plain = std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
    return plain && text.size() <= 500 && (text.starts_with("https://") || text.starts_with("http://"));
}

/// As the store puts numbers into words that sort as they do (app.in_order).
std::string in_order(double number) {
    auto bits = std::bit_cast<std::uint64_t>(number + 0.0); // of -0, 0
    constexpr auto sign = std::uint64_t(1) << 63;
    return fmt::format("{:016x}", bits & sign ? ~bits : bits | sign);
}

std::optional<double> number_of(std::string_view text) {
    double number = 0;
    return Field<double>::parse(text, number) ? std::nullopt : std::optional(number);
}

/// Whether each end is of the kind or is missing, and one of them is there.
template <class Is>
bool both(std::string_view from, std::string_view to, Is is) {
    return (from.empty() || is(from)) && (to.empty() || is(to)) && !(from.empty() && to.empty());
}

/// The letters and digits of a label: two that differ in nothing else are one.
std::string letters_of(std::string_view label) {
    auto text = to_lower_ascii(label);
    std::erase_if(text, [](char c) {
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        return !plain;
    });
    return text;
}

Error upside_down() {
    return invalid("field", "invalid", "must go from the lower to the higher");
}

} // namespace

void seek_field(Terms& terms, std::string_view filter) {
    auto colon = filter.find(':');
    if (colon == 0 || colon == filter.npos)
        throw invalid("field", "invalid", "must be a field's key and a value, as key:value or key:from..to");
    auto key = "=" + std::string(filter.substr(0, colon));
    auto value = filter.substr(colon + 1);
    auto dots = value.find("..");
    auto from = value.substr(0, dots);
    auto to = dots == value.npos ? std::string_view() : value.substr(dots + 2);
    if (dots != value.npos && both(from, to, number_of)) {
        auto low = number_of(from);
        auto high = number_of(to);
        if (low && high && *low > *high) throw upside_down();
        terms.keys(key + ">" + (low ? in_order(*low) : ""), key + ">" + (high ? in_order(*high) : "g"));
    } else if (dots != value.npos && both(from, to, is_date)) {
        if (!to.empty() && from > to) throw upside_down();
        terms.keys(key + "=" + std::string(from.empty() ? "0" : from), key + "=" + std::string(to.empty() ? "9999-12-31" : to));
    } else {
        // As the store writes the key, which it keeps short.
        auto word = key + "=" + to_lower_ascii(value);
        terms.key(std::string(utf8_prefix(word, 200)));
    }
}

void NewCustomField::validate(Reader& reader) const {
    bool has_choices = choices && !choices->empty();
    if (type == FieldType::choice && !has_choices) reader.fail("choices", "required", "must name what can be chosen");
    if (type != FieldType::choice && has_choices) reader.fail("choices", "invalid", "are for fields of type choice");
    if (choices && choices->size() > 100) reader.fail("choices", "too_long", "may be at most 100");
    if (key && field_key(key->value) != key->value)
        reader.fail("key", "invalid", "must be small letters, digits and underscores, beginning with a letter");
}

std::string field_key(std::string_view label) {
    std::string key;
    for (char c : to_lower_ascii(label)) {
        bool letter = c >= 'a' && c <= 'z';
        bool digit = c >= '0' && c <= '9';
        if (letter || (digit && !key.empty())) {
            key += c;
        } else if (!key.empty() && key.back() != '_') {
            key += '_';
        }
        if (key.size() == 50) break;
    }
    while (key.ends_with('_')) key.pop_back();
    return key.empty() ? "field" : key;
}

std::optional<Fault> field_fault(const CustomField& field, JsonView value) {
    if (value.is_null()) return std::nullopt;
    using Kind = JsonView::Kind;
    auto text = value.kind() == Kind::string ? std::optional(value.string()) : std::nullopt;
    switch (field.type) {
    case FieldType::text:
        if (!text) return Fault{"type", "must be a text"};
        if (utf8_length(*text) > 1000) return Fault{"too_long", "must be at most 1,000 characters"};
        return std::nullopt;
    case FieldType::number:
        if (value.kind() == Kind::integer || value.kind() == Kind::number) return std::nullopt;
        return Fault{"type", "must be a number"};
    case FieldType::boolean:
        return value.kind() == Kind::boolean ? std::nullopt : std::optional(Fault{"type", "must be true or false"});
    case FieldType::date:
        return text && is_date(*text) ? std::nullopt : std::optional(Fault{"invalid", "must be a date such as 2026-03-04"});
    case FieldType::url:
        return text && is_url(*text) ? std::nullopt : std::optional(Fault{"invalid", "must be a web address with http(s)://"});
    case FieldType::choice:
        if (text && std::ranges::find(field.choices, *text) != field.choices.end()) return std::nullopt;
        return Fault{"invalid", "must be one of the field's choices"};
    }
    return std::nullopt;
}

Task<CustomFieldList> CustomFields::list(Context& ctx) {
    CustomFieldList list;
    list.items = co_await db_.all<CustomField>(ctx, list_sql, ctx.account_id);
    co_return list;
}

Task<std::vector<CustomField>> CustomFields::definitions(db::Session& tx, Context& ctx) {
    co_return co_await tx.all<CustomField>(list_sql, ctx.account_id);
}

Task<std::string> CustomFields::free_key(db::Session& tx, Context& ctx, const std::string& label) {
    auto taken = co_await definitions(tx, ctx);
    auto wanted = field_key(without_accents(label));
    auto key = wanted;
    // The same label again is a slip, which add() tells of.
    auto named_so = [&](const CustomField& field) { return letters_of(field.label) == letters_of(label); };
    if (std::ranges::any_of(taken, named_so)) co_return key;
    for (int n = 2; std::ranges::find(taken, key, &CustomField::key) != taken.end(); ++n)
        key = wanted.substr(0, 46) + "_" + std::to_string(n);
    co_return key;
}

Task<CustomField> CustomFields::add(Context& ctx, const NewCustomField& input) {
    auto now = ctx.now();
    auto id = Id<CustomField>::make(now);
    auto choices = texts(input.choices.value_or(std::vector<Choice>{}));
    auto body = [&](db::Session& tx) -> Task<CustomField> {
        auto key = input.key ? input.key->value : co_await free_key(tx, ctx, input.label.value);
        auto made = co_await tx.maybe<CustomField>(
            insert_sql, ctx.account_id, id, key, input.label, input.type, choices, now, most_fields
        );
        if (!made) throw conflict("too_many", "There are 100 fields already.");
        events_.record(tx, ctx, {.kind = "custom_field_added", .data = told(*made)});
        co_return std::move(*made);
    };
    try {
        co_return co_await db_.transaction(ctx, body);
    } catch (const db::Failure& failure) {
        if (!failure.unique_violation("custom_fields_key")) throw;
    }
    auto error = conflict("duplicate", "There is a field with this key.");
    error.fields.push_back({"key", "duplicate", "is the key of another field"});
    throw error;
}

Task<CustomField> CustomFields::update(Context& ctx, Id<CustomField> id, const CustomFieldPatch& patch) {
    auto body = [&](db::Session& tx) -> Task<CustomField> {
        auto field = co_await tx.maybe<CustomField>(lock_sql, ctx.account_id, id);
        if (!field) throw not_found("field");
        if (patch.label) field->label = patch.label->value;
        if (patch.position) field->position = *patch.position;
        if (patch.choices) {
            field->choices = texts(*patch.choices);
            if ((field->type == FieldType::choice) == field->choices.empty())
                throw invalid("choices", "invalid", "must fit the field's type");
        }
        tx.queue(update_sql, ctx.account_id, id, field->label, field->choices, field->position);
        events_.record(tx, ctx, {.kind = "custom_field_changed", .data = told(*field)});
        co_return std::move(*field);
    };
    co_return co_await db_.transaction(ctx, body);
}

Task<> CustomFields::remove(Context& ctx, Id<CustomField> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto field = co_await tx.maybe<CustomField>(remove_sql, ctx.account_id, id);
        if (!field) throw not_found("field");
        events_.record(tx, ctx, {.kind = "custom_field_removed", .data = told(*field)});
    };
    co_await db_.transaction(ctx, body);
}

Task<> CustomFields::require_valid(db::Session& tx, Context& ctx, const JsonObject& values, const JsonObject& before) {
    if (values.text == "{}") co_return;
    auto fields = co_await definitions(tx, ctx);
    auto document = JsonDocument::parse(values.text);
    auto old = JsonDocument::parse(before.text.empty() ? std::string("{}") : before.text);
    Reader reader;
    Reader::At at(reader, "custom_fields");
    for (auto& field : fields) {
        auto value = document.root().find(field.key);
        if (!value) continue;
        auto was = old.root().find(field.key);
        if (was && was->text() == value->text()) continue;
        auto fault = field_fault(field, *value);
        if (fault) reader.fail(field.key, std::move(fault->code), std::move(fault->message));
    }
    reader.require_ok();
}

} // namespace doorstep::contacts
