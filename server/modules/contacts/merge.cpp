#include "modules/contacts/merge.hpp"

#include <algorithm>

#include "modules/contacts/client_sql.hpp"

namespace doorstep::contacts {

namespace {

using namespace std::chrono_literals;

constexpr auto undoable_for = 24h;
constexpr auto merged_reason = "merged into another client";

const db::Query lock_sql{
    "merge.lock", "select" CLIENT_COLUMNS
                  "from contacts where account_id = $1 and id = any ($2) and deleted_at is null order by id for update"
};

const db::Query insert_sql{"merge.insert", R"sql(
    insert into merges (account_id, id, contact_id, other_id, before, after, merged_at, merged_by) values ($1, $2, $3, $4, $5, $6, $7, $8)
)sql"};

const db::Query absorb_sql{"merge.absorb", R"sql(
    update contacts set deleted_at = $4, merged_into = $3, updated_at = $4, version = version + 1 where account_id = $1 and id = $2
)sql"};

const db::Query move_rows_sql{"merge.move_rows", "select app.move_contact_rows($1, $2, $3, $4)"};
const db::Query return_rows_sql{"merge.return_rows", "select app.return_contact_rows($1, $2, $3, $4)"};

const db::Query write_sql{"merge.write", R"sql(
    update contacts set
        name = $3, email = $4, email_key = $5, phone = $6, phone_e164 = $7, property_address = $8, property_type = $9, stage = $10,
        notes = $11, custom_fields = $12, tags = $13, zone = $14, assigned_to = $15,
        unsubscribed_at = case when $16 then coalesce(unsubscribed_at, $18) end,
        unsubscribed_reason = case when $16 then coalesce(unsubscribed_reason, $17, 'unsubscribed') end,
        last_contacted = $19, updated_at = $18, version = version + 1
    where account_id = $1 and id = $2
    returning )sql" CLIENT_COLUMNS};

const db::Query find_sql{"merge.find", R"sql(
    select contact_id, other_id, before, after, merged_at, undone_at from merges where account_id = $1 and id = $2 for update
)sql"};

const db::Query revive_sql{"merge.revive", R"sql(
    update contacts set deleted_at = null, merged_into = null, updated_at = $3, version = version + 1
    where account_id = $1 and id = $2 and merged_into = $4
)sql"};

const db::Query undone_sql{"merge.undone", "update merges set undone_at = $3 where account_id = $1 and id = $2"};

const db::Query alike_sql{"merge.alike", R"sql(
    with alike as (
        select lower(name) as key, (array_agg(id order by created_at, id))[1:6] as ids from contacts
        where account_id = $1 and deleted_at is null group by lower(name) having count(*) > 1 order by 1 limit 200
    )
    select a.ids[1] as id, b as other_id from alike a cross join lateral unnest(a.ids[2:]) b
    where not exists (
        select from distinct_people d where d.account_id = $1 and d.a_id = least(a.ids[1], b) and d.b_id = greatest(a.ids[1], b)
    )
    order by a.key, b limit 100
)sql"};

const db::Query several_sql{
    "merge.several", "select" CLIENT_COLUMNS "from contacts where account_id = $1 and id = any ($2) and deleted_at is null"
};

const db::Query distinct_sql{"merge.distinct", R"sql(
    insert into distinct_people (account_id, a_id, b_id) values ($1, least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid))
    on conflict do nothing
)sql"};

struct Kept {
    Id<Client> contact_id;
    Id<Client> other_id;
    Json before;
    Json after;
    Time merged_at;
    std::optional<Time> undone_at;
    BOOST_DESCRIBE_CLASS(Kept, (), (contact_id, other_id, before, after, merged_at, undone_at), (), ())
};

template <class T>
T choose(const std::optional<Side>& side, const T& kept, const T& other) {
    return side == Side::other ? other : kept;
}
template <class T>
std::optional<T> choose(const std::optional<Side>& side, const std::optional<T>& kept, const std::optional<T>& other) {
    if (!side) return kept ? kept : other;
    return *side == Side::other ? other : kept;
}

JsonObject united(const JsonObject& winner, const JsonObject& other) {
    std::string text;
    JsonWriter writer(text);
    writer.begin_object();
    auto mine = JsonDocument::parse(winner.text);
    auto theirs = JsonDocument::parse(other.text);
    auto write = [&writer](std::string_view name, JsonView value) {
        writer.key(name);
        writer.raw(value.text());
    };
    mine.root().each_member(write);
    theirs.root().each_member([&](std::string_view name, JsonView value) {
        auto own = mine.root().find(name);
        if (!own) write(name, value);
    });
    writer.end_object();
    return {text};
}

std::optional<std::string> both_notes(const std::optional<std::string>& kept, const std::optional<std::string>& other) {
    if (!kept || !other || *kept == *other) return kept ? kept : other;
    auto both = *kept + "\n\n" + *other;
    return utf8_length(both) <= 1000 ? both : *kept;
}

Json told(Id<Merge> merge, std::string_view role, const Client& whom) {
    return Json{
        R"({"merge_id":")" + merge.text() + R"(",")" + std::string(role) + R"(":")" + whom.id.text() + R"(","name":)" +
        json_quote(whom.name) + "}"
    };
}

} // namespace

