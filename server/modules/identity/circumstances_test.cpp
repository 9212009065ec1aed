// Where somebody signs in from, on a browser that is trusted.
#include <doctest/doctest.h>

#include "test/support/office.hpp"

namespace doorstep::test {
namespace {

const identity::Place berlin{"DE", 52.52, 13.40};
const identity::Place hamburg{"DE", 53.55, 9.99};
const identity::Place madrid{"ES", 40.42, -3.70};
const identity::Place sydney{"AU", -33.87, 151.21};
const identity::Place somewhere_in_spain{"ES", {}, {}};

/// Ada has signed in from Berlin, and signs in again from another network.
struct Traveller {
    Office office;

    explicit Traveller(const identity::Place& home = berlin) {
        office.a.places.known["192.0.2.1"] = home;
        office.sign_in(office.a);
    }

    std::string reason_from(const std::string& address, const identity::Place& place) {
        office.a.places.known[address] = place;
        office.a.client_ip = address;
        auto answer = office.try_sign_in(office.a, "ada@example.com");
        CHECK(answer.status == 200);
        return member(answer, "reason");
    }

    /// Answers the code that is asked for.
    void sign_in_from(const std::string& address, const identity::Place& place) {
        office.a.places.known[address] = place;
        office.a.client_ip = address;
        auto asked = office.try_sign_in(office.a, "ada@example.com");
        auto code = office.post_box.last("sign_in_code", "ada@example.com", "code");
        auto body = R"({"challengeId":)" + json_quote(member(asked, "challengeId")) + R"(,"code":")" + code + "\"}";
        REQUIRE(office.a.send("POST", "/api/auth/verify-mfa", {}, body).status == 200);
    }
};

} // namespace

TEST_CASE("places: a country that is new asks for a code, and is known afterwards") {
    Traveller ada;
    ada.office.advance(std::chrono::hours(5));
    CHECK(ada.reason_from("198.51.100.1", madrid) == "new_country");
    ada.sign_in_from("198.51.100.1", madrid);
    CHECK(ada.office.store.value("select string_agg(country, ' ' order by country) from sign_in_places") == "DE ES");
    ada.office.advance(std::chrono::hours(5));
    CHECK(ada.reason_from("203.0.113.1", madrid) == "new_network"); // the country is known by now
    CHECK(ada.reason_from("198.51.100.1", madrid).empty());
}

TEST_CASE("places: nobody is in Berlin and two hours later in Sydney") {
    Traveller ada;
    ada.office.advance(std::chrono::hours(2));
    CHECK(ada.reason_from("198.51.100.1", sydney) == "impossible_travel");
    CHECK(ada.office.post_box.last("sign_in_code", "ada@example.com", "reason") == "impossible_travel");
    ada.office.advance(std::chrono::hours(24));
    CHECK(ada.reason_from("198.51.100.1", sydney) == "new_country"); // by then it can be
    ada.sign_in_from("198.51.100.1", sydney);
    CHECK(ada.reason_from("192.0.2.1", berlin) == "impossible_travel"); // both are known, and yet
    ada.office.advance(std::chrono::hours(24));
    CHECK(ada.reason_from("192.0.2.1", berlin).empty());
}

TEST_CASE("places: addresses are located to a region, so that a short way says nothing") {
    Traveller ada;
    CHECK(ada.reason_from("198.51.100.1", hamburg) == "new_network");
}

TEST_CASE("places: what is not known is no reason") {
    SUBCASE("there was no file when they signed in before") {
        Traveller ada(identity::Place{});
        CHECK(ada.reason_from("198.51.100.1", madrid) == "new_network");
    }
    SUBCASE("an address that the file does not have") {
        Traveller ada;
        CHECK(ada.reason_from("198.51.100.1", {}) == "new_network");
    }
    SUBCASE("a file of countries has no coordinates") {
        Traveller ada;
        CHECK(ada.reason_from("198.51.100.1", somewhere_in_spain) == "new_country");
    }
}

} // namespace doorstep::test
