#include <doctest/doctest.h>

#include "db/query.hpp"
#include "test/support/test_store.hpp"

using namespace doorstep;

namespace {
const db::Query list_sql{"query_test.list", "select $1::text[]"};
const db::Query length_sql{"query_test.length", "select cardinality($1::text[])"};
} // namespace

TEST_CASE("lists of texts go to PostgreSQL and come back as they were") {
    test::TestStore store;
    boost::asio::io_context io;
    Clock clock;
    Context ctx(clock);
    auto database = store.make_database(io);
    using Texts = std::vector<std::string>;
    for (const auto& list :
         {Texts{}, Texts{""}, Texts{"a"}, Texts{"NULL", "null"}, Texts{"a,b", "{c}", "\"d\"", "e\\f", " g ", "h\ni", "\xc3\xa4"}
         }) {
        CHECK(test::run(io, database->one<Texts>(ctx, list_sql, list)) == list);
        CHECK(test::run(io, database->one<std::size_t>(ctx, length_sql, list)) == list.size());
    }
}

TEST_CASE("what is no array is refused") {
    for (std::string_view text : {"", "a", "{", "{a", "a}", "{\"a}", "{\"a\"b}", "{\"a\\"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(db::split_array(text), std::logic_error);
    }
    CHECK(db::split_array("{}").empty());
    CHECK(db::split_array("{a,\"b c\"}") == std::vector<std::string>{"a", "b c"});
}
