#include "providers/maxmind/maxmind.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "test/support/mmdb.hpp"
#include "test/support/test_folder.hpp"

namespace doorstep::test {
namespace {

std::string write(const TestFolder& folder, const std::string& bytes) {
    auto file = (folder.path() / "places.mmdb").string();
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
}

} // namespace

TEST_CASE("places: countries and coordinates out of a file in MaxMind's format") {
    TestFolder folder;
    auto file = write(
        folder, make_mmdb(
                    {{"203.0.113.0", 24, "DE", 52.52, 13.4},
                     {"198.51.100.0", 24, "US"},
                     {"198.51.100.128", 25, "CA"},
                     {"2001:db8:1::", 48, "ES", 40.4, -3.7}}
                )
    );
    auto places = providers::open_maxmind(file);
    for (auto address : {"203.0.113.9", "::ffff:203.0.113.9"}) {
        CAPTURE(address);
        auto berlin = places->find(address);
        CHECK(berlin.country == "DE");
        CHECK(berlin.latitude == 52.52);
        CHECK(berlin.longitude == 13.4);
    }
    CHECK(places->find("2001:db8:1:2::3").longitude == -3.7);
    CHECK(places->find("198.51.100.200").country == "CA");
    CHECK(!places->find("198.51.100.200").latitude);
    for (auto unknown : {"192.0.2.1", "2001:db8:2::1", "127.0.0.1", "", "no address", "203.0.113.9:443"}) {
        CAPTURE(unknown);
        CHECK(!places->find(unknown).country);
    }
}

TEST_CASE("places: a file that is none is refused with its name, and a damaged one knows nothing") {
    TestFolder folder;
    CHECK_THROWS_WITH(providers::open_maxmind("/nowhere/x.mmdb"), doctest::Contains("/nowhere/x.mmdb can't be read: "));
    CHECK_THROWS_WITH(providers::open_maxmind(write(folder, "<html>Not found</html>")), doctest::Contains("can't be read"));
    auto whole = make_mmdb({{"203.0.113.0", 24, "DE", 52.52, 13.4}});
    auto country = whole.find("iso_code") - 1;
    whole[country] = '\x5e'; // a text that ends behind the file
    auto places = providers::open_maxmind(write(folder, whole));
    CHECK(!places->find("203.0.113.9").country);
}

} // namespace doorstep::test
