#include <doctest/doctest.h>

#include "test/support/form.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

Reply upload(TestApp& app, const std::string& csv) {
    auto added = app.post("/api/imports", form("people.csv", csv), form_headers());
    REQUIRE_MESSAGE(added.status == 201, added.body);
    return added;
}

/// Starts an import and lets it end; the import as it is then.
Reply run(TestApp& app, const std::string& id, const std::string& act) {
    REQUIRE(app.post("/api/imports/" + id + "/" + act).status == 202);
    app.run_jobs();
    return app.get("/api/imports/" + id);
}

std::string counts(const Reply& import) {
    return import["added"] + " " + import["updated"] + " " + import["skipped"] + " " + import["bad"];
}

std::string many(int rows) {
    std::string csv = "Name,Email,Address\n";
    for (int i = 0; i < rows; ++i)
        csv += "Person " + std::to_string(i) + ",p" + std::to_string(i) + "@bulk.test," + std::to_string(i) + " Road\n";
    return csv;
}

} // namespace

TEST_CASE("import: guessed, checked without a change, taken over, and undone as a whole") {
    TestApp app;
    auto kim = app.make_client("kim@example.com", R"("name":"Kim Lee","tags":["old"])");
    app.make_client("same@example.com", R"("name":"Same","property_address":"1 Road")");
    auto added = upload(
        app, "First Name,Last Name,E-mail,Mobile Phone,Street,City,Zip,Stage,Tags,Shoe size\r\n"
             "Ann,Ray,ann@example.com,212-555-0101,1 Elm St,Dover,01234,Under Contract,\"vip, buyer\",9\r\n"
             "Kim,Lee,KIM@example.com,212-555-0102,,,,Closed,vip,\r\n"
             "Bob,Fox,not-an-address,,2 Elm St,,,,,\r\n"
             "Ann,Again,ann@example.com,,3 Elm St,,,,,\r\n"
             ",,zoe@example.com,xyz,4 Elm St,,,,,\r\n"
             "Same,,same@example.com,,,,,,,\r\n"
    );
    auto id = added["id"];
    CHECK(added["total"] == "6");
    CHECK(added["source"] == "generic");
    std::string targets;
    for (int i = 0; i < 10; ++i) targets += added["columns." + std::to_string(i) + ".target"] + " ";
    CHECK(targets == "first_name last_name email phone street city zip stage tags  ");
    CHECK(added["columns.2.samples.0"] == "ann@example.com");

    auto defaults = R"({"defaults":{"property_address":"Not known","tag":"fair"}})";
    CHECK(app.patch("/api/imports/" + id, defaults).status == 200);
    auto checked = run(app, id, "check");
    CHECK(checked["state"] == "checked");
    CHECK(counts(checked) == "1 2 1 2");
    CHECK(app.get("/api/clients")["total"] == "2");

    auto done = run(app, id, "start");
    CHECK(done["state"] == "done");
    CHECK(counts(done) == "1 2 1 2");
    auto ann = app.get("/api/clients?q=ann@example.com");
    CHECK(ann["items.0.name"] == "Ann Ray");
    CHECK(ann["items.0.property_address"] == "1 Elm St, Dover 01234");
    CHECK(ann["items.0.stage"] == "under_contract");
    CHECK(ann["items.0.tags"] == R"(["vip","buyer","fair"])");
    // Of one who is there, only what is empty is filled.
    auto after = app.get("/api/clients/" + kim);
    CHECK(after["phone"] == "212-555-0102");
    CHECK(after["stage"] == "lead");
    CHECK(after["property_address"] == "1 Main St, Springfield");
    CHECK(after["tags"] == R"(["old","vip","fair"])");
    CHECK(app.get("/api/contacts/" + ann["items.0.id"] + "/timeline")["items.0.kind"] == "client_imported");
    CHECK(app.get("/api/contacts/" + ann["items.0.id"] + "/stages")["items.0.reason"] == "imported");

    auto errors = app.get("/api/imports/" + id + "/errors.csv");
    CHECK(errors.headers.find("Content-Type").value().starts_with("text/csv"));
    CHECK(
        errors.body.find("3,email must be an e-mail address such as ana@example.com,Bob,Fox,not-an-address") !=
        std::string::npos
    );
    CHECK(errors.body.find("5,phone ") != std::string::npos);

    app.patch("/api/clients/" + kim, R"({"notes":"since then"})");
    auto undone = run(app, id, "undo");
    CHECK(undone["state"] == "undone");
    CHECK(app.get("/api/clients")["total"] == "2");
    auto back = app.get("/api/clients/" + kim);
    CHECK(back["phone"] == "null");
    CHECK(back["tags"] == R"(["old"])");
    CHECK(back["notes"] == "since then");
    CHECK(app.post("/api/imports/" + id + "/undo").status == 409);
    CHECK(app.post("/api/imports/" + id + "/start").status == 409);
}

