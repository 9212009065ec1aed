#include "modules/contacts/exports.hpp"

namespace doorstep::contacts {

namespace {

using http::Context;

Task<http::Response> export_csv(Exports& exports, Context& ctx, http::Query<ExportFilter> filter) {
    co_return co_await exports.csv(ctx, filter.value);
}

Task<http::Response> export_xlsx(Exports& exports, Context& ctx, http::Query<ExportFilter> filter) {
    co_return co_await exports.xlsx(ctx, filter.value);
}

Task<http::Response> export_contact(Exports& exports, Context& ctx, Id<Client> id) {
    co_return co_await exports.person(ctx, id);
}

Task<http::Response> export_account(Exports& exports, Context& ctx) {
    co_return co_await exports.account(ctx);
}

} // namespace

void routes(http::Router& router, Exports& exports) {
    router.tag("Export");
    router.add("GET", "/api/clients/export.csv", exports, export_csv)
        .scope("clients:read")
        .id("export_clients_csv")
        .summary("The clients that match, all of them, as CSV; no cell is a formula");
    router.add("GET", "/api/clients/export.xlsx", exports, export_xlsx)
        .scope("clients:read")
        .id("export_clients_xlsx")
        .summary("The clients that match, up to 100,000, as an Excel workbook");
    router.add("GET", "/api/contacts/{id}/export", exports, export_contact)
        .scope("clients:read")
        .id("export_contact")
        .summary("Everything that is kept about a person, documents included, as a tar.gz archive");
    router.add("GET", "/api/account/export", exports, export_account)
        .scope("exports:read")
        .id("export_account")
        .summary("The whole account's data as a tar.gz archive: JSON lines of each table, and its files");
}

} // namespace doorstep::contacts
