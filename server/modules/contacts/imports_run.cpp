// The import itself: rows are taken over by the thousand, each thousand in a transaction that also says how far it is.
#include <algorithm>
#include <unordered_map>

#include "core/csv.hpp"
#include "core/log.hpp"
#include "modules/contacts/client_sql.hpp"
#include "modules/contacts/import_sort.hpp"

namespace doorstep::contacts {

namespace {

constexpr std::size_t rows_a_step = 1000;
/// After so many rows the store has changed enough for the planner to look again, and again at the end.
constexpr std::int64_t rows_to_analyze[] = {5'000, 25'000};

const db::Query work_sql{"imports.work", R"sql(
    select coalesce(file_id, '00000000-0000-0000-0000-000000000000') as file_id, state, columns, defaults, match_by, separator, first_row,
        next_row, position, actor_kind, coalesce(actor_id, '00000000-0000-0000-0000-000000000000') as actor_id, actor_name
    from imports where account_id = $1 and id = $2
)sql"};

const db::Query restart_sql{"imports.restart", R"sql(
    update imports set next_row = first_row, position = 0, added = 0, updated = 0, skipped = 0, bad = 0, remarked = 0
    where account_id = $1 and id = $2 returning next_row
)sql"};

const db::Query forget_sql{"imports.forget_rows", "delete from import_rows where account_id = $1 and import_id = $2"};

// Look-ups by key instead of one with "or", each of which an index serves.
const db::Query present_sql{"imports.present", R"sql(
    with found as (
        select id from contacts where account_id = $1 and deleted_at is null and email_key = any ($2)
        union
        select id from contacts where account_id = $1 and deleted_at is null and phone_e164 = any ($3)
        union
        select contact_id from contact_points where account_id = $1 and kind = 'email' and key = any ($2)
        union
        select contact_id from contact_points where account_id = $1 and kind = 'phone' and key = any ($3)
    )
    select )sql" CLIENT_COLUMNS R"sql(, (
        select min(r.row_number) from import_rows r
        where r.account_id = $1 and r.contact_id = contacts.id and r.import_id = $4 and r.outcome in ('added', 'updated')
    ) as touched_by, array(
        select p.key from contact_points p where p.account_id = $1 and p.contact_id = contacts.id
    ) as points
    from contacts where account_id = $1 and deleted_at is null and id in (select id from found) for update
)sql"};

const db::Query insert_sql{"imports.insert_contacts", R"sql(
    insert into contacts (account_id, id, name, email, email_key, phone, phone_e164, property_address, property_type, stage, notes,
                          custom_fields, tags, zone, created_at, updated_at, board_rank, unsubscribed_at, unsubscribed_reason)
    select $1, r.id, r.name, r.email, r.email_key, r.phone, r.phone_e164, r.property_address, r.property_type, r.stage, r.notes,
        r.custom_fields, r.tags, r.zone, $3, $3, app.board_rank($3, row_number() over (order by r.id)),
        s.created_at, s.words
    from jsonb_to_recordset($2) r (id uuid, name text, email text, email_key text, phone text, phone_e164 text, property_address text,
        property_type text, stage text, notes text, custom_fields jsonb, tags text[], zone text)
)sql" ASKED_BEFORE("r.email_key")};

const db::Query stages_sql{"imports.insert_stages", R"sql(
    insert into stage_changes (account_id, id, contact_id, to_stage, at, actor_kind, actor_name, reason)
    select $1, r.id, r.contact_id, r.stage, $3, $4, $5, 'imported'
    from jsonb_to_recordset($2) r (id uuid, contact_id uuid, stage text)
)sql"};

const db::Query rows_sql{"imports.insert_rows", R"sql(
    insert into import_rows (account_id, import_id, row_number, outcome, contact_id, reasons, cells, before, after)
    select $1, $2, r.row_number, r.outcome, r.contact_id, r.reasons, r.cells, r.before, r.after
    from jsonb_to_recordset($3) r (row_number bigint, outcome text, contact_id uuid, reasons text[], cells text[], before jsonb, after jsonb)
)sql"};

const db::Query progress_sql{"imports.progress", R"sql(
    update imports set next_row = $3, position = position + $4, added = added + $5, updated = updated + $6, skipped = skipped + $7,
        bad = bad + $8, remarked = remarked + $9
    where account_id = $1 and id = $2
)sql"};

// Who was brought in by an earlier step and is now told to want no e-mail, by another row: the undo takes that back as well.
const db::Query told_later_sql{"imports.told_later", R"sql(
    update import_rows set after = after || jsonb_build_object('email_unsubscribed', true, 'unsubscribed_reason', $4::text)
    where account_id = $1 and import_id = $2 and contact_id = any ($3) and outcome = 'updated'
)sql"};

const db::Query zone_sql{"imports.zone", "select zone from accounts where id = $1"};

const db::Query finish_sql{"imports.finish", R"sql(
    update imports set state = $3, finished_at = $4 where account_id = $1 and id = $2
)sql"};

const db::Query analyze_sql{"imports.analyze", "select app.analyze_contacts()"};

} // namespace

struct Imports::Work {
    Id<files::File> file_id;
    ImportState state = ImportState::running;
    std::vector<ImportColumn> columns;
    ImportDefaults defaults;
    ImportMatch match_by = ImportMatch::likely;
    std::string separator;
    std::int64_t first_row = 0;
    std::int64_t next_row = 0;
    std::int64_t position = 0;
    std::string actor_kind;
    Uuid actor_id;
    std::string actor_name;
    BOOST_DESCRIBE_CLASS(
        Work, (),
        (file_id, state, columns, defaults, match_by, separator, first_row, next_row, position, actor_kind, actor_id,
         actor_name),
        (), ()
    )

