// The way back of an import: who was only brought in goes, and what was changed since stays.
#include <unordered_map>

#include "modules/contacts/client_sql.hpp"
#include "modules/contacts/imports.hpp"
#include "modules/contacts/merge.hpp"

namespace doorstep::contacts {

namespace {

constexpr std::int64_t undone_a_step = 1000;

const db::Query rows_sql{"imports.undoable", R"sql(
    select row_number, outcome, contact_id, before, after from import_rows
    where account_id = $1 and import_id = $2 and outcome in ('added', 'updated') order by row_number desc limit $3 for update
)sql"};

// Whoever writes about a person holds on to the person: locked, nothing comes in between the look and the deletion.
const db::Query lock_sql{"imports.lock_contacts", R"sql(
    select id, deleted_at is not null as gone, merged_into is not null as merged
    from contacts where account_id = $1 and id = any ($2) order by id for update
)sql"};

// What happened to people since, but for the import itself, for imports that were taken back, and for what changes nobody.
const db::Query worked_on_sql{"imports.worked_on", R"sql(
    select contact_id, (array_agg(reason order by place))[1] as reason from (
        select e.contact_id, w.reason, w.place from events e
        join (values
            (1, '^(client_merged|merge_undone)$', 'merged'), (2, '^email_', 'emails'), (3, '^note_', 'notes'),
            (4, '^stage_changed$', 'stage'), (5, '^(task|follow_ups|journey)_', 'follow_ups'), (6, '^document_', 'documents'),
            (7, '', 'changed')
        ) w (place, pattern, reason) on e.kind ~ w.pattern
        where e.account_id = $1 and e.contact_id = any ($2)
            and e.kind not in ('client_imported', 'client_exported', 'client_skipped_today', 'client_skip_undone', 'duplicate_dismissed')
            and not exists (
                select from imports i
                where i.account_id = $1 and i.id = (e.data ->> 'import_id')::uuid and (i.id = $3 or i.state = 'undone')
            )
    ) found
    group by contact_id
)sql"};

const db::Query client_sql{
    "imports.lock_contact",
    "select" CLIENT_COLUMNS "from contacts where account_id = $1 and id = $2 and deleted_at is null for update"
};

const db::Query taken_sql{"imports.taken", R"sql(
    select coalesce(bool_or(email_key = $3), false) as email, coalesce(bool_or(phone_e164 = $4), false) as phone
    from contacts where account_id = $1 and id <> $2 and deleted_at is null and (email_key = $3 or phone_e164 = $4)
)sql"};

const db::Query done_sql{"imports.undone_rows", R"sql(
    update import_rows r set outcome = case when d.reason = '' then 'undone' else 'kept' end,
        reasons = case when d.reason = '' then '{}' else array[d.reason] end
    from unnest($3::bigint[], $4::text[]) d (row_number, reason)
    where r.account_id = $1 and r.import_id = $2 and r.row_number = d.row_number
)sql"};

const db::Query finish_sql{"imports.finish_undo", R"sql(
    with kept as (
        select reasons[1] as reason, count(*) as count from import_rows
        where account_id = $1 and import_id = $2 and outcome = 'kept' group by 1
    )
    update imports set state = 'undone', finished_at = $3, kept = (select coalesce(sum(count), 0) from kept),
        kept_for = (select coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'count', count) order by count desc, reason), '[]') from kept)
    where account_id = $1 and id = $2
)sql"};

struct Row {
    std::int64_t row_number = 0;
    std::string outcome;
    Id<Client> contact_id;
    Json before;
    Json after;
    BOOST_DESCRIBE_CLASS(Row, (), (row_number, outcome, contact_id, before, after), (), ())
};

struct Standing {
    Id<Client> id;
    bool gone = false;
    bool merged = false;
    BOOST_DESCRIBE_CLASS(Standing, (), (id, gone, merged), (), ())
};

struct WorkedOn {
    Id<Client> contact_id;
    std::string reason;
    BOOST_DESCRIBE_CLASS(WorkedOn, (), (contact_id, reason), (), ())
};

struct Taken {
    bool email = false;
    bool phone = false;
    BOOST_DESCRIBE_CLASS(Taken, (), (email, phone), (), ())
};

