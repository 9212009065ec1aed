#include <doctest/doctest.h>

#include "test/support/form.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

struct Twins {
    explicit Twins(TestApp& app)
        : kept(app.make_client("kim@example.com", R"("name":"Kim Lee","tags":["a"],"notes":"one","custom_fields":{"x":1})")),
          other(app.make_client(
              "kim.lee@example.com",
              R"("name":"Kimberly Lee","phone":"212-555-0100","tags":["b"],"notes":"two","custom_fields":{"x":2,"y":3})", true
          )) {}
    std::string kept;
    std::string other;
    std::string path() const { return "/api/contacts/" + kept + "/merge"; }
    std::string body(const std::string& choices = "{}") const {
        return R"({"other_id":")" + other + R"(","choices":)" + choices + "}";
    }
};

} // namespace

TEST_CASE("merge: one person, with everything that hung on either") {
    TestApp app;
    Twins twins(app);
    app.post("/api/contacts/" + twins.other + "/notes", R"({"body":"Met at the fair"})");
    app.post("/api/contacts/" + twins.other + "/documents", form("a.txt", "hello there"), form_headers());
    app.patch("/api/clients/" + twins.other, R"({"email_unsubscribed":true})");
    auto merge = app.post(twins.path(), twins.body(R"({"name":"other"})"));
    REQUIRE(merge.status == 200);
    auto client = app.get("/api/clients/" + twins.kept);
    CHECK(client["name"] == "Kimberly Lee");
    CHECK(client["email"] == "kim@example.com");
    CHECK(client["phone"] == "212-555-0100");
    CHECK(client["tags"] == R"(["a","b"])");
    CHECK(client["notes"] == "one\n\ntwo");
    CHECK(client["custom_fields"] == R"({"x":1,"y":3})");
    CHECK(client["email_unsubscribed"] == "true");
    CHECK(app.get("/api/clients/" + twins.other).status == 404);
    CHECK(app.post("/api/clients/" + twins.other + "/restore").status == 409);
    CHECK(app.get("/api/clients")["total"] == "1");
    auto tasks = app.get("/api/clients/" + twins.kept + "/tasks?limit=50");
    CHECK(tasks["total"] == "5");
    CHECK(tasks["items.0.status"] == "skipped");
    CHECK(app.get("/api/contacts/" + twins.kept + "/notes")["total"] == "1");
    CHECK(app.get("/api/contacts/" + twins.kept + "/documents").size("items") == 1);
    CHECK(app.get("/api/search?q=fair")["items.0.id"] == twins.kept);
    auto timeline = app.get("/api/contacts/" + twins.kept + "/timeline?limit=100");
    CHECK(timeline["items.0.kind"] == "client_merged");
    CHECK(timeline.body.find("document_added") != std::string::npos);
    CHECK(timeline.body.find("client_unsubscribed") != std::string::npos);
}

TEST_CASE("merge: undone within a day, each has its own again; what came since stays") {
    TestApp app;
    Twins twins(app);
    app.post("/api/contacts/" + twins.other + "/notes", R"({"body":"Met at the fair"})");
    auto before_kept = app.get("/api/clients/" + twins.kept);
    auto before_other = app.get("/api/clients/" + twins.other);
    auto merge = app.post(twins.path(), twins.body());
    auto undo = "/api/contacts/merges/" + merge["id"] + "/undo";
    app.patch("/api/clients/" + twins.kept, R"({"property_address":"9 New Street"})");
    app.post("/api/contacts/" + twins.kept + "/notes", R"({"body":"Since then"})");
    CHECK(app.other().post(undo).status == 404);
    app.advance(23h);
    REQUIRE(app.post(undo).status == 200);
    auto kept = app.get("/api/clients/" + twins.kept);
    CHECK(kept["property_address"] == "9 New Street");
    for (auto field : {"name", "email", "phone", "tags", "notes", "custom_fields"}) {
        CAPTURE(field);
        CHECK(kept[field] == before_kept[field]);
        CHECK(app.get("/api/clients/" + twins.other)[field] == before_other[field]);
    }
    CHECK(app.get("/api/clients/" + twins.other + "/tasks")["total"] == "5");
    CHECK(app.get("/api/clients/" + twins.kept + "/tasks")["total"] == "0");
    CHECK(app.get("/api/contacts/" + twins.other + "/notes")["items.0.body"] == "Met at the fair");
    CHECK(app.get("/api/contacts/" + twins.kept + "/notes")["items.0.body"] == "Since then");
    CHECK(app.post(undo).status == 409);
}

