#include "modules/contacts/import_columns.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "core/unicode.hpp"

namespace doorstep::contacts {

namespace {

/// "emails/primary email" of "Emails / Primary Email", "first name" of "first_name", "telefono" of "Teléfono".
std::string folded(std::string_view header) {
    std::string text;
    for (char c : to_lower_ascii(without_accents(trim(header)))) {
        bool blank = c == ' ' || c == '_' || c == '-' || c == '.' || c == ':';
        if (!blank) {
            text += c;
        } else if (!text.empty() && text.back() != ' ' && text.back() != '/') {
            text += ' ';
        }
    }
    auto slash = text.find(" /");
    if (slash != text.npos) text.erase(slash, 1);
    while (text.ends_with(' ')) text.pop_back();
    return text;
}

struct Alias {
    std::string_view header;
    std::string_view target;
};

constexpr Alias aliases[] = {
    {"name", "name"},
    {"full name", "name"},
    {"contact name", "name"},
    {"lead name", "name"},
    {"client name", "name"},
    {"nombre completo", "name"},
    {"first name", "first_name"},
    {"firstname", "first_name"},
    {"given name", "first_name"},
    {"name/first name", "first_name"},
    {"nombre", "first_name"},
    {"last name", "last_name"},
    {"lastname", "last_name"},
    {"surname", "last_name"},
    {"family name", "last_name"},
    {"name/last name", "last_name"},
    {"apellido", "last_name"},
    {"apellidos", "last_name"},
    {"email", "email"},
    {"e mail", "email"},
    {"email address", "email"},
    {"email 1", "email"},
    {"email1", "email"},
    {"primary email", "email"},
    {"emails", "email"},
    {"emails/primary email", "email"},
    {"email 2", "email"},
    {"secondary email", "email"},
    {"work email", "email"},
    {"correo", "email"},
    {"correo electronico", "email"},
    {"phone", "phone"},
    {"phone number", "phone"},
    {"phone 1", "phone"},
    {"phone1", "phone"},
    {"primary phone", "phone"},
    {"mobile", "phone"},
    {"mobile phone", "phone"},
    {"mobile phone number", "phone"},
    {"cell", "phone"},
    {"cell phone", "phone"},
    {"phones", "phone"},
    {"phones/primary phone number", "phone"},
    {"phones/primary phone", "phone"},
    {"phone 2", "phone"},
    {"secondary phone", "phone"},
    {"home phone", "phone"},
    {"work phone", "phone"},
    {"phones/primary phone calling code", "calling_code"},
    {"telefono", "phone"},
    {"property address", "property_address"},
    {"address", "property_address"},
    {"address 1", "property_address"},
    {"full address", "property_address"},
    {"direccion", "property_address"},
    {"street", "street"},
    {"street address", "street"},
    {"address 1 street", "street"},
    {"address/address 1", "street"},
    {"mailing address", "street"},
    {"mailing street address", "street"},
    {"city", "city"},
    {"address 1 city", "city"},
    {"address/city", "city"},
    {"mailing city", "city"},
    {"property city", "city"},
    {"ciudad", "city"},
    {"state", "state"},
    {"state/region", "state"},
    {"address 1 state", "state"},
    {"address/state", "state"},
    {"mailing state", "state"},
    {"property state", "state"},
    {"zip", "zip"},
    {"zip code", "zip"},
    {"postal code", "zip"},
    {"address 1 zip", "zip"},
    {"address/post code", "zip"},
    {"mailing zip code", "zip"},
    {"property postal code", "zip"},
    {"property type", "property_type"},
    {"stage", "stage"},
    {"lead stage", "stage"},
    {"pipeline", "stage"},
    {"pipeline stage", "stage"},
    {"lead status", "stage"},
    {"lifecycle stage", "stage"},
    {"status", "stage"},
    {"etapa", "stage"},
    {"notes", "notes"},
    {"note", "notes"},
    {"comments", "notes"},
    {"background", "notes"},
    {"description", "notes"},
    {"message", "notes"},
    {"notas", "notes"},
    {"tags", "tags"},
    {"tag", "tags"},
    {"labels", "tags"},
    {"segments", "tags"},
    {"etiquetas", "tags"},
    {"time zone", "zone"},
    {"timezone", "zone"},
    {"source", "source"},
    {"lead source", "source"},
    {"original source", "source"},
    {"original traffic source", "source"},
    {"fuente", "source"},
    {"origen", "source"},
    {"unsubscribed", "email_unsubscribed"},
    {"unsubscribe", "email_unsubscribed"},
    {"unsubscribed from all email", "email_unsubscribed"},
    {"unsubscribed from all emails", "email_unsubscribed"},
    {"email unsubscribed", "email_unsubscribed"},
    {"email opt out", "email_unsubscribed"},
    {"email opted out", "email_unsubscribed"},
    {"e mail opt out", "email_unsubscribed"},
    {"opted out of email", "email_unsubscribed"},
    {"do not email", "email_unsubscribed"},
    {"dado de baja", "email_unsubscribed"},
};

constexpr std::string_view targets[] = {
    "name",
    "first_name",
    "last_name",
    "email",
    "phone",
    "calling_code",
    "property_address",
    "street",
    "city",
    "state",
    "zip",
    "property_type",
    "stage",
    "notes",
    "tags",
    "zone",
    "source",
    "email_unsubscribed"
};

/// Of these a file may have several columns: the first that is filled in a row counts, or any that says that no e-mail is wanted.
constexpr std::string_view several[] = {"email", "phone", "property_address",  "street", "city",
                                        "state", "zip",   "email_unsubscribed"};

/// By these a table of a single column is one of people.
constexpr std::string_view telling[] = {"name", "first_name", "last_name", "email", "phone"};

/// The field that a target fills: two targets may fill one.
std::string_view filled_by(std::string_view target) {
    return target == "source" ? "custom:source" : target;
}

std::string target_of(const std::string& header, const std::vector<CustomField>& fields) {
    auto name = folded(header);
    auto alias = std::ranges::find(aliases, name, &Alias::header);
    if (alias != std::end(aliases)) return std::string(alias->target);
    for (auto& field : fields) {
        if (name == folded(field.label) || name == folded(field.key)) return "custom:" + field.key;
    }
    return {};
}

} // namespace

ImportSource guess_source(const std::vector<std::string>& headers) {
    auto has = [&headers](std::string_view wanted) {
        return std::ranges::any_of(headers, [wanted](auto& header) { return folded(header) == wanted; });
    };
    if (has("record id") && (has("lifecycle stage") || has("contact owner") || has("lead status") || has("associated company")))
        return ImportSource::hubspot;
    if (has("emails/primary email") || has("name/first name")) return ImportSource::twenty;
    if (has("email 1") && has("phone 1") &&
        (has("lead source") || has("assigned to") || has("is contacted") || has("phone 1 type")))
        return ImportSource::follow_up_boss;
    if (has("phone dnc status") || has("mailing street address")) return ImportSource::lofty;
    if ((has("lead id") || has("lead type")) && (has("pipeline") || has("segments") || has("lead score")))
        return ImportSource::lofty;
    return ImportSource::generic;
}

std::vector<ImportColumn> guess_columns(const std::vector<std::string>& headers, const std::vector<CustomField>& fields) {
    std::vector<ImportColumn> columns;
    for (auto& header : headers) {
        auto target = target_of(header, fields);
        columns.push_back({header, target, ColumnRule::fill, {}});
        if (twin_of(columns, columns.size() - 1)) columns.back().target.clear();
    }
    return columns;
}

const ImportColumn* twin_of(const std::vector<ImportColumn>& columns, std::size_t at) {
    auto& target = columns[at].target;
    if (target.empty() || std::ranges::find(several, target) != std::end(several)) return nullptr;
    for (std::size_t i = 0; i < at; ++i)
        if (filled_by(columns[i].target) == filled_by(target)) return &columns[i];
    return nullptr;
}

bool tells_people(const std::string& header) {
    return std::ranges::find(telling, target_of(header, {})) != std::end(telling);
}

bool known_target(std::string_view target, const std::vector<CustomField>& fields) {
    if (target.empty() || std::ranges::find(targets, target) != std::end(targets)) return true;
    if (!target.starts_with("custom:")) return false;
    return std::ranges::any_of(fields, [target](auto& field) { return field.key == target.substr(7); });
}

std::string header_signature(const std::vector<std::string>& headers) {
    std::string all;
    for (auto& header : headers) all += folded(header) + "\n";
    return sha256_hex(all);
}

} // namespace doorstep::contacts