TEST_CASE("import: the choice of columns and rules counts and is remembered for the same header") {
    TestApp app;
    auto field = app.post("/api/custom-fields", R"({"label":"Budget","type":"number"})");
    auto kim = app.make_client("kim@example.com", R"("name":"Kim Lee","notes":"mine")");
    auto csv = "Who,Mail,Remark,Budget\nKim X,kim@example.com,theirs,\"$450,000\"\nPat,pat@example.com,,much\n";
    auto added = upload(app, csv);
    CHECK(added["columns.0.target"] == "");
    CHECK(added["columns.3.target"] == "custom:budget");
    auto path = "/api/imports/" + added["id"];
    CHECK(app.patch(path, R"({"columns":[{"target":"name"}]})").status == 422);
    CHECK(
        app.patch(path, R"({"columns":[{"target":"name"},{"target":"email"},{"target":"shoe"},{"target":""}]})").status == 422
    );
    auto choice = R"({"columns":[{"target":"name","rule":"overwrite"},{"target":"email"},{"target":"notes","rule":"never"},
        {"target":"custom:budget"}],"defaults":{"property_address":"Not known"}})";
    CHECK(app.patch(path, choice).status == 200);
    auto done = run(app, added["id"], "start");
    CHECK(counts(done) == "0 1 0 1");
    CHECK(app.get("/api/clients/" + kim)["name"] == "Kim X");
    CHECK(app.get("/api/clients/" + kim)["notes"] == "mine");
    CHECK(app.get("/api/clients/" + kim)["custom_fields"] == R"({"budget":450000})");
    CHECK(app.patch(path, choice).status == 409);

    auto again = upload(app, csv);
    CHECK(again["columns.0.target"] == "name");
    CHECK(again["columns.0.rule"] == "overwrite");
    CHECK(app.other().get(path).status == 404);
    CHECK(app.other().post(path + "/start").status == 404);
    CHECK(app.get("/api/imports").size("items") == 2);
}

TEST_CASE("import: the exports of other systems are known by their headers") {
    TestApp app;
    auto source = [&](const std::string& header) { return upload(app, header + "\n1,2,3,4,5,6,7\n"); };
    auto statuses = source("Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Lead Status");
    CHECK(statuses["source"] == "hubspot");
    CHECK(statuses["columns.5.target"] == "phone");
    auto mailing = source("First Name,Last Name,Email,Phone,Phone DNC Status,Mailing Street Address,Mailing Zip Code");
    CHECK(mailing["source"] == "lofty");
    CHECK(mailing["columns.5.target"] == "street");
    CHECK(mailing["columns.6.target"] == "zip");
    auto hubspot = source("Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,Contact owner");
    CHECK(hubspot["source"] == "hubspot");
    CHECK(hubspot["columns.4.target"] == "phone");
    auto boss = source("First Name,Last Name,Stage,Lead Source,Email 1,Phone 1,Address 1 - Street");
    CHECK(boss["source"] == "follow_up_boss");
    CHECK(boss["columns.4.target"] == "email");
    CHECK(boss["columns.6.target"] == "street");
    auto lofty = source("Lead ID,First Name,Last Name,Email,Phone,Pipeline,Tags");
    CHECK(lofty["source"] == "lofty");
    CHECK(lofty["columns.5.target"] == "stage");
    auto twenty =
        source("Name / First Name,Name / Last Name,Emails / Primary Email,Phones / Primary Phone Number,City,Job Title,Id");
    CHECK(twenty["source"] == "twenty");
    CHECK(twenty["columns.2.target"] == "email");
}

TEST_CASE("import: what is no table is refused") {
    TestApp app;
    auto post = [&](const std::string& bytes) { return app.post("/api/imports", form("x.csv", bytes), form_headers()).status; };
    CHECK(post("Name,Email\n") == 422);
    CHECK(post("just words") == 422);
    CHECK(post("\x89PNG\r\n\x1a\n") == 422);
    CHECK(post("") == 422);
}

