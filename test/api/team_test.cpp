#include <doctest/doctest.h>

#include <boost/asio/co_spawn.hpp>

#include "test/support/letters.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view good_password = "seven green lanterns";

std::string accepting(std::string_view name = "Tess Trent") {
    return R"({"name":")" + std::string(name) + R"(","password":")" + std::string(good_password) + R"("})";
}

std::string inviting(const std::string& email, const std::string& role) {
    return R"({"email":")" + email + R"(","role":")" + role + R"("})";
}

/// The invitation's token, as only its reader has it.
std::string token_for(TestApp& app, const std::string& email) {
    return last_part(link_in_letter_to(app, email));
}

std::string accept_path(const std::string& token) {
    return "/api/team/invitations/" + token + "/accept";
}

std::string id_of(Visitor& member) {
    return member.get("/api/auth/me")["user.id"];
}

} // namespace

TEST_CASE("team: an invitation is mailed, shows what it offers, and is good once") {
    TestApp app;
    auto invited = app.post("/api/team/invitations", R"({"email":"Tess@example.com","role":"agent","name":"Tess"})");
    REQUIRE(invited.status == 201);
    CHECK(invited.body.find("token") == std::string::npos);
    auto token = token_for(app, "Tess@example.com");
    CHECK(app.store.value("select count(*) from team_invitations i where i::text like '%" + token + "%'") == "0");

    auto offer = app.stranger().get(accept_path(token));
    CHECK(offer["account_name"] == "Ada Homes");
    CHECK(offer["role"] == "agent");
    CHECK(offer["invited_by"] == "Ada");

    auto accepted = app.stranger().post(accept_path(token), accepting());
    REQUIRE(accepted.status == 200);
    Visitor tess(app, accepted["accessToken"]);
    auto me = tess.get("/api/auth/me");
    CHECK(me["account.name"] == "Ada Homes");
    CHECK(me["role"] == "agent");
    CHECK(me["user.name"] == "Tess Trent");
    CHECK(app.stranger().post(accept_path(token), accepting("Mallory")).status == 410);
    CHECK(app.stranger().get(accept_path(token)).status == 410);
    CHECK(app.get("/api/team").size("items") == 2);
    CHECK(app.get("/api/team").size("invitations") == 0);

    auto login = app.stranger().post(
        "/api/auth/login", R"({"email":"tess@example.com","password":")" + std::string(good_password) + R"("})"
    );
    CHECK(login.status == 200);
}

TEST_CASE("team: a newer invitation, a revocation and three days end one") {
    TestApp app;
    app.post("/api/team/invitations", inviting("tess@example.com", "agent"));
    auto first = token_for(app, "tess@example.com");
    app.advance(1h);
    auto again = app.post("/api/team/invitations", inviting("TESS@example.com", "assistant"));
    auto second = token_for(app, "TESS@example.com");
    CHECK(app.stranger().get(accept_path(first)).status == 410);
    CHECK(app.stranger().get(accept_path(second))["role"] == "assistant");
    CHECK(app.get("/api/team").size("invitations") == 1);

    app.advance(72h);
    CHECK(app.stranger().post(accept_path(second), accepting()).status == 410);
    auto path = "/api/team/invitations/" + again["id"];
    CHECK(app.other().del(path).status == 404);
    CHECK(app.del(path).status == 204);
    CHECK(app.del(path).status == 404);
    CHECK(app.get("/api/team").size("invitations") == 0);
    for (auto token : {std::string("x"), std::string(43, 'A'), std::string(200, 'z')})
        CHECK(app.stranger().get(accept_path(token)).status == 404);
}

TEST_CASE("team: of several who accept at once, one joins") {
    TestApp app;
    app.post("/api/team/invitations", inviting("tess@example.com", "agent"));
    auto path = accept_path(token_for(app, "tess@example.com"));
    auto stranger = app.stranger();
    std::vector<int> statuses;
    auto ask = [&]() -> Task<> {
        auto reply = co_await stranger.ask("POST", path, accepting(), {});
        statuses.push_back(reply.status);
    };
    for (int i = 0; i < 4; ++i) boost::asio::co_spawn(app.io, ask(), [](std::exception_ptr problem) { CHECK_FALSE(problem); });
    while (statuses.size() < 4) app.io.run_one();
    CHECK(std::ranges::count(statuses, 200) == 1);
    CHECK(std::ranges::count(statuses, 410) == 3);
    CHECK(app.store.value("select count(*) from users where email_key = 'tess@example.com'") == "1");
}

