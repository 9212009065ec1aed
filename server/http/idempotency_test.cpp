#include "http/idempotency.hpp"

#include "http/http_test.hpp"
#include "test/support/test_store.hpp"

namespace doorstep::http {
namespace {

using namespace testing;

const db::Query effect_sql{"http_test.effect", "insert into effects (account_id, note) values ($1, $2)"};

struct Note {
    std::string note;
};
BOOST_DESCRIBE_STRUCT(Note, (), (note))

struct Module {
    db::Database* database = nullptr;
};

Task<Created<Note>> add_note(Module& module, Context& ctx, Note input) {
    auto body = [&](db::Session& tx) -> Task<std::string> {
        co_await tx.exec(effect_sql, ctx.account_id, input.note);
        if (input.note == "bad") throw conflict("bad_note", "No.");
        co_return "/notes/" + input.note;
    };
    auto location = co_await module.database->transaction(ctx, body);
    co_return Created<Note>{location, input};
}

Task<> touch(Module& module, Context& ctx, Uuid) {
    auto note = std::string("touched");
    auto body = [&](db::Session& tx) -> Task<> { co_await tx.exec(effect_sql, ctx.account_id, note); };
    co_await module.database->transaction(ctx, body);
}

Task<Response> binary(Module& module, Context& ctx) {
    auto note = std::string("binary");
    co_await module.database->exec(ctx, effect_sql, ctx.account_id, note);
    Response response;
    response.headers.add("Content-Type", "application/octet-stream");
    response.body = std::string("\0\xff\x80", 3);
    co_return response;
}

struct Bench {
    Bench() : server([this](Router& router) { routes(router); }, {}, options()) {
        module.database = &server.database;
        store.exec("create table effects (account_id uuid not null, note text); grant all on effects to public");
    }

    db::Options options() {
        db::Options made;
        made.conninfo = store.app_conninfo();
        return made;
    }

    void routes(Router& router) {
        router.add("POST", "/api/notes", module, add_note).scope("things:write");
        router.add("POST", "/api/public", module, add_note).open();
        router.add("PUT", "/api/notes/{id}", module, touch).scope("things:write");
        router.add("POST", "/api/secret-notes", module, add_note).scope("things:write").shown_once();
        router.add("POST", "/api/binary", module, binary).scope("things:write");
    }

    Response ask(
        std::string method, std::string target, std::string key, std::string body, std::string credential = "Bearer k1"
    ) {
        Request request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.headers.add("Content-Type", "application/json");
        if (!credential.empty()) request.headers.add("Authorization", credential);
        if (!key.empty()) request.headers.add("Idempotency-Key", key);
        request.body = std::move(body);
        return server.answer(std::move(request));
    }

    std::string effects() { return store.value("select count(*) from effects"); }

