#include "modules/contacts/imports.hpp"

#include "core/csv.hpp"
#include "modules/contacts/import_columns.hpp"

namespace doorstep::contacts {

namespace {

constexpr std::size_t most_samples = 3;

#define IMPORT_COLUMNS                                                                                           \
    " id, file_name, source, state, columns, defaults, match_by, total, position, added, updated, skipped, bad," \
    " remarked, kept, kept_for, actor_name as started_by, created_at, finished_at "

const db::Query insert_sql{"imports.insert", R"sql(
    insert into imports (account_id, id, file_id, file_name, source, state, columns, separator, signature, first_row, next_row, total,
                         actor_kind, actor_id, actor_name, created_at)
    values ($1, $2, $3, $4, $5, 'mapping', $6, $7, $8, $9, $9, $10, $11, $12, $13, $14)
    returning )sql" IMPORT_COLUMNS};

const db::Query mapping_sql{"imports.mapping", R"sql(
    select columns from import_mappings where account_id = $1 and signature = $2
)sql"};

const db::Query remember_sql{"imports.remember", R"sql(
    insert into import_mappings (account_id, signature, columns, updated_at)
    select account_id, signature, app.without_samples(columns), $3 from imports where account_id = $1 and id = $2
    on conflict (account_id, signature) do update set columns = excluded.columns, updated_at = excluded.updated_at
)sql"};

const db::Query find_sql{"imports.find", "select" IMPORT_COLUMNS "from imports where account_id = $1 and id = $2"};
const db::Query lock_sql{"imports.lock", "select" IMPORT_COLUMNS "from imports where account_id = $1 and id = $2 for update"};
const db::Query list_sql{
    "imports.list", "select" IMPORT_COLUMNS "from imports where account_id = $1 order by created_at desc, id desc limit 50"
};

const db::Query configure_sql{"imports.configure", R"sql(
    update imports set columns = $3, defaults = $4, match_by = $5, state = 'mapping', position = 0 where account_id = $1 and id = $2
)sql"};

const db::Query begin_sql{"imports.begin", R"sql(
    update imports set state = $3, next_row = first_row, position = 0, added = 0, updated = 0, skipped = 0, bad = 0, remarked = 0,
        actor_kind = $4, actor_id = $5, actor_name = $6, finished_at = null
    where account_id = $1 and id = $2
    returning )sql" IMPORT_COLUMNS};

const db::Query forget_sql{"imports.forget", "delete from import_rows where account_id = $1 and import_id = $2"};

const db::Query undo_sql{"imports.undo", R"sql(
    update imports set state = 'undoing', finished_at = null where account_id = $1 and id = $2
    returning )sql" IMPORT_COLUMNS};

const db::Query told_sql{"imports.told_rows", R"sql(
    select outcome, row_number, reasons, cells from import_rows
    where account_id = $1 and import_id = $2 and outcome in ('bad', 'skipped', 'added', 'updated') and reasons <> '{}'
    order by row_number limit 100000
)sql"};

struct ToldRow {
    std::string outcome;
    std::int64_t row_number = 0;
    std::vector<std::string> reasons;
    std::vector<std::string> cells;
    BOOST_DESCRIBE_CLASS(ToldRow, (), (outcome, row_number, reasons, cells), (), ())
};

/// What a file's text says of itself.
struct Header {
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> samples;
    char separator = ',';
    std::size_t first_row = 0;
    std::int64_t rows = 0;
};

Header read_header(std::string_view text) {
    Header header;
    auto start = find_table(text);
    header.separator = start.separator;
    CsvReader reader(text, start.separator, start.offset);
    auto first = reader.next();
    if (!first) return header;
    header.names = std::move(first->cells);
    header.first_row = reader.offset();
    while (auto row = reader.next()) {
        if (row->blank()) continue;
        if (header.samples.size() < most_samples) header.samples.push_back(std::move(row->cells));
        ++header.rows;
    }
    return header;
}

void add_samples(std::vector<ImportColumn>& columns, const Header& header) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        columns[i].samples.clear();
        for (auto& row : header.samples)
            if (i < row.size()) columns[i].samples.emplace_back(utf8_prefix(row[i], 80));
    }
}

