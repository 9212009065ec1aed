#include <doctest/doctest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>

#include "test/support/office.hpp"

namespace doorstep::test {
namespace {

const std::string wrong_word = "incorrect horse";

/// Sends several requests at once and returns their answers in the same order.
std::vector<http::Response> at_once(boost::asio::io_context& io, std::vector<Task<http::Response>> requests) {
    std::vector<http::Response> answers(requests.size());
    std::size_t left = requests.size();
    for (std::size_t i = 0; i < requests.size(); ++i) {
        boost::asio::co_spawn(
            io, std::move(requests[i]),
            [&answers, &left, i](std::exception_ptr problem, http::Response answer) {
                REQUIRE(!problem);
                answers[i] = std::move(answer);
                --left;
            }
        );
    }
    io.restart();
    while (left > 0 && io.run_one() > 0) {}
    return answers;
}

std::string login_body(const std::string& word) {
    return R"({"email":"ada@example.com","password":)" + json_quote(word) + "}";
}

std::string problem_of(const http::Response& response) {
    return std::to_string(response.status) + " " + member(response, "code") + " " + member(response, "detail");
}

} // namespace

TEST_CASE("sign in: the token opens the door, by cookie and as a bearer") {
    Office office;
    auto response = office.try_sign_in(office.a, "ada@example.com");
    CHECK(response.status == 200);
    CHECK(member(response, "expiresIn") == "900");
    auto token = member(response, "accessToken");
    CHECK(token.starts_with("ds_"));
    auto answer = JsonDocument::parse(response.body);
    auto user = answer.root().find("user");
    REQUIRE(user);
    CHECK(user->find("email")->string() == "ada@example.com");
    CHECK(user->find("id")->string() == office.ada.user_id.text());

    Browser browser{token, {}};
    for (auto& headers : {browser.cookie(), browser.bearer()}) {
        auto me = office.a.send("GET", "/api/auth/me", headers);
        CHECK(me.status == 200);
        auto document = JsonDocument::parse(me.body);
        CHECK(document.root().find("account")->find("agent_code")->string() == office.ada.agent_code);
        CHECK(document.root().find("account")->find("kind")->string() == "business");
        CHECK(member(me, "role") == "owner");
        CHECK(member(me, "scopes") == R"(["*"])");
        CHECK(member(me, "csrf_token").size() == 43);
    }
    CHECK(
        office.store.value("select count(*) from events where kind = 'signed_in' and actor_kind = 'user' and actor_name = 'Ada'"
        ) == "1"
    );
}

TEST_CASE("sign in: an e-mail address is the same in any case and with blanks around it") {
    Office office;
    CHECK(office.try_sign_in(office.a, "  ADA@Example.COM ").status == 200);
}

TEST_CASE("sign in: cookies") {
    Office office;
    auto response = office.try_sign_in(office.a, "ada@example.com");
    auto set = cookies(response);
    auto token = member(response, "accessToken");
    CHECK(set["doorstep_session"] == "doorstep_session=" + token + "; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax");
    auto csrf = member(office.a.send("GET", "/api/auth/me", {{"Authorization", "Bearer " + token}}), "csrf_token");
    CHECK(set["csrf_token"] == "csrf_token=" + csrf + "; Path=/; Max-Age=7776000; SameSite=Lax");
    auto refresh = cookie_value(response, "doorstep_refresh");
    CHECK(
        set["doorstep_refresh"] ==
        "doorstep_refresh=" + refresh + "; Path=/api/auth; Max-Age=7776000; HttpOnly; SameSite=Strict"
    );
    CHECK(set["doorstep_device"].ends_with("; Path=/api/auth; Max-Age=34560000; HttpOnly; SameSite=Lax"));

    SUBCASE("over TLS they are Secure") {
        office.a.secure = true;
        for (auto& [name, text] : cookies(office.try_sign_in(office.a, "ada@example.com"))) CHECK(text.ends_with("; Secure"));
    }
    SUBCASE("where the public address is https they are Secure") {
        Desk desk(
            office.store, office.io, office.clock, office.blocking, office.sealer, office.post_box, "https://office.test"
        );
        for (auto& [name, text] : cookies(office.try_sign_in(desk, "ada@example.com"))) CHECK(text.ends_with("; Secure"));
    }
}

TEST_CASE("sign in: the store keeps no token and no password") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto token = browser.token.substr(3, 43);
    CHECK(office.store.value("select hash from credentials") == browser.credential());
    CHECK(office.store.value("select count(*) from devices d where d::text like '%" + browser.device + "%'") == "0");
    CHECK(office.store.value("select count(*) from credentials c where c::text like '%" + token.substr(10) + "%'") == "0");
    CHECK(office.store.value("select count(*) from events e where e::text like '%" + token.substr(10) + "%'") == "0");
    CHECK(office.store.value("select password_hash like '$argon2id$v=19$m=19456,t=2,p=1$%' from users") == "t");
}

