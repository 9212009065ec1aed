#include "core/csv.hpp"

#include <charconv>

namespace doorstep {

namespace {

bool is_number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0;
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size();
}

bool looks_like_formula(std::string_view cell) {
    return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos && !is_number(cell);
}

void append_cell(std::string& out, std::string_view cell) {
    bool guarded = looks_like_formula(cell);
    if (!guarded && cell.find_first_of(",\"\r\n") == cell.npos) {
        out += cell;
        return;
    }
    out += '"';
    if (guarded) out += '\'';
    for (auto c : cell) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

} // namespace

void append_csv_row(std::string& out, const std::vector<std::string>& cells) {
    for (const auto& cell : cells) {
        if (&cell != &cells.front()) out += ',';
        append_cell(out, cell);
    }
    out += "\r\n";
}

} // namespace doorstep