TEST_CASE("import: thousands of rows; killed in the middle it goes on where it was, nobody twice") {
    TestApp app;
    auto added = upload(app, many(2500));
    REQUIRE(app.post("/api/imports/" + added["id"] + "/start").status == 202);
    // The second thousand fails as if the server had died in it: the store refuses one of its people.
    app.store.exec("create function boom() returns trigger language plpgsql as $$ begin raise exception 'boom'; end $$; "
                   "create trigger boom before insert on contacts for each row when (new.email = 'p1500@bulk.test') execute "
                   "function boom()");
    jobs::Registry registry;
    app.modules().jobs(registry);
    auto kind = registry.find("contacts.import");
    auto job = app.store.value("select id from app.jobs where kind = 'contacts.import'");
    app.store.exec("update app.jobs set worker = 1, fence = 1 where kind = 'contacts.import'");
    auto ctx = app.context();
    ctx.account_id = *Uuid::parse(app.store.value("select account_id from imports"));
    jobs::Run once{*Uuid::parse(job), 1, 4, 1, 1};
    auto args = R"({"import_id":")" + added["id"] + "\"}";
    CHECK_THROWS(app.run(kind->run(ctx, {once}, {args})));
    CHECK(app.get("/api/imports/" + added["id"])["position"] == "1000");
    CHECK(app.get("/api/clients")["total"] == "1000");

    app.store.exec("drop trigger boom on contacts; update app.jobs set worker = null where kind = 'contacts.import'");
    app.run_jobs();
    auto done = app.get("/api/imports/" + added["id"]);
    CHECK(done["state"] == "done");
    CHECK(counts(done) == "2500 0 0 0");
    CHECK(app.get("/api/clients")["total"] == "2500");
    CHECK(counts(run(app, upload(app, many(2500))["id"], "start")) == "0 0 2500 0");
}

TEST_CASE("import: other systems' ways to write telephone numbers and addresses, and who can't come in") {
    TestApp app;
    auto import = [&](const std::string& csv) {
        auto added = upload(app, csv);
        app.patch("/api/imports/" + added["id"], R"({"defaults":{"property_address":"Not known"}})");
        return run(app, added["id"], "start");
    };
    // Twenty keeps the calling code beside the number.
    import("Name / First Name,Name / Last Name,Emails / Primary Email,Phones / Primary Phone Number,"
           "Phones / Primary Phone Calling Code,Address / Address 1,Address / City,Address / Post Code\n"
           "Ana,Ruiz,ana@example.com,612345678,+34,Calle Mayor 1,Madrid,28013\n");
    auto ana = app.get("/api/clients?q=ana@example.com");
    CHECK(app.store.value("select phone_e164 from contacts where email = 'ana@example.com'") == "+34612345678");
    CHECK(ana["items.0.property_address"] == "Calle Mayor 1, Madrid 28013");
    // Follow Up Boss: numbered columns, the property's street by itself.
    import(
        "First Name,Last Name,Stage,Lead Source,Email 1,Email 2,Phone 1,Phone 1 - Type,Phone 2,Property Address,Property City,"
        "Property State,Property Postal Code\n"
        "Ben,Lo,Active Client,Zillow,,ben@example.com,,mobile,(212) 555-0103,9 Elm St,Dover,DE,19901\n"
    );
    auto ben = app.get("/api/clients?q=ben@example.com");
    CHECK(ben["items.0.phone"] == "(212) 555-0103");
    CHECK(ben["items.0.property_address"] == "9 Elm St, Dover, DE 19901");
    CHECK(ben["items.0.stage"] == "negotiating");
    auto refused = import("Name,Email,Phone\nNobody,,\n");
    CHECK(counts(refused) == "0 0 0 1");
    CHECK(
        app.get("/api/imports/" + refused["id"] + "/errors.csv").body.find("email and phone are missing: ") != std::string::npos
    );
}

