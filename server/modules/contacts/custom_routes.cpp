// What an account shapes for itself: fields, tags, views; and what is noted about its people.
#include "modules/contacts/contacts.hpp"

namespace doorstep::contacts {

namespace {

using http::Context;

Task<TagList> get_tags(Contacts& contacts, Context& ctx) {
    co_return co_await contacts.tags(ctx);
}

Task<CustomFieldList> list_fields(CustomFields& fields, Context& ctx) {
    co_return co_await fields.list(ctx);
}

Task<http::Created<CustomField>> add_field(CustomFields& fields, Context& ctx, NewCustomField input) {
    auto field = co_await fields.add(ctx, input);
    co_return http::Created<CustomField>{"/api/custom-fields/" + field.id.text(), std::move(field)};
}

Task<CustomField> update_field(CustomFields& fields, Context& ctx, Id<CustomField> id, CustomFieldPatch patch) {
    co_return co_await fields.update(ctx, id, patch);
}

Task<Success> delete_field(CustomFields& fields, Context& ctx, Id<CustomField> id) {
    co_await fields.remove(ctx, id);
    co_return Success{};
}

Task<http::Created<Note>> add_note(Notes& notes, Context& ctx, Id<Client> contact, NoteInput input) {
    auto note = co_await notes.add(ctx, contact, input);
    auto location = "/api/contacts/" + contact.text() + "/notes/" + note.id.text();
    co_return http::Created<Note>{std::move(location), std::move(note)};
}

Task<http::Page<Note>> list_notes(Contacts& contacts, Context& ctx, Id<Client> contact, http::Query<NoteFilter> filter) {
    co_await contacts.require(ctx, contact);
    co_return co_await contacts.noted.list(ctx, contact, filter.value);
}

Task<Note> edit_note(Notes& notes, Context& ctx, Id<Client> contact, Id<Note> id, NoteInput input) {
    co_return co_await notes.edit(ctx, contact, id, input);
}

Task<Success> delete_note(Notes& notes, Context& ctx, Id<Client> contact, Id<Note> id) {
    co_await notes.remove(ctx, contact, id);
    co_return Success{};
}

Task<Note> restore_note(Notes& notes, Context& ctx, Id<Client> contact, Id<Note> id) {
    co_return co_await notes.restore(ctx, contact, id);
}

Task<ContactPointList> list_points(ContactPoints& points, Context& ctx, Id<Client> contact) {
    return points.list(ctx, contact);
}

Task<http::Created<ContactPoint>> add_point(ContactPoints& points, Context& ctx, Id<Client> contact, NewContactPoint input) {
    auto point = co_await points.add(ctx, contact, input);
    auto location = "/api/clients/" + contact.text() + "/contact-points/" + point.id.text();
    co_return http::Created<ContactPoint>{std::move(location), std::move(point)};
}

Task<Success> delete_point(ContactPoints& points, Context& ctx, Id<Client> contact, Id<ContactPoint> id) {
    co_await points.remove(ctx, contact, id);
    co_return Success{};
}

Task<ViewList> list_views(Views& views, Context& ctx, http::Query<ViewFilter> filter) {
    co_return co_await views.list(ctx, filter.value);
}

Task<http::Created<View>> add_view(Views& views, Context& ctx, NewView input) {
    auto view = co_await views.add(ctx, input);
    co_return http::Created<View>{"/api/views/" + view.id.text(), std::move(view)};
}

Task<View> update_view(Views& views, Context& ctx, Id<View> id, ViewPatch patch) {
    co_return co_await views.update(ctx, id, patch);
}

Task<Success> delete_view(Views& views, Context& ctx, Id<View> id) {
    co_await views.remove(ctx, id);
    co_return Success{};
}

void point_routes(http::Router& router, Contacts& contacts) {
    router.tag("Clients");
    router.add("GET", "/api/clients/{id}/contact-points", contacts.points, list_points)
        .scope("clients:read")
        .id("list_contact_points")
        .summary("Other addresses and numbers that a client is known by");
    router.add("POST", "/api/clients/{id}/contact-points", contacts.points, add_point)
        .scope("clients:write")
        .id("add_contact_point")
        .summary("Adds another address or number; 409 with existing_id where somebody is known by it");
    router.add("DELETE", "/api/clients/{id}/contact-points/{point_id}", contacts.points, delete_point)
        .scope("clients:write")
        .id("delete_contact_point")
        .summary("Takes one off");
}

void note_routes(http::Router& router, Contacts& contacts) {
    router.tag("Notes");
    router.add("POST", "/api/contacts/{id}/notes", contacts.noted, add_note)
        .scope("clients:write")
        .id("add_note")
        .summary("Notes something about a client");
    router.add("GET", "/api/contacts/{id}/notes", contacts, list_notes)
        .scope("clients:read")
        .id("list_notes")
        .summary("A client's notes, newest first");
    router.add("PATCH", "/api/contacts/{id}/notes/{note_id}", contacts.noted, edit_note)
        .scope("clients:write")
        .id("edit_note")
        .summary("Rewrites a note");
    router.add("DELETE", "/api/contacts/{id}/notes/{note_id}", contacts.noted, delete_note)
        .scope("clients:write")
        .id("delete_note")
        .summary("Deletes a note; restoring undoes it");
    router.add("POST", "/api/contacts/{id}/notes/{note_id}/restore", contacts.noted, restore_note)
        .scope("clients:write")
        .id("restore_note")
        .summary("Undoes the deletion of a note");
}

void field_routes(http::Router& router, Contacts& contacts) {
    router.tag("Custom fields");
    router.add("GET", "/api/custom-fields", contacts.fields, list_fields)
        .scope("clients:read")
        .id("list_custom_fields")
        .summary("The fields that this account adds to its clients");
    router.add("POST", "/api/custom-fields", contacts.fields, add_field)
        .scope("fields:write")
        .id("add_custom_field")
        .summary("Defines a field; from then on its values are checked by type");
    router.add("PATCH", "/api/custom-fields/{id}", contacts.fields, update_field)
        .scope("fields:write")
        .id("update_custom_field")
        .summary("Changes a field's label, choices or position");
    router.add("DELETE", "/api/custom-fields/{id}", contacts.fields, delete_field)
        .scope("fields:write")
        .id("delete_custom_field")
        .summary("Removes a definition; what clients have under its key stays, free-form");
}

void view_routes(http::Router& router, Contacts& contacts) {
    router.tag("Views");
    router.add("GET", "/api/views", contacts.views, list_views)
        .scope("views:read")
        .id("list_views")
        .summary("One's own saved views and the shared ones, favourites first");
    router.add("POST", "/api/views", contacts.views, add_view)
        .scope("views:write")
        .id("add_view")
        .summary("Saves a view: filters, order, columns and layout, for oneself or shared");
    router.add("PATCH", "/api/views/{id}", contacts.views, update_view)
        .scope("views:write")
        .id("update_view")
        .summary("Changes one's own view; favourite and is_default are for each person to say, of shared ones too");
    router.add("DELETE", "/api/views/{id}", contacts.views, delete_view)
        .scope("views:write")
        .id("delete_view")
        .summary("Deletes one's own view");
}

} // namespace

void custom_routes(http::Router& router, Contacts& contacts) {
    router.tag("Tags");
    router.add("GET", "/api/tags", contacts, get_tags)
        .scope("clients:read")
        .id("list_tags")
        .summary("The tags in use, with how many clients have each");
    point_routes(router, contacts);
    note_routes(router, contacts);
    field_routes(router, contacts);
    view_routes(router, contacts);
}

} // namespace doorstep::contacts
