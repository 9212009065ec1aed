#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;

namespace {

std::string bulk(const std::string& action, const std::string& rest) {
    return R"({"action":")" + action + "\"," + rest + "}";
}

/// Many clients of Ada's, straight into the store.
void fill(TestApp& app, int count) {
    app.store.exec(
        "insert into contacts (account_id, id, name, email, email_key, property_address, property_type, stage, tags, "
        "created_at, updated_at) "
        "select c.account_id, gen_random_uuid(), 'Person ' || i, i || '@bulk.test', i || '@bulk.test', i || ' Road', 'land', "
        "'lead', "
        "case when i % 2 = 0 then array['even'] else '{}' end, now(), now() from contacts c, generate_series(1, " +
        std::to_string(count) + ") i where c.email = 'kim@example.com'"
    );
}

} // namespace

TEST_CASE("bulk: few are done at once, with a reason for each that failed, and undone as one") {
    TestApp app;
    auto kim = app.make_client();
    auto lee = app.make_client("lee@example.com", R"("stage":"negotiating")");
    auto gone = app.make_client("gone@example.com");
    app.del("/api/clients/" + gone);
    auto ids = R"("ids":[")" + kim + R"(",")" + lee + R"(",")" + gone + R"(","nonsense"])";
    auto job = app.post("/api/contacts/bulk", bulk("stage", ids + R"(,"stage":"under_contract","reason":"All signed")"));
    REQUIRE(job.status == 202);
    CHECK(job["state"] == "done");
    CHECK(job["total"] == "4");
    CHECK(job["done"] == "2");
    CHECK(job["failed"] == "2");
    CHECK(job["failures.0.id"] == gone);
    CHECK(job["started_by"] == "Ada");
    CHECK(app.get("/api/clients/" + kim)["stage"] == "under_contract");
    CHECK(app.get("/api/contacts/" + kim + "/stages")["items.0.reason"] == "All signed");

    // What somebody changed since stays as they left it.
    app.patch("/api/clients/" + kim, R"({"stage":"closed"})");
    auto undone = app.post("/api/bulk-jobs/" + job["id"] + "/undo");
    CHECK(undone["state"] == "undone");
    CHECK(app.get("/api/clients/" + kim)["stage"] == "closed");
    CHECK(app.get("/api/clients/" + lee)["stage"] == "negotiating");
    CHECK(app.post("/api/bulk-jobs/" + job["id"] + "/undo").status == 409);
    CHECK(app.other().get("/api/bulk-jobs/" + job["id"]).status == 404);
    CHECK(app.other().post("/api/bulk-jobs/" + job["id"] + "/undo").status == 404);
    CHECK(app.get("/api/bulk-jobs").size("items") == 1);
}

TEST_CASE("bulk: tags, owners and deletion, each undone") {
    TestApp app;
    auto kim = app.make_client("kim@example.com", R"("tags":["a"])");
    auto lee = app.make_client("lee@example.com");
    auto ids = R"("ids":[")" + kim + R"(",")" + lee + R"("])";
    auto run = [&](const std::string& action, const std::string& rest) {
        auto job = app.post("/api/contacts/bulk", bulk(action, ids + rest));
        REQUIRE(job.status == 202);
        CHECK(job["done"] == "2");
        return "/api/bulk-jobs/" + job["id"] + "/undo";
    };
    auto undo = run("add_tag", R"(,"tag":"a")");
    CHECK(app.get("/api/clients/" + lee)["tags"] == R"(["a"])");
    app.post(undo);
    CHECK(app.get("/api/clients/" + lee)["tags"] == "[]");
    CHECK(app.get("/api/clients/" + kim)["tags"] == R"(["a"])");
    undo = run("remove_tag", R"(,"tag":"a")");
    CHECK(app.get("/api/clients/" + kim)["tags"] == "[]");
    app.post(undo);
    CHECK(app.get("/api/clients/" + kim)["tags"] == R"(["a"])");

    auto ada = app.store.value("select id from users where email = 'ada@example.com'");
    app.other();
    auto bob = app.store.value("select id from users where email = 'bob@example.com'");
    CHECK(app.post("/api/contacts/bulk", bulk("assign", ids + R"(,"assigned_to":")" + bob + "\"")).status == 422);
    CHECK(app.patch("/api/clients/" + kim, R"({"assigned_to":")" + bob + "\"}").status == 422);
    undo = run("assign", R"(,"assigned_to":")" + ada + "\"");
    CHECK(app.get("/api/clients?assigned_to=" + ada)["total"] == "2");
    app.post(undo);
    CHECK(app.get("/api/clients?assigned_to=" + ada)["total"] == "0");

    undo = run("delete", "");
    CHECK(app.get("/api/clients")["total"] == "0");
    app.post(undo);
    CHECK(app.get("/api/clients")["total"] == "2");
}

