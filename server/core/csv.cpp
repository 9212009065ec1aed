#include "core/csv.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "core/unicode.hpp"

namespace doorstep {

namespace {

bool ends_line(char c) {
    return c == '\n' || c == '\r';
}

constexpr auto utf16_little = "UTF-16LE";
constexpr auto utf16_big = "UTF-16BE";

/// Of UTF-16 without a byte order mark, else null: most of what a table has is ASCII, and every other byte of that NUL.
const char* guess_utf16(std::string_view bytes) {
    if (bytes.size() < 4 || bytes.size() % 2 != 0) return nullptr;
    auto looked_at = std::min<std::size_t>(bytes.size(), 4096);
    std::size_t nuls[2] = {0, 0};
    for (std::size_t i = 0; i < looked_at; ++i) nuls[i % 2] += bytes[i] == '\0' ? 1u : 0u;
    auto most = looked_at / 2 * 7 / 10;
    if (nuls[1] > most && nuls[0] == 0) return utf16_little;
    if (nuls[0] > most && nuls[1] == 0) return utf16_big;
    return nullptr;
}

std::string as_utf8(std::string bytes) {
    if (bytes.starts_with("\xff\xfe")) return utf8_of(std::string_view(bytes).substr(2), utf16_little);
    if (bytes.starts_with("\xfe\xff")) return utf8_of(std::string_view(bytes).substr(2), utf16_big);
    if (auto charset = guess_utf16(bytes)) return utf8_of(bytes, charset);
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.erase(0, 3);
    return is_utf8(bytes) ? bytes : utf8_of(bytes, "windows-1252");
}

std::size_t filled(const CsvReader::Row& row) {
    return std::size_t(std::ranges::count_if(row.cells, [](auto& cell) { return !trim(cell).empty(); }));
}

/// The separator that a text's first line "sep=;" names, for spreadsheets.
std::optional<CsvStart> told_start(std::string_view text) {
    auto line = text.substr(0, std::min(text.find_first_of("\r\n"), text.size()));
    // Some quote it as any other cell, some fill it up to the table's width.
    bool quoted = line.starts_with('"');
    if (quoted) line.remove_prefix(1);
    if (line.size() < 5 || to_lower_ascii(line.substr(0, 4)) != "sep=") return std::nullopt;
    auto rest = line.substr(5);
    if (rest.find_first_not_of(quoted ? "\";,\t| " : ";,\t| ") != rest.npos) return std::nullopt;
    return CsvStart{line[4], std::size_t(line.data() - text.data()) + line.size()};
}

} // namespace

bool CsvReader::Row::blank() const {
    return filled(*this) == 0;
}

CsvReader::CsvReader(std::string_view text, char separator, std::size_t offset)
    : text_(text), separator_(separator), at_(std::min(offset, text.size())) {}

std::string CsvReader::plain_cell() {
    auto start = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && !ends_line(text_[at_])) ++at_;
    return std::string(text_.substr(start, at_ - start));
}

std::string CsvReader::quoted_cell(Row& row) {
    std::string cell;
    ++at_;
    while (true) {
        auto quote = text_.find('"', at_);
        if (quote == text_.npos) {
            row.fault = "a quote is not closed";
            cell += text_.substr(at_);
            at_ = text_.size();
            return cell;
        }
        cell += text_.substr(at_, quote - at_);
        at_ = quote + 1;
        if (at_ >= text_.size() || text_[at_] != '"') break;
        cell += '"';
        ++at_;
    }
    auto rest = plain_cell();
    if (rest.find_first_not_of(' ') != rest.npos) {
        row.fault = "text follows a closed quote";
        cell += rest;
    }
    return cell;
}

std::optional<CsvReader::Row> CsvReader::next() {
    while (at_ < text_.size() && ends_line(text_[at_])) ++at_;
    if (at_ >= text_.size()) return std::nullopt;
    Row row;
    while (true) {
        bool quoted = at_ < text_.size() && text_[at_] == '"';
        auto cell = quoted ? quoted_cell(row) : plain_cell();
        if (cell.size() > longest_cell) {
            row.fault = "a cell is too long";
            cell.resize(longest_cell);
        }
        if (row.cells.size() < most_cells)
            row.cells.push_back(std::move(cell));
        else
            row.fault = "there are too many cells";
        if (at_ >= text_.size()) return row;
        bool more = text_[at_] == separator_;
        ++at_;
        if (!more) return row;
    }
}

char guess_separator(std::string_view text) {
    auto line = text.substr(0, std::min(text.find_first_of("\r\n"), text.size()));
    char best = ',';
    std::ptrdiff_t most = 0;
    for (char separator : {',', ';', '\t', '|'}) {
        auto count = std::ranges::count(line, separator);
        if (count <= most) continue;
        best = separator;
        most = count;
    }
    return best;
}

CsvStart find_table(std::string_view text) {
    if (auto told = told_start(text)) return *told;
    constexpr int most_titles = 5;
    CsvStart start;
    for (int titles = 0; titles <= most_titles; ++titles) {
        auto rest = text.substr(start.offset);
        auto blank = std::min(rest.find_first_not_of("\r\n"), rest.size());
        start.separator = guess_separator(rest.substr(blank));
        CsvReader reader(text, start.separator, start.offset);
        auto first = reader.next();
        auto behind = reader.offset();
        auto second = reader.next();
        if (!first || !second) break;
        // The next line by the separator that it has most of itself.
        auto next = text.substr(behind);
        auto separator = guess_separator(next.substr(std::min(next.find_first_not_of("\r\n"), next.size())));
        CsvReader under(text, separator, behind);
        auto below = under.next();
        while (below && below->blank()) below = under.next();
        if (!below) break;
        bool title = filled(*first) <= 1 || (separator != start.separator && filled(*second) == 1);
        if (!title || filled(*below) < 2) break;
        start.offset = behind;
    }
    auto rest = text.substr(start.offset);
    start.separator = guess_separator(rest.substr(std::min(rest.find_first_not_of("\r\n"), rest.size())));
    return start;
}

std::string csv_text(std::string bytes) {
    auto text = as_utf8(std::move(bytes));
    std::ranges::replace(text, '\0', ' ');
    return text;
}

void append_csv_cell(std::string& out, std::string_view cell) {
    bool formula = !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
    bool quoted = formula || cell.find_first_of(",;\"\r\n\t") != cell.npos;
    if (quoted) out += '"';
    if (formula) out += '\'';
    for (char c : cell) {
        if (c == '"') out += '"';
        out += c;
    }
    if (quoted) out += '"';
}

void append_csv_row(std::string& out, const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out += ',';
        append_csv_cell(out, cells[i]);
    }
    out += "\r\n";
}

} // namespace doorstep
