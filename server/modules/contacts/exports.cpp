#include "modules/contacts/exports.hpp"

#include "core/csv.hpp"
#include "core/tar.hpp"
#include "http/compression.hpp"
#include "modules/contacts/workbook.hpp"

namespace doorstep::contacts {

namespace {

constexpr std::int64_t rows_a_step = 1000;
constexpr std::int64_t most_rows = 100'000;

const db::Query person_sql{"exports.person", "select name, rows from app.contact_data($1, $2)"};
const db::Query person_documents_sql{"exports.documents", R"sql(
    select f.id, f.name from documents d join files f on f.account_id = d.account_id and f.id = d.file_id and f.state = 'kept'
    where d.account_id = $1 and d.contact_id = $2 and d.deleted_at is null order by f.id
)sql"};
const db::Query fields_sql{
    "exports.fields", "select key, label from custom_fields where account_id = $1 order by position, key"
};
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

struct FieldName {
    std::string key;
    std::string label;
    BOOST_DESCRIBE_CLASS(FieldName, (), (key, label), (), ())
};

struct TableRow {
    Uuid id;
    Json data;
    BOOST_DESCRIBE_CLASS(TableRow, (), (id, data), (), ())
};

ClientFilter as_list(const ExportFilter& filter) {
    return {
        .q = filter.q,
        .stage = filter.stage,
        .tag = filter.tag,
        .field = filter.field,
        .assigned_to = filter.assigned_to,
        .sort = filter.sort
    };
}

std::vector<std::string> header_row(const std::vector<FieldName>& fields) {
    std::vector<std::string> cells{"Name", "Email", "Phone",          "Property address", "Property type", "Stage",
                                   "Tags", "Notes", "Last contacted", "Unsubscribed",     "Created at",    "Id"};
    for (auto& field : fields) cells.push_back(field.label);
    return cells;
}

std::vector<std::string> client_row(const Client& client, const std::vector<FieldName>& fields) {
    std::string tags;
    for (auto& tag : client.tags) tags += (tags.empty() ? "" : ", ") + tag;
    std::vector<std::string> cells{
        client.name,
        client.email ? client.email->value : "",
        client.phone ? client.phone->value : "",
        client.property_address,
        std::string(enum_text(client.property_type)),
        std::string(enum_text(client.stage)),
        tags,
        client.notes.value_or(""),
        client.last_contacted ? format_rfc3339(*client.last_contacted) : "",
        client.email_unsubscribed ? "yes" : "no",
        format_rfc3339(client.created_at),
        client.id.text(),
    };
    auto custom = JsonDocument::parse(client.custom_fields.text);
    for (auto& field : fields) {
        auto value = custom.root().find(field.key);
        if (!value || value->is_null())
            cells.emplace_back();
        else
            cells.push_back(value->kind() == JsonView::Kind::string ? std::string(value->string()) : value->text());
    }
    return cells;
}

http::Response attachment(std::string_view type, std::string_view name) {
    http::Response response;
    response.headers.add("Content-Type", std::string(type));
    response.headers.add("Content-Disposition", "attachment; filename=\"" + std::string(name) + "\"");
    response.headers.add("Cache-Control", "private, no-store");
    return response;
}

/// What outlives the request while its answer is sent.
struct CsvStream {
    Contacts& contacts;
    Context ctx;
    ClientFilter filter;
    std::vector<FieldName> fields;
};

Task<> send_csv(std::shared_ptr<CsvStream> state, http::Stream& stream) {
    std::string lines;
    append_csv_row(lines, header_row(state->fields));
    std::optional<Client> last;
    for (bool more = true; more;) {
        auto clients = co_await state->contacts.following(state->ctx, state->filter, last, rows_a_step);
        for (auto& client : clients) append_csv_row(lines, client_row(client, state->fields));
        more = std::int64_t(clients.size()) == rows_a_step;
        if (more) last = std::move(clients.back());
        co_await stream.send(lines);
        lines.clear();
    }
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

Task<http::Response> Exports::csv(Context& ctx, const ExportFilter& filter) {
    auto fields = co_await parts_.db.all<FieldName>(ctx, fields_sql, ctx.account_id);
    auto list = as_list(filter);
    terms_of(list); // refuses what is malformed while there is an answer to refuse with
    Context own(ctx);
    own.outer = nullptr;
    auto state = std::make_shared<CsvStream>(parts_.contacts, own, std::move(list), std::move(fields));
    co_await note_file(ctx, "clients_exported", "clients.csv");
    auto response = attachment("text/csv; charset=utf-8", "clients.csv");
    response.stream = [state](http::Stream& stream) { return send_csv(state, stream); };
    co_return response;
}

Task<http::Response> Exports::xlsx(Context& ctx, const ExportFilter& filter) {
    auto fields = co_await parts_.db.all<FieldName>(ctx, fields_sql, ctx.account_id);
    auto list = as_list(filter);
    auto book = co_await parts_.blocking.run([] { return std::make_unique<Workbook>(); });
    book->add_row(header_row(fields));
    std::optional<Client> last;
    std::int64_t count = 0;
    for (bool more = true; more;) {
        auto clients = co_await parts_.contacts.following(ctx, list, last, rows_a_step);
        count += std::int64_t(clients.size());
        if (count > most_rows) throw invalid("q", "too_many", "matches more than 100,000 clients; take the CSV file");
        auto write = [&] {
            for (auto& client : clients) book->add_row(client_row(client, fields));
        };
        co_await parts_.blocking.run(write);
        more = std::int64_t(clients.size()) == rows_a_step;
        if (more) last = std::move(clients.back());
    }
    auto response = attachment("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "clients.xlsx");
    auto finish = [&] { return book->finish(); };
    response.body = co_await parts_.blocking.run(finish);
    co_await note_file(ctx, "clients_exported", "clients.xlsx");
    co_return response;
}

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

} // namespace doorstep::contacts
