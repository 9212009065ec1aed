#include <doctest/doctest.h>

#include "test/support/office.hpp"

namespace doorstep::test {
namespace {

Fields bearer(const std::string& token) {
    return {{"Authorization", "Bearer " + token}};
}

std::string only_id(const TestStore& store) {
    return store.value("select id from credentials where kind = 'api_key' and ended_at is null");
}

} // namespace

TEST_CASE("API key: shown once, only its hash is kept") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto fields = browser.write();
    fields.emplace_back("Idempotency-Key", "make-it-once");
    auto made = office.a.send(
        "POST", "/api/api-keys", fields, R"({"name":" Zap ","scopes":["tasks:read","clients:read","tasks:read"]})"
    );
    REQUIRE(made.status == 201);
    auto key = member(made, "api_key");
    CHECK(key.starts_with("dk_"));
    CHECK(member(made, "name") == "Zap");
    CHECK(member(made, "prefix") == key.substr(0, 10));
    CHECK(member(made, "scopes") == R"(["clients:read","tasks:read"])");
    CHECK(*made.headers.find("Location") == "/api/api-keys/" + member(made, "id"));
    CHECK(office.store.value("select hash from credentials where kind = 'api_key'") == sha256_hex(key));
    auto secret = key.substr(10);
    for (auto table : {"credentials", "events"}) {
        CHECK(
            office.store.value("select count(*) from " + std::string(table) + " t where t::text like '%" + secret + "%'") == "0"
        );
    }
    CHECK(office.store.value("select coalesce(sum(length(body)), 0) from app.idempotency_keys") == "0");

    auto one = office.a.send("GET", "/api/api-keys/" + member(made, "id"), browser.cookie());
    CHECK(one.status == 200);
    CHECK(one.body.find(secret) == std::string::npos);
    auto list = office.a.send("GET", "/api/api-keys", browser.cookie());
    CHECK(list.body.find(member(made, "id")) != std::string::npos);
    CHECK(list.body.find(secret) == std::string::npos);
    CHECK(office.store.value("select data->>'name' from events where kind = 'api_key_made'") == "Zap");
}

TEST_CASE("API key: opens what its scopes name, and nothing else") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto key = office.make_key(browser, R"(["clients:write"])");
    CHECK(office.b.send("POST", "/api/paused", bearer(key)).status == 204);
    auto refused = office.b.send("GET", "/api/api-keys", bearer(key));
    CHECK(refused.status == 403);
    CHECK(member(refused, "scope") == "api_keys:read");
    auto me = office.b.send("GET", "/api/auth/me", bearer(key));
    CHECK(me.status == 200);
    CHECK(member(me, "scopes") == R"(["clients:write"])");
    CHECK(member(me, "csrf_token").empty());
    auto all = office.make_key(browser, R"(["*"])");
    CHECK(office.a.send("GET", "/api/api-keys", bearer(all)).status == 200);
    CHECK(office.a.send("POST", "/api/auth/logout", bearer(all)).status == 403);
    CHECK(office.a.send("GET", "/api/auth/me", bearer(all)).status == 200);
}

TEST_CASE("API key: not by cookie, where no CSRF token would guard it") {
    Office office;
    auto key = office.make_key(office.sign_in(office.a), R"(["*"])");
    CHECK(office.a.send("POST", "/api/paused", {{"Cookie", "doorstep_session=" + key}}).status == 401);
    CHECK(office.a.send("GET", "/api/auth/me", {{"Cookie", "doorstep_session=" + key}}).status == 401);
}

TEST_CASE("API key: acts under its name") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto key = office.make_key(browser, R"(["*"])");
    CHECK(office.a.send("POST", "/api/api-keys", bearer(key), R"({"name":"Second","scopes":["*"]})").status == 201);
    CHECK(office.store.value("select actor_kind || ' ' || actor_name from events order by id desc limit 1") == "api_key Zap");
}

TEST_CASE("API key: revoked, it is dead at once and on every server") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto key = office.make_key(browser, R"(["*"])");
    CHECK(office.b.send("GET", "/api/auth/me", bearer(key)).status == 200);
    auto path = "/api/api-keys/" + only_id(office.store);
    CHECK(office.a.send("DELETE", path, browser.write()).status == 204);
    CHECK(office.a.send("GET", "/api/auth/me", bearer(key)).status == 401);
    CHECK(office.b.send("GET", "/api/auth/me", bearer(key)).status == 401);
    CHECK(office.a.send("DELETE", path, browser.write()).status == 404);
    CHECK(office.a.send("GET", path, browser.write()).status == 404);
    CHECK(office.a.send("GET", "/api/api-keys", browser.cookie()).body == R"({"items":[]})");
    CHECK(office.store.value("select count(*) from events where kind = 'api_key_revoked'") == "1");
}

