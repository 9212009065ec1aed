#include <doctest/doctest.h>

#include "test/support/form.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

/// A file that is taken over at once, with an address for everybody and what else the import is told.
struct File {
    TestApp& app;
    std::string id;
    Reply added;

    File(TestApp& in, const std::string& csv, const std::string& told = "") : app(in) {
        added = app.post("/api/imports", form("people.csv", csv), form_headers());
        REQUIRE_MESSAGE(added.status == 201, added.body);
        id = added["id"];
        auto patch = R"({"defaults":{"property_address":"Not known"})" + told + "}";
        auto patched = app.patch("/api/imports/" + id, patch);
        REQUIRE_MESSAGE(patched.status == 200, patched.body);
    }

    Reply act(const std::string& what) {
        REQUIRE(app.post("/api/imports/" + id + "/" + what).status == 202);
        app.run_jobs();
        return app.get("/api/imports/" + id);
    }
    std::string counts(const std::string& what) {
        auto import = act(what);
        return import["added"] + " " + import["updated"] + " " + import["skipped"] + " " + import["bad"];
    }
    std::string told() { return app.get("/api/imports/" + id + "/errors.csv").body; }
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

Reply person(TestApp& app, const std::string& email) {
    auto found = app.get("/api/clients?q=" + email);
    return app.get("/api/clients/" + found["items.0.id"]);
}

/// In UTF-16, of text within the first plane.
std::string utf16(std::u16string_view text, bool little) {
    std::string bytes;
    for (auto unit : text) {
        auto high = char(unit >> 8);
        auto low = char(unit & 0xff);
        bytes += little ? low : high;
        bytes += little ? high : low;
    }
    return bytes;
}

std::string suppressed(TestApp& app) {
    return app.store.value(
        "select coalesce(string_agg(address_key || ' ' || reason, ', ' order by address_key), '') from suppressions"
    );
}

} // namespace

TEST_CASE("import: who is unsubscribed elsewhere gets no e-mail from here, and the undo takes only that back") {
    TestApp app;
    auto kim = app.make_client("kim@example.com", R"("name":"Kim")", true);
    auto lee = app.make_client("lee@example.com", R"("name":"Lee")");
    auto pat = app.make_client("pat@example.com", R"("name":"Pat")", true);
    app.patch("/api/clients/" + lee, R"({"email_unsubscribed":true})");
    File file(
        app,
        "Name,Email,Unsubscribed from all email\nKim,kim@example.com,true\nLee,lee@example.com,No\nAnn,ann@example.com,Yes\n"
        "Bob,bob@example.com,\nBob again,bob@example.com,x\nMay,may@example.com,maybe\nPat,pat@example.com,1\n"
    );
    CHECK(file.added["columns.2.target"] == "email_unsubscribed");
    CHECK(file.counts("check") == "2 2 2 1");
    CHECK(person(app, "kim@example.com")["email_unsubscribed"] == "false");
    CHECK(file.counts("start") == "2 2 2 1");
    for (auto address : {"kim@example.com", "ann@example.com", "bob@example.com", "pat@example.com"}) {
        CHECK(person(app, address)["email_unsubscribed"] == "true");
        CHECK(person(app, address)["unsubscribed_reason"] == "imported as unsubscribed");
    }
    CHECK(person(app, "lee@example.com")["unsubscribed_reason"] == "set by Ada");
    CHECK(has(file.told(), "bad,6,email_unsubscribed must be yes or no,May"));
    auto letter = [&app](const std::string& id) {
        return app.post("/api/emails/send", R"({"client_id":")" + id + R"(","subject":"S","body":"B"})");
    };
    CHECK(letter(kim)["code"] == "unsubscribed");
    CHECK(app.get("/api/clients/" + kim + "/tasks")["items.0.status"] == "skipped");
    CHECK(
        suppressed(app) == "ann@example.com unsubscribe, bob@example.com unsubscribe, kim@example.com unsubscribe, "
                           "lee@example.com unsubscribe, pat@example.com unsubscribe"
    );
    // Pat says it once more, and that was no import.
    auto ctx = app.context();
    ctx.account_id = *Uuid::parse(app.store.value("select account_id from imports"));
    auto say = [&](db::Session& tx) -> Task<> {
        co_await app.modules().contacts.unsubscribe(tx, ctx, Id<contacts::Client>{*Uuid::parse(pat)}, "unsubscribed");
    };
    app.run(app.db().transaction(ctx, say));

    CHECK(file.act("undo")["kept_for"] == R"([{"reason":"partly","count":1}])");
    CHECK(app.get("/api/clients/" + kim)["email_unsubscribed"] == "false");
    CHECK(app.get("/api/clients/" + kim + "/tasks")["items.0.status"] == "pending");
    CHECK(app.get("/api/clients/" + lee)["email_unsubscribed"] == "true");
    CHECK(app.get("/api/clients/" + pat)["unsubscribed_reason"] == "unsubscribed");
    CHECK(suppressed(app) == "lee@example.com unsubscribe, pat@example.com unsubscribe");
    CHECK(letter(kim).status < 300);
}

