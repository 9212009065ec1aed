#include "http/multipart.hpp"

#include <doctest/doctest.h>

using namespace doorstep::http;

namespace {

constexpr std::string_view type = "multipart/form-data; boundary=b";

std::string part(std::string_view disposition, std::string_view bytes) {
    return "--b\r\nContent-Disposition: " + std::string(disposition) + "\r\n\r\n" + std::string(bytes) + "\r\n";
}

std::string_view refusal(std::string_view body, std::string_view content_type = type) {
    auto parts = parse_multipart(content_type, body);
    return parts ? std::string_view() : parts.error();
}

} // namespace

TEST_CASE("multipart: parts with names, file names and any bytes") {
    std::string bytes("\0\r\n--\r\n-bx", 10);
    auto body = part(R"(form-data; name="kind")", "logo") +
                part(R"(form-data; name="file"; filename="a \"b\" %22c.png")", bytes) + part("form-data; name=note", "") +
                "--b--\r\n";
    auto parts = parse_multipart("Multipart/Form-Data; charset=utf-8; boundary=\"b\"", body);
    REQUIRE_MESSAGE(parts, (parts ? "" : parts.error()));
    REQUIRE(parts->size() == 3);
    CHECK(parts->at(0).name == "kind");
    CHECK(parts->at(0).bytes == "logo");
    CHECK_FALSE(parts->at(0).filename);
    CHECK(parts->at(1).filename == "a \"b\" \"c.png");
    CHECK(parts->at(1).bytes == bytes);
    CHECK(parts->at(2).bytes == "");
}

TEST_CASE("multipart: no parts at all is a form too") {
    auto parts = parse_multipart(type, "--b--");
    REQUIRE(parts);
    CHECK(parts->empty());
}

TEST_CASE("multipart: what is not exactly a form is refused") {
    auto good = part("form-data; name=a", "1");
    CHECK(refusal(good + "--b--") == "");
    CHECK(refusal("") != "");
    CHECK(refusal("preamble\r\n" + good + "--b--") != "");
    CHECK(refusal(good) != "");
    CHECK(refusal(good + "--b--\r\nepilogue") != "");
    CHECK(refusal(good + "--b \r\n") != "");
    CHECK(refusal(part("attachment; name=a", "1") + "--b--") != "");
    CHECK(refusal(part("form-data", "1") + "--b--") != "");
    CHECK(refusal(part("form-data; name=\"\"", "1") + "--b--") != "");
    CHECK(refusal(part("form-data; name=a; name=b", "1") + "--b--") != "");
    CHECK(refusal(part("form-data; name=\"a", "1") + "--b--") != "");
    CHECK(refusal(part("form-data; name=\"\xff\"", "1") + "--b--") != "");
    CHECK(refusal("--b\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--") != "");
    CHECK(
        refusal("--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n1\r\n--b--") != ""
    );
    CHECK(refusal("--b\r\nX: " + std::string(5000, 'x') + "\r\n" + good.substr(5) + "--b--") != "");
    std::string many;
    for (int i = 0; i < 33; ++i) many += part("form-data; name=a", "1");
    CHECK(refusal(many + "--b--") != "");
    for (std::string_view bad :
         {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a b \"",
          "multipart/form-data; boundary=b; boundary=c", "multipart/mixed; boundary=b", "text/plain; boundary=b"}) {
        CAPTURE(bad);
        CHECK(refusal(good + "--b--", bad) != "");
    }
}
