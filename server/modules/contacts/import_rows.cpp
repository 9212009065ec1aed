#include "modules/contacts/import_rows.hpp"

#include <algorithm>

#include "core/cell_list.hpp"

namespace doorstep::contacts {

namespace {

/// What our own export put before a formula comes off again, and the formula by which a spreadsheet keeps a number as it is:
/// ="2125553334".
std::string_view bare(std::string_view cell) {
    auto text = trim(cell);
    if (text.size() >= 3 && text.starts_with("=\"") && text.ends_with('"')) return trim(text.substr(2, text.size() - 3));
    if (text.size() > 1 && text[0] == '\'' && std::string_view("=+-@").find(text[1]) != std::string_view::npos)
        text.remove_prefix(1);
    return text;
}

std::vector<std::string> split_tags(std::string_view text) {
    std::vector<std::string> tags;
    for (auto& value : read_cell_list(text)) {
        Tag tag;
        auto faulty = Field<Tag>::parse(value, tag);
        if (!faulty && std::ranges::find(tags, tag.value) == tags.end() && tags.size() < 50) tags.push_back(tag.value);
    }
    return tags;
}

/// Reads a text into a type of the API; what is wrong is told with the field's name.
template <class T>
bool read_field(std::string_view name, std::string_view text, T& out, Candidate& row) {
    auto fault = Field<T>::parse(text, out);
    if (fault) row.faults.push_back(std::string(name) + " " + fault->message);
    return !fault;
}

/// Whether a cell changes what is there.
bool counts(bool empty, ColumnRule rule) {
    return rule == ColumnRule::overwrite || (empty && rule == ColumnRule::fill);
}

JsonObject with_custom(const JsonObject& before, const std::vector<std::pair<std::string, Json>>& values, auto wanted) {
    std::string text;
    JsonWriter writer(text);
    writer.begin_object();
    auto document = JsonDocument::parse(before.text);
    document.root().each_member([&](std::string_view name, JsonView value) {
        auto fresh = std::ranges::find(values, name, &std::pair<std::string, Json>::first);
        writer.key(name);
        writer.raw(fresh != values.end() && wanted(name, value.is_null()) ? fresh->second.text : value.text());
    });
    for (auto& [name, value] : values) {
        if (document.root().find(name) || !wanted(name, true)) continue;
        writer.key(name);
        writer.raw(value.text);
    }
    writer.end_object();
    return {text};
}

/// The field by which people are reported, whether the office has defined it or not.
constexpr auto source_key = "source";

} // namespace

RowReader::RowReader(
    std::vector<ImportColumn> columns, ImportDefaults defaults, std::vector<CustomField> fields, DayOrder day_order
)
    : columns_(std::move(columns)), defaults_(std::move(defaults)), fields_(std::move(fields)), day_order_(day_order) {
    auto is_source = [](auto& field) { return field.key == source_key; };
    if (std::ranges::none_of(fields_, is_source)) {
        CustomField source;
        source.key = source_key;
        fields_.push_back(std::move(source));
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        auto dated = [&target = columns_[i].target](auto& field) {
            return field.type == FieldType::date && target == "custom:" + field.key;
        };
        if (std::ranges::any_of(fields_, dated)) days_.emplace(i, DayOrderOf());
    }
}

void RowReader::look(const std::vector<std::string>& cells) {
    for (auto& [column, days] : days_)
        if (column < cells.size()) days.see(bare(cells[column]));
}

std::string RowReader::cell(const Candidate& row, std::string_view target) const {
    for (std::size_t i = 0; i < columns_.size() && i < row.cells.size(); ++i) {
        if (columns_[i].target != target) continue;
        auto text = bare(row.cells[i]);
        if (!text.empty()) return std::string(text);
    }
    return {};
}

ColumnRule RowReader::rule(std::string_view target) const {
    auto column = std::ranges::find(columns_, target, &ImportColumn::target);
    return column == columns_.end() ? ColumnRule::never : column->rule;
}

Candidate RowReader::read(std::int64_t row_number, std::vector<std::string> cells, std::string_view fault) const {
    Candidate row;
    row.row_number = row_number;
    row.cells = std::move(cells);
    if (!fault.empty()) row.faults.emplace_back(fault);
    read_person(row);
    read_opt_outs(row);
    read_custom(row);
    return row;
}

void RowReader::read_person(Candidate& row) const {
    auto email = cell(row, "email");
    email = std::string(trim(email.substr(0, email.find_first_of(",; "))));
    if (!email.empty()) read_field("email", email, row.email.emplace(), row);

    auto name = cell(row, "name");
    if (name.empty()) name = cell(row, "first_name") + " " + cell(row, "last_name");
    if (trim(name).empty()) name = email.empty() ? cell(row, "phone") : email;
    Line<1, 100> line;
    if (!name.empty() && read_field("name", name, line, row)) row.name = line.value;

    auto phone = cell(row, "phone");
    auto code = cell(row, "calling_code");
    if (!phone.empty() && !code.empty() && phone[0] != '+') phone = (code[0] == '+' ? code : "+" + code) + " " + phone;
    if (!phone.empty() && read_field("phone", phone, row.phone.emplace(), row)) row.e164 = row.phone->e164();
    if (email.empty() && phone.empty())
        row.faults.emplace_back("email and phone are missing: a client is known by one of the two");
    else if (email.empty() && row.e164.empty() && row.faults.empty())
        row.faults.emplace_back("phone is no whole number, and email is missing: a client is known by one of the two");

    auto address = cell(row, "property_address");
    // Some keep the street alone under that name, and the rest beside it.
    bool street_alone = !address.empty() && address.find(',') == address.npos && !cell(row, "city").empty();
    if (street_alone || address.empty()) {
        for (auto part : {"street", "city", "state", "zip"}) {
            auto text = cell(row, part);
            if (text.empty() || (street_alone && part == std::string_view("street"))) continue;
            if (!address.empty()) address += part == std::string_view("zip") ? " " : ", ";
            address += text;
        }
    }
    if (address.empty() && defaults_.property_address) address = defaults_.property_address->value;
    Line<1, 200> place;
    if (address.empty())
        row.faults.emplace_back("property_address is missing, and the import has none for everybody");
    else if (read_field("property_address", address, place, row))
        row.property_address = place.value;

    row.stage = stage_of(cell(row, "stage"));
    row.property_type = property_type_of(cell(row, "property_type"));
    auto notes = cell(row, "notes");
    Text<0, 1000> text;
    if (!notes.empty() && read_field("notes", utf8_prefix(notes, 1000), text, row)) row.notes = text.value;
    auto zone = cell(row, "zone");
    if (!zone.empty()) read_field("zone", zone, row.zone.emplace(), row);
    row.tags = split_tags(cell(row, "tags"));
    if (defaults_.tag && std::ranges::find(row.tags, defaults_.tag->value) == row.tags.end())
        row.tags.push_back(defaults_.tag->value);
}

void RowReader::read_opt_outs(Candidate& row) const {
    for (std::size_t i = 0; i < columns_.size() && i < row.cells.size(); ++i) {
        auto text = bare(row.cells[i]);
        if (columns_[i].target != "email_unsubscribed" || text.empty()) continue;
        auto wants_out = read_opt_out(text);
        if (!wants_out) row.faults.emplace_back("email_unsubscribed must be yes or no");
        row.opted_out = row.opted_out || wants_out.value_or(false);
    }
}

void RowReader::read_custom(Candidate& row) const {
    for (auto& field : fields_) {
        read_custom(row, field, "custom:" + field.key);
        if (field.key == source_key) read_custom(row, field, "source");
    }
}

void RowReader::read_custom(Candidate& row, const CustomField& field, std::string_view target) const {
    auto text = cell(row, target);
    if (text.empty()) return;
    auto column = std::size_t(std::ranges::find(columns_, target, &ImportColumn::target) - columns_.begin());
    auto days = days_.find(column);
    auto order = days == days_.end() ? day_order_ : days->second.or_else(day_order_);
    auto value = field_value(field, text, order);
    if (value)
        row.custom.emplace_back(field.key, std::move(*value));
    else
        row.faults.push_back(field.key + " " + std::string(field_wants(field.type, order)));
}

Client RowReader::applied(const Candidate& row, const Client& client) const {
    Client next = client;
    auto name_rule = rule("name") == ColumnRule::never ? rule("first_name") : rule("name");
    auto address_rule = rule("property_address") == ColumnRule::never ? rule("street") : rule("property_address");
    // What stands in for an empty cell in a new client changes no old one.
    bool named = !cell(row, "name").empty() || !cell(row, "first_name").empty();
    bool located = !cell(row, "property_address").empty() || !cell(row, "street").empty();
    if (named && counts(false, name_rule)) next.name = row.name;
    if (row.email && !client.email && rule("email") != ColumnRule::never) next.email = row.email;
    if (row.phone && counts(!client.phone, rule("phone"))) next.phone = row.phone;
    if (located && counts(false, address_rule)) next.property_address = row.property_address;
    if (row.property_type && counts(false, rule("property_type"))) next.property_type = *row.property_type;
    if (row.stage && counts(false, rule("stage"))) next.stage = *row.stage;
    if (row.notes && counts(!client.notes, rule("notes"))) next.notes = row.notes;
    if (row.zone && counts(!client.zone, rule("zone"))) next.zone = row.zone;
    for (auto& tag : row.tags) {
        bool there = std::ranges::find(next.tags, tag) != next.tags.end();
        if (!there && next.tags.size() < 50) next.tags.push_back(tag);
    }
    if (!row.custom.empty()) {
        auto custom = with_custom(client.custom_fields, row.custom, [this](std::string_view key, bool empty) {
            auto by_name = key == source_key ? rule(source_key) : ColumnRule::never;
            return counts(empty, rule("custom:" + std::string(key))) || counts(empty, by_name);
        });
        // What says the same as before stays as the store wrote it.
        if (JsonDocument::parse(client.custom_fields.text).root().text() != custom.text) next.custom_fields = std::move(custom);
    }
    return next;
}

Client RowReader::fresh(const Candidate& row, Time now) const {
    Client client;
    client.id = Id<Client>::make(now);
    client.name = row.name;
    client.email = row.email;
    client.phone = row.phone;
    client.property_address = row.property_address;
    client.property_type = row.property_type.value_or(defaults_.property_type.value_or(PropertyType::residential));
    client.stage = row.stage.value_or(defaults_.stage.value_or(Stage::lead));
    client.notes = row.notes;
    client.zone = row.zone;
    client.tags = row.tags;
    client.custom_fields = with_custom({}, row.custom, [](std::string_view, bool) { return true; });
    return client;
}

} // namespace doorstep::contacts
