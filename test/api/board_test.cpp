#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "modules/contacts/board.hpp"
#include "test/support/form.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

std::string column(TestApp& app, const std::string& stage) {
    auto board = app.get("/api/pipeline/" + stage + "?limit=100");
    REQUIRE(board.status == 200);
    std::string names;
    for (std::size_t i = 0; i < board.size("items"); ++i) names += board["items." + std::to_string(i) + ".name"];
    return names;
}

std::string add(TestApp& app, const std::string& name) {
    app.advance(1s);
    return app.make_client(name + "@example.com", R"("name":")" + name + "\"");
}

} // namespace

TEST_CASE("board: ranks leave room between any two") {
    rc::check([] {
        std::string low = contacts::arrival_rank(Time(std::chrono::seconds(2'000'000'000)));
        std::string high = contacts::arrival_rank(Time(std::chrono::seconds(1'999'999'999)));
        RC_ASSERT(low < high);
        for (auto up : *rc::gen::container<std::vector<bool>>(60, rc::gen::arbitrary<bool>())) {
            auto middle = contacts::rank_between(low, high);
            RC_ASSERT(low < middle);
            RC_ASSERT(middle < high);
            RC_ASSERT(middle.back() != '0');
            (up ? low : high) = middle;
        }
        RC_ASSERT(contacts::rank_between("", low) < low);
        RC_ASSERT(contacts::rank_between(high, std::nullopt) > high);
        RC_ASSERT(contacts::rank_between(low, low) > low);
    });
}

TEST_CASE("board: what comes stands first; a card goes where it is dropped and stays there") {
    TestApp app;
    auto a = add(app, "A");
    auto b = add(app, "B");
    auto c = add(app, "C");
    CHECK(column(app, "lead") == "CBA");
    auto drop = [&](const std::string& id, const std::string& body) { return app.patch("/api/clients/" + id, body); };
    CHECK(drop(c, R"({"after":")" + a + "\"}").status == 200);
    CHECK(column(app, "lead") == "BAC");
    CHECK(drop(a, R"({"after":null})").status == 200);
    CHECK(column(app, "lead") == "ABC");
    CHECK(drop(c, R"({"after":")" + a + "\"}").status == 200);
    CHECK(column(app, "lead") == "ACB");
    add(app, "D");
    CHECK(column(app, "lead") == "DACB");

    CHECK(drop(b, R"({"stage":"negotiating","stage_reason":"Offer made"})").status == 200);
    app.advance(1s);
    CHECK(drop(c, R"({"stage":"negotiating"})").status == 200);
    CHECK(column(app, "negotiating") == "CB");
    CHECK(drop(a, R"({"stage":"negotiating","after":")" + c + "\"}").status == 200);
    CHECK(column(app, "negotiating") == "CAB");
    // Behind one of another stage, itself or nobody, nothing stands.
    for (auto& wrong : {a, std::string("00000000-0000-7000-8000-000000000000")})
        CHECK(drop(a, R"({"stage":"negotiating","after":")" + wrong + "\"}").status == 422);
    CHECK(drop(a, R"({"stage":"lead","after":")" + c + "\"}").status == 422);

    CHECK(drop(a, R"({"before":")" + c + "\"}").status == 200);
    CHECK(column(app, "negotiating") == "ACB");
    CHECK(drop(a, R"({"before":")" + b + "\"}").status == 200);
    CHECK(column(app, "negotiating") == "CAB");
    CHECK(drop(c, R"({"before":null})").status == 200);
    CHECK(column(app, "negotiating") == "ABC");
    CHECK(drop(c, R"({"before":")" + a + R"(","after":")" + b + "\"}").status == 422);
    CHECK(drop(c, R"({"before":")" + c + "\"}").status == 422);

    auto board = app.get("/api/pipeline?limit=2");
    CHECK(board["stages.0.stage"] == "lead");
    CHECK(board["stages.0.count"] == "1");
    CHECK(board["stages.1.count"] == "3");
    CHECK(board.size("stages.1.items") == 2);
    auto more = app.get("/api/pipeline/negotiating?limit=2&cursor=" + board["stages.1.next"]);
    CHECK(more.size("items") == 1);
    CHECK(more["items.0.name"] == "C");
    CHECK(app.get("/api/pipeline/nowhere").status == 404);
    CHECK(app.get("/api/pipeline/lead?cursor=x").status == 422);
    CHECK(app.other().get("/api/pipeline")["stages.0.count"] == "0");
}

TEST_CASE("stage history: who, when, from, to and why") {
    TestApp app;
    auto kim = app.make_client();
    app.advance(1h);
    app.patch("/api/clients/" + kim, R"({"stage":"negotiating","stage_reason":"Offer made"})");
    app.advance(1h);
    app.post("/api/clients/bulk/stage", R"({"ids":[")" + kim + R"("],"stage":"closed"})");
    auto history = app.get("/api/contacts/" + kim + "/stages");
    REQUIRE(history.size("items") == 3);
    CHECK(history["items.0.from"] == "negotiating");
    CHECK(history["items.0.to"] == "closed");
    CHECK(history["items.1.reason"] == "Offer made");
    CHECK(history["items.1.actor"] == "Ada");
    CHECK(history["items.2.from"] == "null");
    CHECK(app.other().get("/api/contacts/" + kim + "/stages").status == 404);
}

TEST_CASE("board: of many that came or moved in one moment, each has its own place") {
    TestApp app;
    std::string csv = "Name,Email,Address\n";
    for (char name = 'A'; name <= 'F'; ++name) csv += std::string(1, name) + "," + name + "@bulk.test,1 Road\n";
    auto import = app.post("/api/imports", form("people.csv", csv), form_headers())["id"];
    app.post("/api/imports/" + import + "/start");
    app.run_jobs();
    REQUIRE(column(app, "lead") == "ABCDEF");
    auto id = [&](const std::string& name) { return app.get("/api/clients?q=" + name + "@bulk.test")["items.0.id"]; };
    CHECK(app.patch("/api/clients/" + id("f"), R"({"after":")" + id("b") + "\"}").status == 200);
    CHECK(column(app, "lead") == "ABFCDE");
    app.post("/api/contacts/bulk", R"({"action":"stage","stage":"closed","filter":{"stage":"lead"}})");
    CHECK(column(app, "closed") == "ABFCDE");
    CHECK(app.patch("/api/clients/" + id("e"), R"({"before":")" + id("b") + "\"}").status == 200);
    CHECK(column(app, "closed") == "AEBFCD");
}
