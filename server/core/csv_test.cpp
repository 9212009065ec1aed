#include "core/csv.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace doorstep;

namespace {

std::vector<std::vector<std::string>> rows(std::string_view text, char separator = ',') {
    CsvReader reader(text, separator);
    std::vector<std::vector<std::string>> list;
    while (auto row = reader.next()) list.push_back(std::move(row->cells));
    return list;
}

using Rows = std::vector<std::vector<std::string>>;

} // namespace

TEST_CASE("csv: quotes, line breaks in cells, every line end, empty lines") {
    CHECK(rows("a,b\r\n\"x, \"\"y\"\"\nz\",\r\n\r\n1,2") == Rows{{"a", "b"}, {"x, \"y\"\nz", ""}, {"1", "2"}});
    CHECK(rows("a\rb\nc\r\n") == Rows{{"a"}, {"b"}, {"c"}});
    CHECK(rows("a;b,c", ';') == Rows{{"a", "b,c"}});
    CHECK(rows("").empty());
    CHECK(CsvReader("a,\"b").next()->fault == "a quote is not closed");
    CHECK(CsvReader("\"a\"b,c").next()->fault == "text follows a closed quote");
    CHECK(CsvReader("\"a\" ,c").next()->fault == "");
    CHECK(CsvReader(std::string(600, ',')).next()->fault == "there are too many cells");
}

TEST_CASE("csv: separators and encodings of real files") {
    CHECK(guess_separator("name;mail;phone, mobile\n") == ';');
    CHECK(guess_separator("name\tmail") == '\t');
    CHECK(guess_separator("name") == ',');
    CHECK(csv_text("\xef\xbb\xbfname") == "name");
    CHECK(csv_text("Jos\xe9 \x93x\x94") == "José “x”");
    CHECK(csv_text("José") == "José");
    CHECK(csv_text(std::string("a\0b", 3)) == "a b");
}

TEST_CASE("csv: UTF-16 is known by its mark or its NULs, pairs of units included") {
    std::string little("A\0=\xd8\x00\xde,\0b\0", 10);
    CHECK(csv_text("\xff\xfe" + little) == "A\U0001f600,b");
    CHECK(csv_text(std::string("N\0a\0m\0e\0,\0E\0", 12)) == "Name,E");
    CHECK(csv_text(std::string("\xfe\xff\0A\xd8\x3d", 6)) == "A\xef\xbf\xbd");
}

TEST_CASE("csv: where a table begins") {
    auto start = [](std::string_view text) {
        auto found = find_table(text);
        return std::string(1, found.separator) + std::to_string(found.offset);
    };
    CHECK(start("a,b\n1,2\n") == ",0");
    CHECK(start("sep=;\na;b\n") == ";5");
    CHECK(start("Our people\na;b\n1;2\n") == ";11");
    CHECK(start("Our people, today\na;b\n1;2\n") == ";18");
    CHECK(start("a;b\n1;2, 3, 4, 5\n") == ";0");
    CHECK(start("a\nb\n") == ",0");
    CHECK(start("") == ",0");
}

TEST_CASE("csv: no cell is a formula") {
    for (auto cell : {"=1+1", "+49 30 1", "-2", "@SUM(A1)", "\t=1", "\r=1"}) {
        std::string out;
        append_csv_cell(out, cell);
        CHECK(out == "\"'" + std::string(cell) + "\"");
    }
    std::string out;
    append_csv_row(out, {"a", "b,c", "d\"e", "f\ng", ""});
    CHECK(out == "a,\"b,c\",\"d\"\"e\",\"f\ng\",\r\n");
}

TEST_CASE("csv: what is written reads the same") {
    rc::check([](const std::vector<std::string>& cells) {
        RC_PRE(cells.size() > 1u);
        std::string out;
        append_csv_row(out, cells);
        auto back = CsvReader(out).next();
        RC_ASSERT(back.has_value());
        RC_ASSERT(back->cells.size() == cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            auto& cell = back->cells[i];
            RC_ASSERT(cell == cells[i] || cell == "'" + cells[i]);
        }
    });
}
