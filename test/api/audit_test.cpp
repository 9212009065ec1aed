#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

audit::Act act(std::string action, std::string name = "Kim") {
    return {
        .action = std::move(action),
        .subject_kind = "user",
        .subject_id = Uuid::v7(Time{}),
        .subject_name = std::move(name),
        .before = Json{R"({"role":"agent"})"},
        .after = Json{R"({"role":"owner"})"},
    };
}

void record(TestApp& app, const Context& ctx, const audit::Act& what) {
    auto body = [&](db::Session& tx) -> Task<> { co_await app.modules().audit.record(tx, ctx, what); };
    app.run(app.db().transaction(ctx, body));
}

Uuid account_of(Visitor& visitor) {
    return *Uuid::parse(visitor.get("/api/auth/me")["account.id"]);
}

// The first entry of each account is its owner's sign-in.

/// As somebody would who has the whole database and forgets the hashes.
void tamper(const TestApp& app, const std::string& sql) {
    app.store.exec("alter table audit_log disable trigger user; " + sql + "; alter table audit_log enable trigger user");
}

} // namespace

TEST_CASE("security log: an act is read back whole, newest first, a page at a time") {
    TestApp app;
    auto ctx = app.context();
    ctx.ip = "192.0.2.7";
    ctx.actor = {Actor::Kind::user, Uuid::v7(app.now()), "Ada"};
    auto change = act("change_role");
    for (int i = 0; i < 3; ++i) record(app, ctx, i == 1 ? change : act("invite_member"));

    auto page = app.get("/api/audit?limit=2");
    CHECK(page.status == 200);
    CHECK(page["total"] == "4");
    CHECK(page["items.0.seq"] == "4");
    CHECK(page["items.1.action"] == "change_role");
    CHECK(page["items.1.actor.name"] == "Ada");
    CHECK(page["items.1.actor.account_id"] == "null");
    CHECK(page["items.1.subject.id"] == change.subject_id->text());
    CHECK(page["items.1.before.role"] == "agent");
    CHECK(page["items.1.after.role"] == "owner");
    CHECK(page["items.1.ip"] == "192.0.2.7");
    auto rest = app.get("/api/audit?limit=2&cursor=" + page["next"]);
    CHECK(rest.size("items") == 2);
    CHECK(rest["items.0.seq"] == "2");
    CHECK(rest["items.1.action"] == "signed_in");
    CHECK(rest["next"] == "null");
    CHECK(app.get("/api/audit?action=change_role")["total"] == "1");
    CHECK(app.get("/api/audit?subject_id=" + change.subject_id->text())["total"] == "1");
    CHECK(app.get("/api/audit?actor_id=" + ctx.actor.id.text())["total"] == "3");
    CHECK(app.get("/api/audit?from=2030-03-04T16:00:00Z")["total"] == "0");
    CHECK(app.get("/api/audit?until=2030-03-04T15:00:00Z")["total"] == "0");
    CHECK(app.get("/api/audit?cursor=nonsense").status == 422);
    CHECK(app.other().get("/api/audit")["total"] == "1");
    CHECK(app.other().get("/api/audit?action=invite_member")["total"] == "0");
    CHECK(app.stranger().get("/api/audit").status == 401);
}

TEST_CASE("security log: only owners and admins read it") {
    TestApp app;
    auto agent = app.join("agent");
    for (auto path : {"/api/audit", "/api/audit/export", "/api/audit/verify"}) CHECK(agent.get(path).status == 403);
}

TEST_CASE("security log: staff of an agency acting in a business are in both logs, one act, both accounts named") {
    TestApp app;
    auto agency = account_of(app.ada());
    auto business = account_of(app.other());
    auto ctx = app.context();
    ctx.account_id = business;
    auto done = act("activate_account");
    ctx.actor.home_account = agency;
    record(app, ctx, done);
    for (auto* reader : {&app.ada(), &app.other()}) {
        auto log = reader->get("/api/audit");
        CHECK(log["total"] == "2");
        CHECK(log["items.0.actor.account_id"] == agency.text());
        CHECK(log["items.0.acted_in_account_id"] == business.text());
        CHECK(reader->get("/api/audit/verify")["intact"] == "true");
    }
    // Both or none.
    auto fail = [&](db::Session& tx) -> Task<> {
        co_await app.modules().audit.record(tx, ctx, done);
        throw conflict("changed_mind", "Not now.");
    };
    CHECK_THROWS_AS(app.run(app.db().transaction(ctx, fail)), Error);
    CHECK(app.get("/api/audit")["total"] == "2");
    CHECK(app.other().get("/api/audit")["total"] == "2");
}

