#pragma once

#include <string>
#include <vector>

#include "core/described.hpp"
#include "db/database.hpp"
#include "modules/events/events.hpp"
#include "modules/files/files.hpp"

namespace doorstep::contacts {

struct Client;

/// A paper of a contact.
struct Document {
    Id<Document> id;
    Id<Client> client_id;
    std::string name;
    std::string media_type;
    std::int64_t size = 0;
    std::string added_by;
    Time created_at;
    BOOST_DESCRIBE_CLASS(Document, (), (id, client_id, name, media_type, size, added_by, created_at), (), ())
};

struct DocumentList {
    std::vector<Document> items;
    BOOST_DESCRIBE_CLASS(DocumentList, (), (items), (), ())
};

/// Everything but the download answers Error 404 for what belongs to a deleted contact, too.
class Documents {
public:
    Documents(db::Database& db, events::Events& events, files::Files& files) : db_(db), events_(events), files_(files) {}

    Task<Document> add(Context& ctx, Id<Client> contact, const http::UploadedFile& file);
    /// Newest first.
    Task<DocumentList> list(Context& ctx, Id<Client> contact);
    Task<http::Response> download(Context& ctx, Id<Client> contact, Id<Document> id);
    Task<> remove(Context& ctx, Id<Client> contact, Id<Document> id);
    Task<Document> restore(Context& ctx, Id<Client> contact, Id<Document> id);

private:
    db::Database& db_;
    events::Events& events_;
    files::Files& files_;
};

} // namespace doorstep::contacts