TEST_CASE("bulk: all that match a filter, as a job with progress") {
    TestApp app;
    auto kim = app.make_client();
    fill(app, 1500);
    auto job = app.post("/api/contacts/bulk", bulk("stage", R"("filter":{"tag":"even","stage":"lead"},"stage":"lost")"));
    REQUIRE(job.status == 202);
    CHECK(job["state"] == "running");
    CHECK(job["total"] == "750");
    CHECK(app.get("/api/clients?stage=lost")["total"] == "0");
    app.run_jobs();
    auto path = std::string(job.headers.find("Location").value());
    CHECK(app.get(path)["done"] == "750");
    CHECK(app.get(path)["state"] == "done");
    CHECK(app.get("/api/clients?stage=lost")["total"] == "750");
    CHECK(app.store.value("select count(*) from events where kind = 'stage_changed' and actor_name = 'Ada'") == "750");
    app.post(path + "/undo");
    app.run_jobs();
    CHECK(app.get(path)["state"] == "undone");
    CHECK(app.get("/api/clients?stage=lead")["total"] == "1501");
}

TEST_CASE("bulk: what makes no sense is refused by its fields") {
    TestApp app;
    auto kim = app.make_client();
    auto post = [&](const std::string& body) { return app.post("/api/contacts/bulk", body).status; };
    CHECK(post(bulk("stage", R"("ids":[")" + kim + R"("])")) == 422);
    CHECK(post(bulk("add_tag", R"("filter":{})")) == 422);
    CHECK(post(bulk("rename_tag", R"("filter":{},"tag":"a")")) == 422);
    CHECK(post(bulk("delete", R"("ids":[])")) == 422);
    CHECK(post(bulk("delete", R"("ids":["x"],"filter":{})")) == 422);
    CHECK(post(bulk("dance", R"("filter":{})")) == 422);
    CHECK(post(R"({"action":"delete"})") == 422);
}

TEST_CASE("bulk: each act on more than two hundred is a job with progress, reasons for those that failed, and one undo") {
    TestApp app;
    app.make_client();
    fill(app, 300);
    app.make_client("gone@example.com");
    auto ada = app.store.value("select id from users where email = 'ada@example.com'");
    auto gone = app.store.value("select id from contacts where email = 'gone@example.com'");
    app.del("/api/clients/" + gone);
    auto list = app.store.value("select string_agg('\"' || id || '\"', ',') from contacts");
    auto state = [&] {
        return app.store.value("select md5(string_agg(id::text || stage || tags::text || coalesce(assigned_to::text, '') || "
                               "(deleted_at is null), ',' order by id)) from contacts");
    };
    auto before = state();
    for (auto& [action, rest] : std::vector<std::pair<std::string, std::string>>{
             {"stage", R"(,"stage":"under_contract")"},
             {"add_tag", R"(,"tag":"spring")"},
             {"remove_tag", R"(,"tag":"even")"},
             {"rename_tag", R"(,"tag":"even","to":"odd")"},
             {"assign", R"(,"assigned_to":")" + ada + "\""},
             {"delete", ""}
         }) {
        CAPTURE(action);
        auto job = app.post("/api/contacts/bulk", bulk(action, R"("ids":[)" + list + "]" + rest));
        REQUIRE(job.status == 202);
        CHECK(job["state"] == "running");
        CHECK(job["total"] == "302");
        auto path = std::string(job.headers.find("Location").value());
        app.run_jobs();
        auto done = app.get(path);
        CHECK(done["state"] == "done");
        CHECK(done["done"] == "301");
        CHECK(done["failed"] == "1");
        CHECK(done["failures.0.id"] == gone);
        CHECK(done["failures.0.reason"] != "");
        CHECK(state() != before);
        CHECK(app.post(path + "/undo").status < 300);
        app.run_jobs();
        CHECK(app.get(path)["state"] == "undone");
        CHECK(state() == before);
    }
}