TEST_CASE("security log: nobody who serves can change it, and what an outsider changes shows") {
    TestApp app;
    auto ctx = app.context();
    for (int i = 0; i < 4; ++i) record(app, ctx, act("invite_member"));
    CHECK(app.get("/api/audit/verify")["intact"] == "true");
    CHECK(app.get("/api/audit/verify")["entries"] == "5");

    auto denied = [&](const std::string& conninfo, const std::string& sql) {
        db::BlockingConnection connection(conninfo);
        connection.exec("set app.everyone = 'on'");
        CHECK_THROWS_AS(connection.exec(sql), db::Failure);
    };
    for (auto sql : {"update audit_log set actor_name = 'Eve'", "delete from audit_log", "truncate audit_log"}) {
        denied(app.store.app_conninfo(), sql);
        denied(app.store.owner_conninfo(), sql);
    }

    SUBCASE("a member changed") {
        tamper(app, "update audit_log set actor_name = 'Eve' where seq = 2");
    }
    SUBCASE("a member and its hash changed") {
        tamper(app, "update audit_log set actor_name = 'Eve' where seq = 1");
        tamper(app, "update audit_log e set hash = app.audit_hash(e) where seq = 1");
    }
    SUBCASE("an entry taken out") {
        tamper(app, "delete from audit_log where seq = 2");
    }
    auto chain = app.get("/api/audit/verify");
    CHECK(chain["intact"] == "false");
    CHECK((chain["broken_at"] == "2" || chain["broken_at"] == "3"));
}

TEST_CASE("security log: writers at the same time make one chain") {
    TestApp app;
    auto ctx = app.context();
    auto what = act("invite_member");
    auto body = [&](db::Session& tx) -> Task<> { co_await app.modules().audit.record(tx, ctx, what); };
    int left = 20;
    auto writer = [&]() -> Task<> {
        co_await app.db().transaction(ctx, body);
        --left;
    };
    auto ended = [](std::exception_ptr problem) {
        if (problem) std::rethrow_exception(problem);
    };
    app.io.restart();
    for (int i = 0; i < 20; ++i) boost::asio::co_spawn(app.io, writer(), ended);
    while (left > 0 && app.io.run_one() > 0) {}
    auto chain = app.get("/api/audit/verify");
    CHECK(chain["entries"] == "21");
    CHECK(chain["intact"] == "true");
}

TEST_CASE("security log: exported oldest first, safe to open in a spreadsheet") {
    TestApp app;
    auto ctx = app.context();
    record(app, ctx, act("invite_member", "=HYPERLINK(\"https://evil.test\")"));
    record(app, ctx, act("change_role", "Kim, the \"boss\""));
    auto file = app.get("/api/audit/export");
    CHECK(file.status == 200);
    CHECK(file.headers.find("Content-Type") == "text/csv; charset=utf-8");
    CHECK(file.body.starts_with("seq,at,action,"));
    CHECK(file.body.find("\r\n1,2030-03-04T15:0") != std::string::npos);
    CHECK(file.body.find("Z,invite_member,system,,test,") != std::string::npos);
    CHECK(file.body.find(R"x("'=HYPERLINK(""https://evil.test"")")x") != std::string::npos);
    CHECK(file.body.find(R"("Kim, the ""boss""")") != std::string::npos);
    CHECK(file.body.find(R"("{""role"": ""owner""}")") != std::string::npos);
    CHECK(app.get("/api/audit/export?from=2031-01-01T00:00:00Z").body.find("\r\n1,") == std::string::npos);
}
