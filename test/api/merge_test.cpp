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
