#include <doctest/doctest.h>

#include "modules/identity/webauthn.hpp"
#include "test/support/office.hpp"

namespace doorstep::test {
namespace {

std::string big_endian(std::uint32_t number, int bytes) {
    std::string out;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>((number >> shift) & 0xff);
    return out;
}

/// An authenticator with one key, which does what it is told, right or wrong.
struct Authenticator {
    P256KeyPair key = make_p256_key();
    std::string id = random_token(16);
    std::uint32_t count = 0;
    unsigned char flags = 0x05; // present, verified
    std::string site = "office.test";
    std::string origin = "http://office.test";
    std::string user_handle = {};

    std::string cose() const {
        auto spki = *base64_decode(key.public_key);
        auto point = spki.substr(spki.size() - 64);
        using namespace std::string_literals;
        return "\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"s + point.substr(0, 32) + "\x22\x58\x20"s + point.substr(32);
    }

    std::string client_data(const std::string& type, const std::string& challenge) const {
        return R"({"type":")" + type + R"(","challenge":")" + challenge + R"(","origin":")" + origin +
               R"(","crossOrigin":false})";
    }

    std::string data(bool with_key) const {
        auto out = sha256(site) + static_cast<char>(with_key ? flags | 0x40 : flags) + big_endian(count, 4);
        if (with_key) out += std::string(16, '\0') + big_endian(16, 2) + *base64url_decode(id) + cose();
        return out;
    }

    /// RegistrationResponseJSON
    std::string make(const std::string& challenge) const {
        auto auth = data(true);
        using namespace std::string_literals;
        auto object = "\xa3\x63"s + "fmt\x64none\x67"s + "attStmt\xa0\x68"s + "authData\x59"s +
                      big_endian(static_cast<std::uint32_t>(auth.size()), 2) + auth;
        return R"({"id":")" + id + R"(","rawId":")" + id +
               R"(","type":"public-key","name":"My phone","response":{"clientDataJSON":")" +
               base64url_encode(client_data("webauthn.create", challenge)) + R"(","attestationObject":")" +
               base64url_encode(object) + R"(","transports":["internal"]},"clientExtensionResults":{}})";
    }

    /// AuthenticationResponseJSON
    std::string sign(const std::string& challenge) {
        ++count;
        auto client = client_data("webauthn.get", challenge);
        auto auth = data(false);
        auto signature = sign_p256(key.private_key_pem, auth + sha256(client));
        auto handle = user_handle.empty() ? "null" : json_quote(user_handle);
        return R"({"id":")" + id + R"(","type":"public-key","response":{"clientDataJSON":")" + base64url_encode(client) +
               R"(","authenticatorData":")" + base64url_encode(auth) + R"(","signature":")" + base64url_encode(signature) +
               R"(","userHandle":)" + handle + "}}";
    }
};

std::string challenge_for(Desk& desk, const Browser& browser) {
    return member(desk.send("POST", "/api/auth/passkeys/options", browser.write()), "challenge");
}

http::Response add(Desk& desk, const Browser& browser, const Authenticator& key) {
    return desk.send("POST", "/api/auth/passkeys", browser.write(), key.make(challenge_for(desk, browser)));
}

std::string login_challenge(Desk& desk) {
    return member(desk.send("POST", "/api/auth/passkeys/login/options"), "challenge");
}

http::Response login(Desk& desk, Authenticator& key) {
    return desk.send("POST", "/api/auth/passkeys/login", {}, key.sign(login_challenge(desk)));
}

} // namespace

TEST_CASE("passkey: made, listed, signed in with, removed") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto options = office.a.send("POST", "/api/auth/passkeys/options", browser.write());
    auto document = JsonDocument::parse(options.body);
    CHECK(document.root().find("rp")->find("id")->string() == "office.test");
    CHECK(document.root().find("user")->find("name")->string() == "ada@example.com");
    Authenticator key;
    key.user_handle = document.root().find("user")->find("id")->string();
    auto made = add(office.a, browser, key);
    CHECK(made.status == 201);
    CHECK(member(made, "name") == "My phone");
    CHECK(office.post_box.last("security_alert", "ada@example.com", "what") == "passkey_added");

    office.devices.clear();
    auto answer = login(office.b, key);
    CHECK(answer.status == 200); // a new device, and yet no code: it is both factors
    CHECK(office.a.send("GET", "/api/auth/me", {{"Authorization", "Bearer " + member(answer, "accessToken")}}).status == 200);
    CHECK(
        office.store.value("select method from credentials where ended_at is null order by created_at desc limit 1") ==
        "passkey"
    );

    auto list = JsonDocument::parse(office.a.send("GET", "/api/auth/passkeys", browser.cookie()).body);
    REQUIRE(list.root().find("items")->size() == 1);
    CHECK(!list.root().find("items")->at(0).find("last_used_at")->is_null());
    auto path = "/api/auth/passkeys/" + member(made, "id");
    office.open("Bob's", "bob@example.com");
    CHECK(office.a.send("DELETE", path, office.sign_in(office.a, "bob@example.com").write()).status == 404);
    CHECK(office.a.send("DELETE", path, browser.write()).status == 204);
    CHECK(login(office.b, key).status == 401);
}

