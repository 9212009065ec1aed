#include "modules/contacts/contacts.hpp"

#include <algorithm>

#include "modules/contacts/client_sql.hpp"

namespace doorstep::contacts {

namespace {

const db::Query insert_sql{"contacts.insert", R"sql(
    insert into contacts (account_id, id, name, email, email_key, phone, phone_e164, property_address, property_type, stage, notes,
                          custom_fields, tags, zone, created_at, updated_at, assigned_to, unsubscribed_at, unsubscribed_reason)
    select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16, s.created_at, s.words
    from (select) one)sql" ASKED_BEFORE("$5") "returning" CLIENT_COLUMNS};

const db::Query find_sql{
    "contacts.find", "select " CLIENT_COLUMNS " from contacts where account_id = $1 and id = $2 and deleted_at is null"
};

const db::Query find_all_sql{
    "contacts.find_all",
    "select " CLIENT_COLUMNS " from contacts where account_id = $1 and id = any ($2) and deleted_at is null"
};

// A client and all that were merged into it, at however many removes.
const db::Query people_sql{"contacts.people", R"sql(
    with recursive people (id) as (
        select id from contacts where account_id = $1 and id = $2 and deleted_at is null
        union
        select c.id from people p join contacts c on c.account_id = $1 and c.merged_into = p.id
    )
    select id from people
)sql"};

const db::Query lock_sql{
    "contacts.lock",
    "select " CLIENT_COLUMNS " from contacts where account_id = $1 and id = $2 and deleted_at is null for update"
};

const db::Query twin_sql{"contacts.twin", R"sql(
    select id::text from contacts
    where account_id = $1 and deleted_at is null and id <> $4 and (email_key = $2 or phone_e164 = $3)
    order by email_key is not distinct from $2 desc limit 1
)sql"};

const db::Query update_sql{"contacts.update", R"sql(
    update contacts set
        name = $3, email = $4, email_key = $5, phone = $6, phone_e164 = $7, property_address = $8, property_type = $9, stage = $10,
        notes = $11, custom_fields = $12, tags = $13, zone = $14,
        unsubscribed_at = case when $15 then coalesce(unsubscribed_at, $16) end,
        unsubscribed_reason = case when $15 then coalesce(unsubscribed_reason, $17) end,
        updated_at = $16, assigned_to = $18, board_rank = coalesce($19, board_rank), version = version + 1
    where account_id = $1 and id = $2
    returning )sql" CLIENT_COLUMNS};

const db::Query unsubscribe_sql{"contacts.unsubscribe", R"sql(
    update contacts set unsubscribed_at = $3, unsubscribed_reason = $4, updated_at = $3, version = version + 1
    where account_id = $1 and id = $2 and (unsubscribed_at is null or unsubscribed_reason = $5)
)sql"};

const db::Query unsubscribe_all_sql{"contacts.unsubscribe_all", R"sql(
    update contacts set unsubscribed_at = $3, unsubscribed_reason = $4, updated_at = $3, version = version + 1
    where account_id = $1 and id = any ($2) and unsubscribed_at is null and deleted_at is null
    returning id
)sql"};

const db::Query suppress_sql{"contacts.suppress", R"sql(
    insert into suppressions (account_id, channel, address_key, reason, created_at)
    select account_id, 'email', email_key, 'unsubscribe', $3 from contacts
    where account_id = $1 and id = any ($2) and email_key is not null
    on conflict do nothing
)sql"};

// An address that was suppressed before stays so: what was done in one go has one time.
const db::Query release_told_sql{"contacts.release_told", R"sql(
    delete from suppressions s using contacts c
    where c.account_id = $1 and c.id = any ($2) and c.unsubscribed_reason = $3 and s.account_id = $1 and s.channel = 'email'
        and s.address_key = c.email_key and s.reason = 'unsubscribe' and s.created_at = c.unsubscribed_at
)sql"};

const db::Query resubscribe_all_sql{"contacts.resubscribe_all", R"sql(
    update contacts set unsubscribed_at = null, unsubscribed_reason = null, updated_at = $4, version = version + 1
    where account_id = $1 and id = any ($2) and unsubscribed_reason = $3 and deleted_at is null
    returning id
)sql"};

const db::Query release_sql{"contacts.release", R"sql(
    delete from suppressions s using contacts c
    where c.account_id = $1 and c.id = $2 and s.account_id = $1 and s.channel = 'email' and s.address_key = c.email_key
        and s.reason = 'unsubscribe'
)sql"};

const db::Query stage_change_sql{"contacts.stage_change", R"sql(
    insert into stage_changes (account_id, id, contact_id, from_stage, to_stage, at, actor_kind, actor_name, reason)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)sql"};

void record_stage(
    db::Session& tx, const Context& ctx, Id<Client> contact, std::optional<Stage> from, Stage to,
    const std::optional<std::string>& reason
) {
    auto now = ctx.now();
    auto kind = events::actor_kind(ctx.actor);
    tx.queue(stage_change_sql, ctx.account_id, Uuid::v7(now), contact, from, to, now, kind, ctx.actor.name, reason);
}

std::vector<std::string> texts(const std::vector<Tag>& tags) {
    std::vector<std::string> list;
    for (auto& tag : tags) {
        if (std::find(list.begin(), list.end(), tag.value) == list.end()) list.push_back(tag.value);
    }
    return list;
}

/// Names what changed, for the timeline; the values stay in the record.
std::vector<std::string> changes(const Client& before, const Client& after) {
    std::vector<std::string> names;
    boost::mp11::mp_for_each<MembersOf<Client>>([&](auto d) {
        std::string_view name = d.name;
        if (name == "updated_at" || name == "version" || name == "stage" || name == "unsubscribed_reason") return;
        if (to_json(before.*d.pointer) != to_json(after.*d.pointer)) names.emplace_back(name);
    });
    return names;
}

Error unreachable(const ClientPatch& patch) {
    if (patch.email) return invalid("email", "required", "is required where there is no phone");
    return invalid("phone", "required", "is required where there is no email");
}

/// Which field a unique index speaks of; nullopt where the failure is another.
std::optional<std::string> taken_field(const db::Failure& failure) {
    if (failure.unique_violation("contacts_email_key")) return "email";
    if (failure.unique_violation("contacts_phone_key")) return "phone";
    return std::nullopt;
}

void refuse_strangers(const db::Failure& failure) {
    if (failure.constraint == "contacts_account_id_assigned_to_fkey")
        throw invalid("assigned_to", "invalid", "is no member of this account");
}

} // namespace

Error duplicate(std::string_view field, const std::optional<std::string>& existing) {
    auto detail = field == "email" ? "Another client has this e-mail address." : "Another client has this phone number.";
    auto error = conflict("duplicate", detail);
    error.fields.push_back({std::string(field), "duplicate", detail});
    if (existing) return std::move(error).with("existing_id", *existing);
    return error;
}

void NewClient::validate(Reader& reader) const {
    if (tags && tags->size() > 50) reader.fail("tags", "too_long", "may have at most 50 tags");
}

void ClientPatch::validate(Reader& reader) const {
    if (tags && *tags && (*tags)->size() > 50) reader.fail("tags", "too_long", "may have at most 50 tags");
    if (after && before) reader.fail("before", "invalid", "can't go with after: a client has one place");
}

Contacts::Contacts(db::Database& db, events::Events& events, files::Files& files)
    : documents(db, events, files),
      noted(db, events),
      points(db, events),
      fields(db, events),
      views(db, events),
      db_(db),
      events_(events) {}

Task<Client> Contacts::create(Context& ctx, const NewClient& input, bool with_tasks) {
    auto now = ctx.now();
    auto id = Id<Client>::make(now);
    auto body = [&](db::Session& tx) -> Task<Client> {
        if (input.custom_fields) co_await fields.require_valid(tx, ctx, *input.custom_fields, {});
        co_await ContactPoints::require_nobodys(tx, ctx, key_of(input.email), key_of(input.phone), id);
        auto client = co_await tx.one<Client>(
            insert_sql, ctx.account_id, id, input.name, input.email, key_of(input.email), input.phone, key_of(input.phone),
            input.property_address, input.property_type, input.stage, input.notes, input.custom_fields.value_or(JsonObject{}),
            texts(input.tags.value_or(std::vector<Tag>{})), input.zone, now, input.assigned_to
        );
        events_.record(tx, ctx, {.kind = "client_created", .contact_id = id.value, .data = stage_data(input.stage)});
        record_stage(tx, ctx, id, std::nullopt, input.stage, std::nullopt);
        bool over = input.stage == Stage::closed || input.stage == Stage::lost;
        if (with_tasks && !over && !client.email_unsubscribed) co_await follow_ups_->start(tx, ctx, id, input.stage, now);
        co_return client;
    };
    std::optional<std::string> taken;
    try {
        co_return co_await db_.transaction(ctx, body);
    } catch (const db::Failure& failure) {
        refuse_strangers(failure);
        taken = taken_field(failure);
        if (!taken) throw;
    }
    auto existing =
        co_await db_.maybe<std::string>(ctx, twin_sql, ctx.account_id, key_of(input.email), key_of(input.phone), id);
    throw duplicate(*taken, existing);
}

Task<Client> Contacts::require(Context& ctx, Id<Client> id) {
    auto client = co_await db_.maybe<Client>(ctx, find_sql, ctx.account_id, id);
    if (!client) throw not_found("client");
    co_return std::move(*client);
}

Task<std::vector<Client>> Contacts::find_all(Context& ctx, const std::vector<Uuid>& ids) {
    co_return co_await db_.all<Client>(ctx, find_all_sql, ctx.account_id, ids);
}

Task<events::Timeline> Contacts::timeline(Context& ctx, Id<Client> id, const events::TimelineFilter& filter) {
    auto people = co_await db_.all<Uuid>(ctx, people_sql, ctx.account_id, id);
    if (people.empty()) throw not_found("client");
    co_return co_await events_.timeline(ctx, people, filter);
}

Task<Client> Contacts::update(Context& ctx, Id<Client> id, const ClientPatch& patch, const http::Precondition& precondition) {
    auto now = ctx.now();
    std::optional<std::string> email_key;
    std::optional<std::string> phone_key;
    std::optional<std::string> stage_reason;
    if (patch.stage_reason && !patch.stage_reason->value.empty()) stage_reason = patch.stage_reason->value;
    auto body = [&](db::Session& tx) -> Task<Client> {
        auto before = co_await tx.maybe<Client>(lock_sql, ctx.account_id, id);
        if (!before) throw not_found("client");
        precondition(std::to_string(before->version));
        auto next = *before;
        if (patch.name) next.name = *patch.name;
        if (patch.email) next.email = *patch.email;
        if (patch.phone) next.phone = *patch.phone;
        if (patch.property_address) next.property_address = *patch.property_address;
        if (patch.property_type) next.property_type = *patch.property_type;
        if (patch.stage) next.stage = *patch.stage;
        if (patch.notes) next.notes = *patch.notes ? std::optional(patch.notes->value().value) : std::nullopt;
        if (patch.custom_fields) next.custom_fields = patch.custom_fields->value_or(JsonObject{});
        if (patch.tags) next.tags = texts(patch.tags->value_or(std::vector<Tag>{}));
        if (patch.zone) next.zone = *patch.zone;
        if (patch.email_unsubscribed) next.email_unsubscribed = *patch.email_unsubscribed;
        if (patch.assigned_to) next.assigned_to = *patch.assigned_to;
        if (!next.email && !next.phone) throw unreachable(patch);
        bool placed = patch.after || patch.before;
        if (to_json(next) == to_json(*before) && !placed) co_return std::move(*before);
        if (patch.custom_fields) co_await fields.require_valid(tx, ctx, next.custom_fields, before->custom_fields);
        std::optional<std::string> rank;
        if (placed || next.stage != before->stage) rank = co_await place(tx, ctx, id, next.stage, patch);

        email_key = key_of(next.email);
        phone_key = key_of(next.phone);
        if (email_key != key_of(before->email) || phone_key != key_of(before->phone))
            co_await ContactPoints::require_nobodys(tx, ctx, email_key, phone_key, id);
        auto after = co_await tx.one<Client>(
            update_sql, ctx.account_id, id, next.name, next.email, email_key, next.phone, phone_key, next.property_address,
            next.property_type, next.stage, next.notes, next.custom_fields, next.tags, next.zone, next.email_unsubscribed, now,
            std::string("set by " + (ctx.actor.name.empty() ? std::string("the office") : ctx.actor.name)), next.assigned_to,
            rank
        );
        auto changed = changes(*before, after);
        if (!changed.empty()) {
            events_.record(
                tx, ctx,
                {.kind = "client_updated", .contact_id = id.value, .data = Json{R"({"fields":)" + to_json(changed) + "}"}}
            );
        }
        if (changed.empty() && rank && after.stage == before->stage)
            events_.record(tx, ctx, {.kind = "client_reordered", .contact_id = id.value});
        if (after.stage != before->stage) co_await moved(tx, ctx, id, before->stage, after.stage, stage_reason);
        if (after.email && !before->email) co_await addressed(tx, ctx, std::vector{id});
        if (after.email_unsubscribed && !before->email_unsubscribed) {
            tx.queue(suppress_sql, ctx.account_id, std::vector{id}, now);
            events_.record(tx, ctx, {.kind = "client_unsubscribed", .contact_id = id.value});
            std::vector ids{id};
            co_await follow_ups_->stop(tx, ctx, ids, "unsubscribed");
        } else if (!after.email_unsubscribed && before->email_unsubscribed) {
            tx.queue(release_sql, ctx.account_id, id);
            events_.record(tx, ctx, {.kind = "client_resubscribed", .contact_id = id.value});
            std::vector ids{id};
            co_await follow_ups_->resume(tx, ctx, ids, before->unsubscribed_reason.value_or("unsubscribed"), std::nullopt);
            co_await follow_ups_->resume(tx, ctx, ids, "unsubscribed", std::nullopt);
        }
        co_return after;
    };
    std::optional<std::string> taken;
    try {
        co_return co_await db_.transaction(ctx, body);
    } catch (const db::Failure& failure) {
        refuse_strangers(failure);
        taken = taken_field(failure);
        if (!taken) throw;
    }
    auto existing = co_await db_.maybe<std::string>(ctx, twin_sql, ctx.account_id, email_key, phone_key, id);
    throw duplicate(*taken, existing);
}

Task<> Contacts::moved(db::Session& tx, Context& ctx, Id<Client> id, Stage from, Stage to, std::optional<std::string> reason) {
    std::string told = R"({"from":)" + json_quote(enum_text(from)) + R"(,"to":)" + json_quote(enum_text(to));
    if (reason) told += R"(,"reason":)" + json_quote(*reason);
    Json data{told + "}"};
    record_stage(tx, ctx, id, from, to, reason);
    events_.record(tx, ctx, {.kind = "stage_changed", .contact_id = id.value, .data = std::move(data)});
    co_await follow_ups_->moved(tx, ctx, id, from, to);
}

Task<> Contacts::unsubscribe(db::Session& tx, Context& ctx, Id<Client> id, std::string reason) {
    auto now = ctx.now();
    auto changed = co_await tx.exec(unsubscribe_sql, ctx.account_id, id, now, reason, imported_as_unsubscribed);
    tx.queue(suppress_sql, ctx.account_id, std::vector{id}, now);
    if (changed == 0) co_return;
    Json data{R"({"reason":)" + json_quote(reason) + "}"};
    events_.record(tx, ctx, {.kind = "client_unsubscribed", .contact_id = id.value, .data = std::move(data)});
    std::vector ids{id};
    co_await follow_ups_->stop(tx, ctx, ids, reason);
}

Task<std::vector<Id<Client>>> Contacts::unsubscribe(
    db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids, std::string reason, Json data
) {
    if (ids.empty()) co_return std::vector<Id<Client>>{};
    auto now = ctx.now();
    auto changed = co_await tx.all<Id<Client>>(unsubscribe_all_sql, ctx.account_id, ids, now, reason);
    co_await tx.exec(suppress_sql, ctx.account_id, changed, now);
    events_.record_many(tx, ctx, "client_unsubscribed", values_of(changed), data);
    co_await follow_ups_->stop(tx, ctx, changed, std::move(reason));
    co_return changed;
}

void Contacts::release(db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids, const std::string& reason) {
    tx.queue(release_told_sql, ctx.account_id, ids, reason);
}

Task<> Contacts::resubscribe(db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids, std::string reason, Json data) {
    if (ids.empty()) co_return;
    release(tx, ctx, ids, reason);
    auto changed = co_await tx.all<Id<Client>>(resubscribe_all_sql, ctx.account_id, ids, reason, ctx.now());
    events_.record_many(tx, ctx, "client_resubscribed", values_of(changed), data);
    co_await follow_ups_->resume(tx, ctx, changed, std::move(reason), std::nullopt);
}

Task<> Contacts::addressed(db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids) {
    co_await follow_ups_->addressed(tx, ctx, ids);
}

Task<> Contacts::stop_follow_ups(db::Session& tx, Context& ctx, Id<Client> id, std::string reason) {
    std::vector ids{id};
    co_await follow_ups_->stop(tx, ctx, ids, std::move(reason));
}

} // namespace doorstep::contacts
