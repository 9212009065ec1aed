#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "http/router.hpp"
#include "modules/events/events.hpp"

namespace doorstep::contacts {

struct Client;

struct Note {
    Id<Note> id;
    Id<Client> client_id;
    std::string body;
    std::string author;
    Time created_at;
    std::optional<Time> edited_at;
    BOOST_DESCRIBE_CLASS(Note, (), (id, client_id, body, author, created_at, edited_at), (), ())
};

struct NoteInput {
    Text<1, 10'000> body;
    BOOST_DESCRIBE_CLASS(NoteInput, (), (body), (), ())
};

struct NoteFilter {
    std::optional<Int<1, 1'000'000>> page;
    std::optional<Int<1, 100>> limit;
    BOOST_DESCRIBE_CLASS(NoteFilter, (), (page, limit), (), ())
};

/// What is noted about a contact. Everything answers Error 404 for what belongs to a deleted one.
class Notes {
public:
    Notes(db::Database& db, events::Events& events) : db_(db), events_(events) {}

    Task<Note> add(Context& ctx, Id<Client> contact, const NoteInput& input);
    /// Newest first.
    Task<http::Page<Note>> list(Context& ctx, Id<Client> contact, const NoteFilter& filter);
    Task<Note> edit(Context& ctx, Id<Client> contact, Id<Note> id, const NoteInput& input);
    Task<> remove(Context& ctx, Id<Client> contact, Id<Note> id);
    Task<Note> restore(Context& ctx, Id<Client> contact, Id<Note> id);

private:
    /// Runs a statement that yields the note it changed, and records the act.
    Task<Note> change(
        Context& ctx, Id<Client> contact, Id<Note> id, const db::Query& query, std::optional<std::string> body,
        std::string event
    );

    db::Database& db_;
    events::Events& events_;
};

} // namespace doorstep::contacts
