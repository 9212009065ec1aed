// An agency's staff act in its businesses.
#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;

namespace {

HeaderFields acting(const std::string& account) {
    return {{"X-Acting-Account", account}};
}

/// An agency with one business, and a second agency.
struct Agencies {
    Agencies()
        : owner(app.open_account("Great Agency", "greta@example.com", accounts::Kind::agency)),
          agency(owner.get("/api/auth/me")["account.id"]),
          realtor(app.open_account("Rita Homes", "rita@example.com", accounts::Kind::business, agency)),
          business(realtor.get("/api/auth/me")["account.id"]) {}

    std::string new_client(Visitor& by) {
        return by.post(
            "/api/clients?create_tasks=false",
            R"({"name":"Kim","email":"kim@example.com","property_address":"1 Main St",)"
            R"("property_type":"residential","stage":"lead"})",
            acting(business)
        )["id"];
    }

    TestApp app;
    Visitor owner;
    std::string agency;
    Visitor realtor;
    std::string business;
};

} // namespace

TEST_CASE("acting: what agency staff do in a business is the business's, under their own name") {
    Agencies world;
    auto client = world.new_client(world.owner);
    REQUIRE_FALSE(client.empty());
    CHECK(world.realtor.get("/api/clients/" + client).status == 200);
    CHECK(world.owner.get("/api/clients/" + client).status == 404);
    CHECK(world.owner.get("/api/clients/" + client, acting(world.business)).status == 200);
    CHECK(world.realtor.get("/api/contacts/" + client + "/timeline")["items.0.actor.name"] == "Great");
}

TEST_CASE("acting: me shows where, as what, and whence") {
    Agencies world;
    auto me = world.owner.get("/api/auth/me", acting(world.business));
    CHECK(me["account.id"] == world.business);
    CHECK(me["home_account.id"] == world.agency);
    CHECK(me["role"] == "admin");
    CHECK(me["user.email"] == "greta@example.com");
    auto home = world.owner.get("/api/auth/me");
    CHECK(home["home_account"] == "null");
    CHECK(home["role"] == "owner");
    CHECK(world.owner.get("/api/auth/me", acting(world.agency))["home_account"] == "null");

    auto staff = world.app.join("staff", world.agency);
    CHECK(staff.get("/api/auth/me", acting(world.business))["role"] == "staff");
}

TEST_CASE("acting: malformed, unknown and foreign accounts are refused, never ignored") {
    Agencies world;
    auto ada = world.app.get("/api/auth/me")["account.id"];
    auto rival = world.app.open_account("Rival Agency", "rick@example.com", accounts::Kind::agency);
    for (auto path : {"/api/auth/me", "/api/clients"}) {
        CAPTURE(path);
        for (auto malformed : {"", "x", "rita-homes", "*"}) CHECK(world.owner.get(path, acting(malformed)).status == 400);
        CHECK(world.owner.get(path, acting(ada)).status == 403);
        CHECK(world.owner.get(path, acting(Uuid{}.text())).status == 403);
        CHECK(rival.get(path, acting(world.business)).status == 403);
        CHECK(world.realtor.get(path, acting(world.agency)).status == 403);
        CHECK(world.app.get(path, acting(world.business)).status == 403);
    }
    CHECK(world.new_client(rival).empty());
    CHECK(world.app.store.value("select count(*) from contacts") == "0");
}

TEST_CASE("acting: agents and assistants of an agency may not") {
    Agencies world;
    for (auto role : {"agent", "assistant"}) {
        auto member = world.app.join(role, world.agency);
        CHECK(member.get("/api/clients", acting(world.business)).status == 403);
    }
    CHECK(world.app.join("admin", world.agency).get("/api/clients", acting(world.business)).status == 200);
}

TEST_CASE("acting: an API key acts within its scopes") {
    Agencies world;
    auto made = world.owner.post("/api/api-keys", R"({"name":"Reader","scopes":["clients:read"]})");
    Visitor key(world.app, made["api_key"]);
    CHECK(key.get("/api/clients", acting(world.business)).status == 200);
    CHECK(key.get("/api/tasks", acting(world.business)).status == 403);
    CHECK(world.new_client(key).empty());
}

TEST_CASE("acting: keys are made at home, signing out is done there") {
    Agencies world;
    auto refused = world.owner.post("/api/api-keys", R"({"name":"Zap","scopes":["*"]})", acting(world.business));
    CHECK(refused.status == 403);
    CHECK(world.owner.post("/api/auth/logout", "", acting(world.business)).status == 204);
    CHECK(world.owner.get("/api/auth/me").status == 401);
    CHECK(world.owner.get("/api/clients", acting(world.business)).status == 401);
}

TEST_CASE("acting: ends at once with the bond or with the session") {
    Agencies world;
    CHECK(world.owner.get("/api/clients", acting(world.business)).status == 200);
    world.app.store.exec("update accounts set parent_id = null where id = '" + world.business + "'");
    CHECK(world.owner.get("/api/clients", acting(world.business)).status == 403);

    // Even between the moment it was let in and its work in the store.
    Context ctx = world.app.context();
    ctx.account_id = *Uuid::parse(world.business);
    ctx.actor.home_account = *Uuid::parse(world.agency);
    ctx.credential = world.app.store.value(
        "select hash from credentials where kind = 'session' and user_id = '" + world.owner.get("/api/auth/me")["user.id"] + "'"
    );
    auto look = [&] { return world.app.run(world.app.modules().contacts.list(ctx, {})).items.size(); };
    CHECK_THROWS_AS(look(), Error);
    world.app.store.exec("update accounts set parent_id = '" + world.agency + "' where id = '" + world.business + "'");
    CHECK(look() == 0);
    world.app.store.exec("update credentials set ended_at = created_at, end_reason = 'revoked' where ended_at is null");
    CHECK_THROWS_AS(look(), Error);
}

TEST_CASE("acting: both accounts' logs have the act and who did it; a refused one is in neither") {
    Agencies world;
    auto total = [](Visitor& reader) { return reader.get("/api/audit")["total"]; };
    auto before = total(world.realtor);
    CHECK(world.owner.post("/api/clients", R"({"name":""})", acting(world.business)).status == 422);
    CHECK(total(world.realtor) == before);
    REQUIRE_FALSE(world.new_client(world.owner).empty());
    for (auto* reader : {&world.owner, &world.realtor}) {
        auto log = reader->get("/api/audit");
        CHECK(log["items.0.action"] == "create_client");
        CHECK(log["items.0.actor.name"] == "Great");
        CHECK(log["items.0.actor.account_id"] == world.agency);
        CHECK(log["items.0.acted_in_account_id"] == world.business);
    }
    // The same with a key that keeps the answer: once, and noted once.
    auto once = acting(world.business);
    once.emplace_back("Idempotency-Key", "tag-it-once");
    auto kim =
        R"({"name":"Kim K.","email":"kk@example.com","property_address":"1 Main St","property_type":"land","stage":"lead"})";
    auto made = world.owner.post("/api/clients?create_tasks=false", kim, once);
    CHECK(world.owner.post("/api/clients?create_tasks=false", kim, once)["id"] == made["id"]);
    CHECK(total(world.realtor) == total(world.owner));
    CHECK(world.realtor.get("/api/clients")["total"] == "2");
}
