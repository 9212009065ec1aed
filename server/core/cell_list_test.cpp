#include "core/cell_list.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/text.hpp"

using namespace doorstep;

using Values = std::vector<std::string>;

TEST_CASE("cell list: what separates is quoted") {
    CHECK(
        write_cell_list({"buyer", "north, east", "a;b", "\"nice\" house", "5\" pipe"}) ==
        "buyer, \"north, east\", \"a;b\", \"\"\"nice\"\" house\", 5\" pipe"
    );
    CHECK(write_cell_list({}).empty());
}

TEST_CASE("cell list: people write it in many ways") {
    CHECK(read_cell_list("buyer; north ,, east |west;") == Values{"buyer", "north", "east", "west"});
    CHECK(read_cell_list(R"("north, east" ; "say ""hi""", x)") == Values{"north, east", "say \"hi\"", "x"});
    CHECK(read_cell_list(R"("nice" house, "open)") == Values{"\"nice\" house", "\"open"});
    CHECK(read_cell_list(" ,; ").empty());
}

TEST_CASE("cell list: what is written reads the same") {
    bool same = rc::check([](std::vector<std::string> values) {
        for (auto& value : values) {
            std::erase_if(value, [](char c) { return c < 0; }); // half a letter is none
            value = std::string(trim(value));
        }
        std::erase(values, "");
        RC_ASSERT(read_cell_list(write_cell_list(values)) == values);
    });
    CHECK(same);
}