/// What is no text at all, but what a spreadsheet keeps its sheets in.
void refuse_workbook(std::string_view bytes) {
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xd0\xcf\x11\xe0"))
        throw invalid(
            "file", "not_csv", "is a workbook: save it as CSV first, in Excel by Save As and CSV UTF-8, and choose that file"
        );
}

void require_table(const Header& header) {
    bool wide_enough = header.names.size() > 1 || (header.names.size() == 1 && tells_people(header.names[0]));
    if (!wide_enough || header.rows == 0) throw invalid("file", "invalid", "is no table with a header and at least one row");
    if (header.rows > 100'000) throw invalid("file", "too_long", "has more than 100,000 rows: split it");
}

Json told(const Import& import) {
    return Json{R"({"import_id":")" + import.id.text() + R"(","file":)" + json_quote(import.file_name) + "}"};
}

} // namespace

Task<Import> Imports::add(Context& ctx, const http::UploadedFile& upload) {
    refuse_workbook(upload.bytes);
    std::string text;
    auto look = [&text, bytes = upload.bytes] {
        text = csv_text(std::string(bytes));
        return read_header(text);
    };
    auto header = co_await blocking_.run(look);
    require_table(header);
    auto file = co_await files_.store(ctx, {upload.name, text}, files::tables);

    auto now = ctx.now();
    auto id = Id<Import>::make(now);
    auto signature = header_signature(header.names);
    auto source = guess_source(header.names);
    auto actor = ctx.actor.id.is_nil() ? std::nullopt : std::optional(ctx.actor.id);
    auto body = [&](db::Session& tx) -> Task<Import> {
        auto fields = co_await contacts_.fields.definitions(tx, ctx);
        auto known = co_await tx.maybe<Json>(mapping_sql, ctx.account_id, signature);
        auto columns = known ? from_json<std::vector<ImportColumn>>(known->text) : guess_columns(header.names, fields);
        for (auto& column : columns)
            if (!known_target(column.target, fields)) column.target.clear();
        add_samples(columns, header);
        auto import = co_await tx.one<Import>(
            insert_sql, ctx.account_id, id, file.id, file.name, source, columns, std::string(1, header.separator), signature,
            std::int64_t(header.first_row), header.rows, events::actor_kind(ctx.actor), actor, ctx.actor.name, now
        );
        files_.keep(tx, ctx, file.id);
        events_.record(tx, ctx, {.kind = "import_added", .data = told(import)});
        co_return import;
    };
    co_return co_await db_.transaction(ctx, body);
}

Task<Import> Imports::require(Context& ctx, Id<Import> id) {
    auto import = co_await db_.maybe<Import>(ctx, find_sql, ctx.account_id, id);
    if (!import) throw not_found("import");
    co_return std::move(*import);
}

Task<ImportList> Imports::list(Context& ctx) {
    ImportList list;
    list.items = co_await db_.all<Import>(ctx, list_sql, ctx.account_id);
    co_return list;
}

Task<Import> Imports::configure(Context& ctx, Id<Import> id, const ImportPatch& patch) {
    auto body = [&](db::Session& tx) -> Task<Import> {
        auto import = co_await tx.maybe<Import>(lock_sql, ctx.account_id, id);
        if (!import) throw not_found("import");
        if (import->state != ImportState::mapping && import->state != ImportState::checked)
            throw conflict("import_begun", "The import has begun; its columns stay as they are.");
        if (patch.columns) {
            auto fields = co_await contacts_.fields.definitions(tx, ctx);
            Reader reader;
            if (patch.columns->size() != import->columns.size())
                reader.fail("columns", "invalid", "must be as many as the file's columns");
            for (std::size_t i = 0; i < std::min(patch.columns->size(), import->columns.size()); ++i) {
                auto& choice = (*patch.columns)[i];
                if (!known_target(choice.target.value, fields))
                    reader.fail("columns." + std::to_string(i) + ".target", "invalid", "is no field of a client");
                import->columns[i].target = choice.target.value;
                import->columns[i].rule = choice.rule.value_or(ColumnRule::fill);
                auto twin = twin_of(import->columns, i);
                if (twin)
                    reader.fail(
                        "columns." + std::to_string(i) + ".target", "duplicate", "is the column " + twin->header + " already"
                    );
            }
            reader.require_ok();
        }
        if (patch.defaults) import->defaults = *patch.defaults;
        if (patch.match_by) import->match_by = *patch.match_by;
        co_await tx.exec(configure_sql, ctx.account_id, id, import->columns, import->defaults, import->match_by);
        tx.queue(remember_sql, ctx.account_id, id, ctx.now());
        events_.record(tx, ctx, {.kind = "import_configured", .data = told(*import)});
        co_return co_await tx.one<Import>(find_sql, ctx.account_id, id);
    };
    co_return co_await db_.transaction(ctx, body);
}

