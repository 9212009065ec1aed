#include "modules/contacts/documents.hpp"

#include "modules/contacts/contacts.hpp"

namespace doorstep::contacts {

namespace {

#define DOCUMENT_COLUMNS " d.id, d.contact_id as client_id, f.name, f.media_type, f.size, d.added_by, d.created_at, d.file_id "
#define OF_LIVING_CONTACT                                               \
    " join files f on f.account_id = d.account_id and f.id = d.file_id" \
    " join contacts c on c.account_id = d.account_id and c.id = d.contact_id and c.deleted_at is null "

const db::Query insert_sql{"documents.insert", R"sql(
    insert into documents (account_id, id, contact_id, file_id, added_by, created_at)
    select account_id, $2, id, $4, $5, $6 from contacts where account_id = $1 and id = $3 and deleted_at is null
)sql"};

const db::Query list_sql{
    "documents.list",
    "select" DOCUMENT_COLUMNS "from documents d" OF_LIVING_CONTACT
    "where d.account_id = $1 and d.contact_id = $2 and d.deleted_at is null order by d.created_at desc, d.id desc"
};

const db::Query find_sql{
    "documents.find", "select" DOCUMENT_COLUMNS "from documents d" OF_LIVING_CONTACT
                      "where d.account_id = $1 and d.contact_id = $2 and d.id = $3 and d.deleted_at is null"
};

const db::Query remove_sql{"documents.remove", R"sql(
    update documents d set deleted_at = $4 from contacts c
    where d.account_id = $1 and d.contact_id = $2 and d.id = $3 and d.deleted_at is null
        and c.account_id = $1 and c.id = d.contact_id and c.deleted_at is null
    returning d.file_id
)sql"};

const db::Query restore_sql{"documents.restore", R"sql(
    update documents d set deleted_at = null from contacts c
    where d.account_id = $1 and d.contact_id = $2 and d.id = $3 and d.deleted_at is not null
        and c.account_id = $1 and c.id = d.contact_id and c.deleted_at is null
    returning d.file_id
)sql"};

struct Found : Document {
    Id<files::File> file_id;
    BOOST_DESCRIBE_CLASS(Found, (Document), (file_id), (), ())
};

Json named(const std::string& name) {
    return Json{R"({"name":)" + json_quote(name) + "}"};
}

} // namespace

Task<Document> Documents::add(Context& ctx, Id<Client> contact, const http::UploadedFile& upload) {
    auto file = co_await files_.store(ctx, upload, files::documents);
    auto now = ctx.now();
    auto id = Id<Document>::make(now);
    auto body = [&](db::Session& tx) -> Task<Document> {
        auto added = co_await tx.exec(insert_sql, ctx.account_id, id, contact, file.id, ctx.actor.name, now);
        if (added == 0) throw not_found("client");
        files_.keep(tx, ctx, file.id);
        events_.record(tx, ctx, {.kind = "document_added", .contact_id = contact.value, .data = named(file.name)});
        co_return co_await tx.one<Document>(find_sql, ctx.account_id, contact, id);
    };
    co_return co_await db_.transaction(ctx, body);
}

Task<DocumentList> Documents::list(Context& ctx, Id<Client> contact) {
    DocumentList list;
    list.items = co_await db_.all<Document>(ctx, list_sql, ctx.account_id, contact);
    co_return list;
}

Task<http::Response> Documents::download(Context& ctx, Id<Client> contact, Id<Document> id) {
    auto found = co_await db_.maybe<Found>(ctx, find_sql, ctx.account_id, contact, id);
    if (!found) throw not_found("document");
    co_return co_await files_.download(ctx, found->file_id);
}

Task<> Documents::remove(Context& ctx, Id<Client> contact, Id<Document> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto found = co_await tx.maybe<Found>(find_sql, ctx.account_id, contact, id);
        auto file = co_await tx.maybe<Id<files::File>>(remove_sql, ctx.account_id, contact, id, ctx.now());
        if (!found || !file) throw not_found("document");
        files_.discard(tx, ctx, *file);
        events_.record(tx, ctx, {.kind = "document_deleted", .contact_id = contact.value, .data = named(found->name)});
    };
    co_await db_.transaction(ctx, body);
}

Task<Document> Documents::restore(Context& ctx, Id<Client> contact, Id<Document> id) {
    auto body = [&](db::Session& tx) -> Task<Document> {
        auto file = co_await tx.maybe<Id<files::File>>(restore_sql, ctx.account_id, contact, id);
        if (!file) throw not_found("deleted document");
        files_.keep(tx, ctx, *file);
        auto document = co_await tx.one<Document>(find_sql, ctx.account_id, contact, id);
        events_.record(tx, ctx, {.kind = "document_restored", .contact_id = contact.value, .data = named(document.name)});
        co_return document;
    };
    co_return co_await db_.transaction(ctx, body);
}

} // namespace doorstep::contacts