TEST_CASE("API key: bad ones are refused by field") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto make = [&](const std::string& body) { return office.a.send("POST", "/api/api-keys", browser.write(), body); };
    auto unknown = make(R"({"name":"Zap","scopes":["clients:read","clients:steal"]})");
    CHECK(unknown.status == 422);
    CHECK(unknown.body.find("\"scopes.1\"") != std::string::npos);
    for (auto scopes :
         {"[]", R"([""])", R"(["clients"])", R"(["clients:"])", R"([":read"])", R"(["self"])", R"(["self:read"])", "null"}) {
        CAPTURE(scopes);
        CHECK(make(R"({"name":"Zap","scopes":)" + std::string(scopes) + "}").status == 422);
    }
    CHECK(make(R"({"name":"   ","scopes":["*"]})").status == 422);
    CHECK(make(R"({"scopes":["*"]})").status == 422);
    CHECK(office.store.value("select count(*) from credentials where kind = 'api_key'") == "0");
}

TEST_CASE("API key: can't give more than it has") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto key = office.make_key(browser, R"(["api_keys:write","clients:read"])");
    auto make = [&](const std::string& scopes) {
        return office.a.send("POST", "/api/api-keys", bearer(key), R"({"name":"Child","scopes":)" + scopes + "}").status;
    };
    CHECK(make(R"(["*"])") == 403);
    CHECK(make(R"(["clients:read","clients:write"])") == 403);
    CHECK(make(R"(["clients:read"])") == 201);
}

TEST_CASE("API key: agents see and revoke their own, owners and admins all, others none") {
    Office office;
    office.join(office.ada, "agent@example.com", "agent");
    office.join(office.ada, "admin@example.com", "admin");
    office.join(office.ada, "assistant@example.com", "assistant");
    auto ada = office.sign_in(office.a);
    office.make_key(ada, R"(["*"])");
    auto path = "/api/api-keys/" + only_id(office.store);
    auto agent = office.sign_in(office.a, "agent@example.com");
    CHECK(office.a.send("GET", "/api/api-keys", agent.cookie()).body == R"({"items":[]})");
    CHECK(office.a.send("GET", path, agent.cookie()).status == 404);
    CHECK(office.a.send("DELETE", path, agent.write()).status == 404);
    office.make_key(agent, R"(["*"])");
    CHECK(office.a.send("GET", "/api/api-keys", agent.cookie()).body.find("Zap") != std::string::npos);
    auto assistant = office.sign_in(office.a, "assistant@example.com");
    CHECK(office.a.send("GET", "/api/api-keys", assistant.cookie()).status == 403);
    auto admin = office.sign_in(office.a, "admin@example.com");
    CHECK(office.a.send("DELETE", path, admin.write()).status == 204);
}

TEST_CASE("API key: other accounts have none of it") {
    Office office;
    auto bob = office.open("Bob's", "bob@example.com");
    auto ada = office.sign_in(office.a);
    auto browser = office.sign_in(office.a, "bob@example.com");
    auto key = office.make_key(ada, R"(["*"])");
    auto path = "/api/api-keys/" + only_id(office.store);
    CHECK(office.a.send("GET", "/api/api-keys", browser.cookie()).body == R"({"items":[]})");
    CHECK(office.a.send("GET", path, browser.cookie()).status == 404);
    CHECK(office.a.send("DELETE", path, browser.write()).status == 404);
    CHECK(office.a.send("GET", "/api/auth/me", bearer(key)).status == 200);

    // A stranger is no member, whoever asks.
    Context ctx(office.clock);
    ctx.account_id = office.ada.account_id.value;
    identity::NewApiKey input{{"Zap"}, {{"*"}}};
    CHECK_THROWS_WITH(
        run(office.io, office.a.identity.make_api_key(ctx, input, bob.user_id)), "There is no such member of this account."
    );
    auto made = run(office.io, office.a.identity.make_api_key(ctx, input, office.ada.user_id));
    CHECK(office.a.send("GET", "/api/auth/me", bearer(made.api_key)).status == 200);
}

TEST_CASE("API key: entering an account with another account's credential fails") {
    Office office;
    auto bob = office.open("Bob's", "bob@example.com");
    auto browser = office.sign_in(office.a);
    Context ctx(office.clock);
    ctx.credential = browser.credential();
    ctx.account_id = bob.account_id.value;
    CHECK_THROWS_WITH(
        run(office.io, office.a.accounts.require_account(ctx, bob.account_id)), "Your session has ended. Sign in again."
    );
    ctx.account_id = office.ada.account_id.value;
    CHECK(run(office.io, office.a.accounts.require_account(ctx, office.ada.account_id)).name == "Ada Homes");
}

TEST_CASE("API key: when it was used last is shown") {
    Office office;
    auto browser = office.sign_in(office.a);
    auto key = office.make_key(browser, R"(["*"])");
    auto path = "/api/api-keys/" + only_id(office.store);
    CHECK(member(office.a.send("GET", path, browser.cookie()), "last_used_at") == "null");
    CHECK(office.b.send("GET", "/api/auth/me", bearer(key)).status == 200);
    Context ctx(office.clock);
    run(office.io, office.b.identity.note_uses(ctx));
    CHECK(member(office.a.send("GET", path, browser.cookie()), "last_used_at").ends_with("Z"));
}

} // namespace doorstep::test