TEST_CASE("import: what other systems call an opt-out and a source") {
    TestApp app;
    auto target = [&app](const std::string& header) {
        return File(app, "Name,Email," + header + "\nA,a@example.com,\n").added["columns.2.target"];
    };
    for (auto header : {"Unsubscribed", "Unsubscribe", "Email opt out", "Unsubscribed from all email", "email_opt_out"})
        CHECK(target(header) == "email_unsubscribed");
    for (auto header : {"Source", "Lead Source", "Original Source"}) CHECK(target(header) == "source");
    // Accents or none are the same.
    CHECK(target("Tel\u00e9fono") == "phone");
    CHECK(target("Direcci\u00f3n") == "property_address");
    CHECK(target("Correo electro\u0301nico") == "email");
    // Our own export comes back as it was.
    app.make_client("kim@example.com");
    app.patch("/api/clients/" + person(app, "kim@example.com")["id"], R"({"email_unsubscribed":true})");
    auto exported = app.get("/api/clients/export.csv").body;
    app.del("/api/clients/" + person(app, "kim@example.com")["id"]);
    File back(app, exported);
    CHECK(back.counts("start") == "1 0 0 0");
    CHECK(person(app, "kim@example.com")["email_unsubscribed"] == "true");
}

TEST_CASE("import: two people with one number both come in, and every row that does not says why") {
    TestApp app;
    auto csv =
        "Name,Email,Phone,Notes\nAnn Ray,ann@example.com,212-555-0140,\nBob Ray,bob@example.com,(212) 555-0140,Likes dogs\n"
        "Ray Ann,ann2@example.com,212-555-0140,\nAnn Ray,ANN@example.com,212-555-0141,\nCal Ray,,212-555-0140,\n";
    SUBCASE("as the names say") {
        File file(app, csv);
        CHECK(file.counts("check") == "2 0 3 0");
        auto before = file.told();
        CHECK(file.counts("start") == "2 0 3 0");
        CHECK(file.told() == before);
        CHECK(app.get("/api/imports/" + file.id)["remarked"] == "1");
        CHECK(person(app, "bob@example.com")["phone"] == "null");
        CHECK(person(app, "bob@example.com")["notes"] == "Tel. (212) 555-0140\nLikes dogs");
        auto told = file.told();
        CHECK(has(
            told, "added,2,\"phone (212) 555-0140 was left out: it is the number of Ann Ray of row 1, and stands in the notes\""
        ));
        CHECK(has(told, "skipped,3,the same phone number as Ann Ray of row 1: the first row counts,Ray Ann"));
        CHECK(has(told, "skipped,4,the same e-mail address as Ann Ray of row 1: the first row counts,Ann Ray"));
        CHECK(has(told, "skipped,5,the same phone number as Ann Ray of row 1: the first row counts,Cal Ray"));
        // Whoever is erased stands in no row that is told of another.
        auto ann = person(app, "ann@example.com")["id"];
        REQUIRE(app.post("/api/contacts/" + ann + "/erase", R"({"reason":"asked"})").status == 200);
        CHECK(file.told() == "outcome,row,reasons,Name,Email,Phone,Notes\r\n");
        CHECK(file.act("undo")["state"] == "undone");
        CHECK(app.get("/api/clients")["total"] == "0");
    }
    SUBCASE("by address or number") {
        File file(app, csv, R"(,"match_by":"email_or_phone")");
        CHECK(file.counts("start") == "1 0 4 0");
    }
    SUBCASE("by address alone") {
        File file(app, csv, R"(,"match_by":"email")");
        CHECK(file.counts("start") == "3 0 2 0");
        CHECK(person(app, "ann2@example.com")["phone"] == "null");
    }
    SUBCASE("beside those who are here already") {
        app.make_client("ann@example.com", R"("name":"Ann Ray","phone":"212-555-0140","property_address":"1 Road")");
        app.make_client("dan@example.com", R"("name":"Dan","property_address":"1 Road")");
        File file(
            app, "Name,Email,Phone,Tags\nBob Ray,bob@example.com,212-555-0140,\nDan,dan@example.com,212-555-0140,vip\n"
                 "Zed,,212-555-0140,\n"
        );
        CHECK(file.counts("start") == "1 1 1 0");
        auto told = file.told();
        CHECK(has(told, "it is the number of Ann Ray, who is here already, and stands in the notes"));
        CHECK(has(told, "updated,2,\"phone 212-555-0140 was left out: it is the number of Ann Ray, who is here already\",Dan"));
        CHECK(has(told, "skipped,3,\"taken as Ann Ray, who is here already, by the number; the same as"));
        CHECK(person(app, "dan@example.com")["tags"] == R"(["vip"])");
        CHECK(person(app, "dan@example.com")["phone"] == "null");
    }
    CHECK(app.patch("/api/imports/" + File(app, csv).id, R"({"match_by":"shoe size"})").status == 422);
}

