#include <doctest/doctest.h>

#include "test/support/office.hpp"

namespace doorstep::test {
namespace {

/// A sign-in that was answered with a challenge.
struct Asked {
    std::string id;
    std::string reason;
    std::string code;
};

Asked ask(Office& office, Desk& desk, Fields headers = {}, std::string_view more = "") {
    auto body = R"({"email":"ada@example.com","password":)" + json_quote(password) + std::string(more) + "}";
    auto answer = desk.send("POST", "/api/auth/login", std::move(headers), body);
    REQUIRE(answer.status == 200);
    CHECK(member(answer, "requiresMfa") == "true");
    CHECK(member(answer, "accessToken").empty());
    CHECK(cookies(answer).empty());
    CHECK(member(answer, "maskedEmail") == "a•••@example.com");
    return {
        member(answer, "challengeId"), member(answer, "reason"), office.post_box.last("sign_in_code", "ada@example.com", "code")
    };
}

http::Response verify(Desk& desk, const std::string& id, const std::string& code, std::string_view more = "") {
    auto body = R"({"challengeId":)" + json_quote(id) + R"(,"code":)" + json_quote(code) + std::string(more) + "}";
    return desk.send("POST", "/api/auth/verify-mfa", {}, body);
}

std::string other_than(const std::string& code, int by = 1) {
    auto number = std::to_string((std::stoi(code) + by) % 1'000'000);
    return std::string(6 - number.size(), '0') + number;
}

http::Response resend(Desk& desk, const std::string& id) {
    return desk.send("POST", "/api/auth/mfa/resend", {}, R"({"challengeId":)" + json_quote(id) + "}");
}

} // namespace

TEST_CASE("codes: a new device is asked for one, and signs in with it") {
    Office office;
    office.sign_in(office.a);
    CHECK(office.post_box.letters.empty()); // the first sign-in ever has nothing to be compared with
    auto asked = ask(office, office.a);
    CHECK(asked.reason == "new_device");
    CHECK(asked.code.size() == 6);
    CHECK(office.store.value("select count(*) from mfa_challenges c where c::text like '%" + asked.code + "%'") == "0");
    CHECK(office.store.value("select count(*) from mfa_challenges c where c::text like '%" + asked.id + "%'") == "0");
    auto answer = verify(office.b, asked.id, asked.code);
    CHECK(answer.status == 200);
    CHECK(office.a.send("GET", "/api/auth/me", {{"Authorization", "Bearer " + member(answer, "accessToken")}}).status == 200);
    CHECK(verify(office.b, asked.id, asked.code).status == 410); // once
    CHECK(cookies(answer)["doorstep_device"].empty());           // nobody said that the device may be trusted
}

TEST_CASE("codes: the other address of the same thing") {
    Office office;
    office.sign_in(office.a);
    auto asked = ask(office, office.a);
    auto body = R"({"challengeId":)" + json_quote(asked.id) + R"(,"code":")" + asked.code + "\"}";
    CHECK(office.a.send("POST", "/api/auth/mfa/verify", {}, body).status == 200);
}

TEST_CASE("codes: a trusted device is not asked again, by what the browser keeps and nothing else") {
    Office office;
    office.sign_in(office.a);
    office.devices.clear();
    auto asked = ask(office, office.a, {}, R"(,"deviceId":"phone","deviceFingerprint":"f1")");
    auto answer = verify(office.a, asked.id, asked.code, R"(,"trustDevice":true)");
    Fields kept{{"Cookie", "doorstep_device=" + cookie_value(answer, "doorstep_device")}};
    auto sign_in = [&](Fields headers, const std::string& more) {
        auto body = R"({"email":"ada@example.com","password":)" + json_quote(password) + more + "}";
        return member(office.b.send("POST", "/api/auth/login", std::move(headers), body), "reason");
    };
    CHECK(sign_in(kept, "") == "");
    CHECK(sign_in(kept, R"(,"deviceId":"phone","deviceFingerprint":"f1")") == "");
    CHECK(sign_in({}, R"(,"deviceId":"phone","deviceFingerprint":"f1")") == "new_device");
    CHECK(sign_in(kept, R"(,"deviceId":"other")") == "new_device");
    CHECK(sign_in(kept, R"(,"deviceFingerprint":"f2")") == "new_device");
    // Somebody else's device is no device of mine.
    office.open("Bob's", "bob@example.com");
    office.sign_in(office.a, "bob@example.com");
    CHECK(sign_in({{"Cookie", "doorstep_device=" + office.devices["bob@example.com"]}}, "") == "new_device");
}

TEST_CASE("codes: whoever does not want to be trusted is asked each time") {
    Office office;
    auto body = R"({"email":"ada@example.com","password":)" + json_quote(password) + R"(,"trustDevice":false})";
    auto answer = office.a.send("POST", "/api/auth/login", {}, body);
    CHECK(answer.status == 200);
    CHECK(cookies(answer)["doorstep_device"].empty());
    CHECK(ask(office, office.a).reason == "new_device");
}

