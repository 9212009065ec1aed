// Changes of many contacts at once.
#include "modules/contacts/client_sql.hpp"

namespace doorstep::contacts {

namespace {

const db::Query stages_sql{"contacts.stages", R"sql(
    select id, stage from contacts
    where account_id = $1 and id = any ($2) and deleted_at is null and ($3::text is null or stage = $3)
    order by id for update
)sql"};

const db::Query move_sql{"contacts.move", R"sql(
    update contacts c set stage = $3, board_rank = app.board_rank($4, m.number), updated_at = $4, version = version + 1
    from (
        select id, row_number() over (order by board_rank, id) as number from contacts
        where account_id = $1 and id = any ($2) and stage <> $3
    ) m
    where c.account_id = $1 and c.id = m.id
)sql"};

// $3 comes in place of $4 where both are given: only those who have it are meant.
const db::Query retag_sql{"contacts.retag", R"sql(
    with before as materialized (
        select id, tags from contacts
        where account_id = $1 and id = any ($2) and deleted_at is null
        order by id for update
    ), wanted as materialized (
        select id, tags, case
            when $3::text is null or $3 = any (array_remove(tags, $4::text)) then array_remove(tags, $4)
            when $4 is not null and $4 <> all (tags) then tags
            else array_append(array_remove(tags, $4), $3)
        end as after from before
    ), changed as (
        update contacts c set tags = w.after, updated_at = $5, version = version + 1
        from wanted w where c.account_id = $1 and c.id = w.id and w.after <> w.tags
        returning c.id
    )
    select w.id, w.tags, c.id is not null as changed from wanted w left join changed c on c.id = w.id order by w.id
)sql"};

const db::Query assign_sql{"contacts.assign", R"sql(
    with before as materialized (
        select id, assigned_to from contacts
        where account_id = $1 and id = any ($2) and deleted_at is null and (not $4 or assigned_to is not distinct from $5)
        order by id for update
    )
    update contacts c set assigned_to = $3, updated_at = $6, version = version + 1
    from before b where c.account_id = $1 and c.id = b.id
    returning b.id, b.assigned_to
)sql"};

const Json tags_changed{R"({"fields":["tags"]})"};
const Json owner_changed{R"({"fields":["assigned_to"]})"};

} // namespace

Task<std::vector<Staged>> Contacts::move(
    db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids, Stage stage, std::optional<std::string> reason,
    std::optional<Stage> only_from
) {
    auto found = co_await tx.all<Staged>(stages_sql, ctx.account_id, ids, only_from);
    co_await tx.exec(move_sql, ctx.account_id, ids_of(found), stage, ctx.now());
    for (auto& client : found) {
        if (client.stage != stage) co_await moved(tx, ctx, client.id, client.stage, stage, reason);
    }
    co_return found;
}

Task<std::vector<Tagged>> Contacts::retag(
    db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids, const std::optional<Tag>& add,
    const std::optional<Tag>& drop
) {
    auto tagged = co_await tx.all<Tagged>(retag_sql, ctx.account_id, ids, add, drop, ctx.now());
    std::vector<Id<Client>> changed;
    for (auto& client : tagged)
        if (client.changed) changed.push_back(client.id);
    events_.record_many(tx, ctx, "client_updated", values_of(changed), tags_changed);
    co_return tagged;
}

Task<std::vector<Assigned>> Contacts::assign(
    db::Session& tx, Context& ctx, const std::vector<Id<Client>>& ids, std::optional<Id<accounts::User>> user,
    std::optional<std::optional<Id<accounts::User>>> only_from
) {
    bool restricted = only_from.has_value();
    auto from = only_from.value_or(std::nullopt);
    auto assigned = co_await tx.all<Assigned>(assign_sql, ctx.account_id, ids, user, restricted, from, ctx.now());
    events_.record_many(tx, ctx, "client_updated", values_of(ids_of(assigned)), owner_changed);
    co_return assigned;
}

} // namespace doorstep::contacts