    test::TestStore store;
    Module module;
    TestServer server;
};

std::string header(const Response& response, std::string_view name) {
    return std::string(response.headers.find(name).value_or(""));
}

} // namespace

TEST_CASE("idempotency: the same request again gets the same answer and does nothing") {
    Bench bench;
    auto first = bench.ask("POST", "/api/notes", "k-1", R"({"note":"a"})");
    CHECK(first.status == 201);
    CHECK(header(first, "Idempotency-Replayed").empty());
    auto again = bench.ask("POST", "/api/notes", "k-1", R"({"note":"a"})");
    CHECK(again.status == 201);
    CHECK(again.body == first.body);
    CHECK(header(again, "Location") == "/notes/a");
    CHECK(header(again, "Content-Type") == "application/json");
    CHECK(header(again, "Idempotency-Replayed") == "true");
    CHECK(bench.effects() == "1");

    auto other = bench.ask("POST", "/api/notes", "k-1", R"({"note":"b"})");
    CHECK(other.status == 422);
    CHECK(other.body.find("idempotency_mismatch") != std::string::npos);
    CHECK(bench.ask("POST", "/api/notes", "k-2", R"({"note":"a"})").status == 201);
    CHECK(bench.ask("POST", "/api/notes", "", R"({"note":"a"})").status == 201);
    CHECK(bench.effects() == "3");
}

TEST_CASE("idempotency: routes and paths are told apart") {
    Bench bench;
    std::string one = "/api/notes/018f0000-0000-7000-8000-0000000000aa";
    std::string two = "/api/notes/018f0000-0000-7000-8000-0000000000bb";
    CHECK(bench.ask("POST", "/api/notes", "k", R"({"note":"a"})").status == 201);
    CHECK(bench.ask("PUT", one, "k", "").status == 204);
    CHECK(header(bench.ask("PUT", one, "k", ""), "Idempotency-Replayed") == "true");
    CHECK(bench.ask("PUT", two, "k", "").status == 422);
    CHECK(bench.effects() == "2");
}

TEST_CASE("idempotency: an error rolls back and leaves the key free") {
    Bench bench;
    CHECK(bench.ask("POST", "/api/notes", "k", R"({"note":"bad"})").status == 409);
    CHECK(bench.ask("POST", "/api/notes", "k", R"({"nonsense":1})").status == 422);
    CHECK(bench.effects() == "0");
    CHECK(bench.store.value("select count(*) from app.idempotency_keys") == "0");
    CHECK(bench.ask("POST", "/api/notes", "k", R"({"note":"good"})").status == 201);
    CHECK(bench.effects() == "1");
}

TEST_CASE("idempotency: keys are visible ASCII; strangers' keys mean nothing") {
    Bench bench;
    for (auto& key : {std::string("a b"), std::string(256, 'a'), std::string("\xc3\xa9")}) {
        CAPTURE(key);
        CHECK(bench.ask("POST", "/api/notes", key, R"({"note":"a"})").status == 422);
    }
    CHECK(bench.ask("POST", "/api/notes", std::string(255, '~'), R"({"note":"a"})").status == 201);
    CHECK(bench.store.value("select count(*) from app.idempotency_keys") == "1");
    // Without an account there is nobody to keep an answer for; row security would refuse the row of none.
    bench.store.exec("delete from app.idempotency_keys");
    CHECK(bench.ask("POST", "/api/public", "k", R"({"note":"a"})", "").status != 422);
    CHECK(bench.store.value("select count(*) from app.idempotency_keys") == "0");
    CHECK(bench.ask("POST", "/api/public", "k", R"({"note":"a"})").status == 201);
    CHECK(header(bench.ask("POST", "/api/public", "k", R"({"note":"a"})"), "Idempotency-Replayed") == "true");
}

TEST_CASE("idempotency: any bytes come back as they were") {
    Bench bench;
    auto first = bench.ask("POST", "/api/binary", "k", "");
    REQUIRE(first.status == 200);
    auto again = bench.ask("POST", "/api/binary", "k", "");
    CHECK(again.body == std::string("\0\xff\x80", 3));
    CHECK(header(again, "Content-Type") == "application/octet-stream");
    CHECK(header(again, "Idempotency-Replayed") == "true");
}

TEST_CASE("idempotency: an answer with a secret is given once and kept nowhere") {
    Bench bench;
    CHECK(bench.ask("POST", "/api/secret-notes", "k", R"({"note":"hidden"})").body == R"({"note":"hidden"})");
    auto again = bench.ask("POST", "/api/secret-notes", "k", R"({"note":"hidden"})");
    CHECK(again.status == 409);
    CHECK(again.body.find("already_done") != std::string::npos);
    CHECK(again.body.find("hidden") == std::string::npos);
    CHECK(bench.store.value("select length(body) from app.idempotency_keys") == "0");
    CHECK(bench.effects() == "1");
}

TEST_CASE("idempotency: a hundred at once have one effect") {
    Bench bench;
    for (int round = 0; round < 5; ++round) {
        CAPTURE(round);
        bench.store.exec("truncate effects");
        auto key = "round-" + std::to_string(round);
        std::vector<std::future<Response>> answers;
        for (int i = 0; i < 100; ++i) {
            Request request;
            request.method = "POST";
            request.target = "/api/notes";
            request.headers.add("Content-Type", "application/json");
            request.headers.add("Authorization", "Bearer k1");
            request.headers.add("Idempotency-Key", key);
            request.body = R"({"note":"once"})";
            answers.push_back(
                boost::asio::co_spawn(bench.server.io, bench.server.server->answer(std::move(request)), boost::asio::use_future)
            );
        }
        int created = 0;
        int replayed = 0;
        int in_flight = 0;
        for (auto& answer : answers) {
            auto got = answer.get();
            if (got.status == 409) {
                ++in_flight;
                CHECK(got.body.find("idempotency_in_flight") != std::string::npos);
                continue;
            }
            CHECK(got.status == 201);
            CHECK(got.body == R"({"note":"once"})");
            ++(header(got, "Idempotency-Replayed").empty() ? created : replayed);
        }
        CHECK(created == 1);
        CHECK(created + replayed + in_flight == 100);
        CHECK(bench.effects() == "1");
        CHECK(header(bench.ask("POST", "/api/notes", key, R"({"note":"once"})"), "Idempotency-Replayed") == "true");
    }
}

TEST_CASE("idempotency: keys last a day by the product's clock, then they are free and purged") {
    Bench bench;
    CHECK(bench.ask("POST", "/api/notes", "k", R"({"note":"a"})").status == 201);
    CHECK(bench.ask("POST", "/api/notes", "k2", R"({"note":"a"})").status == 201);
    bench.server.clock.set_offset(std::chrono::hours(25));
    auto late = bench.ask("POST", "/api/notes", "k", R"({"note":"b"})");
    CHECK(late.status == 201);
    CHECK(header(late, "Idempotency-Replayed").empty());
    doorstep::Context everyone(bench.server.clock);
    everyone.all_accounts = true;
    CHECK(bench.server.run(purge_idempotency_keys(bench.server.database, everyone)) == 1);
    CHECK(bench.store.value("select count(*) from app.idempotency_keys") == "1");
    CHECK(bench.effects() == "3");
}

} // namespace doorstep::http