TEST_CASE("codes: what else is unusual, on a trusted device") {
    Office office;
    office.sign_in(office.a);
    Fields kept{{"Cookie", "doorstep_device=" + office.devices["ada@example.com"]}};
    SUBCASE("another network") {
        office.a.client_ip = "192.0.2.200"; // the same one
        CHECK(office.try_sign_in(office.a, "ada@example.com").status == 200);
        office.a.client_ip = "198.51.100.1";
        auto asked = ask(office, office.a, kept);
        CHECK(asked.reason == "new_network");
        CHECK(verify(office.a, asked.id, asked.code).status == 200);
        CHECK(member(office.try_sign_in(office.a, "ada@example.com"), "reason") == ""); // known by now
    }
    SUBCASE("many wrong passwords before") {
        for (int i = 0; i < 3; ++i) office.try_sign_in(office.a, "ada@example.com", "incorrect horse");
        CHECK(ask(office, office.a, kept).reason == "failures");
    }
    SUBCASE("after a long absence") {
        office.advance(std::chrono::days(31));
        CHECK(ask(office, office.a, kept).reason == "inactivity");
    }
}

TEST_CASE("codes: five tries, which no other letter gives back") {
    Office office;
    office.sign_in(office.a);
    auto asked = ask(office, office.a);
    for (int left = 4; left >= 2; --left) {
        auto wrong = verify(office.a, asked.id, other_than(asked.code));
        CHECK(wrong.status == 401);
        CHECK(member(wrong, "code") == "wrong_code");
        CHECK(wrong.body.find("\"attemptsRemaining\":" + std::to_string(left)) != std::string::npos); // a number
    }
    auto again = resend(office.b, asked.id);
    CHECK(again.status == 200);
    CHECK(member(again, "challengeId") == asked.id);
    auto code = office.post_box.last("sign_in_code", "ada@example.com", "code");
    CHECK(verify(office.a, asked.id, asked.code).status == (asked.code == code ? 200 : 401)); // the first letter's is void
    CHECK(verify(office.a, asked.id, other_than(code, 7)).status == 401);
    CHECK(verify(office.a, asked.id, code).status == 410);
    CHECK(resend(office.a, asked.id).status == 410);
}

TEST_CASE("codes: ten wrong ones an hour, over all sign-ins") {
    Office office;
    office.sign_in(office.a);
    for (int round = 0; round < 2; ++round) {
        auto asked = ask(office, office.a);
        for (int i = 0; i < 5; ++i) CHECK(verify(office.a, asked.id, other_than(asked.code, i + 1)).status == 401);
    }
    auto asked = ask(office, office.a);
    CHECK(verify(office.a, asked.id, other_than(asked.code)).status == 429);
    auto held = verify(office.b, asked.id, asked.code);
    CHECK(held.status == 429);
    CHECK(held.headers.find("Retry-After"));
    office.advance(std::chrono::hours(1));
    asked = ask(office, office.a);
    CHECK(verify(office.a, asked.id, asked.code).status == 200);
}

TEST_CASE("codes: for ten minutes") {
    Office office;
    office.sign_in(office.a);
    auto asked = ask(office, office.a);
    SUBCASE("then they are void") {
        office.advance(std::chrono::minutes(10));
        CHECK(verify(office.a, asked.id, asked.code).status == 410);
        CHECK(resend(office.a, asked.id).status == 200);
        auto code = office.post_box.last("sign_in_code", "ada@example.com", "code");
        CHECK(verify(office.a, asked.id, code).status == 200);
    }
    SUBCASE("and the sign-in waits for half an hour") {
        office.advance(std::chrono::minutes(30));
        CHECK(resend(office.a, asked.id).status == 410);
    }
    SUBCASE("five letters") {
        for (int i = 0; i < 4; ++i) CHECK(resend(office.a, asked.id).status == 200);
        CHECK(resend(office.a, asked.id).status == 429);
    }
    SUBCASE("what is no challenge") {
        CHECK(verify(office.a, "nothing", "123456").status == 410);
        CHECK(resend(office.a, "nothing").status == 410);
        CHECK(verify(office.a, "", "").status == 422);
    }
}

TEST_CASE("devices: listed and forgotten, and their sessions with them") {
    Office office;
    auto ada = office.sign_in(office.a);
    auto list =
        office.a.send("GET", "/api/auth/devices", {{"Cookie", ada.cookie()[0].second + "; doorstep_device=" + ada.device}});
    auto document = JsonDocument::parse(list.body);
    auto items = *document.root().find("items");
    REQUIRE(items.size() == 1);
    CHECK(items.at(0).find("current")->text() == "true");
    auto path = "/api/auth/devices/" + std::string(items.at(0).find("id")->string());
    office.open("Bob's", "bob@example.com");
    auto bob = office.sign_in(office.a, "bob@example.com");
    CHECK(office.a.send("DELETE", path, bob.write()).status == 404);
    CHECK(office.a.send("DELETE", path, ada.write()).status == 204);
    CHECK(office.b.send("GET", "/api/auth/me", ada.cookie()).status == 401);
    CHECK(ask(office, office.a, {{"Cookie", "doorstep_device=" + ada.device}}).reason == "new_device");
}

} // namespace doorstep::test