Task<Client> write_client(db::Session& tx, Context& ctx, const Client& client) {
    co_return co_await tx.one<Client>(
        write_sql, ctx.account_id, client.id, client.name, client.email, key_of(client.email), client.phone,
        key_of(client.phone), client.property_address, client.property_type, client.stage, client.notes, client.custom_fields,
        client.tags, client.zone, client.assigned_to, client.email_unsubscribed, client.unsubscribed_reason, ctx.now(),
        client.last_contacted
    );
}

Client merged(const Client& kept, const Client& other, const MergeChoices& choices) {
    Client result = kept;
    result.name = choose(choices.name, kept.name, other.name);
    result.email = choose(choices.email, kept.email, other.email);
    result.phone = choose(choices.phone, kept.phone, other.phone);
    result.property_address = choose(choices.property_address, kept.property_address, other.property_address);
    result.property_type = choose(choices.property_type, kept.property_type, other.property_type);
    result.stage = choose(choices.stage, kept.stage, other.stage);
    result.zone = choose(choices.zone, kept.zone, other.zone);
    result.assigned_to = choose(choices.assigned_to, kept.assigned_to, other.assigned_to);
    result.notes = choices.notes ? choose(choices.notes, kept.notes, other.notes) : both_notes(kept.notes, other.notes);
    bool others_first = choices.custom_fields == Side::other;
    result.custom_fields =
        others_first ? united(other.custom_fields, kept.custom_fields) : united(kept.custom_fields, other.custom_fields);
    for (auto& tag : other.tags)
        if (std::ranges::find(result.tags, tag) == result.tags.end()) result.tags.push_back(tag);
    // Who asked either record for no more e-mail asked us.
    result.email_unsubscribed = kept.email_unsubscribed || other.email_unsubscribed;
    if (!result.unsubscribed_reason) result.unsubscribed_reason = other.unsubscribed_reason;
    if (other.last_contacted && (!kept.last_contacted || *other.last_contacted > *kept.last_contacted))
        result.last_contacted = other.last_contacted;
    return result;
}

Client unmerged(const Client& now, const Client& before, const Client& after) {
    Client result = now;
    boost::mp11::mp_for_each<MembersOf<Client>>([&result, &now, &before, &after](auto d) {
        if (same(now.*d.pointer, after.*d.pointer)) result.*d.pointer = before.*d.pointer;
    });
    // One of the two was taken off by hand since: what is left then stays, or nothing would be.
    if (!result.email && !result.phone) {
        result.email = now.email;
        result.phone = now.phone;
    }
    return result;
}

Task<Merge> Contacts::merge(Context& ctx, Id<Client> id, const MergeRequest& request) {
    if (request.other_id == id) throw invalid("other_id", "invalid", "must be another client");
    auto now = ctx.now();
    auto merge_id = Id<Merge>::make(now);
    auto body = [&](db::Session& tx) -> Task<Client> {
        auto both = co_await tx.all<Client>(lock_sql, ctx.account_id, std::vector{id, request.other_id});
        if (both.size() != 2) throw not_found("client");
        if (both[0].id != id) std::swap(both[0], both[1]);
        auto& kept = both[0];
        auto& other = both[1];
        auto next = merged(kept, other, request.choices.value_or(MergeChoices{}));
        if (!next.email && !next.phone)
            throw invalid(
                "choices", "required", "leave neither an e-mail address nor a phone number: one of the two must stay"
            );

        std::vector ended{other.id};
        co_await follow_ups_->stop(tx, ctx, ended, merged_reason);
        co_await tx.exec(absorb_sql, ctx.account_id, other.id, id, now);
        auto after = co_await write_client(tx, ctx, next);
        tx.queue(
            insert_sql, ctx.account_id, merge_id, id, other.id, Json{to_json(kept)}, Json{to_json(after)}, now, ctx.actor.name
        );
        co_await tx.run(move_rows_sql, db::detail::params(ctx.account_id, merge_id, other.id, id));
        for (auto* one : {&kept, &other}) ContactPoints::keep(tx, ctx, *one, after, merge_id.value);
        if (after.stage != kept.stage) co_await moved(tx, ctx, id, kept.stage, after.stage, "merged");
        if (after.email_unsubscribed && !kept.email_unsubscribed) co_await stop_follow_ups(tx, ctx, id, "unsubscribed");
        if (after.email && !kept.email) co_await addressed(tx, ctx, std::vector{id});
        events_.record(tx, ctx, {.kind = "client_merged", .contact_id = id.value, .data = told(merge_id, "other_id", other)});
        co_return after;
    };
    auto client = co_await db_.transaction(ctx, body);
    co_return Merge{merge_id, request.other_id, now, now + undoable_for, std::move(client)};
}

