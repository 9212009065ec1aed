#include "app/trash_files.hpp"

namespace doorstep::app {

namespace {

using exports::Format;

template <Format format>
Task<http::Response> export_trash(Modules& modules, http::Context& ctx) {
    auto list = [&cleanup = modules.cleanup](auto& asking, auto& filter) { return cleanup.trash(asking, filter); };
    auto table = exports::table_of("trash", exports::Columns<contacts::Trashed>(), contacts::TrashFilter{}, list);
    co_return co_await modules.exports.file(ctx, std::move(table), format);
}

} // namespace

void trash_file_routes(http::Router& router, Modules& modules) {
    router.tag("Export");
    router.add("GET", "/api/trash/export.csv", modules, export_trash<Format::csv>)
        .scope("clients:read")
        .id("export_trash_csv")
        .summary("Deleted clients, all of the list, as CSV; no cell is a formula");
    router.add("GET", "/api/trash/export.xlsx", modules, export_trash<Format::xlsx>)
        .scope("clients:read")
        .id("export_trash_xlsx")
        .summary("Deleted clients, up to 100,000, as an Excel workbook");
}

} // namespace doorstep::app