TEST_CASE("sign in: wrong, unknown, without password, unverified and homeless are told apart by nobody") {
    Office office;
    office.open("Google's", "google@example.com");
    office.store.exec("update users set password_hash = null where email = 'google@example.com'");
    office.open("Unverified", "unverified@example.com");
    office.store.exec("update users set email_verified_at = null where email = 'unverified@example.com'");
    auto homeless = office.open("Gone", "gone@example.com");
    office.store.exec("delete from memberships where user_id = '" + homeless.user_id.text() + "'");

    auto before = office.a.identity.passwords_verified();
    auto wrong = problem_of(office.try_sign_in(office.a, "ada@example.com", wrong_word));
    CHECK(wrong.starts_with("401 wrong_credentials "));
    CHECK(office.a.identity.passwords_verified() == before + 1);
    for (auto email : {"nobody@example.com", "google@example.com", "unverified@example.com", "gone@example.com"}) {
        CAPTURE(email);
        auto verified = office.a.identity.passwords_verified();
        auto response = office.try_sign_in(office.a, email);
        CHECK(problem_of(response) == wrong);
        CHECK(cookies(response).empty());
        CHECK(office.a.identity.passwords_verified() == verified + 1); // it cost a hash, as a known one does
    }
}

TEST_CASE("sign in: five wrong passwords lock for a minute, on every server") {
    Office office;
    for (int i = 0; i < 5; ++i) CHECK(office.try_sign_in(office.a, "ada@example.com", wrong_word).status == 401);
    auto verified = office.b.identity.passwords_verified();
    auto locked = office.try_sign_in(office.b, "ada@example.com");
    CHECK(problem_of(locked).starts_with("429 locked "));
    REQUIRE(locked.headers.find("Retry-After"));
    auto wait = std::stoi(std::string(*locked.headers.find("Retry-After")));
    CHECK(wait > 50);
    CHECK(wait <= 60);
    CHECK(office.b.identity.passwords_verified() == verified);
    CHECK(office.try_sign_in(office.a, "ADA@example.com").status == 429);

    office.advance(std::chrono::seconds(61));
    CHECK(office.try_sign_in(office.a, "ada@example.com", wrong_word).status == 401);
    CHECK(office.try_sign_in(office.b, "ada@example.com").status == 200);
    // Forgotten: five more are needed.
    for (int i = 0; i < 4; ++i) CHECK(office.try_sign_in(office.a, "ada@example.com", wrong_word).status == 401);
    CHECK(office.try_sign_in(office.b, "ada@example.com").status == 200);
}

TEST_CASE("sign in: an unknown address is locked just the same") {
    Office office;
    for (int i = 0; i < 5; ++i) CHECK(office.try_sign_in(office.a, "nobody@example.com", wrong_word).status == 401);
    CHECK(office.try_sign_in(office.a, "nobody@example.com", wrong_word).status == 429);
    CHECK(office.store.value("select count(*) from sign_in_failures f where f::text like '%nobody%'") == "0");
}

