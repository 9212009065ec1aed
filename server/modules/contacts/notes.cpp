#include "modules/contacts/notes.hpp"

#include "core/paging.hpp"

namespace doorstep::contacts {

namespace {

#define NOTE_COLUMNS " n.id, n.contact_id as client_id, n.body, n.author, n.created_at, n.edited_at "
#define OF_LIVING \
    " and exists (select from contacts c where c.account_id = $1 and c.id = n.contact_id and c.deleted_at is null) "

const db::Query insert_sql{"notes.insert", R"sql(
    insert into notes as n (account_id, id, contact_id, body, author_id, author, created_at)
    select account_id, $2, id, $4, $5, $6, $7 from contacts where account_id = $1 and id = $3 and deleted_at is null
    returning )sql" NOTE_COLUMNS};

const db::Query list_sql{
    "notes.list", "select" NOTE_COLUMNS "from notes n where n.account_id = $1 and n.contact_id = $2 and n.deleted_at is null"
                  " order by n.created_at desc, n.id desc limit $3 offset $4"
};

const db::Query count_sql{
    "notes.count", "select count(*) from notes where account_id = $1 and contact_id = $2 and deleted_at is null"
};

#define CHANGE_NOTE(set, condition)                                                                                   \
    "update notes n set " set " where n.account_id = $1 and n.contact_id = $2 and n.id = $3 and " condition OF_LIVING \
    "returning" NOTE_COLUMNS

const db::Query edit_sql{"notes.edit", CHANGE_NOTE("body = $5, edited_at = $4", "n.deleted_at is null")};
const db::Query remove_sql{"notes.remove", CHANGE_NOTE("deleted_at = $4", "$5::text is null and n.deleted_at is null")};
const db::Query restore_sql{
    "notes.restore",
    CHANGE_NOTE("deleted_at = null", "$4::timestamptz is not null and $5::text is null and n.deleted_at is not null")
};

/// The beginning, for the timeline: the note itself can be edited, what happened can't.
Json excerpt(const Note& note) {
    return Json{R"({"note_id":")" + note.id.text() + R"(","excerpt":)" + json_quote(utf8_prefix(note.body, 200)) + "}"};
}

} // namespace

Task<Note> Notes::add(Context& ctx, Id<Client> contact, const NoteInput& input) {
    auto now = ctx.now();
    auto id = Id<Note>::make(now);
    auto author = ctx.actor.id.is_nil() ? std::nullopt : std::optional(ctx.actor.id);
    auto body = [&](db::Session& tx) -> Task<Note> {
        auto note = co_await tx.maybe<Note>(insert_sql, ctx.account_id, id, contact, input.body, author, ctx.actor.name, now);
        if (!note) throw not_found("client");
        events_.record(tx, ctx, {.kind = "note_added", .contact_id = contact.value, .data = excerpt(*note)});
        co_return std::move(*note);
    };
    co_return co_await db_.transaction(ctx, body);
}

Task<http::Page<Note>> Notes::list(Context& ctx, Id<Client> contact, const NoteFilter& filter) {
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    http::Page<Note> page;
    page.items = co_await db_.all<Note>(ctx, list_sql, ctx.account_id, contact, paging.limit, paging.offset());
    page.page = paging.page;
    page.limit = paging.limit;
    page.total = co_await db_.one<std::int64_t>(ctx, count_sql, ctx.account_id, contact);
    co_return page;
}

Task<Note> Notes::change(
    Context& ctx, Id<Client> contact, Id<Note> id, const db::Query& query, std::optional<std::string> body, std::string event
) {
    auto change = [&](db::Session& tx) -> Task<Note> {
        auto note = co_await tx.maybe<Note>(query, ctx.account_id, contact, id, ctx.now(), body);
        if (!note) throw not_found("note");
        events_.record(tx, ctx, {.kind = event, .contact_id = contact.value, .data = excerpt(*note)});
        co_return std::move(*note);
    };
    co_return co_await db_.transaction(ctx, change);
}

Task<Note> Notes::edit(Context& ctx, Id<Client> contact, Id<Note> id, const NoteInput& input) {
    co_return co_await change(ctx, contact, id, edit_sql, input.body.value, "note_edited");
}

Task<> Notes::remove(Context& ctx, Id<Client> contact, Id<Note> id) {
    co_await change(ctx, contact, id, remove_sql, std::nullopt, "note_deleted");
}

Task<Note> Notes::restore(Context& ctx, Id<Client> contact, Id<Note> id) {
    co_return co_await change(ctx, contact, id, restore_sql, std::nullopt, "note_restored");
}

} // namespace doorstep::contacts
