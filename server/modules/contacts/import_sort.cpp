#include "modules/contacts/import_sort.hpp"

#include <algorithm>

#include "core/unicode.hpp"
#include "modules/contacts/client_sql.hpp"

namespace doorstep::contacts {

namespace {

NewRow new_row(const Client& client, const std::string& e164) {
    auto email = client.email ? std::optional(client.email->value) : std::nullopt;
    auto phone = client.phone ? std::optional(client.phone->value) : std::nullopt;
    return {
        client.id,
        client.name,
        email,
        key_of(client.email),
        phone,
        e164.empty() ? std::nullopt : std::optional(e164),
        client.property_address,
        client.property_type,
        client.stage,
        client.notes,
        client.custom_fields,
        client.tags,
        client.zone
    };
}

std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words;
    std::string word;
    for (char c : to_lower_ascii(without_accents(name)) + " ") {
        bool parts = c == ' ' || c == ',' || c == '.' || c == '-';
        if (!parts) {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

/// An address or a number stands for the name where there is none.
bool is_name(std::string_view name) {
    bool letters = std::ranges::any_of(name, [](char c) { return (c | 0x20) >= 'a' || static_cast<unsigned char>(c) >= 0x80; });
    return letters && name.find('@') == name.npos;
}

/// Whether two names can be one person's: "Ann", "Ann Ray" and "Ray, Ann" can.
bool alike(std::string_view a, std::string_view b) {
    if (!is_name(a) || !is_name(b)) return true;
    auto fewer = words_of(a);
    auto more = words_of(b);
    if (fewer.size() > more.size()) std::swap(fewer, more);
    return std::ranges::all_of(fewer, [&more](auto& word) { return std::ranges::find(more, word) != more.end(); });
}

std::string called(const Known& who) {
    return who.row > 0 ? who.name + " of row " + std::to_string(who.row) : who.name + ", who is here already";
}

/// The row of somebody whose number is another's: they come in without it as theirs, and it is not lost.
Candidate without_phone(const Candidate& row, const Known& owner, bool is_new) {
    Candidate rest = row;
    auto number = row.phone->value;
    rest.phone.reset();
    rest.e164.clear();
    rest.remarks.push_back("phone " + number + " was left out: it is the number of " + called(owner));
    if (is_new) {
        auto notes = "Tel. " + number + (row.notes ? "\n" + *row.notes : "");
        rest.notes = std::string(utf8_prefix(notes, 1000));
        rest.remarks.back() += ", and stands in the notes";
    }
    return rest;
}

void refuse(const Candidate& row, std::vector<std::string> reasons, ImportStep& step) {
    step.rows.push_back({row.row_number, "bad", std::nullopt, std::move(reasons), row.cells, {}, {}});
    ++step.bad;
}

void skip(const Candidate& row, const Known& who, std::string reason, ImportStep& step) {
    step.rows.push_back({row.row_number, "skipped", who.id, {std::move(reason)}, row.cells, {}, {}});
    ++step.skipped;
}

/// A row that is taken over, with what was left out of it.
DoneRow taken(const Candidate& row, std::string outcome, Id<Client> id, Json before, ImportStep& step) {
    if (!row.remarks.empty()) ++step.remarked;
    auto cells = row.remarks.empty() ? std::vector<std::string>() : row.cells;
    return {row.row_number, std::move(outcome), id, row.remarks, std::move(cells), std::move(before), {}};
}

} // namespace

ImportSorter::ImportSorter(
    const RowReader& reader, ImportMatch match_by, std::vector<Present> present, const KnownBy& before, KnownBy& seen, Time now
)
    : reader_(reader), match_by_(match_by), present_(std::move(present)), before_(before), seen_(seen), now_(now) {
    seen_.clear();
    for (auto& client : present_) {
        auto email = key_of(client.email);
        auto phone = key_of(client.phone);
        Known known{client.id, client.name, email.value_or(""), client.touched_by.value_or(0), &client};
        if (email) there_[*email] = known;
        if (phone) there_[*phone] = known;
        for (auto& point : client.points) there_.try_emplace(point, known);
    }
}

const Known* ImportSorter::find(const std::string& key) const {
    if (key.empty()) return nullptr;
    for (const KnownBy* known : std::initializer_list<const KnownBy*>{&seen_, &before_, &there_}) {
        auto found = known->find(key);
        if (found != known->end()) return &found->second;
    }
    return nullptr;
}

bool ImportSorter::same_person(const Candidate& row, const Known& by_number) const {
    // Without an address of their own nobody could come in beside the number's owner.
    if (!row.email || match_by_ == ImportMatch::email_or_phone) return true;
    return match_by_ == ImportMatch::likely && alike(row.name, by_number.name);
}

void ImportSorter::sort(const Candidate& row, ImportStep& step) {
    if (!row.faults.empty()) return refuse(row, row.faults, step);
    auto email = row.email ? row.email->key() : std::string();
    auto* by_email = find(email);
    auto* by_phone = find(row.e164);
    if (match_by_ == ImportMatch::email_or_phone && by_email && by_phone && by_email->id != by_phone->id)
        return refuse(row, {"email and phone belong to two clients: " + by_email->name + " and " + by_phone->name}, step);
    auto* who = by_email;
    if (!who && by_phone && same_person(row, *by_phone)) who = by_phone;
    if (who && who->row > 0) {
        if (row.opted_out) step.opted_out.push_back(who->id);
        auto by = by_email ? "e-mail address" : "phone number";
        return skip(row, *who, "the same " + std::string(by) + " as " + called(*who) + ": the first row counts", step);
    }
    auto* owner = by_phone && (!who || by_phone->id != who->id) ? by_phone : nullptr;
    auto rest = owner ? without_phone(row, *owner, !who) : row;
    if (!who) return add(rest, step);
    if (!by_email && !alike(row.name, who->name)) rest.remarks.push_back("taken as " + called(*who) + ", by the number");
    change(rest, *who, step);
}

void ImportSorter::add(const Candidate& row, ImportStep& step) {
    auto client = reader_.fresh(row, now_);
    auto email = key_of(client.email).value_or("");
    Known known{client.id, client.name, email, row.row_number, nullptr};
    if (!email.empty()) seen_[email] = known;
    if (!row.e164.empty()) seen_[row.e164] = known;
    if (row.opted_out) step.opted_out.push_back(client.id);
    step.added.push_back(new_row(client, row.e164));
    step.stages.push_back({Uuid::v7(now_), client.id, client.stage});
    step.rows.push_back(taken(row, "added", client.id, {}, step));
}

void ImportSorter::change(const Candidate& row, const Known& who, ImportStep& step) {
    const Client& before = *who.present;
    auto next = reader_.applied(row, before);
    bool opts_out = row.opted_out && !before.email_unsubscribed && reader_.may_opt_out();
    Known known{who.id, next.name, key_of(next.email).value_or(""), row.row_number, who.present};
    for (auto& key : {key_of(before.email), key_of(before.phone), key_of(next.email), key_of(row.email), key_of(row.phone)})
        if (key) seen_[*key] = known;
    for (auto& point : who.present->points) seen_[point] = known;
    if (to_json(next) == to_json(before) && !opts_out) {
        auto reasons = row.remarks;
        reasons.push_back("the same as " + called(who) + ": nothing is new");
        step.rows.push_back({row.row_number, "skipped", who.id, std::move(reasons), row.cells, {}, {}});
        ++step.skipped;
        return;
    }
    if (opts_out) step.opted_out.push_back(who.id);
    step.rows.push_back(taken(row, "updated", next.id, Json{to_json(before)}, step));
    if (next.email && !before.email) step.addressed.push_back(next.id);
    step.changed.push_back(std::move(next));
    ++step.updated;
}

} // namespace doorstep::contacts
