#include <doctest/doctest.h>

#include <filesystem>

#include "test/support/form.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

/// Tables that still know the person, by name: where an id or an address stands.
std::string remains(TestApp& app, const std::string& id) {
    std::string tables;
    for (auto table :
         {"contacts", "tasks", "journeys", "messages", "notes", "documents", "events", "stage_changes", "contact_words",
          "note_words", "merges", "bulk_rows", "import_rows"}) {
        auto found = app.store.value(
            std::string("select count(*) from ") + table + " t where to_jsonb(t)::text like '%" + id +
            "%' or to_jsonb(t)::text like '%kim@example%'"
        );
        if (found != "0") tables += std::string(table) + " ";
    }
    return tables;
}

} // namespace

TEST_CASE("trash: what was deleted is there for 30 days, or as the account says, then gone for good") {
    TestApp app;
    auto kim = app.make_client("kim@example.com", "", true);
    auto lee = app.make_client("lee@example.com");
    app.del("/api/clients/" + kim);
    auto trash = app.get("/api/trash");
    CHECK(trash["total"] == "1");
    CHECK(trash["items.0.id"] == kim);
    CHECK(trash["items.0.purged_at"].starts_with("2030-04-03T15:00:"));
    CHECK(app.get("/api/retention")["trash_days"] == "30");
    CHECK(app.patch("/api/retention", R"({"trash_days":0})").status == 422);
    app.advance(29 * 24h);
    app.run_jobs();
    CHECK(app.get("/api/trash")["total"] == "1");
    app.advance(2 * 24h);
    app.run_jobs();
    CHECK(app.get("/api/trash")["total"] == "0");
    CHECK(remains(app, kim) == "");
    CHECK(app.post("/api/clients/" + kim + "/restore").status == 404);
    CHECK(app.get("/api/clients/" + lee).status == 200);

    CHECK(app.patch("/api/retention", R"({"trash_days":2})")["trash_days"] == "2");
    app.del("/api/clients/" + lee);
    app.advance(3 * 24h);
    app.run_jobs();
    CHECK(app.get("/api/trash")["total"] == "0");
    CHECK(
        app.store.value(
            "select coalesce(sum(n), 0) from (select value n from counters where name like 'clients:%' or name like "
            "'deleted_clients:%' "
            "union all select change from counter_changes where name like 'clients:%' or name like 'deleted_clients:%') x"
        ) == "0"
    );
}

TEST_CASE("erasing: nothing of the person is left but the certificate") {
    TestApp app;
    auto kim = app.make_client("kim@example.com", R"("phone":"212-555-0100")", true);
    auto twin = app.make_client("kim2@example.com");
    app.post("/api/contacts/" + kim + "/merge", R"({"other_id":")" + twin + "\"}");
    app.post("/api/contacts/" + kim + "/notes", R"({"body":"Wants a garden"})");
    app.post("/api/contacts/" + kim + "/documents", form("a.txt", "hello there"), form_headers());
    app.post("/api/contacts/bulk", R"({"action":"add_tag","tag":"x","ids":[")" + kim + R"("]})");
    app.advance(25h);
    app.run_jobs();
    REQUIRE(app.get("/api/emails?client_id=" + kim)["total"] != "0");

    CHECK(app.other().post("/api/contacts/" + kim + "/erase", R"({"reason":"asked"})").status == 404);
    auto certificate = app.post("/api/contacts/" + kim + "/erase", R"({"reason":"Asked us by letter"})");
    REQUIRE_MESSAGE(certificate.status == 200, certificate.body);
    CHECK(certificate["erased.contacts"] == "2");
    CHECK(certificate["erased.notes"] == "1");
    CHECK(certificate["erased.messages"] != "");
    CHECK(certificate["erased_by"] == "Ada");
    CHECK(certificate.body.find("kim@") == std::string::npos);
    CHECK(remains(app, kim) == "");
    CHECK(remains(app, twin) == "");
    CHECK(app.get("/api/erasures")["items.0.id"] == certificate["id"]);
    app.run_jobs();
    std::size_t files = 0;
    for (auto& entry : std::filesystem::recursive_directory_iterator(app.files.path())) files += entry.is_regular_file();
    CHECK(files == 0);
    // The history is as append-only as before for everybody else.
    auto lee = app.make_client("lee@example.com");
    CHECK_THROWS(app.store.exec("delete from events where contact_id = '" + lee + "'"));
}
