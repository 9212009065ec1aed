#include "modules/contacts/imports.hpp"

namespace doorstep::contacts {

namespace {

using http::Context;

http::Accepted<Import> accepted(Import import) {
    auto location = "/api/imports/" + import.id.text();
    return {std::move(location), std::move(import)};
}

Task<http::Created<Import>> add_import(Imports& imports, Context& ctx, http::Upload<> form) {
    auto import = co_await imports.add(ctx, form.file);
    co_return http::Created<Import>{"/api/imports/" + import.id.text(), std::move(import)};
}

Task<ImportList> list_imports(Imports& imports, Context& ctx) {
    co_return co_await imports.list(ctx);
}

Task<Import> get_import(Imports& imports, Context& ctx, Id<Import> id) {
    co_return co_await imports.require(ctx, id);
}

Task<Import> configure_import(Imports& imports, Context& ctx, Id<Import> id, ImportPatch patch) {
    co_return co_await imports.configure(ctx, id, patch);
}

Task<http::Accepted<Import>> check_import(Imports& imports, Context& ctx, Id<Import> id) {
    auto import = co_await imports.check(ctx, id);
    co_return accepted(std::move(import));
}

Task<http::Accepted<Import>> start_import(Imports& imports, Context& ctx, Id<Import> id) {
    auto import = co_await imports.start(ctx, id);
    co_return accepted(std::move(import));
}

Task<http::Accepted<Import>> undo_import(Imports& imports, Context& ctx, Id<Import> id) {
    auto import = co_await imports.undo(ctx, id);
    co_return accepted(std::move(import));
}

Task<http::Response> get_import_errors(Imports& imports, Context& ctx, Id<Import> id) {
    co_return co_await imports.errors(ctx, id);
}

Task<jobs::Outcome> run_import(Imports& imports, doorstep::Context& ctx, const jobs::Run& run, RunImport job) {
    co_return co_await imports.run(ctx, run, job.import_id);
}

constexpr std::size_t largest_form = (64 << 20) + 16 * 1024;

} // namespace

void routes(http::Router& router, Imports& imports) {
    router.tag("Import");
    router.add("POST", "/api/imports", imports, add_import)
        .scope("clients:write")
        .id("add_import")
        .max_body(largest_form)
        .summary("Takes a CSV file of at most 100,000 people and guesses what each column is; nothing is imported yet");
    router.add("GET", "/api/imports", imports, list_imports)
        .scope("clients:read")
        .id("list_imports")
        .summary("The latest imports");
    router.add("GET", "/api/imports/{id}", imports, get_import)
        .scope("clients:read")
        .id("get_import")
        .summary("An import: its columns, how far it is, and what became of its rows");
    router.add("PATCH", "/api/imports/{id}", imports, configure_import)
        .scope("clients:write")
        .id("configure_import")
        .summary("Says what each column is and what it does to clients who are there already; remembered for files with the "
                 "same header");
    router.add("POST", "/api/imports/{id}/check", imports, check_import)
        .scope("clients:write")
        .id("check_import")
        .summary("Counts what would be new, updated, skipped and bad, without changing a client");
    router.add("POST", "/api/imports/{id}/start", imports, start_import)
        .scope("clients:write")
        .id("start_import")
        .summary("Imports, as a job with progress that survives a restart");
    router.add("POST", "/api/imports/{id}/undo", imports, undo_import)
        .scope("clients:write")
        .id("undo_import")
        .summary(
            "Takes a whole import back, but for what was changed since: who was worked with stays, as kept and kept_for say"
        );
    router.add("GET", "/api/imports/{id}/errors.csv", imports, get_import_errors)
        .scope("clients:read")
        .id("get_import_errors")
        .summary("The rows that were not taken over (`bad`, `skipped`) or not wholly (`added`, `updated`), each with its "
                 "reasons, as CSV");
}

void jobs(jobs::Registry& registry, Imports& imports) {
    registry.add<RunImport>(imports, run_import, {.max_attempts = 10, .timeout = std::chrono::minutes(30)});
}

} // namespace doorstep::contacts