TEST_CASE("import: undone, whoever was worked with since stays, and the import says why") {
    TestApp app;
    auto old = app.make_client("old@example.com", R"("name":"Old One","phone":"212-555-0130")");
    app.make_client("there@example.com", R"("name":"There")");
    auto taker = app.make_client("taker@example.com", R"("name":"Taker")");
    std::string csv = "Name,Email,Phone,Address\n";
    for (auto name : {"noted", "staged", "tagged", "mailed", "merged", "absorbed", "deleted", "restored", "untouched", "seen"})
        csv += std::string(name) + "," + name + "@example.com,,1 Road\n";
    csv += "There,there@example.com,212-555-0131,\nOld One,old@example.com,212-555-0132,\n";
    auto added = upload(app, csv);
    auto id = added["id"];
    auto columns = R"({"columns":[{"target":"name"},{"target":"email"},{"target":"phone","rule":"overwrite"},
        {"target":"property_address"}],"defaults":{"property_address":"Not known"}})";
    REQUIRE(app.patch("/api/imports/" + id, columns).status == 200);
    CHECK(counts(run(app, id, "start")) == "10 2 0 0");
    auto of = [&app](const std::string& name) { return app.get("/api/clients?q=" + name + "@example.com")["items.0.id"]; };
    auto gone = of("deleted");
    auto absorbed = of("absorbed");
    REQUIRE(app.post("/api/contacts/" + of("noted") + "/notes", R"({"body":"Wants a garden"})").status == 201);
    REQUIRE(app.patch("/api/clients/" + of("staged"), R"({"stage":"negotiating"})").status == 200);
    REQUIRE(app.post("/api/contacts/bulk", R"({"action":"add_tag","tag":"x","ids":[")" + of("tagged") + R"("]})").status < 300);
    app.run_jobs();
    auto letter = R"({"client_id":")" + of("mailed") + R"(","subject":"Hello","body":"There"})";
    REQUIRE(app.post("/api/emails/send", letter).status < 300);
    REQUIRE(app.post("/api/contacts/" + of("merged") + "/merge", R"({"other_id":")" + absorbed + "\"}").status == 200);
    REQUIRE(app.del("/api/clients/" + gone).status == 200);
    auto restored = of("restored");
    REQUIRE(app.del("/api/clients/" + restored).status == 200);
    REQUIRE(app.post("/api/clients/" + restored + "/restore").status == 200);
    app.get("/api/clients/" + of("seen") + "/timeline");
    // The number that the import replaced is somebody else's by now, and the other's was changed by hand.
    REQUIRE(app.patch("/api/clients/" + taker, R"({"phone":"212-555-0130"})").status == 200);

    auto undone = run(app, id, "undo");
    CHECK(undone["state"] == "undone");
    std::string left;
    for (auto name : {"noted", "staged", "tagged", "mailed", "merged", "deleted", "restored", "untouched", "seen"})
        if (of(name) != "") left += std::string(name) + " ";
    CHECK(left == "noted staged tagged mailed merged restored ");
    CHECK(of("absorbed") == of("merged"));
    CHECK(app.get("/api/clients/" + old)["phone"] == "212-555-0132");
    CHECK(app.get("/api/clients?q=there@example.com")["items.0.phone"] == "null");
    CHECK(undone["kept"] == "8");
    CHECK(
        undone["kept_for"] == R"([{"reason":"changed","count":2},{"reason":"merged","count":2},{"reason":"emails","count":1},)"
                              R"({"reason":"notes","count":1},{"reason":"partly","count":1},{"reason":"stage","count":1}])"
    );
    CHECK(app.get("/api/contacts/" + of("noted") + "/notes").size("items") == 1);
    // The merge can still be taken back: the other is there as before.
    CHECK(app.store.value("select count(*) from contacts where merged_into is not null") == "1");
}

TEST_CASE("import: what an import that was taken back did to people keeps nobody") {
    TestApp app;
    auto first = upload(app, "Name,Email,Phone,Address\nAnn,ann@example.com,,1 Road\n")["id"];
    run(app, first, "start");
    auto second = upload(app, "Name,Email,Phone,Address\nAnn,ann@example.com,212-555-0133,\n")["id"];
    REQUIRE(app.patch("/api/imports/" + second, R"({"defaults":{"property_address":"Not known"}})").status == 200);
    CHECK(counts(run(app, second, "start")) == "0 1 0 0");
    CHECK(run(app, second, "undo")["kept"] == "0");
    CHECK(run(app, first, "undo")["kept"] == "0");
    CHECK(app.get("/api/clients")["total"] == "0");
}