TEST_CASE("merge: not after a day, and not when somebody else took the address") {
    TestApp app;
    {
        Twins twins(app);
        auto merge = app.post(twins.path(), twins.body());
        app.advance(25h);
        CHECK(app.post("/api/contacts/merges/" + merge["id"] + "/undo")["code"] == "too_late");
    }
    auto a = app.make_client("a@example.com");
    auto b = app.make_client("b@example.com");
    auto merge = app.post("/api/contacts/" + a + "/merge", R"({"other_id":")" + b + "\"}");
    auto points = "/api/clients/" + a + "/contact-points";
    CHECK(app.del(points + "/" + app.get(points)["items.0.id"]).status == 200);
    app.make_client("b@example.com");
    auto refused = app.post("/api/contacts/merges/" + merge["id"] + "/undo");
    CHECK(refused.status == 409);
    CHECK(refused["code"] == "duplicate");
    CHECK(app.get("/api/clients/" + a).status == 200);
}

TEST_CASE("merge: only two living clients of this account") {
    TestApp app;
    Twins twins(app);
    CHECK(app.post(twins.path(), R"({"other_id":")" + twins.kept + "\"}").status == 422);
    CHECK(app.other().post(twins.path(), twins.body()).status == 404);
    auto bobs = app.other().post(
        "/api/clients", R"({"name":"B","email":"b@example.com","property_address":"x","property_type":"land","stage":"lead"})"
    );
    CHECK(app.post(twins.path(), R"({"other_id":")" + bobs["id"] + "\"}").status == 404);
    app.del("/api/clients/" + twins.other);
    CHECK(app.post(twins.path(), twins.body()).status == 404);
}

TEST_CASE("duplicates: pairs of the same name are offered until somebody says they are two") {
    TestApp app;
    auto a = app.make_client("a@example.com", R"("name":"Kim Lee")");
    app.advance(1s);
    auto b = app.make_client("b@example.com", R"("name":"kim lee")");
    app.make_client("c@example.com", R"("name":"Somebody Else")");
    auto list = app.get("/api/contacts/duplicates");
    REQUIRE(list.size("items") == 1);
    CHECK(list["items.0.clients.0.id"] == a);
    CHECK(list["items.0.clients.1.id"] == b);
    CHECK(app.other().get("/api/contacts/duplicates").size("items") == 0);
    auto pair = R"({"id":")" + b + R"(","other_id":")" + a + "\"}";
    CHECK(app.other().post("/api/contacts/duplicates/dismiss", pair).status == 404);
    CHECK(app.post("/api/contacts/duplicates/dismiss", pair).status == 200);
    CHECK(app.get("/api/contacts/duplicates").size("items") == 0);
}

TEST_CASE("merge: the address and number of the one who went are still theirs: found by, written from, entered again") {
    TestApp app(Providers::sandbox);
    Twins twins(app);
    app.patch("/api/clients/" + twins.kept, R"({"phone":"212-555-0111"})");
    auto merge = app.post(twins.path(), twins.body());
    REQUIRE(merge.status == 200);
    auto points = app.get("/api/clients/" + twins.kept + "/contact-points");
    REQUIRE(points.size("items") == 2);
    CHECK(points["items.0.kind"] == "email");
    CHECK(points["items.0.value"] == "kim.lee@example.com");
    CHECK(points["items.1.value"] == "212-555-0100");
    for (auto sought : {"kim.lee@example.com", "(212)+555-0100", "5550100", "kim@example.com", "2125550111"})
        CHECK(app.get(std::string("/api/search?q=") + sought)["items.0.id"] == twins.kept);

    auto again = [&](const std::string& fields) {
        return app.post(
            "/api/clients", R"({"name":"X","property_address":"1 Elm St","property_type":"land","stage":"lead",)" + fields + "}"
        );
    };
    auto twice = again(R"("email":"Kim.Lee@example.com")");
    CHECK(twice.status == 409);
    CHECK(twice["existing_id"] == twins.kept);
    CHECK(twice["errors.0.field"] == "email");
    CHECK(again(R"("email":"x@example.com","phone":"+1 212 555 0100")")["errors.0.field"] == "phone");

    auto address = app.get("/api/emails/forwarding-address")["address"];
    auto letter =
        R"({"channel":"email","from":"kim.lee@example.com","to":")" + address + R"(","subject":"Hi","text":"It is me."})";
    CHECK(app.post("/sandbox/inbound", letter)["delivered"] == "1");
    app.run_jobs();
    CHECK(app.get("/api/emails/received")["items.0.client_id"] == twins.kept);

    CHECK(app.post("/api/contacts/merges/" + merge["id"] + "/undo").status == 200);
    CHECK(app.get("/api/clients/" + twins.kept + "/contact-points").size("items") == 0);
    CHECK(app.get("/api/search?q=kim.lee@example.com")["items.0.id"] == twins.other);
    CHECK(app.get("/api/search?q=2125550100").size("items") == 1);
    CHECK(app.store.wrong_counters() == "");
}

