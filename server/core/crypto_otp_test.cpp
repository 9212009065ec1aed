#include "core/crypto_otp.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace doorstep;

TEST_CASE("one-time codes: every vector of RFC 6238, appendix B") {
    const std::string twenty = "12345678901234567890";
    const std::string sha256_key = twenty + "123456789012";
    const std::string sha512_key = twenty + twenty + twenty + "1234";
    struct Vector {
        std::uint64_t time;
        std::string_view sha1, sha256, sha512;
    };
    constexpr std::array vectors{
        Vector{59, "94287082", "46119246", "90693936"},         Vector{1111111109, "07081804", "68084774", "25091201"},
        Vector{1111111111, "14050471", "67062674", "99943326"}, Vector{1234567890, "89005924", "91819424", "93441116"},
        Vector{2000000000, "69279037", "90698825", "38618901"}, Vector{20000000000, "65353130", "77737706", "47863826"},
    };
    for (auto& vector : vectors) {
        CAPTURE(vector.time);
        auto step = vector.time / 30;
        CHECK(one_time_code(twenty, step, 8) == vector.sha1);
        CHECK(one_time_code(sha256_key, step, 8, OtpHash::sha256) == vector.sha256);
        CHECK(one_time_code(sha512_key, step, 8, OtpHash::sha512) == vector.sha512);
        CHECK(one_time_code(twenty, step) == vector.sha1.substr(2));
    }
}

TEST_CASE("one-time codes: base32, of RFC 4648 and as people type it") {
    CHECK(base32_encode("") == "");
    CHECK(base32_encode("f") == "MY");
    CHECK(base32_encode("foobar") == "MZXW6YTBOI");
    CHECK(base32_decode("MZXW6YTBOI======") == "foobar");
    CHECK(base32_decode("mzxw 6ytb-oi") == "foobar");
    CHECK(!base32_decode("MZXW1"));
}
