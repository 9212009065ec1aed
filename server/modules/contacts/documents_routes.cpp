#include "modules/contacts/contacts.hpp"

namespace doorstep::contacts {

namespace {

using http::Context;

Task<http::Created<Document>> add_document(Documents& documents, Context& ctx, Id<Client> contact, http::Upload<> form) {
    auto document = co_await documents.add(ctx, contact, form.file);
    auto location = "/api/contacts/" + contact.text() + "/documents/" + document.id.text() + "/file";
    co_return http::Created<Document>{std::move(location), std::move(document)};
}

Task<DocumentList> list_documents(Contacts& contacts, Context& ctx, Id<Client> contact) {
    co_await contacts.require(ctx, contact);
    co_return co_await contacts.documents.list(ctx, contact);
}

Task<http::Response> get_document_file(Documents& documents, Context& ctx, Id<Client> contact, Id<Document> id) {
    co_return co_await documents.download(ctx, contact, id);
}

Task<Success> delete_document(Documents& documents, Context& ctx, Id<Client> contact, Id<Document> id) {
    co_await documents.remove(ctx, contact, id);
    co_return Success{};
}

Task<Document> restore_document(Documents& documents, Context& ctx, Id<Client> contact, Id<Document> id) {
    co_return co_await documents.restore(ctx, contact, id);
}

/// A file of 20 MB in its form.
constexpr std::size_t largest_form = (20 << 20) + 16 * 1024;

} // namespace

void document_routes(http::Router& router, Contacts& contacts) {
    router.tag("Documents");
    router.add("POST", "/api/contacts/{id}/documents", contacts.documents, add_document)
        .scope("clients:write")
        .id("add_document")
        .max_body(largest_form)
        .summary("Adds a paper or picture of at most 20 MB to a client; what it is, is found out from its bytes");
    router.add("GET", "/api/contacts/{id}/documents", contacts, list_documents)
        .scope("clients:read")
        .id("list_documents")
        .summary("A client's documents, newest first");
    router.add("GET", "/api/contacts/{id}/documents/{document_id}/file", contacts.documents, get_document_file)
        .scope("clients:read")
        .id("get_document_file")
        .summary("Downloads a document");
    router.add("DELETE", "/api/contacts/{id}/documents/{document_id}", contacts.documents, delete_document)
        .scope("clients:write")
        .id("delete_document")
        .summary("Deletes a document; it can be restored for 30 days");
    router.add("POST", "/api/contacts/{id}/documents/{document_id}/restore", contacts.documents, restore_document)
        .scope("clients:write")
        .id("restore_document")
        .summary("Undoes the deletion of a document");
}

} // namespace doorstep::contacts
