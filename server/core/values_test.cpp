#include <doctest/doctest.h>

#include <algorithm>

#include "core/crypto.hpp"
#include "core/email.hpp"
#include "core/id.hpp"
#include "core/phone.hpp"
#include "core/text.hpp"

using namespace doorstep;

TEST_CASE("e-mail addresses") {
    Email email;
    for (auto good : {"a@b.co", "first.last+tag@sub.example.com", "ñandú@example.com", "o'neil@example.co.uk", " x@y.test "}) {
        CAPTURE(good);
        CHECK(!Field<Email>::parse(good, email));
    }
    for (auto bad :
         {"", "a", "@b.co", "a@", "a@b", "a b@c.de", "a@b..c", ".a@b.co", "a.@b.co", "a@-b.co", "a@b_c.de", "a@1.2.3.4",
          "a@b.co\r\nBcc: x@y.zz", "<a@b.co>", "\"a\"@b.co", "a@b.co,c@d.ee"}) {
        CAPTURE(bad);
        CHECK(Field<Email>::parse(bad, email));
    }
    CHECK(Field<Email>::parse(std::string(65, 'a') + "@example.com", email));
}

TEST_CASE("phone numbers are kept as written and compared by E.164") {
    Phone phone;
    REQUIRE(!Field<Phone>::parse(" (212) 555-0100 ", phone));
    CHECK(phone.value == "(212) 555-0100");
    CHECK(phone.e164() == "+12125550100");
    CHECK(Phone{"+44 20 7946 0958"}.e164() == "+442079460958");
    CHECK(Phone{"555-0100"}.e164().empty()); // no area code: nobody can dial it from elsewhere
    // Overlay codes younger than the number plan at hand are possible, and so accepted.
    CHECK(Phone{"+19425550100"}.e164() == "+19425550100");
    for (auto bad : {"", "ab", "call me", "12", "123456789012345678901"}) {
        CAPTURE(bad);
        CHECK(Field<Phone>::parse(bad, phone));
    }
}

TEST_CASE("a name is seen, and read as it is written") {
    auto read = [](std::string_view text) -> std::optional<std::string> {
        Line<1, 100> name;
        if (Field<Line<1, 100>>::parse(text, name)) return std::nullopt;
        return name.value;
    };
    for (auto unseen :
         {"\u200b", "\u200b\u200d", "\u202a", "\u202e\u202c", "\u2066 \u2069", "\ufeff\u2060", "\u00ad", "\u3164", "\u2800",
          "\ufe0f"}) {
        CAPTURE(unseen);
        CHECK_FALSE(read(unseen));
    }
    CHECK(read("Ana\u202egnp.exe") == "Anagnp.exe");
    CHECK(read("\u202aAna\u202c") == "Ana");
    CHECK(read("\u05d0\u05d1\u200f") == "\u05d0\u05d1\u200f"); // a mark of Hebrew's own
    CHECK(read("A\u200dB") == "A\u200dB");
    Line<0, 100> note;
    CHECK_FALSE(Field<Line<0, 100>>::parse("\u202e", note));
    CHECK(note.value.empty());
}

TEST_CASE("ids grow within a thread and read back") {
    Time now{std::chrono::seconds{1'800'000'000}};
    std::vector<Uuid> ids;
    for (int i = 0; i < 3000; ++i) ids.push_back(Uuid::v7(now));
    CHECK(std::is_sorted(ids.begin(), ids.end()));
    CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
    auto text = ids[0].text();
    CHECK(text[14] == '7');
    CHECK(Uuid::parse(text) == ids[0]);
    CHECK(!Uuid::parse("not-an-id"));
    CHECK(!Uuid::parse(text + "0"));
}

TEST_CASE("sealed secrets open only where they were sealed") {
    Sealer sealer(std::string(32, 'k'));
    auto sealed = sealer.seal("sk-secret", "provider_keys.openai");
    CHECK(sealed.find("sk-secret") == sealed.npos);
    CHECK(sealer.open(sealed, "provider_keys.openai") == "sk-secret");
    CHECK(!sealer.open(sealed, "provider_keys.sendgrid"));
    CHECK(!Sealer(std::string(32, 'x')).open(sealed, "provider_keys.openai"));
    sealed[sealed.size() / 2] ^= 1;
    CHECK(!sealer.open(sealed, "provider_keys.openai"));
    CHECK_THROWS(Sealer("short"));
}

TEST_CASE("passwords") {
    auto hash = hash_password("correct horse battery");
    CHECK(hash.starts_with("$argon2id$"));
    CHECK(verify_password(hash, "correct horse battery"));
    CHECK(!verify_password(hash, "correct horse batterz"));
    CHECK(!verify_password("not a hash", "x"));
}

TEST_CASE("ECDSA signatures") {
    auto keys = make_p256_key();
    auto signature = sign_p256(keys.private_key_pem, "1700000000[{}]");
    CHECK(verify_p256(keys.public_key, signature, "1700000000[{}]"));
    CHECK(!verify_p256(keys.public_key, signature, "1700000001[{}]"));
    CHECK(!verify_p256(make_p256_key().public_key, signature, "1700000000[{}]"));
    CHECK(!verify_p256("nonsense", signature, "x"));
    CHECK(!verify_p256(keys.public_key, "", "x"));
}
