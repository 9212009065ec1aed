#include "modules/exports/table.hpp"

#include "core/csv.hpp"
#include "modules/exports/exports.hpp"
#include "modules/exports/workbook.hpp"

namespace doorstep::exports {

namespace {

/// Without it Excel reads Windows-1252 where UTF-8 stands.
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

http::Response answer(const Table& table, Format format) {
    constexpr std::string_view workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    http::Response response;
    response.headers.add("Content-Type", std::string(format == Format::csv ? "text/csv; charset=utf-8" : workbook));
    response.headers.add("Content-Disposition", fmt::format("attachment; filename=\"{}.{}\"", table.name, enum_text(format)));
    response.headers.add("Cache-Control", "private, no-store");
    return response;
}

/// What outlives the request while its answer is sent.
struct CsvStream {
    Context ctx;
    Table table;
    std::vector<Cells> rows;
};

Task<> send_csv(std::shared_ptr<CsvStream> state, http::Stream& stream) {
    std::string lines(byte_order_mark);
    append_csv_row(lines, state->table.header);
    auto rows = std::move(state->rows);
    while (!rows.empty()) {
        for (auto& row : rows) append_csv_row(lines, row);
        co_await stream.send(lines);
        lines.clear();
        rows = co_await state->table.next(state->ctx);
    }
    if (!lines.empty()) co_await stream.send(lines);
}

} // namespace

namespace detail {

std::string heading(std::string_view prefix, std::string_view member) {
    std::string text(prefix);
    if (!text.empty()) text += ' ';
    text += member;
    std::ranges::replace(text, '_', ' ');
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = char(text[0] - 'a' + 'A');
    return text;
}

} // namespace detail

Task<http::Response> Exports::file(Context& ctx, Table table, Format format) {
    // The first rows are asked for before the answer begins, while there is one to refuse with.
    auto rows = co_await table.next(ctx);
    auto response = answer(table, format);
    auto kind = table.name == "clients" ? "clients_exported" : "list_exported";
    auto file = table.name + "." + std::string(enum_text(format));
    if (format == Format::xlsx) {
        response.body = co_await workbook(ctx, table, std::move(rows));
        co_await note_file(ctx, kind, file);
        co_return response;
    }
    co_await note_file(ctx, kind, file);
    Context own(ctx);
    own.outer = nullptr;
    auto state = std::make_shared<CsvStream>(own, std::move(table), std::move(rows));
    response.stream = [state](http::Stream& stream) { return send_csv(state, stream); };
    co_return response;
}

Task<std::string> Exports::workbook(Context& ctx, Table& table, std::vector<Cells> rows) {
    auto book = co_await parts_.blocking.run([] { return std::make_unique<Workbook>(); });
    book->add_row(table.header);
    std::int64_t count = 0;
    while (!rows.empty()) {
        count += std::int64_t(rows.size());
        if (count > most_rows) throw invalid("format", "too_many", "has more than 100,000 rows: take the CSV file");
        auto write = [&] {
            for (auto& row : rows) book->add_row(row);
        };
        co_await parts_.blocking.run(write);
        rows = co_await table.next(ctx);
    }
    auto finish = [&] { return book->finish(); };
    co_return co_await parts_.blocking.run(finish);
}

} // namespace doorstep::exports
