#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;

namespace {

std::string client_json(std::string_view email, std::string_view more = "") {
    return R"({"name":"Kim Lee","email":")" + std::string(email) +
           R"(","property_address":"1 Oak Road","property_type":"residential","stage":"lead")" + std::string(more) + "}";
}

std::string id_of(const Reply& reply) {
    REQUIRE(reply.status == 201);
    return reply["id"];
}

} // namespace

TEST_CASE("clients: created with every field, read back, and found where Location says") {
    TestApp app;
    auto made = app.post(
        "/api/clients", client_json(" Kim@Example.COM ", R"(,"phone":"(212) 555-0100","notes":"a\nb","tags":["vip","vip"],
        "custom_fields":{"budget":{"max":1}},"zone":"America/Denver")")
    );
    REQUIRE(made.status == 201);
    CHECK(made["email"] == "Kim@example.com");
    CHECK(made["phone"] == "(212) 555-0100");
    CHECK(made.size("tags") == 1);
    CHECK(made["custom_fields.budget.max"] == "1");
    auto read = app.get(std::string(made.headers.find("Location").value()));
    CHECK(read.status == 200);
    CHECK(read.body == made.body);
    CHECK(read.headers.find("ETag").has_value());
}

TEST_CASE("clients: limits of every field") {
    TestApp app;
    auto refused = app.post(
        "/api/clients", R"({"name":"  ","email":"no","phone":"x","property_address":"","property_type":"castle",
        "stage":null,"notes":")" +
                            std::string(1001, 'n') + R"(","custom_fields":[],"zone":"Mars","is_admin":true})"
    );
    CHECK(refused.status == 422);
    CHECK(refused.size("errors") == 10);
    CHECK(
        app.post("/api/clients", client_json("a@example.com", R"(,"notes":")" + std::string(1000, 'n') + "\"")).status == 201
    );
    CHECK(app.post("/api/clients", "{").status == 400);
    CHECK(app.post("/api/clients", "[]").status == 422);
    CHECK(app.post("/api/clients", client_json("nul@example.com", R"(,"notes":"a\u0000b")")).status == 422);
    CHECK(app.post("/api/clients", client_json("nul2@example.com", R"(,"custom_fields":{"a":"\u0000"})")).status == 422);
}

TEST_CASE("clients: e-mail and phone are unique among the living") {
    TestApp app;
    auto first = id_of(app.post("/api/clients", client_json("kim@example.com", R"(,"phone":"212-555-0100")")));
    auto again = app.post("/api/clients", client_json("KIM@example.com"));
    CHECK(again.status == 409);
    CHECK(again["existing_id"] == first);
    auto phone = app.post("/api/clients", client_json("other@example.com", R"(,"phone":"+1 (212) 555 0100")"));
    CHECK(phone.status == 409);
    CHECK(phone["errors.0.field"] == "phone");
    CHECK(app.other().post("/api/clients", client_json("kim@example.com")).status == 201);

    CHECK(app.del("/api/clients/" + first).status == 200);
    auto second = id_of(app.post("/api/clients", client_json("kim@example.com")));
    CHECK(app.post("/api/clients/" + first + "/restore").status == 409);
    CHECK(app.del("/api/clients/" + second).status == 200);
    CHECK(app.post("/api/clients/" + first + "/restore").status == 200);
}

TEST_CASE("clients: a deletion of what was changed meanwhile is refused") {
    TestApp app;
    auto id = app.make_client("kim@example.com");
    app.patch("/api/clients/" + id, R"({"notes":"x"})");
    CHECK(app.del("/api/clients/" + id, "", {{"If-Match", "\"1\""}}).status == 412);
    CHECK(app.get("/api/clients/" + id).status == 200);
    CHECK(app.del("/api/clients/" + id, "", {{"If-Match", "\"2\""}}).status == 200);
}

