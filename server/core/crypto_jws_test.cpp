#include "core/crypto_jws.hpp"

#include <doctest/doctest.h>

#include "core/crypto.hpp"

using namespace doorstep;

namespace {

std::string raw(std::string_view base64url) {
    return base64url_decode(base64url).value();
}

} // namespace

TEST_CASE("JWS: RFC 7515 appendix A.2, RS256") {
    auto n = raw(
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMs"
        "D1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdV"
        "MTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"
    );
    auto e = raw("AQAB");
    std::string data =
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    auto signature = raw(
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZ"
        "cAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-e"
        "OkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
    );
    CHECK(verify_rs256(n, e, signature, data));
    CHECK_FALSE(verify_rs256(n, e, signature, data + "x"));
    signature[10] ^= 1;
    CHECK_FALSE(verify_rs256(n, e, signature, data));
}

TEST_CASE("JWS: RFC 7515 appendix A.3, ES256") {
    auto x = raw("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
    auto y = raw("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
    std::string data =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    auto signature = raw("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    CHECK(verify_es256(x, y, signature, data));
    CHECK_FALSE(verify_es256(x, y, signature, data + "x"));
    CHECK_FALSE(verify_es256(y, x, signature, data));
    CHECK_FALSE(verify_es256(x, y, std::string(64, '\0'), data));
    CHECK_FALSE(verify_es256(x, y, signature.substr(1), data));
}

TEST_CASE("JWS: what was signed here is verified here; weak and malformed keys are not") {
    auto rsa = make_rsa_key();
    auto signature = sign_rs256(rsa.private_key_pem, "data");
    CHECK(verify_rs256(rsa.modulus, rsa.exponent, signature, "data"));
    CHECK_FALSE(verify_rs256(rsa.modulus.substr(128), rsa.exponent, signature, "data"));
    CHECK_FALSE(verify_rs256("", "", signature, "data"));
    CHECK_FALSE(verify_rs256(rsa.modulus, rsa.exponent, "", "data"));
    auto ec = make_ec_key();
    for (int i = 0; i < 20; ++i) { // r and s begin with zeroes now and then
        auto data = std::to_string(i);
        auto short_signature = sign_es256(ec.private_key_pem, data);
        CHECK(short_signature.size() == 64);
        CHECK(verify_es256(ec.x, ec.y, short_signature, data));
    }
    CHECK_FALSE(verify_es256(std::string(32, '\1'), std::string(32, '\1'), std::string(64, '\1'), "data")); // not on the curve
    CHECK_THROWS(sign_rs256(ec.private_key_pem, "data"));
    CHECK_THROWS(sign_es256("nonsense", "data"));
}