TEST_CASE("import: files in UTF-16, with and without a mark") {
    std::u16string_view text = u"Nombre completo;Correo\r\nJos\u00e9 N\u00fa\u00f1ez \u20ac;jose@example.com\r\n";
    std::string csv;
    SUBCASE("little end first") {
        csv = "\xff\xfe" + utf16(text, true);
    }
    SUBCASE("big end first") {
        csv = "\xfe\xff" + utf16(text, false);
    }
    SUBCASE("little end first, no mark") {
        csv = utf16(text, true);
    }
    SUBCASE("big end first, no mark") {
        csv = utf16(text, false);
    }
    TestApp app;
    File file(app, csv);
    CHECK(file.counts("start") == "1 0 0 0");
    CHECK(person(app, "jose@example.com")["name"] == "José Núñez €");
}

TEST_CASE("import: days, numbers and choices as people write them") {
    TestApp app;
    app.post("/api/custom-fields", R"({"label":"Closing","type":"date"})");
    app.post("/api/custom-fields", R"({"label":"Budget","type":"number"})");
    app.post("/api/custom-fields", R"({"label":"Heat","type":"choice","choices":["Very hot","Cold"]})");
    auto read = [&app](const std::string& column, const std::vector<std::string>& cells) {
        std::string csv = "Email," + column + "\n";
        for (std::size_t i = 0; i < cells.size(); ++i) csv += "p" + std::to_string(i) + "@example.com,\"" + cells[i] + "\"\n";
        File file(app, csv);
        file.act("start");
        std::string values;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            auto key = to_lower_ascii(column);
            auto value = app.store.value(
                "select coalesce((select custom_fields ->> '" + key +
                "' from contacts where deleted_at is null and email = 'p" + std::to_string(i) + "@example.com'), 'none')"
            );
            values += value + " ";
        }
        auto told = file.told();
        file.act("undo");
        return values + (has(told, "bad,") ? told.substr(told.find("bad,")) : "");
    };
    CHECK(
        read(
            "Closing", {"02/28/2026", "2/8/26", "Feb 28, 2026", "28.02.2026", "2026-02-28", "2026-02-28T10:00:00Z",
                        "28 de febrero de 2026"}
        ) == "2026-02-28 2026-02-08 2026-02-28 2026-02-28 2026-02-28 2026-02-28 2026-02-28 "
    );
    CHECK(read("Closing", {"28/02/2026", "2/8/26", "1-3-2026 10:30 AM"}) == "2026-02-28 2026-08-02 2026-03-01 ");
    CHECK(read("Closing", {"28/02/2026", "02/28/2026", "2/8/26"})
              .starts_with("2026-02-28 2026-02-28 none bad,3,closing must be a date such as 2026-03-04: the column has days "
                           "before months and"));
    CHECK(read("Closing", {"02/30/2026", "soon"})
              .starts_with("none none bad,1,closing must be a date such as 2026-03-04 or 03/04/2026,"));
    CHECK(
        read("Budget", {"450k", "1.2M", "$450,000", "1.234,50", "0,5", "1.200.000", "-3"}) ==
        "450000 1200000 450000 1234.5 0.5 1200000 -3 "
    );
    CHECK(read("Budget", {"lots"}).starts_with("none bad,1,\"budget must be a number such as"));
    CHECK(read("Heat", {"VERY HOT", "cold ", "Cold"}) == "Very hot Cold Cold ");
    CHECK(read("Heat", {"warm"}).starts_with("none bad,1,heat must be one of the field's choices"));
    // Where the day is written first, it is read so.
    REQUIRE(app.patch("/api/settings", R"({"zone":"Europe/Madrid"})").status == 200);
    CHECK(read("Closing", {"2/8/26"}) == "2026-08-02 ");
}

