// Any bytes as a table: rows end, each reader that goes on at an offset sees what the first one saw, and what is written reads the same.
#include <cstdint>
#include <cstdlib>

#include "core/csv.hpp"
#include "core/text.hpp"

using namespace doorstep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto text = csv_text(std::string(reinterpret_cast<const char*>(data), size));
    if (!is_utf8(text)) std::abort();
    auto start = find_table(text);
    if (start.offset > text.size()) std::abort();
    auto separator = start.separator;
    CsvReader reader(text, separator);
    while (true) {
        auto before = reader.offset();
        auto row = reader.next();
        if (!row) break;
        if (reader.offset() <= before || row->cells.empty()) std::abort();
        CsvReader again(text, separator, before);
        if (again.next()->cells != row->cells) std::abort();
        if (!row->fault.empty() || (row->cells.size() == 1 && row->cells[0].empty())) continue;
        std::string written;
        append_csv_row(written, row->cells);
        CsvReader back(written);
        auto same = back.next();
        if (!same || same->cells.size() != row->cells.size()) std::abort();
    }
    return 0;
}