TEST_CASE("sign in: locks grow to a quarter of an hour and are forgotten after a quiet day") {
    Office office;
    auto wait_after_five = [&] {
        for (int i = 0; i < 5; ++i) REQUIRE(office.try_sign_in(office.a, "ada@example.com", wrong_word).status == 401);
        auto locked = office.try_sign_in(office.a, "ada@example.com", wrong_word);
        REQUIRE(locked.status == 429);
        auto wait = std::stoi(std::string(*locked.headers.find("Retry-After")));
        office.advance(std::chrono::seconds(wait + 1));
        return (wait + 59) / 60;
    };
    for (int minutes : {1, 2, 4, 8, 15, 15}) CHECK(wait_after_five() == minutes);
    office.advance(std::chrono::hours(25));
    CHECK(wait_after_five() == 1);
}

TEST_CASE("sign in: strangers lock out strangers, not the user at a known address") {
    Office office;
    office.sign_in(office.a);
    int next = 1;
    for (int i = 0; i < 5; ++i) {
        office.a.client_ip = "198.51.100." + std::to_string(next++);
        CHECK(office.try_sign_in(office.a, "ada@example.com", wrong_word).status == 401);
    }
    office.a.client_ip = "198.51.100." + std::to_string(next++);
    CHECK(office.try_sign_in(office.a, "ada@example.com").status == 429);
    office.a.client_ip = "192.0.2.1";
    CHECK(office.try_sign_in(office.a, "ada@example.com").status == 200);
    // There too, five wrong ones are enough.
    for (int i = 0; i < 5; ++i) CHECK(office.try_sign_in(office.a, "ada@example.com", wrong_word).status == 401);
    CHECK(office.try_sign_in(office.a, "ada@example.com").status == 429);
}

TEST_CASE("sign in: an address that has sent many wrong passwords is held up, whomever they were for") {
    Office office;
    office.try_sign_in(office.a, "nobody@example.com", wrong_word);
    office.store.exec("update rate_counts set taken = taken + 100");
    auto held = office.try_sign_in(office.b, "ada@example.com");
    CHECK(held.status == 429);
    CHECK(held.headers.find("Retry-After"));
    office.b.client_ip = "198.51.100.1";
    CHECK(office.try_sign_in(office.b, "ada@example.com").status == 200);
    office.advance(std::chrono::minutes(15));
    CHECK(office.try_sign_in(office.a, "ada@example.com").status == 200);
}

TEST_CASE("sign in: guesses sent all at once gain nothing") {
    Office office;
    std::vector<Task<http::Response>> requests;
    for (int i = 0; i < 30; ++i) {
        auto& desk = i % 2 ? office.a : office.b;
        requests.push_back(desk.ask("POST", "/api/auth/login", {}, login_body(wrong_word + std::to_string(i))));
    }
    requests.push_back(office.a.ask("POST", "/api/auth/login", {}, login_body(password)));
    auto answers = at_once(office.io, std::move(requests));
    auto right = answers.back();
    answers.pop_back();
    CHECK(problem_of(right).starts_with("429 locked "));
    CHECK(cookies(right).empty());
    CHECK(std::ranges::count(answers, 401, &http::Response::status) == 5);
    CHECK(std::ranges::count(answers, 429, &http::Response::status) == 25);
    CHECK(office.store.value("select count(*) from credentials") == "0");
}

TEST_CASE("sign in: right passwords sent all at once all work") {
    Office office;
    Fields known{{"Cookie", "doorstep_device=" + office.sign_in(office.a).device}};
    std::vector<Task<http::Response>> requests;
    for (int i = 0; i < 12; ++i) requests.push_back(office.a.ask("POST", "/api/auth/login", known, login_body(password)));
    auto answers = at_once(office.io, std::move(requests));
    CHECK(std::ranges::count(answers, 200, &http::Response::status) == 12);
    CHECK(office.store.value("select count(distinct hash) from credentials") == "13");
}

TEST_CASE("sign in: of several first ones at once, one is the first") {
    Office office;
    std::vector<Task<http::Response>> requests;
    for (int i = 0; i < 4; ++i) requests.push_back(office.a.ask("POST", "/api/auth/login", {}, login_body(password)));
    auto answers = at_once(office.io, std::move(requests));
    CHECK(std::ranges::count_if(answers, [](auto& answer) { return !member(answer, "accessToken").empty(); }) == 1);
    CHECK(office.post_box.count("sign_in_code", "ada@example.com") == 3);
}