TEST_CASE("import: what spreadsheets do to telephone numbers") {
    TestApp app;
    File file(
        app, "Name,Email,Phone\nAnn,ann@example.com,2.12777E+09\nBob,bob@example.com,\"=\"\"2125550142\"\"\"\nCal,cal@example."
             "com,=\"2125550143\"\n"
    );
    CHECK(file.counts("start") == "2 0 0 1");
    CHECK(has(file.told(), "bad,1,phone is a number that a spreadsheet has shortened: "));
    CHECK(person(app, "bob@example.com")["phone"] == "2125550142");
    CHECK(person(app, "cal@example.com")["phone"] == "2125550143");
    auto refused = app.post(
        "/api/clients",
        R"({"name":"A","phone":"2.12777E+09","property_address":"1 Road","property_type":"land","stage":"lead"})"
    );
    CHECK(refused.status == 422);
    CHECK(refused["errors.0.field"] == "phone");
    CHECK(
        app.post(
               "/api/clients",
               R"({"name":"A","phone":"212-555-0144 ext 9","property_address":"1 Road","property_type":"land","stage":"lead"})"
        )
            .status == 201
    );
}

TEST_CASE("import: lines above the header, lines of nothing, and tables of one column") {
    TestApp app;
    auto people = [&app](const std::string& csv) {
        File file(app, csv);
        auto counts = file.counts("start");
        file.act("undo");
        return file.added["total"] + ": " + counts;
    };
    CHECK(people("sep=;\r\nName;Email\r\nRay, Ann;ann@example.com\r\n") == "1: 1 0 0 0");
    CHECK(people("\"sep=\t\"\nName\tEmail\nAnn\tann@example.com\n") == "1: 1 0 0 0");
    CHECK(people("My people\nName,Email\nAnn,ann@example.com\n") == "1: 1 0 0 0");
    CHECK(people("Contacts, exported today\n\nName;Email;Phone\nAnn;ann@example.com;\n") == "1: 1 0 0 0");
    CHECK(people("Contacts,,\n,,\nName,Email,Phone\nAnn,ann@example.com,\n") == "1: 1 0 0 0");
    CHECK(people("Name;Email;Notes\nAnn;ann@example.com;a, b, c, d, e\n") == "1: 1 0 0 0");
    CHECK(people("Name,Email\nAnn,ann@example.com\n,\n , \nBob,bob@example.com\n,,,\n") == "2: 2 0 0 0");
    CHECK(people("Email\nann@example.com\nbob@example.com\n") == "2: 2 0 0 0");
    CHECK(people("Phone\n212-555-0145\n") == "1: 1 0 0 0");

    auto post = [&](const std::string& bytes) { return app.post("/api/imports", form("x.xlsx", bytes), form_headers()); };
    auto workbook = post(std::string("PK\x03\x04\x14\0\x06\0", 8));
    CHECK(workbook.status == 422);
    CHECK(workbook["errors.0.field"] == "file");
    CHECK(has(workbook["errors.0.message"], "save it as CSV first"));
    CHECK(post("Shoe size\n9\n").status == 422);

    File twice(app, "Name,Nickname,Email,Email 2\nAnn,Annie,ann@example.com,a@example.com\n");
    auto refused = app.patch(
        "/api/imports/" + twice.id, R"({"columns":[{"target":"name"},{"target":"name"},{"target":"email"},{"target":"email"}]})"
    );
    CHECK(refused.status == 422);
    CHECK(refused["errors.0.field"] == "columns.1.target");
    CHECK(refused["errors.0.message"] == "is the column Name already");
    CHECK(refused.size("errors") == 1);
}