TEST_CASE("merge: of three into one, the second is undone, and the first then too, with their follow-ups") {
    TestApp app;
    auto a = app.make_client("a@example.com", "", true);
    auto b = app.make_client("b@example.com", "", true);
    auto c = app.make_client("c@example.com", "", true);
    auto merge = [&](const std::string& kept, const std::string& other) {
        auto done = app.post("/api/contacts/" + kept + "/merge", R"({"other_id":")" + other + "\"}");
        REQUIRE(done.status == 200);
        return std::string(done["id"]);
    };
    auto first = merge(a, b);
    app.advance(1min);
    auto second = merge(c, a);
    CHECK(app.get("/api/clients/" + c + "/contact-points").size("items") == 2);
    app.advance(1min);
    CHECK(app.post("/api/contacts/merges/" + second + "/undo").status == 200);
    CHECK(app.get("/api/clients/" + a + "/contact-points").size("items") == 1);
    auto running = [&](const std::string& id) { return app.get("/api/journeys?status=in_progress&client_id=" + id)["total"]; };
    CHECK(running(a) == "1");
    CHECK(running(c) == "1");
    CHECK(app.post("/api/contacts/merges/" + first + "/undo").status == 200);
    CHECK(running(a) == "1");
    CHECK(running(b) == "1");
    CHECK(app.get("/api/tasks?status=pending")["total"] == "15");
}

TEST_CASE("merge: who asked the other record for no more e-mail gets none from the follow-ups of this one") {
    TestApp app;
    auto kept = app.make_client("kim@example.com", "", true);
    auto other = app.make_client("lee@example.com");
    app.patch("/api/clients/" + other, R"({"email_unsubscribed":true})");
    REQUIRE(app.post("/api/contacts/" + kept + "/merge", R"({"other_id":")" + other + "\"}").status == 200);
    CHECK(app.get("/api/tasks?status=pending")["total"] == "0");
    CHECK(app.get("/api/clients/" + kept + "/tasks")["items.0.reason"] == "unsubscribed");
}

TEST_CASE("contact points: added and taken off by hand; nobody's twice; another office sees none") {
    TestApp app;
    auto kim = app.make_client("kim@example.com");
    auto lee = app.make_client("lee@example.com", R"("phone":"212-555-0105")");
    auto path = "/api/clients/" + kim + "/contact-points";
    auto added = app.post(path, R"({"email":"Kim@Work.example.com"})");
    CHECK(added.status == 201);
    CHECK(app.post(path, R"({"phone":"212-555-0106"})").status == 201);
    CHECK(app.post(path, R"({"email":"kim@work.example.com"})")["existing_id"] == kim);
    CHECK(app.post(path, R"({"email":"kim@example.com"})")["existing_id"] == kim);
    CHECK(app.post(path, R"({"phone":"(212) 555-0105"})")["existing_id"] == lee);
    CHECK(app.post("/api/clients/" + lee + "/contact-points", R"({"phone":"2125550106"})")["existing_id"] == kim);
    CHECK(app.post(path, "{}").status == 422);
    CHECK(app.post(path, R"({"email":"x@example.com","phone":"212-555-0107"})").status == 422);
    CHECK(app.post(path, R"({"email":"nonsense"})")["errors.0.field"] == "email");
    CHECK(app.patch("/api/clients/" + lee, R"({"email":"kim@work.example.com"})")["existing_id"] == kim);
    CHECK(app.get("/api/search?q=work")["items.0.id"] == kim);
    CHECK(app.other().get(path).status == 404);
    CHECK(app.other().del(path + "/" + added["id"]).status == 404);
    CHECK(app.del(path + "/" + added["id"]).status == 200);
    CHECK(app.del(path + "/" + added["id"]).status == 404);
    CHECK(app.get("/api/search?q=work").size("items") == 0);
    CHECK(app.get("/api/search?q=kim@example.com")["items.0.id"] == kim);
    CHECK(app.get("/api/contacts/" + kim + "/timeline").body.find("contact_point_removed") != std::string::npos);
    CHECK(app.del("/api/clients/" + kim).status == 200);
    CHECK(app.get("/api/search?q=5550106").size("items") == 0);
    CHECK(app.get(path).status == 404);
    CHECK(app.post("/api/clients/" + kim + "/restore").status == 200);
    CHECK(app.get("/api/search?q=5550106")["items.0.id"] == kim);
}
