#include "modules/identity/credential_cache.hpp"

#include <doctest/doctest.h>

namespace doorstep::identity {
namespace {

http::Principal principal(const std::string& credential) {
    http::Principal principal;
    principal.credential = credential;
    return principal;
}

} // namespace

TEST_CASE("credential cache: keeps for a minute, whichever way the clock moves") {
    CredentialCache cache;
    Time now{std::chrono::hours(1000)};
    cache.keep(principal("a"), now);
    CHECK(cache.find("a", now + std::chrono::seconds(59)));
    CHECK_FALSE(cache.find("a", now + std::chrono::seconds(60)));
    CHECK(cache.size() == 0);
    cache.keep(principal("a"), now);
    CHECK_FALSE(cache.find("a", now - std::chrono::seconds(1)));
    CHECK_FALSE(cache.find("b", now));
}

TEST_CASE("credential cache: full, it drops what was not used for longest") {
    CredentialCache cache;
    Time now{};
    for (std::size_t i = 0; i < CredentialCache::capacity; ++i) cache.keep(principal(std::to_string(i)), now);
    CHECK(cache.find("0", now));
    cache.keep(principal("one more"), now);
    CHECK(cache.size() == CredentialCache::capacity);
    CHECK(cache.find("0", now));
    CHECK(cache.find("one more", now));
    CHECK_FALSE(cache.find("1", now));
    cache.keep(principal("0"), now);
    CHECK(cache.size() == CredentialCache::capacity);
    cache.forget("0");
    CHECK_FALSE(cache.find("0", now));
}

} // namespace doorstep::identity