Task<Client> Contacts::undo_merge(Context& ctx, Id<Merge> id) {
    auto now = ctx.now();
    auto body = [&](db::Session& tx) -> Task<Client> {
        auto kept = co_await tx.maybe<Kept>(find_sql, ctx.account_id, id);
        if (!kept) throw not_found("merge");
        if (kept->undone_at) throw conflict("already_undone", "This merge was undone already.");
        if (now - kept->merged_at > undoable_for) throw conflict("too_late", "A merge can be undone for a day.");
        auto found = co_await tx.all<Client>(lock_sql, ctx.account_id, std::vector{kept->contact_id});
        if (found.empty()) throw conflict("deleted", "The client that was kept is deleted. Restore it first.");
        auto before = from_json<Client>(kept->before.text, Reader::Unknown::ignore);
        auto after = from_json<Client>(kept->after.text, Reader::Unknown::ignore);
        ContactPoints::take_back(tx, ctx, id.value);
        auto client = co_await write_client(tx, ctx, unmerged(found.front(), before, after));
        auto revived = co_await tx.exec(revive_sql, ctx.account_id, kept->other_id, now, kept->contact_id);
        if (revived == 0) throw conflict("gone", "The other client is not there any more.");
        co_await tx.run(return_rows_sql, db::detail::params(ctx.account_id, id, kept->contact_id, kept->other_id));
        std::vector back{kept->other_id};
        // Not what an earlier merge stopped, of somebody who became the other one before.
        co_await follow_ups_->resume(tx, ctx, back, merged_reason, kept->merged_at);
        tx.queue(undone_sql, ctx.account_id, id, now);
        if (client.email && !found.front().email) co_await addressed(tx, ctx, std::vector{client.id});
        if (client.stage != found.front().stage)
            co_await moved(tx, ctx, client.id, found.front().stage, client.stage, "unmerged");
        Json data{R"({"merge_id":")" + id.text() + R"(","other_id":")" + kept->other_id.text() + "\"}"};
        events_.record(tx, ctx, {.kind = "merge_undone", .contact_id = client.id.value, .data = std::move(data)});
        co_return client;
    };
    try {
        co_return co_await db_.transaction(ctx, body);
    } catch (const db::Failure& failure) {
        if (failure.sqlstate != "23505") throw;
    }
    throw conflict("duplicate", "Another client has the e-mail address or phone number of one of the two by now.");
}

Task<DuplicateList> Contacts::duplicates(Context& ctx) {
    auto pairs = co_await db_.all<DistinctPair>(ctx, alike_sql, ctx.account_id);
    std::vector<Id<Client>> ids;
    for (auto& pair : pairs) {
        ids.push_back(pair.id);
        ids.push_back(pair.other_id);
    }
    auto clients = co_await db_.all<Client>(ctx, several_sql, ctx.account_id, ids);
    DuplicateList list;
    for (auto& pair : pairs) {
        auto a = std::ranges::find(clients, pair.id, &Client::id);
        auto b = std::ranges::find(clients, pair.other_id, &Client::id);
        if (a != clients.end() && b != clients.end()) list.items.push_back({"same_name", {*a, *b}});
    }
    co_return list;
}

Task<> Contacts::keep_apart(Context& ctx, const DistinctPair& pair) {
    if (pair.id == pair.other_id) throw invalid("other_id", "invalid", "must be another client");
    auto body = [&](db::Session& tx) -> Task<> {
        auto both = co_await tx.all<Client>(several_sql, ctx.account_id, std::vector{pair.id, pair.other_id});
        if (both.size() != 2) throw not_found("client");
        tx.queue(distinct_sql, ctx.account_id, pair.id, pair.other_id);
        Json data{R"({"other_id":")" + pair.other_id.text() + "\"}"};
        events_.record(tx, ctx, {.kind = "duplicate_dismissed", .contact_id = pair.id.value, .data = std::move(data)});
    };
    co_await db_.transaction(ctx, body);
}

} // namespace doorstep::contacts
