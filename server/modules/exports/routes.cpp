#include "http/languages.hpp"
#include "modules/exports/exports.hpp"

namespace doorstep::exports {

namespace {

using http::Context;

struct LanguageChoice {
    std::optional<accounts::Language> language; ///< unset: the first of Accept-Language that there is, else the account's
    BOOST_DESCRIBE_CLASS(LanguageChoice, (), (language), (), ())
};

Task<http::Response> export_csv(Exports& exports, Context& ctx, http::Query<ExportFilter> filter) {
    auto table = co_await exports.clients(ctx, filter.value);
    co_return co_await exports.file(ctx, std::move(table), Format::csv);
}

Task<http::Response> export_xlsx(Exports& exports, Context& ctx, http::Query<ExportFilter> filter) {
    auto table = co_await exports.clients(ctx, filter.value);
    co_return co_await exports.file(ctx, std::move(table), Format::xlsx);
}

Task<http::Response> export_contact(Exports& exports, Context& ctx, Id<Client> id) {
    co_return co_await exports.person(ctx, id);
}

Task<http::Response> export_account(Exports& exports, Context& ctx) {
    co_return co_await exports.account(ctx);
}

Task<http::Response> get_client_summary(Exports& exports, Context& ctx, Id<Client> id, http::Query<LanguageChoice> choice) {
    auto language = choice->language ? choice->language : http::accepted_language<accounts::Language>(*ctx.request);
    co_return co_await exports.summary(ctx, id, language);
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
    router.add("GET", "/api/clients/{id}/summary.pdf", exports, get_client_summary)
        .scope("clients:read")
        .id("get_client_summary")
        .summary("What matters about a client, as a PDF in the reader's language");
    router.add("GET", "/api/account/export", exports, export_account)
        .scope("exports:read")
        .id("export_account")
        .summary("The whole account's data as a tar.gz archive: JSON lines of each table, and its files");
    list_routes(router, exports);
}

} // namespace doorstep::exports