Task<Import> Imports::begin(
    Context& ctx, Id<Import> id, ImportState from, ImportState also_from, ImportState to, std::string event
) {
    auto actor = ctx.actor.id.is_nil() ? std::nullopt : std::optional(ctx.actor.id);
    auto body = [&](db::Session& tx) -> Task<Import> {
        auto import = co_await tx.maybe<Import>(lock_sql, ctx.account_id, id);
        if (!import) throw not_found("import");
        if (import->state != from && import->state != also_from)
            throw conflict("wrong_state", "The import is in the state " + std::string(enum_text(import->state)) + ".");
        tx.queue(forget_sql, ctx.account_id, id);
        auto begun =
            co_await tx.one<Import>(begin_sql, ctx.account_id, id, to, events::actor_kind(ctx.actor), actor, ctx.actor.name);
        jobs::enqueue(tx, ctx, RunImport{id});
        events_.record(tx, ctx, {.kind = event, .data = told(begun)});
        co_return begun;
    };
    co_return co_await db_.transaction(ctx, body);
}

Task<Import> Imports::check(Context& ctx, Id<Import> id) {
    co_return co_await begin(ctx, id, ImportState::mapping, ImportState::checked, ImportState::checking, "import_checked");
}

Task<Import> Imports::start(Context& ctx, Id<Import> id) {
    co_return co_await begin(ctx, id, ImportState::mapping, ImportState::checked, ImportState::running, "import_started");
}

Task<Import> Imports::undo(Context& ctx, Id<Import> id) {
    auto body = [&](db::Session& tx) -> Task<Import> {
        auto import = co_await tx.maybe<Import>(lock_sql, ctx.account_id, id);
        if (!import) throw not_found("import");
        if (import->state != ImportState::done) throw conflict("not_done", "Only an import that is done can be undone.");
        auto undoing = co_await tx.one<Import>(undo_sql, ctx.account_id, id);
        jobs::enqueue(tx, ctx, RunImport{id});
        events_.record(tx, ctx, {.kind = "import_undone", .data = told(undoing)});
        co_return undoing;
    };
    co_return co_await db_.transaction(ctx, body);
}

Task<http::Response> Imports::errors(Context& ctx, Id<Import> id) {
    auto import = co_await require(ctx, id);
    auto rows = co_await db_.all<ToldRow>(ctx, told_sql, ctx.account_id, id);
    std::vector<std::string> line{"outcome", "row", "reasons"};
    for (auto& column : import.columns) line.push_back(column.header);
    http::Response response;
    append_csv_row(response.body, line);
    for (auto& row : rows) {
        std::string reasons;
        for (auto& reason : row.reasons) reasons += (reasons.empty() ? "" : "; ") + reason;
        line = {row.outcome, std::to_string(row.row_number), std::move(reasons)};
        line.insert(line.end(), row.cells.begin(), row.cells.end());
        append_csv_row(response.body, line);
    }
    response.headers.add("Content-Type", "text/csv; charset=utf-8");
    response.headers.add("Content-Disposition", "attachment; filename=\"import-errors.csv\"");
    co_return response;
}

} // namespace doorstep::contacts
