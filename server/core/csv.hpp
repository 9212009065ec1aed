#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace doorstep {

/// Reads comma-separated values (RFC 4180) row by row out of a text that is there as a whole: quoted cells with line breaks and
/// doubled quotes, any line ends, empty lines passed over.
class CsvReader {
public:
    static constexpr std::size_t most_cells = 500;
    static constexpr std::size_t longest_cell = 100'000;

    /// Goes on at an offset that offset() has told.
    explicit CsvReader(std::string_view text, char separator = ',', std::size_t offset = 0);

    struct Row {
        std::vector<std::string> cells;
        std::string_view fault; ///< what is malformed about it; empty: nothing
        bool blank() const;     ///< no cell has anything
    };
    std::optional<Row> next();
    std::size_t offset() const { return at_; }

private:
    std::string quoted_cell(Row& row);
    std::string plain_cell();

    std::string_view text_;
    char separator_;
    std::size_t at_;
};

/// Of comma, semicolon, tab and bar, the one that the first line has most of.
char guess_separator(std::string_view text);

struct CsvStart {
    char separator = ',';
    std::size_t offset = 0; ///< of the header
};
/// Where a text's table begins, and what separates its cells. A first line "sep=;" says it itself; a title, which is one cell above rows
/// of several, is passed over.
CsvStart find_table(std::string_view text);

/// UTF-8 without a byte order mark: UTF-16 is known by its mark, or by a NUL in every other byte; what is no UTF-8 is read as
/// Windows-1252. That is how spreadsheets write. NUL becomes a space.
std::string csv_text(std::string bytes);

/// A cell as RFC 4180 writes it. One that a spreadsheet would take for a formula gets an apostrophe in front.
void append_csv_cell(std::string& out, std::string_view cell);
void append_csv_row(std::string& out, const std::vector<std::string>& cells);

} // namespace doorstep
