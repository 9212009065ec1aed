#include "modules/exports/exports.hpp"

#include "core/tar.hpp"
#include "http/compression.hpp"

namespace doorstep::exports {

namespace {

const db::Query person_sql{"exports.person", "select name, rows from app.contact_data($1, $2)"};
const db::Query person_documents_sql{"exports.documents", R"sql(
    select f.id, f.name from documents d join files f on f.account_id = d.account_id and f.id = d.file_id and f.state = 'kept'
    where d.account_id = $1 and d.contact_id = $2 and d.deleted_at is null order by f.id
)sql"};
const db::Query tables_sql{"exports.tables", "select app.account_tables()::text"};
const db::Query rows_sql{"exports.rows", "select id, data from app.table_rows($2::name, $1, $3, $4)"};

const db::Query files_sql{"exports.files", R"sql(
    select id, name from files where account_id = $1 and state = 'kept' and id > $2 order by id limit 100
)sql"};

struct Part {
    std::string name;
    Json rows;
    BOOST_DESCRIBE_CLASS(Part, (), (name, rows), (), ())
};

struct Paper {
    Id<files::File> id;
    std::string name;
    BOOST_DESCRIBE_CLASS(Paper, (), (id, name), (), ())
};

struct TableRow {
    Uuid id;
    Json data;
    BOOST_DESCRIBE_CLASS(TableRow, (), (id, data), (), ())
};

http::Response attachment(std::string_view type, std::string_view name) {
    http::Response response;
    response.headers.add("Content-Type", std::string(type));
    response.headers.add("Content-Disposition", "attachment; filename=\"" + std::string(name) + "\"");
    response.headers.add("Cache-Control", "private, no-store");
    return response;
}

/// Names are people's: two may be alike, and any is kept short.
std::string archive_name(std::string_view folder, const Paper& paper) {
    std::string ending(paper.name.substr(std::min(paper.name.find_last_of('.'), paper.name.size())));
    if (ending.size() > 10) ending.clear();
    return std::string(folder) + "/" + paper.id.text() + ending;
}

struct AccountStream {
    db::Database& db;
    files::Files& files;
    Blocking& blocking;
    Context ctx;
    std::vector<std::string> tables;
};

/// One after the other: no more than one is in memory.
Task<> send_files(AccountStream& state, http::Stream& stream) {
    auto& ctx = state.ctx;
    Uuid last;
    for (;;) {
        auto papers = co_await state.db.all<Paper>(ctx, files_sql, ctx.account_id, last);
        if (papers.empty()) co_return;
        last = papers.back().id.value;
        for (auto& paper : papers) {
            auto bytes = co_await state.files.bytes(ctx, paper.id);
            auto pack = [&] { return http::gzip(tar_entry(archive_name("contents", paper), bytes, ctx.now())); };
            auto packed = co_await state.blocking.run(pack);
            co_await stream.send(packed);
        }
    }
}

Task<> send_account(std::shared_ptr<AccountStream> state, http::Stream& stream) {
    auto& ctx = state->ctx;
    for (auto& table : state->tables) {
        Uuid last;
        for (int part = 1;; ++part) {
            auto rows = co_await state->db.all<TableRow>(ctx, rows_sql, ctx.account_id, table, last, rows_a_step);
            if (rows.empty()) break;
            std::string lines;
            for (auto& row : rows) lines += row.data.text + "\n";
            last = rows.back().id;
            auto name = fmt::format("{}/{:05}.jsonl", table, part);
            co_await stream.send(http::gzip(tar_entry(name, lines, ctx.now())));
            if (std::int64_t(rows.size()) < rows_a_step) break;
        }
    }
    co_await send_files(*state, stream);
    co_await stream.send(http::gzip(tar_end()));
}

} // namespace

Task<http::Response> Exports::person(Context& ctx, Id<Client> id) {
    auto client = co_await parts_.contacts.require(ctx, id);
    auto parts = co_await parts_.db.all<Part>(ctx, person_sql, ctx.account_id, id);
    auto papers = co_await parts_.db.all<Paper>(ctx, person_documents_sql, ctx.account_id, id);
    auto response = attachment("application/gzip", "person.tar.gz");
    auto now = ctx.now();
    auto archive = tar_entry("client.json", to_json(client), now);
    for (auto& part : parts) archive += tar_entry(part.name + ".json", part.rows.text, now);
    for (auto& paper : papers) {
        auto bytes = co_await parts_.files.bytes(ctx, paper.id);
        archive += tar_entry(archive_name("documents", paper), bytes, now);
    }
    archive += tar_end();
    auto pack = [&archive] { return http::gzip(archive); };
    response.body = co_await parts_.blocking.run(pack);
    auto body = [&](db::Session& tx) -> Task<> {
        parts_.events.record(tx, ctx, {.kind = "client_exported", .contact_id = id.value});
        co_await note(tx, ctx, "client_exported", {"client", id.value, {}}); // a name would outlive the person's erasure
    };
    co_await parts_.db.transaction(ctx, body);
    co_return response;
}

Task<http::Response> Exports::account(Context& ctx) {
    auto tables = co_await parts_.db.all<std::string>(ctx, tables_sql);
    Context own(ctx);
    own.outer = nullptr;
    auto state = std::make_shared<AccountStream>(parts_.db, parts_.files, parts_.blocking, own, std::move(tables));
    co_await note_file(ctx, "account_exported", "account.tar.gz");
    auto response = attachment("application/gzip", "account.tar.gz");
    response.stream = [state](http::Stream& stream) { return send_account(state, stream); };
    co_return response;
}

Task<> Exports::note(db::Session& tx, const Context& ctx, std::string kind, audit::AuditSubject subject) {
    audit::Act act{
        .action = std::move(kind),
        .subject_kind = std::move(subject.kind),
        .subject_id = subject.id,
        .subject_name = std::move(subject.name),
    };
    co_await parts_.audit.record(tx, ctx, std::move(act));
}

Task<> Exports::note_file(Context& ctx, std::string kind, std::string file) {
    auto body = [&](db::Session& tx) -> Task<> { co_await note(tx, ctx, kind, {"account", ctx.account_id, file}); };
    co_await parts_.db.transaction(ctx, body);
}

} // namespace doorstep::exports
