#include "http/languages.hpp"

#include <doctest/doctest.h>

using namespace doorstep;

namespace {

std::vector<std::string> accepted(std::string value) {
    http::Request request;
    request.headers.add("Accept-Language", std::move(value));
    return http::accepted_languages(request);
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("languages: the most wanted first, whatever is written about them") {
    CHECK(accepted("es-MX,es;q=0.9,en;q=0.8") == Names{"es", "es", "en"});
    CHECK(accepted("ca, en;q=0.5 , ES;q=0.7, fr;q=0") == Names{"ca", "es", "en"});
    CHECK(accepted("en;q=much, *;q=0.1") == Names{"en", "*"});
    CHECK(accepted(",;q=1,,").empty());
    CHECK(http::accepted_languages({}).empty());
}