TEST_CASE("sign in: a password changed meanwhile does not sign in") {
    Office office;
    int status = 0;
    auto before = office.a.identity.passwords_verified();
    auto request = office.a.ask("POST", "/api/auth/login", {}, login_body(password));
    boost::asio::co_spawn(office.io, std::move(request), [&](std::exception_ptr, http::Response answer) {
        status = answer.status;
    });
    office.io.restart();
    while (office.a.identity.passwords_verified() == before) REQUIRE(office.io.run_one() > 0);
    // By now the old hash was read and is being compared.
    office.store.exec("update users set password_hash = 'other'");
    while (status == 0) REQUIRE(office.io.run_one() > 0);
    CHECK(status == 401);
    CHECK(office.store.value("select count(*) from credentials") == "0");
}

TEST_CASE("sign in: bad bodies") {
    Office office;
    auto status = [&](const std::string& body) { return office.a.send("POST", "/api/auth/login", {}, body).status; };
    CHECK(status("{") == 400);
    CHECK(status("{}") == 422);
    CHECK(status(R"({"email":"ada","password":"x"})") == 422);
    CHECK(status(R"({"email":"ada@example.com","password":""})") == 422);
    CHECK(status(R"({"email":"ada@example.com","password":null})") == 422);
    CHECK(status(R"({"email":"ada@example.com","password":["x"]})") == 422);
    CHECK(status(R"({"email":"ada@example.com","password":"a\u0000b"})") == 422);
    CHECK(status(R"({"email":"ada@example.com","password":")" + std::string(2000, 'x') + R"("})") == 422);
    CHECK(status(R"({"email":"ada@example.com","password":"x","admin":true})") == 422);
    CHECK(
        status(
            R"({"email":"ada@example.com","password":")" + password +
            R"(","deviceId":"d","deviceFingerprint":"f","trustDevice":true})"
        ) == 200
    );
}

TEST_CASE("sign in: the browser's earlier session ends, on every server") {
    Office office;
    auto first = office.sign_in(office.a);
    CHECK(office.b.send("GET", "/api/auth/me", first.cookie()).status == 200);
    auto response = office.try_sign_in(office.a, "ada@example.com", password, first.cookie());
    CHECK(response.status == 200);
    CHECK(member(response, "accessToken") != first.token);
    CHECK(office.a.send("GET", "/api/auth/me", first.cookie()).status == 401);
    CHECK(office.b.send("GET", "/api/auth/me", first.cookie()).status == 401);
}

TEST_CASE("sign in: a token that the browser was given by somebody else is never taken over") {
    Office office;
    Fields planted{{"Cookie", "doorstep_session=ds_planted"}};
    auto response = office.try_sign_in(office.a, "ada@example.com", password, planted);
    CHECK(response.status == 200);
    CHECK(member(response, "accessToken") != "ds_planted");
    CHECK(office.a.send("GET", "/api/auth/me", planted).status == 401);
}

TEST_CASE("sign in: of several accounts the own one, then the oldest") {
    Office office;
    office.advance(std::chrono::hours(1));
    auto bob = office.open("Bob's", "bob@example.com");
    office.store.exec(
        "insert into memberships values ('" + office.ada.account_id.text() + "', '" + bob.user_id.text() +
        "', 'agent', '2020-01-01')"
    );
    auto browser = office.sign_in(office.a, "bob@example.com");
    auto me = JsonDocument::parse(office.a.send("GET", "/api/auth/me", browser.cookie()).body);
    CHECK(me.root().find("account")->find("id")->string() == bob.account_id.text());
    office.store.exec("update memberships set role = 'agent' where user_id = '" + bob.user_id.text() + "'");
    browser = office.sign_in(office.a, "bob@example.com");
    me = JsonDocument::parse(office.a.send("GET", "/api/auth/me", browser.cookie()).body);
    CHECK(me.root().find("account")->find("id")->string() == office.ada.account_id.text());
}

} // namespace doorstep::test
