#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

#include "test/support/form.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

/// Tables that still know the person, by name: where an id, an address or a name stands, be it in raw bytes. The certificate and the
/// security log may know the id, and nothing else.
std::string remains(TestApp& app, const std::string& id, const std::string& address = "kim@example.com") {
    auto tables = app.store.value("select string_agg(format('%I.%I', schemaname, tablename), ' ' order by 1) from pg_tables "
                                  "where schemaname = 'public' or tablename = 'idempotency_keys'");
    std::string known;
    std::istringstream names(tables);
    for (std::string table; names >> table;) {
        bool may_know_id = table == "public.erasures" || table == "public.audit_log";
        auto found = app.store.value(
            "select count(*) from " + table +
            " t cross join lateral (select lower(to_jsonb(t)::text)) r (row) where position('" + address +
            "' in row) > 0 or position(encode('" + address + "', 'hex') in row) > 0 or position('quillfeather' in row) > 0" +
            (may_know_id ? "" : " or position('" + id + "' in row) > 0")
        );
        if (found != "0") known += table + " ";
    }
    return known;
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
    auto kim = app.make_client("kim@example.com", R"("name":"Kim Quillfeather","phone":"212-555-0100")", true);
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

TEST_CASE("erasing: raw webhooks, kept answers and spellings go; that nobody writes to the address stays, and can't be read") {
    TestApp app{Providers::sandbox};
    app.set_time("2030-03-04T15:00:00Z");
    auto kim = app.post(
        "/api/clients",
        R"({"name":"Kim Quillfeather","email":"kim@example.com","property_address":"1 Main St","property_type":"land","stage":"lead"})",
        {{"Idempotency-Key", "once"}}
    )["id"];
    auto lee = app.make_client("lee@example.com", R"("name":"Lee Feather")");
    app.advance(24h + 1min);
    app.run_jobs();
    auto message = app.get("/sandbox/outbox")["items.0.message_id"];
    app.post(
        "/sandbox/email-events", R"({"message_id":")" + message + R"(","events":["delivered","bounce"],"url":"https://x.test"})"
    );
    app.run_jobs();
    REQUIRE(
        app.store.value("select count(*) from inbound_webhooks where encode(body, 'escape') like '%kim@example.com%'") != "0"
    );
    REQUIRE(app.store.value("select count(*) from contact_spellings where word = 'quillfeather'") != "0");
    REQUIRE(remains(app, kim).find("idempotency_keys") != std::string::npos);
    REQUIRE(app.store.value("select address_key from suppressions") == "kim@example.com");

    auto certificate = app.post("/api/contacts/" + kim + "/erase", R"({"reason":"asked"})");
    REQUIRE_MESSAGE(certificate.status == 200, certificate.body);
    CHECK(certificate["erased.inbound_webhooks"] != "");
    CHECK(remains(app, kim) == "");
    CHECK(app.get("/api/search?q=fether")["items.0.title"] == "Lee Feather");
    // Neither the account's id nor what the suppression is kept under tells whom the certificate is about.
    auto hidden = app.store.value("select address_key from suppressions");
    CHECK(hidden.starts_with("sha256:"));
    CHECK(certificate["subject_hash"] != hidden);

    auto again = app.make_client("kim@example.com", R"("name":"Kim Again")");
    auto send = [&](const std::string& id) {
        return app.post("/api/emails/send", R"({"client_id":")" + id + R"(","subject":"S","body":"B"})");
    };
    CHECK(send(again)["code"] == "suppressed");
    CHECK(send(lee).status < 300);
    CHECK(
        app.store.value("select coalesce(sum(n), 0) from (select value n from counters where name like 'emails:%' union all "
                        "select change from counter_changes where name like 'emails:%') x"
        ) == app.store.value("select count(*) from messages")
    );
}

TEST_CASE("erasing: the file that somebody came in goes too, and what it said of them in rows that were refused") {
    TestApp app;
    auto file = "Name,Email,Phone,Address\nKim Quillfeather,kim@example.com,,1 Road\nKim "
                "Quillfeather,kim@example.com,nonsense,2 Road\n";
    auto import = app.post("/api/imports", form("people.csv", file), form_headers())["id"];
    app.patch(
        "/api/imports/" + import,
        R"({"columns":[{"target":"name"},{"target":"email"},{"target":"phone"},{"target":"property_address"}]})"
    );
    app.post("/api/imports/" + import + "/start");
    app.run_jobs();
    REQUIRE(app.get("/api/imports/" + import)["bad"] == "1");
    auto kim = app.get("/api/clients?q=kim@example.com")["items.0.id"];
    app.post("/api/contacts/" + kim + "/erase", R"({"reason":"asked"})");
    app.run_jobs();
    CHECK(remains(app, kim) == "");
    std::size_t files = 0;
    for (auto& entry : std::filesystem::recursive_directory_iterator(app.files.path())) files += entry.is_regular_file();
    CHECK(files == 0);
    CHECK(app.get("/api/imports/" + import)["state"] == "done");
}