    Id<Import> id{};
    bool writes() const { return state == ImportState::running; }
    std::optional<RowReader> reader;
    /// Who was seen in the file so far: where nothing is written, the store can't tell.
    KnownBy seen;
    KnownBy seen_now; ///< in this step, which may be tried again
};

Task<jobs::Outcome> Imports::run(Context& ctx, const jobs::Run& run, Id<Import> id) {
    auto work = co_await db_.maybe<Work>(ctx, work_sql, ctx.account_id, id);
    if (!work) co_return jobs::Outcome::cancel("the import is gone");
    work->id = id;
    Context asked(ctx);
    asked.actor = asked_by(work->actor_kind, work->actor_id, work->actor_name);
    if (work->state == ImportState::undoing) {
        for (bool more = true; more;) {
            auto body = [&](db::Session& tx) -> Task<bool> {
                co_await jobs::require_held(tx, ctx, run);
                co_return co_await back(tx, asked, id);
            };
            more = co_await db_.transaction(ctx, body);
        }
    } else if (work->state == ImportState::running || work->state == ImportState::checking) {
        co_await forward(asked, run, *work);
    }
    co_return jobs::Outcome::done();
}

Task<> Imports::forward(Context& ctx, const jobs::Run& run, Work& work) {
    auto begin = [&](db::Session& tx) -> Task<> {
        co_await jobs::require_held(tx, ctx, run);
        auto fields = co_await contacts_.fields.definitions(tx, ctx);
        auto zone = co_await tx.one<std::string>(zone_sql, ctx.account_id);
        work.reader.emplace(work.columns, work.defaults, std::move(fields), day_order_in(zone));
        if (work.writes()) co_return;
        // What a check saw is not kept: it begins anew.
        co_await tx.exec(forget_sql, ctx.account_id, work.id);
        work.next_row = co_await tx.one<std::int64_t>(restart_sql, ctx.account_id, work.id);
        work.position = 0;
    };
    co_await db_.transaction(ctx, begin);

    auto text = co_await files_.bytes(ctx, work.file_id);
    auto separator = work.separator.empty() ? ',' : work.separator[0];
    auto look = [&] {
        CsvReader whole(text, separator, std::size_t(work.first_row));
        while (auto row = whole.next()) work.reader->look(row->cells);
    };
    if (work.reader->has_days()) co_await blocking_.run(look);
    CsvReader csv(text, separator, std::size_t(work.next_row));
    for (bool more = true; more;) {
        std::vector<Candidate> rows;
        auto read = [&] {
            while (rows.size() < rows_a_step) {
                auto row = csv.next();
                if (!row) return;
                if (row->blank()) continue;
                auto number = work.position + std::int64_t(rows.size()) + 1;
                rows.push_back(work.reader->read(number, std::move(row->cells), row->fault));
            }
        };
        co_await blocking_.run(read);
        more = rows.size() == rows_a_step;
        auto body = [&](db::Session& tx) -> Task<> {
            co_await jobs::require_held(tx, ctx, run);
            co_await take(tx, ctx, work, rows, csv.offset());
            if (more) co_return;
            auto state = work.writes() ? ImportState::done : ImportState::checked;
            if (work.writes()) files_.discard(tx, ctx, work.file_id);
            tx.queue(finish_sql, ctx.account_id, work.id, state, ctx.now());
        };
        co_await db_.transaction(ctx, body);
        work.position += std::int64_t(rows.size());
        // Those who are there are looked up anew in each step.
        for (auto& [key, known] : work.seen_now) known.present = nullptr;
        if (!work.writes()) work.seen.merge(work.seen_now);
        bool grown = more ? std::ranges::find(rows_to_analyze, work.position) != std::end(rows_to_analyze)
                          : work.position >= rows_to_analyze[0];
        if (work.writes() && grown && !co_await db_.one<bool>(ctx, analyze_sql))
            log::info("an import's tables were not analyzed: they are locked", {{"import", work.id.text()}});
    }
}

Task<> Imports::write(db::Session& tx, Context& ctx, Id<Import> id, ImportStep& step) {
    auto now = ctx.now();
    auto import = R"({"import_id":")" + id.text() + "\"";
    Json data{import + "}"};
    std::vector<Uuid> ids;
    if (!step.added.empty()) {
        for (auto& client : step.added) ids.push_back(client.id.value);
        co_await tx.exec(insert_sql, ctx.account_id, Json{to_json(step.added)}, now);
        tx.queue(stages_sql, ctx.account_id, Json{to_json(step.stages)}, now, events::actor_kind(ctx.actor), ctx.actor.name);
        events_.record_many(tx, ctx, "client_imported", ids, data);
    }
    ids.clear();
    std::unordered_map<Uuid, Client> after;
    for (auto& client : step.changed) {
        after[client.id.value] = co_await write_client(tx, ctx, client);
        ids.push_back(client.id.value);
    }
    events_.record_many(tx, ctx, "client_updated", ids, data);
    if (!step.addressed.empty()) co_await contacts_.addressed(tx, ctx, step.addressed);