TEST_CASE("passkey: a new one ends the other sessions") {
    Office office;
    auto other = office.sign_in(office.a);
    auto browser = office.sign_in(office.a);
    CHECK(add(office.a, browser, {}).status == 201);
    CHECK(office.b.send("GET", "/api/auth/me", other.cookie()).status == 401);
    CHECK(office.b.send("GET", "/api/auth/me", browser.cookie()).status == 200);
}

TEST_CASE("passkey: what is refused when one is made") {
    Office office;
    auto browser = office.sign_in(office.a);
    Authenticator key;
    SUBCASE("for another site") {
        key.site = "evil.test";
        CHECK(add(office.a, browser, key).status == 422);
    }
    SUBCASE("from another page") {
        key.origin = "http://evil.test";
        CHECK(add(office.a, browser, key).status == 422);
    }
    SUBCASE("without the person being verified") {
        key.flags = 0x01;
        CHECK(add(office.a, browser, key).status == 422);
    }
    SUBCASE("another's challenge, an old one, a spent one") {
        office.open("Bob's", "bob@example.com");
        auto bob = office.sign_in(office.a, "bob@example.com");
        auto send = [&](const std::string& challenge) {
            return office.a.send("POST", "/api/auth/passkeys", browser.write(), key.make(challenge)).status;
        };
        CHECK(send(challenge_for(office.a, bob)) == 410);
        CHECK(send(login_challenge(office.a)) == 410);
        CHECK(send("AAAA") == 410);
        auto challenge = challenge_for(office.a, browser);
        CHECK(send(challenge) == 201);
        CHECK(send(challenge) == 410);
        CHECK(send(challenge_for(office.a, browser)) == 409);
        challenge = challenge_for(office.a, browser);
        office.advance(std::chrono::minutes(5));
        CHECK(send(challenge) == 410);
    }
    SUBCASE("garbage") {
        for (std::string body :
             {R"({})", R"({"id":"x","response":{"clientDataJSON":"!","attestationObject":"!"}})",
              R"({"id":"x","response":{"clientDataJSON":"e30","attestationObject":"oA"}})"})
            CHECK(office.a.send("POST", "/api/auth/passkeys", browser.write(), body).status == 422);
    }
    CHECK(office.store.value("select count(*) from passkeys where created_at is null") == "0");
}

TEST_CASE("passkey: what is refused at the door") {
    Office office;
    auto browser = office.sign_in(office.a);
    Authenticator key;
    REQUIRE(add(office.a, browser, key).status == 201);
    SUBCASE("a signature by another key") {
        key.key = make_p256_key();
        CHECK(login(office.a, key).status == 401);
    }
    SUBCASE("an unknown key") {
        Authenticator other;
        CHECK(login(office.a, other).status == 401);
    }
    SUBCASE("a challenge twice") {
        auto challenge = login_challenge(office.a);
        CHECK(office.a.send("POST", "/api/auth/passkeys/login", {}, key.sign(challenge)).status == 200);
        CHECK(office.a.send("POST", "/api/auth/passkeys/login", {}, key.sign(challenge)).status == 410);
    }
    SUBCASE("a challenge of making one") {
        auto body = key.sign(challenge_for(office.a, browser));
        CHECK(office.a.send("POST", "/api/auth/passkeys/login", {}, body).status == 410);
    }
    SUBCASE("another page, another site, nobody there") {
        key.origin = "http://evil.test";
        CHECK(login(office.a, key).status == 422);
        key.origin = "http://office.test";
        key.site = "evil.test";
        CHECK(login(office.a, key).status == 422);
        key.site = "office.test";
        key.flags = 0x04;
        CHECK(login(office.a, key).status == 422);
        key.flags = 0x05;
        key.user_handle = "c29tZWJvZHk";
        CHECK(login(office.a, key).status == 401);
    }
    SUBCASE("a copy, told by its counter") {
        CHECK(login(office.a, key).status == 200);
        key.count = 0;
        CHECK(login(office.a, key).status == 401);
        CHECK(office.post_box.last("security_alert", "ada@example.com", "what") == "passkey_copied");
    }
}

TEST_CASE("passkey: whose they are") {
    using identity::relying_party;
    CHECK(relying_party("https://office.example.com").id == "office.example.com");
    CHECK(relying_party("https://Office.example.com:8443/").origin == "https://office.example.com:8443");
    CHECK(relying_party("https://office.example.com:8443/").id == "office.example.com");
    CHECK(relying_party("http://127.0.0.1:8080").origin == "http://localhost:8080");
    CHECK(relying_party("http://[::1]:8080").id == "localhost");
}

} // namespace doorstep::test
