#include "core/described.hpp"

#include <doctest/doctest.h>

#include "core/email.hpp"
#include "core/text.hpp"

namespace doorstep {

namespace described_test {
enum class Stage { lead, closed };
BOOST_DESCRIBE_ENUM(Stage, lead, closed)

struct Address {
    Line<1, 20> city;
    BOOST_DESCRIBE_CLASS(Address, (), (city), (), ())
};

struct NewPerson {
    Line<1, 10> name;
    std::optional<Email> email;
    Stage stage = Stage::lead;
    std::vector<Address> addresses;
    BOOST_DESCRIBE_CLASS(NewPerson, (), (name, email, stage, addresses), (), ())
};

/// One of the two is enough.
struct Reachable {
    std::optional<Email> email;
    std::optional<Line<1, 20>> phone;
    Line<1, 10> name;
    BOOST_DESCRIBE_CLASS(Reachable, (), (email, phone, name), (), ())
    static constexpr std::array<std::string_view, 2> one_of{"email", "phone"};
};

struct PersonPatch {
    Patch<Line<1, 10>> name;
    Patch<std::optional<Email>> email;
    BOOST_DESCRIBE_CLASS(PersonPatch, (), (name, email), (), ())
};
} // namespace described_test

using namespace described_test;

namespace {

template <class T = NewPerson>
std::vector<FieldError> errors_of(std::string_view json) {
    try {
        from_json<T>(json);
    } catch (const Error& error) {
        return error.fields;
    }
    return {};
}

} // namespace

TEST_CASE("a body is read with every bad field at once") {
    auto errors = errors_of(R"({"email":"nope","stage":"won","addresses":[{"city":"Troy"},{"city":"  "},7],"extra":1})");
    std::vector<FieldError> expected{
        {"name", "required", "is required"},
        {"email", "invalid", "must be an e-mail address such as ana@example.com"},
        {"stage", "not_allowed", "must be one of: lead, closed"},
        {"addresses.1.city", "required", "may not be blank"},
        {"addresses.2", "type", "must be an object"},
        {"extra", "unknown", "is not a field of this request"},
    };
    CHECK(errors == expected);
}

TEST_CASE("members that may not be absent together are named along with everything else that is bad") {
    std::vector<FieldError> both{
        {"name", "required", "is required"},
        {"email", "required", "is required where there is no phone"},
    };
    CHECK(errors_of<Reachable>("{}") == both);
    CHECK(errors_of<Reachable>(R"({"email":null,"phone":null,"name":"Ana"})").size() == 1);
    CHECK(errors_of<Reachable>(R"({"phone":"1","name":"Ana"})").empty());
    auto bad = errors_of<Reachable>(R"({"email":"nope","name":"Ana"})");
    REQUIRE(bad.size() == 1);
    CHECK(bad[0].code == "invalid");
}

TEST_CASE("the schema says of which members one has to be there") {
    Schemas schemas;
    schemas.of<Reachable>(Schemas::Direction::in);
    auto one = R"({"required":["email"],"properties":{"email":{"not":{"type":"null"}}}})";
    auto other = R"({"required":["phone"],"properties":{"phone":{"not":{"type":"null"}}}})";
    auto done = schemas.finish(schemas.components());
    CHECK(done.find(R"("required":["name"],"anyOf":[)" + std::string(one) + "," + other + "]") != done.npos);
}

TEST_CASE("null, blanks, NUL and lengths in code points") {
    CHECK(errors_of(R"({"name":null,"stage":"lead","addresses":[]})").at(0).code == "null");
    CHECK(errors_of(R"({"name":" \t ","stage":"lead","addresses":[]})").at(0).code == "required");
    CHECK(errors_of(R"({"name":"a\u0000b","stage":"lead","addresses":[]})").at(0).code == "invalid");
    CHECK(errors_of(R"({"name":"12345678901","stage":"lead","addresses":[]})").at(0).code == "too_long");
    CHECK(errors_of(R"({"name":"ÄÖÜäöüßñçé","stage":"lead","addresses":[]})").empty());
    auto person = from_json<NewPerson>(R"({"name":"  Ana ","email":"Ana@EXAMPLE.com","stage":"closed","addresses":[]})");
    CHECK(person.name.value == "Ana");
    CHECK(person.email->value == "Ana@example.com");
    CHECK(person.email->key() == "ana@example.com");
    CHECK(to_json(person) == R"({"name":"Ana","email":"Ana@example.com","stage":"closed","addresses":[]})");
}

TEST_CASE("in a patch, absent and null differ") {
    auto patch = from_json<PersonPatch>(R"({"email":null})");
    CHECK(!patch.name);
    CHECK(patch.email.is_set());
    CHECK(!patch.email->has_value());
    CHECK_THROWS_AS(from_json<PersonPatch>(R"({"name":null})"), Error);
}

TEST_CASE("what is not JSON is refused as malformed") {
    for (auto text : {"", "{", "{}x", "[1,]", "nul", "\xff", R"({"a":"\ud800"})"}) {
        CAPTURE(text);
        try {
            JsonDocument::parse(text);
            FAIL_CHECK("accepted");
        } catch (const Error& error) {
            CHECK(error.status == 400);
        }
    }
    std::string deep(100, '[');
    CHECK(!JsonDocument::try_parse(deep + std::string(100, ']')));
}

TEST_CASE("schemas are named once and marked where in and out differ") {
    Schemas schemas;
    CHECK(schemas.of<NewPerson>(Schemas::Direction::in) == R"({"$ref":"#/components/schemas/NewPerson@in"})");
    schemas.of<NewPerson>(Schemas::Direction::out);
    auto done = schemas.finish(schemas.components());
    CHECK(done.find(R"("NewPersonInput":{)") != done.npos);
    CHECK(done.find(R"("NewPerson":{)") != done.npos);
    CHECK(done.find(R"("Address":{)") != done.npos);
    CHECK(done.find("@in") == done.npos);
    CHECK(JsonDocument::try_parse(done));
}

} // namespace doorstep

TEST_CASE("what JSON can't hold in a string is escaped wherever it stands") {
    for (std::size_t place = 0; place < 20; ++place) {
        for (int c = 0; c < 256; ++c) {
            std::string text(20, 'x');
            text[place] = static_cast<char>(c);
            auto quoted = doorstep::json_quote(text);
            CAPTURE(quoted);
            bool escaped = c < 0x20 || c == '"' || c == '\\';
            CHECK((quoted.size() > text.size() + 2) == escaped);
            if (c < 0x80) CHECK(doorstep::JsonDocument::parse(quoted).root().string() == text);
        }
    }
}