TEST_CASE("team: somebody with an account joins signed in, and the link does not touch the password") {
    TestApp app;
    app.other();
    app.post("/api/team/invitations", inviting("bob@example.com", "agent"));
    auto path = accept_path(token_for(app, "bob@example.com"));
    auto before = app.store.value("select password_hash from users where email_key = 'bob@example.com'");
    auto refused = app.stranger().post(path, accepting("Mallory"));
    CHECK(refused.status == 409);
    CHECK(refused["code"] == "sign_in_first");
    CHECK(app.post(path, accepting("Mallory")).status == 409); // somebody else's session
    auto accepted = app.other().post(path, accepting("Robert"));
    CHECK(accepted.status == 200);
    CHECK(app.store.value("select password_hash from users where email_key = 'bob@example.com'") == before);
    CHECK(app.store.value("select name from users where email_key = 'bob@example.com'") == "Bob");
    CHECK(app.get("/api/team").size("items") == 2);
}

TEST_CASE("team: who was removed comes back by a new invitation, with the password that they choose then") {
    TestApp app;
    auto join = [&](std::string_view word) {
        app.post("/api/team/invitations", inviting("tess@example.com", "agent"));
        auto path = accept_path(token_for(app, "tess@example.com"));
        return app.stranger().post(path, R"({"name":"Tess","password":")" + std::string(word) + R"("})");
    };
    auto login = [&](std::string_view word) {
        auto body = R"({"email":"tess@example.com","password":")" + std::string(word) + R"("})";
        return app.stranger().post("/api/auth/login", body).status;
    };
    auto first = join(good_password);
    REQUIRE(first.status == 200);
    Visitor tess(app, first["accessToken"]);
    auto path = "/api/team/" + id_of(tess);
    CHECK(app.del(path).status == 204);
    CHECK(login(good_password) == 401);
    app.advance(1s);
    auto again = join("nine purple kettles");
    REQUIRE(again.status == 200);
    CHECK(again["user.id"] == first["user.id"]);
    CHECK(login("nine purple kettles") == 200);
    CHECK(login(good_password) == 401);

    // A business's invitation lets them in as well.
    CHECK(app.del(path).status == 204);
    auto agency = app.open_account("Great Agency", "greta@example.com", accounts::Kind::agency);
    agency.post("/api/hub/clients", R"({"email":"tess@example.com","name":"Tess"})");
    auto wizard = "/api/onboarding/" + last_part(link_in_letter_to(app, "tess@example.com"));
    CHECK(
        app.stranger().post(wizard + "/activate", R"({"display_name":"Tess","password":"seven green lanterns"})").status == 200
    );
    CHECK(login(good_password) == 200);
}

TEST_CASE("team: five invitations an hour to an address") {
    TestApp app;
    for (int i = 0; i < 5; ++i) CHECK(app.post("/api/team/invitations", inviting("tess@example.com", "agent")).status == 201);
    auto held = app.post("/api/team/invitations", inviting("TESS@example.com", "agent"));
    CHECK(held.status == 429);
    CHECK(held.headers.find("Retry-After"));
    CHECK(app.post("/api/team/invitations", inviting("tom@example.com", "agent")).status == 201);
}

TEST_CASE("team: bad input is refused by field, members and foreign roles too") {
    TestApp app;
    CHECK(app.post("/api/team/invitations", inviting("nonsense", "agent"))["errors.0.field"] == "email");
    CHECK(app.post("/api/team/invitations", inviting("t@example.com", "king"))["errors.0.field"] == "role");
    CHECK(app.post("/api/team/invitations", inviting("t@example.com", "staff"))["errors.0.field"] == "role"); // an agency's
    auto member = app.post("/api/team/invitations", inviting("ADA@example.com", "agent"));
    CHECK(member.status == 409);
    CHECK_FALSE(member["existing_id"].empty());
    app.post("/api/team/invitations", inviting("tess@example.com", "agent"));
    auto path = accept_path(token_for(app, "tess@example.com"));
    CHECK(app.stranger().post(path, R"({"name":"Tess","password":"short"})")["errors.0.field"] == "password");
    CHECK(app.stranger().post(path, R"({"name":" ","password":"seven green lanterns"})")["errors.0.field"] == "name");
    auto both = app.stranger().post(path, R"({"name":"\u200b\u202a","password":"password1234"})");
    CHECK(both["errors.0.field"] == "name");
    CHECK(both["errors.1.code"] == "breached");
    CHECK(app.stranger().post(path, accepting()).status == 200);
}