TEST_CASE("clients: a patch changes what it names; null clears what may be empty and is refused elsewhere") {
    TestApp app;
    auto id = id_of(app.post(
        "/api/clients", client_json("kim@example.com", R"(,"phone":"212-555-0100","notes":"x","custom_fields":{"a":1})")
    ));
    auto changed =
        app.patch("/api/clients/" + id, R"({"phone":null,"notes":null,"custom_fields":{"b":2},"email":"KIM2@example.com"})");
    CHECK(changed.status == 200);
    CHECK(changed["phone"] == "null");
    CHECK(changed["notes"] == "null");
    CHECK(changed["custom_fields"] == R"({"b":2})");
    for (auto body : {R"({"name":null})", R"({"stage":null})", R"({"id":"x"})", R"({"last_contacted":null})"}) {
        CAPTURE(body);
        CHECK(app.patch("/api/clients/" + id, body).status == 422);
    }
    CHECK(app.get("/api/clients/" + id).status == 200);
    CHECK(app.get("/api/clients").status == 200);
    auto version = changed["version"];
    CHECK(app.patch("/api/clients/" + id, "{}")["version"] == version);
}

TEST_CASE("clients: If-Match guards against lost updates") {
    TestApp app;
    auto id = id_of(app.post("/api/clients", client_json("kim@example.com")));
    auto tag = std::string(app.get("/api/clients/" + id).headers.find("ETag").value());
    CHECK(app.patch("/api/clients/" + id, R"({"name":"A"})", {{"If-Match", tag}}).status == 200);
    CHECK(app.patch("/api/clients/" + id, R"({"name":"B"})", {{"If-Match", tag}}).status == 412);
    CHECK(app.get("/api/clients/" + id)["name"] == "A");
    CHECK(app.get("/api/clients/" + id, {{"If-None-Match", tag}}).status == 200);
}

TEST_CASE("clients: the same Idempotency-Key makes one client") {
    TestApp app;
    auto first = app.post("/api/clients", client_json("kim@example.com"), {{"Idempotency-Key", "k1"}});
    auto second = app.post("/api/clients", client_json("kim@example.com"), {{"Idempotency-Key", "k1"}});
    CHECK(first.status == 201);
    CHECK(second.status == 201);
    CHECK(second.body == first.body);
    CHECK(app.post("/api/clients", client_json("else@example.com"), {{"Idempotency-Key", "k1"}}).status == 422);
    CHECK(app.get("/api/clients")["total"] == "1");
    CHECK(app.get("/api/tasks")["total"] == "5");
}

TEST_CASE("clients: lists page stably, by number and by cursor, in every order") {
    TestApp app;
    for (int i = 0; i < 25; ++i) {
        auto name = std::string(1, char('A' + (i * 7) % 25)) + (i % 2 ? "é" : "x");
        auto body = R"({"name":")" + name + R"(","email":"p)" + std::to_string(i) +
                    R"(@example.com","property_address":"1 Oak","property_type":"land","stage":")" +
                    (i % 5 ? "lead" : "closed") + "\"}";
        id_of(app.post("/api/clients?create_tasks=false", body));
    }
    for (auto sort : {"-created_at", "created_at", "name", "-name", "last_contacted", "-last_contacted"}) {
        CAPTURE(sort);
        auto whole = app.get("/api/clients?limit=100&sort=" + std::string(sort));
        CHECK(whole.size("items") == 25);
        CHECK(whole["total"] == "25");
        CHECK(whole["next"] == "null");
        std::string cursor;
        std::vector<std::string> walked;
        for (int page = 0; page < 10; ++page) {
            auto part = app.get("/api/clients?limit=7&sort=" + std::string(sort) + (cursor.empty() ? "" : "&cursor=" + cursor));
            REQUIRE(part.status == 200);
            for (std::size_t i = 0; i < part.size("items"); ++i) walked.push_back(part["items." + std::to_string(i) + ".id"]);
            cursor = part["next"];
            if (cursor == "null") break;
        }
        REQUIRE(walked.size() == 25);
        for (std::size_t i = 0; i < 25; ++i) CHECK(walked[i] == whole["items." + std::to_string(i) + ".id"]);
        CHECK(app.get("/api/clients?limit=7&page=3&sort=" + std::string(sort))["items.0.id"] == walked[14]);
    }
    CHECK(app.get("/api/clients?stage=closed")["total"] == "5");
    CHECK(app.get("/api/clients?stage=won").status == 422);
    CHECK(app.get("/api/clients?cursor=nonsense").status == 422);
    CHECK(app.get("/api/clients?page=99").size("items") == 0);
}

