#include "modules/templates/templates.hpp"

namespace doorstep::templates {

namespace {

using http::Context;

http::Versioned<Template> versioned(Template letter) {
    auto version = std::to_string(letter.version);
    return {std::move(version), std::move(letter)};
}

Task<http::Page<Template>> list_templates(Templates& templates, Context& ctx, http::Query<TemplateFilter> filter) {
    co_return co_await templates.list(ctx, filter.value);
}

Task<http::Created<Template>> create_template(Templates& templates, Context& ctx, NewTemplate input) {
    auto letter = co_await templates.create(ctx, input);
    auto location = "/api/templates/" + letter.id.text();
    co_return http::Created<Template>{std::move(location), std::move(letter)};
}

Task<http::Versioned<Template>> get_template(Templates& templates, Context& ctx, Id<Template> id) {
    auto letter = co_await templates.require(ctx, id);
    co_return versioned(std::move(letter));
}

Task<http::Versioned<Template>> update_template(Templates& templates, Context& ctx, Id<Template> id, TemplatePatch patch) {
    auto letter = co_await templates.update(ctx, id, patch, http::if_match(ctx));
    co_return versioned(std::move(letter));
}

Task<contacts::Success> delete_template(Templates& templates, Context& ctx, Id<Template> id) {
    co_await templates.remove(ctx, id);
    co_return contacts::Success{};
}

Task<Template> restore_template(Templates& templates, Context& ctx, Id<Template> id) {
    return templates.restore(ctx, id);
}

Task<Filled> preview_template(Templates& templates, Context& ctx, FillRequest request) {
    co_return co_await templates.fill(ctx, request);
}

Task<Variables> list_template_variables(Templates&, Context&) {
    co_return Variables{variables()};
}

} // namespace

void routes(http::Router& router, Templates& templates) {
    router.tag("Templates");
    router.add("GET", "/api/templates", templates, list_templates)
        .scope("templates:read")
        .id("list_templates")
        .summary("The library of letters, by name");
    router.add("POST", "/api/templates", templates, create_template)
        .scope("templates:write")
        .id("create_template")
        .summary("Adds a letter; what stands in {{ }} must be a known variable");
    router.add("GET", "/api/templates/variables", templates, list_template_variables)
        .scope("templates:read")
        .id("list_template_variables")
        .summary("What a letter may speak of");
    router.add("POST", "/api/templates/preview", templates, preview_template)
        .scope("templates:read")
        .id("preview_template")
        .summary("A letter filled for a client, or for a made-up one; nothing is stored or sent");
    router.add("GET", "/api/templates/{id}", templates, get_template)
        .scope("templates:read")
        .id("get_template")
        .summary("A letter of the library");
    router.add("PATCH", "/api/templates/{id}", templates, update_template)
        .scope("templates:write")
        .id("update_template")
        .summary("Changes a letter; If-Match guards against lost updates");
    router.add("DELETE", "/api/templates/{id}", templates, delete_template)
        .scope("templates:write")
        .id("delete_template")
        .summary("Takes a letter out of the library");
    router.add("POST", "/api/templates/{id}/restore", templates, restore_template)
        .scope("templates:write")
        .id("restore_template")
        .summary("Undoes a deletion");
}

} // namespace doorstep::templates