TEST_CASE("team: another role ends what somebody is signed in with; nobody rises by themselves") {
    TestApp app;
    auto agent = app.join("agent");
    auto path = "/api/team/" + id_of(agent);
    CHECK(agent.patch(path, R"({"role":"owner"})").status == 403);
    CHECK(agent.post("/api/team/invitations", inviting("t@example.com", "owner")).status == 403);
    auto changed = app.patch(path, R"({"role":"assistant"})");
    CHECK(changed["role"] == "assistant");
    CHECK(agent.get("/api/auth/me").status == 401);
    CHECK(app.patch(path, R"({"role":"staff"})")["errors.0.field"] == "role");
    CHECK(app.patch(path, R"({"role":null})").status == 422);
    CHECK(app.other().patch(path, R"({"role":"owner"})").status == 404);

    auto greta = app.open_account("Great Agency", "greta@example.com", accounts::Kind::agency);
    auto agency = greta.get("/api/auth/me")["account.id"];
    auto admin = app.join("admin", agency);
    CHECK(admin.patch("/api/team/" + id_of(admin), R"({"role":"owner"})").status == 403);
    CHECK(admin.patch("/api/team/" + id_of(greta), R"({"role":"staff"})").status == 403);
    CHECK(admin.del("/api/team/" + id_of(greta)).status == 403);
    CHECK(admin.post("/api/team/invitations", inviting("t@example.com", "owner")).status == 403);
    CHECK(admin.post("/api/team/" + id_of(admin) + "/ownership").status == 403);
    CHECK(admin.post("/api/team/invitations", inviting("t@example.com", "staff")).status == 201);
}

TEST_CASE("team: an account keeps an owner") {
    TestApp app;
    auto own = "/api/team/" + id_of(app.ada());
    for (auto refused : {app.patch(own, R"({"role":"agent"})"), app.del(own)}) {
        CHECK(refused.status == 409);
        CHECK(refused["code"] == "last_owner");
    }
    CHECK(app.patch(own, R"({"active":false})").status == 409);

    auto agent = app.join("agent");
    auto handed = app.post("/api/team/" + id_of(agent) + "/ownership");
    CHECK(handed["role"] == "owner");
    CHECK(app.get("/api/auth/me").status == 401); // signs in again, as an agent
    CHECK(
        app.store.value("select string_agg(role, ',' order by role) from memberships m join accounts a on a.id = m.account_id "
                        "where a.name = 'Ada Homes'") == "agent,owner"
    );
}

TEST_CASE("team: two owners who remove each other at once leave one") {
    TestApp app;
    auto second = app.join("owner");
    auto first_id = id_of(app.ada());
    auto second_id = id_of(second);
    int left = 2;
    auto remove = [&](Visitor& by, std::string id) -> Task<> {
        co_await by.ask("DELETE", "/api/team/" + id, "", {});
        --left;
    };
    auto done = [](std::exception_ptr problem) { CHECK_FALSE(problem); };
    boost::asio::co_spawn(app.io, remove(app.ada(), second_id), done);
    boost::asio::co_spawn(app.io, remove(second, first_id), done);
    while (left > 0) app.io.run_one();
    CHECK(app.store.value("select count(*) from memberships where role = 'owner'") == "1");
}

TEST_CASE("team: who is deactivated or removed is out at once, and the act is logged") {
    TestApp app;
    auto agent = app.join("agent");
    auto made = agent.post("/api/api-keys", R"({"name":"Zap","scopes":["*"]})");
    Visitor key(app, made["api_key"]);
    auto id = id_of(agent);
    auto path = "/api/team/" + id;
    CHECK(app.patch(path, R"({"active":false})")["active"] == "false");
    CHECK(agent.get("/api/auth/me").status == 401);
    CHECK(key.get("/api/clients").status == 401);
    auto email = app.store.value("select email from users where id = '" + id + "'");
    auto sign_in = [&] {
        return app.stranger()
            .post("/api/auth/login", R"({"email":")" + email + R"(","password":"correct horse battery staple"})")
            .status;
    };
    CHECK(sign_in() == 401);
    CHECK(app.patch(path, R"({"active":true})")["active"] == "true");
    CHECK(sign_in() == 200);
    CHECK(app.del(path).status == 204);
    CHECK(app.del(path).status == 404);
    CHECK(sign_in() == 401);
    auto audit = app.get("/api/audit?limit=5");
    CHECK(audit["items.0.action"] == "member_removed");
    CHECK(audit["items.0.subject.id"] == id);
    CHECK(audit["items.0.actor.name"] == "Ada");
}

TEST_CASE("team: a member who looks after people can be removed, and they are nobody's then") {
    TestApp app;
    auto agent = app.join("agent");
    auto id = id_of(agent);
    auto kim = app.make_client();
    REQUIRE(app.patch("/api/clients/" + kim, R"({"assigned_to":")" + id + "\"}").status == 200);
    CHECK(app.get("/api/clients/" + kim)["assigned_to"] == id);
    CHECK(app.del("/api/team/" + id).status == 204);
    CHECK(app.get("/api/clients/" + kim)["assigned_to"] == "null");
    CHECK(agent.get("/api/auth/me").status == 401);
}