/// Of the added: why each stays, or "" of those who go. Whom somebody has deleted since is gone already.
std::unordered_map<Uuid, std::string> verdicts(const std::vector<Standing>& standing, const std::vector<WorkedOn>& worked_on) {
    std::unordered_map<Uuid, std::string> reasons;
    for (auto& contact : worked_on) reasons[contact.contact_id.value] = contact.reason;
    for (auto& contact : standing)
        if (contact.gone) reasons[contact.id.value] = contact.merged ? "merged" : "";
    return reasons;
}

/// Whether something of what the import changed is otherwise by now, and so stays.
bool changed_since(const Client& before, const Client& after, const Client& back) {
    bool changed = false;
    boost::mp11::mp_for_each<MembersOf<Client>>([&](auto d) {
        std::string_view name = d.name;
        if (name == "updated_at" || name == "version") return;
        bool imported = !same(before.*d.pointer, after.*d.pointer);
        changed = changed || (imported && !same(back.*d.pointer, before.*d.pointer));
    });
    return changed;
}

/// Of those who were there before, whom the import told to want no e-mail.
std::vector<Id<Client>> opted_out_by(const std::vector<Row>& rows) {
    std::vector<Id<Client>> ids;
    for (auto& row : rows) {
        if (row.outcome != "updated") continue;
        auto before = from_json<Client>(row.before.text, Reader::Unknown::ignore);
        auto after = from_json<Client>(row.after.text, Reader::Unknown::ignore);
        if (after.email_unsubscribed && !before.email_unsubscribed) ids.push_back(row.contact_id);
    }
    return ids;
}

/// Gives a client back what the import changed; what stays is told in a word, or "" where nothing does.
Task<std::string> restore(db::Session& tx, Context& ctx, events::Events& events, Id<Import> import, const Row& row) {
    auto client = co_await tx.maybe<Client>(client_sql, ctx.account_id, row.contact_id);
    if (!client) co_return "deleted";
    auto before = from_json<Client>(row.before.text, Reader::Unknown::ignore);
    auto after = from_json<Client>(row.after.text, Reader::Unknown::ignore);
    auto back = unmerged(*client, before, after);
    // What the file said of e-mails is taken back by now; what else stands is what the person has said.
    back.email_unsubscribed = client->email_unsubscribed;
    back.unsubscribed_reason = client->unsubscribed_reason;
    // An address or a number that somebody else has by now can't be given back.
    auto taken = co_await tx.one<Taken>(taken_sql, ctx.account_id, row.contact_id, key_of(back.email), key_of(back.phone));
    if (taken.email) back.email = client->email;
    if (taken.phone) back.phone = client->phone;
    co_await write_client(tx, ctx, back);
    Json data{R"({"import_id":")" + import.text() + "\"}"};
    events.record(tx, ctx, {.kind = "client_updated", .contact_id = row.contact_id.value, .data = std::move(data)});
    co_return changed_since(before, after, back) ? "partly" : "";
}

} // namespace

Task<bool> Imports::back(db::Session& tx, Context& ctx, Id<Import> id) {
    auto rows = co_await tx.all<Row>(rows_sql, ctx.account_id, id, undone_a_step);
    if (rows.empty()) {
        tx.queue(finish_sql, ctx.account_id, id, ctx.now());
        co_return false;
    }
    std::vector<Id<Client>> added;
    for (auto& row : rows)
        if (row.outcome == "added") added.push_back(row.contact_id);
    auto standing = co_await tx.all<Standing>(lock_sql, ctx.account_id, added);
    auto worked_on = co_await tx.all<WorkedOn>(worked_on_sql, ctx.account_id, added, id);
    auto reasons = verdicts(standing, worked_on);
    std::erase_if(added, [&reasons](auto& contact) { return reasons.contains(contact.value); });
    std::string opted_out(imported_as_unsubscribed);
    // Who is in the trash gets no e-mails by themselves; the address is free again for whoever comes with it.
    Contacts::release(tx, ctx, added, opted_out);
    co_await contacts_.remove(tx, ctx, added);
    Json data{R"({"import_id":")" + id.text() + "\"}"};
    co_await contacts_.resubscribe(tx, ctx, opted_out_by(rows), opted_out, data);

    std::vector<std::int64_t> numbers;
    std::vector<std::string> stays;
    for (auto& row : rows) {
        numbers.push_back(row.row_number);
        auto why = row.outcome == "added" ? reasons[row.contact_id.value] : co_await restore(tx, ctx, events_, id, row);
        stays.push_back(std::move(why));
    }
    co_await tx.exec(done_sql, ctx.account_id, id, numbers, stays);
    co_return true;
}

} // namespace doorstep::contacts