TEST_CASE("clients: search finds names, addresses, e-mails, and phones in any writing") {
    TestApp app;
    id_of(app.post("/api/clients", client_json("kim@example.com", R"(,"phone":"(212) 555-0100","tags":["50% off"])")));
    id_of(app.post("/api/clients", client_json("bob@example.com")));
    auto found = [&](std::string q) { return app.get("/api/clients?q=" + q)["total"]; };
    CHECK(found("kim%40") == "1");
    CHECK(found("OAK") == "2");
    CHECK(found("k") == "2");
    CHECK(found("2125550100") == "1");
    CHECK(found("212-555") == "1");
    CHECK(found("bob%40example") == "1");
    CHECK(found("%25") == "0"); // a percent sign is one, not a wildcard
    CHECK(found("kim&stage=lead") == "2");
    CHECK(found("kim&stage=closed") == "0");
    CHECK(app.get("/api/clients?tag=50%25%20off")["total"] == "1");
}

TEST_CASE("clients: bulk deletion says what it could not do, and can be undone") {
    TestApp app;
    auto a = id_of(app.post("/api/clients", client_json("a@example.com")));
    auto b = id_of(app.post("/api/clients", client_json("b@example.com")));
    auto theirs = id_of(app.other().post("/api/clients", client_json("c@example.com")));
    auto ids = R"({"ids":[")" + a + R"(",")" + b + R"(",")" + theirs + R"(","nonsense"]})";
    auto gone = app.del("/api/clients/bulk", ids);
    CHECK(gone.status == 200);
    CHECK(gone["deleted_count"] == "2");
    CHECK(gone.size("failed_ids") == 2);
    CHECK(gone["total_requested"] == "4");
    CHECK(app.get("/api/clients")["total"] == "0");
    CHECK(app.other().get("/api/clients")["total"] == "1");
    CHECK(app.get("/api/tasks?status=skipped")["total"] == "10");
    auto back = app.post("/api/clients/bulk/restore", ids);
    CHECK(back["updated_count"] == "2");
    CHECK(app.get("/api/tasks?status=pending")["total"] == "10");
    CHECK(app.del("/api/clients/bulk", R"({"ids":[]})").status == 422);
    auto moved = app.post("/api/clients/bulk/stage", R"({"ids":[")" + a + R"("],"stage":"lost"})");
    CHECK(moved["updated_count"] == "1");
    CHECK(app.get("/api/clients/" + a + "/tasks")["items.0.reason"] == "the client is lost");
}

TEST_CASE("clients: the timeline tells each change once, newest first") {
    TestApp app;
    auto id = id_of(app.post("/api/clients", client_json("kim@example.com")));
    app.patch("/api/clients/" + id, R"({"stage":"negotiating","notes":"x"})");
    auto timeline = app.get("/api/contacts/" + id + "/timeline");
    CHECK(timeline.size("items") == 4);
    auto first = app.get("/api/contacts/" + id + "/timeline?limit=3");
    CHECK(first.size("items") == 3);
    auto rest = app.get("/api/contacts/" + id + "/timeline?limit=3&cursor=" + first["next"]);
    CHECK(rest.size("items") == 1);
    CHECK(rest["items.0.kind"] == "client_created");
    CHECK(app.other().get("/api/contacts/" + id + "/timeline").status == 404);
}
