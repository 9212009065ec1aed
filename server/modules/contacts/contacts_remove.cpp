#include <unordered_set>

#include "modules/contacts/client_sql.hpp"

namespace doorstep::contacts {

namespace {

constexpr auto deleted_reason = "the client was deleted";

const db::Query remove_sql{"contacts.remove", R"sql(
    update contacts set deleted_at = $3, updated_at = $3, version = version + 1
    where account_id = $1 and id = any ($2) and deleted_at is null
    returning id
)sql"};

// Those whose e-mail or phone a living contact has taken meanwhile stay deleted.
const db::Query restore_sql{"contacts.restore", R"sql(
    update contacts c set deleted_at = null, updated_at = $3, version = version + 1
    where account_id = $1 and id = any ($2) and deleted_at is not null and merged_into is null
        and not exists (
            select from contacts o
            where o.account_id = $1 and o.deleted_at is null and (o.email_key = c.email_key or o.phone_e164 = c.phone_e164)
        )
    returning id
)sql"};

const db::Query known_sql{"contacts.known", "select true from contacts where account_id = $1 and id = $2"};

/// The ids among the texts, each once.
std::vector<Id<Client>> readable(const std::vector<std::string>& texts) {
    std::vector<Id<Client>> ids;
    std::unordered_set<Uuid> seen;
    for (auto& text : texts) {
        auto id = Uuid::parse(text);
        if (id && seen.insert(*id).second) ids.push_back({*id});
    }
    return ids;
}

/// What was asked for and did not happen, as it was written.
std::vector<std::string> failed(const std::vector<std::string>& asked, const std::vector<Id<Client>>& done) {
    std::unordered_set<Uuid> good;
    for (auto& id : done) good.insert(id.value);
    std::vector<std::string> rest;
    for (auto& text : asked) {
        auto id = Uuid::parse(text);
        if (!id || !good.contains(*id)) rest.push_back(text);
    }
    return rest;
}

void check_bulk(const std::vector<std::string>& ids, Reader& reader) {
    if (ids.empty()) reader.fail("ids", "required", "must name at least one client");
    if (ids.size() > 1000) reader.fail("ids", "too_long", "may name at most 1,000 clients");
}

} // namespace

void BulkIds::validate(Reader& reader) const {
    check_bulk(ids, reader);
}

void BulkStage::validate(Reader& reader) const {
    check_bulk(ids, reader);
}

Task<std::vector<Id<Client>>> Contacts::remove(db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids) {
    auto removed = co_await tx.all<Id<Client>>(remove_sql, ctx.account_id, ids, ctx.now());
    events_.record_many(tx, ctx, "client_deleted", values_of(removed), {});
    co_await follow_ups_->stop(tx, ctx, removed, deleted_reason);
    co_return removed;
}

Task<std::vector<Id<Client>>> Contacts::restore(db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids) {
    auto restored = co_await tx.all<Id<Client>>(restore_sql, ctx.account_id, ids, ctx.now());
    events_.record_many(tx, ctx, "client_restored", values_of(restored), {});
    co_await follow_ups_->resume(tx, ctx, restored, deleted_reason, std::nullopt);
    co_return restored;
}

Task<BulkDeleted> Contacts::remove_all(Context& ctx, const std::vector<std::string>& ids) {
    auto asked = readable(ids);
    auto body = [&](db::Session& tx) -> Task<std::vector<Id<Client>>> { co_return co_await remove(tx, ctx, asked); };
    auto removed = co_await db_.transaction(ctx, body);
    co_return BulkDeleted{std::int64_t(removed.size()), failed(ids, removed), std::int64_t(ids.size())};
}

Task<BulkUpdated> Contacts::restore_all(Context& ctx, const std::vector<std::string>& ids) {
    auto asked = readable(ids);
    auto body = [&](db::Session& tx) -> Task<std::vector<Id<Client>>> { co_return co_await restore(tx, ctx, asked); };
    auto restored = co_await db_.transaction(ctx, body);
    co_return BulkUpdated{std::int64_t(restored.size()), failed(ids, restored), std::int64_t(ids.size())};
}

Task<> Contacts::remove(Context& ctx, Id<Client> id) {
    std::vector ids{id.text()};
    auto result = co_await remove_all(ctx, ids);
    if (result.deleted_count == 0) throw not_found("client");
}

Task<Client> Contacts::restore(Context& ctx, Id<Client> id) {
    std::vector ids{id.text()};
    auto result = co_await restore_all(ctx, ids);
    if (result.updated_count == 0) {
        auto known = co_await db_.maybe<bool>(ctx, known_sql, ctx.account_id, id);
        if (!known) throw not_found("client");
        throw conflict(
            "not_restorable", "The client is not deleted, or another client has its e-mail address or phone number by now."
        );
    }
    co_return co_await require(ctx, id);
}

Task<BulkUpdated> Contacts::move_all(Context& ctx, const std::vector<std::string>& ids, Stage stage) {
    auto asked = readable(ids);
    auto body = [&](db::Session& tx) -> Task<std::vector<Staged>> {
        co_return co_await move(tx, ctx, asked, stage, std::nullopt);
    };
    std::vector<Id<Client>> done;
    for (auto& client : co_await db_.transaction(ctx, body)) done.push_back(client.id);
    co_return BulkUpdated{std::int64_t(done.size()), failed(ids, done), std::int64_t(ids.size())};
}

} // namespace doorstep::contacts