    std::string reason(imported_as_unsubscribed);
    Json why{import + R"(,"reason":)" + json_quote(reason) + "}"};
    auto opted_out = co_await contacts_.unsubscribe(tx, ctx, step.opted_out, reason, why);
    for (auto& contact : opted_out) {
        auto changed = after.find(contact.value);
        if (changed == after.end()) continue;
        changed->second.email_unsubscribed = true;
        changed->second.unsubscribed_reason = reason;
    }
    if (!opted_out.empty()) tx.queue(told_later_sql, ctx.account_id, id, opted_out, reason);
    for (auto& row : step.rows)
        if (row.outcome == "updated") row.after = Json{to_json(after.at(row.contact_id->value))};
}

Task<> Imports::take(db::Session& tx, Context& ctx, Work& work, const std::vector<Candidate>& rows, std::size_t offset) {
    std::vector<std::string> emails;
    std::vector<std::string> phones;
    for (auto& row : rows) {
        if (!row.faults.empty()) continue;
        if (row.email) emails.push_back(row.email->key());
        if (!row.e164.empty()) phones.push_back(row.e164);
    }
    auto now = ctx.now();
    auto present = co_await tx.all<Present>(present_sql, ctx.account_id, emails, phones, work.id);
    ImportStep step;
    ImportSorter sorter(*work.reader, work.match_by, std::move(present), work.seen, work.seen_now, now);
    for (auto& row : rows) sorter.sort(row, step);

    if (work.writes()) {
        co_await write(tx, ctx, work.id, step);
    } else {
        std::erase_if(step.rows, [](auto& row) { return row.reasons.empty(); });
        for (auto& row : step.rows) row.contact_id.reset();
    }
    if (!step.rows.empty()) tx.queue(rows_sql, ctx.account_id, work.id, Json{to_json(step.rows)});
    tx.queue(
        progress_sql, ctx.account_id, work.id, std::int64_t(offset), std::int64_t(rows.size()), std::int64_t(step.added.size()),
        step.updated, step.skipped, step.bad, step.remarked
    );
}

} // namespace doorstep::contacts