TEST_CASE("import: where people came from is what the report reads") {
    TestApp app;
    app.make_client("by-hand@example.com");
    File(app, "Name,Email,Lead Source\nAnn,ann@example.com,Zillow\nBob,bob@example.com,Zillow\nCal,cal@example.com,\n")
        .act("start");
    CHECK(person(app, "ann@example.com")["custom_fields"] == R"({"source":"Zillow"})");
    Visitor key(app, app.post("/api/api-keys", R"({"name":"k","scopes":["clients:write"]})")["api_key"]);
    auto made = key.post(
        "/api/clients",
        R"({"name":"Key","email":"key@example.com","property_address":"1 Road","property_type":"land","stage":"lead"})"
    );
    REQUIRE_MESSAGE(made.status == 201, made.body);
    auto sources = app.get("/api/reports/sources");
    CHECK(sources["items.0.source"] == "Zillow");
    CHECK(sources["items.0.clients"] == "2");
    CHECK(sources["items.1.source"] == "api");
    CHECK(sources["items.2.source"] == "import");
    CHECK(sources["items.3.source"] == "manual");
    // A field of the office's own by that key has a say in it.
    REQUIRE(app.post("/api/custom-fields", R"({"label":"Source","type":"choice","choices":["Zillow","Sign"]})").status == 201);
    File file(app, "Name,Email,Lead Source\nDot,dot@example.com,SIGN\nEd,ed@example.com,Moon\n");
    CHECK(file.counts("start") == "1 0 0 1");
    CHECK(person(app, "dot@example.com")["custom_fields"] == R"({"source":"Sign"})");
}

TEST_CASE("import: who is known by another address or number is no new person") {
    TestApp app;
    auto kim = app.make_client("kim@example.com", R"("name":"Kim Lee","property_address":"1 Road")");
    auto points = "/api/clients/" + kim + "/contact-points";
    REQUIRE(app.post(points, R"({"email":"kim.old@example.com"})").status == 201);
    REQUIRE(app.post(points, R"({"phone":"212-555-0150"})").status == 201);
    File file(
        app, "Name,Email,Phone,Tags\nKim Lee,KIM.old@example.com,,vip\nKim Lee,kim.old@example.com,,late\n"
             "Kim Lee,,212-555-0150,later\nBob Lee,bob@example.com,212-555-0150,\n"
    );
    CHECK(file.counts("check") == "1 1 2 0");
    CHECK(file.counts("start") == "1 1 2 0");
    CHECK(app.get("/api/clients/" + kim)["tags"] == R"(["vip"])");
    CHECK(person(app, "bob@example.com")["phone"] == "null");
    CHECK(has(file.told(), "it is the number of Kim Lee"));
}

TEST_CASE("import: who asked for no e-mail and was deleted comes back as one who wants none, and stays so") {
    TestApp app;
    auto kim = app.make_client("kim@example.com");
    REQUIRE(app.patch("/api/clients/" + kim, R"({"email_unsubscribed":true})").status == 200);
    REQUIRE(app.del("/api/clients/" + kim).status == 200);
    File file(app, "Name,Email,Unsubscribed\nKim,kim@example.com,no\n");
    CHECK(file.counts("start") == "1 0 0 0");
    CHECK(person(app, "kim@example.com")["unsubscribed_reason"] == "asked for no e-mail before");
    file.act("undo");
    CHECK(suppressed(app) == "kim@example.com unsubscribe");
}
