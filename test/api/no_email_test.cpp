// People who are known by a telephone number alone.
#include <doctest/doctest.h>

#include "db/migrate.hpp"
#include "test/support/form.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

std::string person_json(std::string_view contact) {
    return R"({"name":"Pat Doe","property_address":"1 Oak Road","property_type":"residential","stage":"lead")" +
           std::string(contact) + "}";
}

std::string add(TestApp& app, std::string_view contact = R"(,"phone":"212-555-0100")", bool with_tasks = false) {
    auto made = app.post(std::string("/api/clients?create_tasks=") + (with_tasks ? "true" : "false"), person_json(contact));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    return made["id"];
}

Reply first_task(TestApp& app, const std::string& client) {
    auto tasks = app.get("/api/clients/" + client + "/tasks");
    return app.get("/api/tasks/" + tasks["items.0.id"]);
}

void next_day(TestApp& app) {
    app.advance(24h + 1min);
    app.run_jobs();
}

} // namespace

TEST_CASE("no e-mail: a phone number is enough for a person; neither is not, and all that is missing is named") {
    TestApp app;
    auto made = app.post("/api/clients", person_json(R"(,"phone":"212-555-0100")"));
    CHECK(made.status == 201);
    CHECK(made["email"] == "null");
    CHECK(app.get("/api/clients/" + made["id"])["email"] == "null");
    CHECK(app.post("/api/clients", person_json(R"(,"email":null,"phone":"212-555-0101")")).status == 201);

    auto neither = app.post("/api/clients", person_json(""));
    CHECK(neither.status == 422);
    CHECK(neither.size("errors") == 1);
    CHECK(neither["errors.0.field"] == "email");
    CHECK(neither["errors.0.code"] == "required");
    CHECK(neither["errors.0.message"] == "is required where there is no phone");
    CHECK(app.post("/api/clients", person_json(R"(,"email":null)")).status == 422);
    auto empty = app.post("/api/clients", "{}");
    CHECK(empty.status == 422);
    CHECK(empty.body.find(R"("field":"email","code":"required")") != std::string::npos);
    CHECK(empty.body.find(R"("field":"name","code":"required")") != std::string::npos);
    // One that is there and bad is told as bad, not as missing.
    CHECK(app.post("/api/clients", person_json(R"(,"email":"no")")).size("errors") == 1);
    CHECK(app.post("/api/clients", person_json(R"(,"phone":"x")"))["errors.0.field"] == "phone");

    auto twin = app.post("/api/clients", person_json(R"(,"phone":"+1 212 555 0100")"));
    CHECK(twin.status == 409);
    CHECK(twin["errors.0.field"] == "phone");
    CHECK(twin["existing_id"] == made["id"]);
    app.make_client("kim@example.com");
    CHECK(app.post("/api/clients", person_json(R"(,"email":"kim@example.com","phone":"212-555-0100")")).status == 409);
}

TEST_CASE("no e-mail: the address can be taken off and put back, but one way to reach a person stays") {
    TestApp app;
    auto path = "/api/clients/" + app.make_client("kim@example.com", R"("phone":"212-555-0100")");
    auto cleared = app.patch(path, R"({"email":null})");
    CHECK(cleared.status == 200);
    CHECK(cleared["email"] == "null");
    auto last = app.patch(path, R"({"phone":null})");
    CHECK(last.status == 422);
    CHECK(last["errors.0.field"] == "phone");
    CHECK(last["errors.0.message"] == "is required where there is no email");
    CHECK(app.make_client("kim@example.com") != ""); // the address is free again
    CHECK(app.patch(path, R"({"email":"kim@example.com"})").status == 409);
    CHECK(app.patch(path, R"({"email":"kim2@example.com","phone":null})").status == 200);
    auto email = app.patch(path, R"({"email":null})");
    CHECK(email.status == 422);
    CHECK(email["errors.0.field"] == "email");
    CHECK(email["errors.0.code"] == "required");
}

TEST_CASE("no e-mail: found by name, number and address; listed, counted, deleted and restored like anybody") {
    TestApp app;
    auto id = add(app);
    add(app, R"(,"phone":"212-555-0101")");
    for (auto words : {"q=pat+doe", "q=2125550100", "q=oak&sort=name"}) {
        CAPTURE(words);
        auto found = app.get(std::string("/api/clients?") + words);
        CHECK(found.body.find(id) != std::string::npos);
        CHECK(found["items.0.email"] == "null");
    }
    CHECK(app.get("/api/search?q=pat")["items.0.detail"].starts_with("212-555-010"));
    CHECK(app.get("/api/pipeline").body.find(id) != std::string::npos);
    CHECK(app.get("/api/contacts/duplicates").size("items") == 1);
    CHECK(app.get("/api/dashboard/stats")["total_clients"] == "2");
    CHECK(app.patch("/api/clients/" + id, R"({"notes":"walks by on Sundays","tags":["vip"]})").status == 200);
    CHECK(app.get("/api/clients?q=sundays")["items.0.id"] == id);

    CHECK(app.del("/api/clients/" + id).status == 200);
    CHECK(app.get("/api/trash")["items.0.email"] == "null");
    auto other = add(app);
    CHECK(app.post("/api/clients/" + id + "/restore").status == 409);
    CHECK(app.del("/api/clients/" + other).status == 200);
    CHECK(app.post("/api/clients/" + id + "/restore").status == 200);
    CHECK(app.patch("/api/clients/" + id, R"({"email_unsubscribed":true})")["email_unsubscribed"] == "true");
    CHECK(app.patch("/api/clients/" + id, R"({"email_unsubscribed":false})")["email_unsubscribed"] == "false");
}

TEST_CASE("no e-mail: erased with a certificate that the phone number proves") {
    TestApp app;
    auto first = add(app);
    // Of the refused rows of a file, those with the number go along.
    auto csv =
        "Name,Email,Phone,Address\nPat,not-an-address,+1 212.555.0100,1 Oak Road\nSam,nor-this,212-555-0199,2 Oak Road\n";
    auto import = app.post("/api/imports", form("people.csv", csv), form_headers());
    app.post("/api/imports/" + import["id"] + "/start");
    app.run_jobs();
    CHECK(app.store.value("select count(*) from import_rows where outcome = 'bad'") == "2");
    auto erase = [&app](const std::string& id) {
        return app.post("/api/contacts/" + id + "/erase", R"({"reason":"asked for it"})");
    };
    auto gone = erase(first);
    REQUIRE_MESSAGE(gone.status == 200, gone.body);
    CHECK(app.get("/api/clients/" + first).status == 404);
    CHECK(app.store.value("select string_agg(cells[1], ',') from import_rows") == "Sam");
    auto again = erase(add(app, R"(,"phone":"+1 (212) 555-0100")"));
    CHECK(again["subject_hash"] == gone["subject_hash"]);
    CHECK(erase(add(app, R"(,"phone":"212-555-0102")"))["subject_hash"] != gone["subject_hash"]);
    CHECK(app.store.value("select count(*) from contact_words") == "0");
}

TEST_CASE("no e-mail: a due follow-up is a person's work, with the reason, and nothing counts as failed") {
    TestApp app;
    auto id = add(app, R"(,"phone":"212-555-0100")", true);
    CHECK(app.get("/api/clients/" + id + "/tasks")["total"] == "5");
    next_day(app);
    auto task = first_task(app, id);
    CHECK(task["status"] == "pending");
    CHECK(task["mode"] == "manual");
    CHECK(task["reason"] == "No e-mail address: call, or add one.");
    CHECK(task["failed"] == "false");
    CHECK(app.sender.sent.empty());
    CHECK(app.get("/api/emails")["total"] == "0");
    CHECK(app.get("/api/tasks?failed=true")["total"] == "0");
    CHECK(app.store.value("select count(*) from app.jobs where state = 'dead'") == "0");
    CHECK(app.get("/api/contacts/" + id + "/timeline")["items.0.kind"] == "task_handed_over");
    auto today = app.get("/api/today");
    CHECK(today["items.0.task_id"] == task["id"]);
    CHECK(today["items.0.client_email"] == "null");
    CHECK(today["items.0.reasons"].find("no e-mail address: call, or add one") != std::string::npos);
    CHECK(app.patch("/api/tasks/" + task["id"], R"({"status":"completed"})").status == 200);
    CHECK(app.get("/api/clients/" + id)["last_contacted"] != "null");
}

TEST_CASE("no e-mail: an address lets what waits and what is to come go out; what fell due long ago stays with the person") {
    TestApp app;
    auto id = add(app, R"(,"phone":"212-555-0100")", true);
    next_day(app);
    CHECK(app.patch("/api/clients/" + id, R"({"email":"pat@example.com"})").status == 200);
    CHECK(first_task(app, id)["mode"] == "automatic");
    CHECK(first_task(app, id)["reason"] == "null");
    CHECK(app.get("/api/contacts/" + id + "/timeline")["items.0.kind"] == "follow_ups_resumed");
    app.advance(1min);
    app.run_jobs();
    REQUIRE(app.sender.sent.size() == 1);
    CHECK(app.sender.sent[0].to.value == "pat@example.com");
    CHECK(first_task(app, id)["status"] == "completed");
    app.advance(48h);
    app.run_jobs();
    CHECK(app.sender.sent.size() == 2);

    auto late = add(app, R"(,"phone":"212-555-0101")", true);
    for (int day = 0; day < 9; ++day) next_day(app);
    app.sender.sent.clear();
    app.patch("/api/clients/" + late, R"({"email":"late@example.com"})");
    auto tasks = app.get("/api/clients/" + late + "/tasks?sort=scheduled_for");
    CHECK(tasks["items.0.mode"] == "manual");
    CHECK(tasks["items.0.reason"] == "There was no e-mail address when it fell due.");
    CHECK(tasks["items.1.mode"] == "automatic"); // six days ago
    CHECK(tasks["items.2.mode"] == "automatic");
    CHECK(tasks["items.3.mode"] == "automatic"); // still to come
}

TEST_CASE("no e-mail: a step that needs a yes is not drafted into the void, and drafted once there is an address") {
    TestApp app;
    auto id = add(app);
    auto made = app.post(
        "/api/tasks",
        R"({"client_id":")" + id +
            R"(","followup_type":"Custom","scheduled_for":"2030-03-04T15:30:00Z","priority":"high","mode":"approve"})"
    );
    REQUIRE(made.status == 201);
    app.advance(1h);
    app.run_jobs();
    CHECK(app.get("/api/approvals")["total"] == "0");
    CHECK(app.get("/api/tasks/" + made["id"])["mode"] == "manual");
    app.patch("/api/clients/" + id, R"({"email":"pat@example.com"})");
    CHECK(app.get("/api/tasks/" + made["id"])["mode"] == "approve");
    app.advance(1min);
    app.run_jobs();
    auto drafts = app.get("/api/approvals");
    REQUIRE(drafts["total"] == "1");
    app.patch("/api/clients/" + id, R"({"email":null})");
    CHECK(app.get("/api/approvals")["items.0.client_email"] == "null");
    auto approved = app.post("/api/approvals/" + made["id"] + "/approve");
    CHECK(approved.status == 409);
    CHECK(approved["code"] == "no_email");
    CHECK(app.sender.sent.empty());
}

TEST_CASE("no e-mail: writing to such a person is refused with the field, and a letter under way is not sent") {
    TestApp app;
    auto id = add(app, R"(,"phone":"212-555-0100")", true);
    auto who = R"({"client_id":")" + id + "\"";
    for (auto& refused :
         {app.post("/api/emails/preview", who + "}"), app.post("/api/emails/send", who + R"(,"subject":"Hi","body":"Hello"})"),
          app.post("/api/emails/send", who + R"(,"to_email":"pat@example.com","subject":"Hi","body":"Hello"})"),
          app.post("/api/tasks/" + first_task(app, id)["id"] + "/send-now")}) {
        CHECK_MESSAGE(refused.status == 409, refused.body);
        CHECK(refused["code"] == "no_email");
        CHECK(refused["errors.0.field"] == "client_id");
        CHECK(refused["detail"] == "This client has no e-mail address. Add one first.");
    }
    app.patch("/api/clients/" + id, R"({"email":"pat@example.com"})");
    auto sent = app.post("/api/emails/send", who + R"(,"subject":"Hi","body":"Hello","undo_seconds":60})");
    REQUIRE(sent.status == 201);
    app.patch("/api/clients/" + id, R"({"email":null})");
    app.advance(2min);
    app.run_jobs();
    CHECK(app.sender.sent.empty());
    CHECK(app.get("/api/emails/" + sent["id"])["error_message"] == "Not sent: no e-mail address.");
    auto again = app.post("/api/emails/retry", R"({"ids":[")" + sent["id"] + "\"]}");
    CHECK(again["updated_count"] == "1");
    app.run_jobs();
    CHECK(app.get("/api/emails/" + sent["id"])["status"] == "failed");
}

TEST_CASE("no e-mail: merged into one with an address and out again; a merge can't leave nothing") {
    TestApp app;
    auto kept = add(app, R"(,"phone":"212-555-0100")", true);
    auto other = app.make_client("kim@example.com");
    next_day(app);
    auto path = "/api/contacts/" + kept + "/merge";
    auto merge = app.post(path, R"({"other_id":")" + other + "\"}");
    REQUIRE_MESSAGE(merge.status == 200, merge.body);
    CHECK(app.get("/api/clients/" + kept)["email"] == "kim@example.com");
    CHECK(first_task(app, kept)["mode"] == "automatic");
    auto undone = app.post("/api/contacts/merges/" + merge["id"] + "/undo");
    REQUIRE_MESSAGE(undone.status == 200, undone.body);
    CHECK(undone["email"] == "null");
    CHECK(app.get("/api/clients/" + other)["email"] == "kim@example.com");

    auto neither = app.post(path, R"({"other_id":")" + other + R"(","choices":{"email":"this","phone":"other"}})");
    CHECK(neither.status == 422);
    CHECK(neither["errors.0.field"] == "choices");

    // What came by the merge is all that is left by now: it stays when the merge is undone.
    auto mail = "/api/clients/" + other;
    merge = app.post("/api/contacts/" + other + "/merge", R"({"other_id":")" + kept + "\"}");
    REQUIRE(app.patch(mail, R"({"email":null})").status == 200);
    CHECK(app.post("/api/contacts/merges/" + merge["id"] + "/undo").status == 409); // the number would be two people's
    CHECK(app.patch(mail, R"({"phone":"212-555-0109"})").status == 200);
    CHECK(app.post("/api/contacts/merges/" + merge["id"] + "/undo").status == 200);
    CHECK(app.get(mail)["phone"] == "212-555-0109");
}

TEST_CASE("no e-mail: another system's export brings in people who have a number alone, once, and they leave again") {
    TestApp app;
    auto known = add(app, R"(,"phone":"212-555-0110")", true);
    next_day(app);
    auto csv = "First Name,Last Name,Stage,Lead Source,Email 1,Phone 1,Phone 1 - Type,Property Address\n"
               "Ann,Ray,Lead,Zillow,,212-555-0111,mobile,1 Elm St\n"
               "Ben,Lo,Lead,Zillow,ben@example.com,,mobile,2 Elm St\n"
               "Ann,Again,Lead,Zillow,,(212) 555-0111,mobile,3 Elm St\n"
               "Pat,Doe,Lead,Zillow,pat@example.com,+1 212 555 0110,mobile,\n"
               "Neither,Nor,Lead,Zillow,,,,4 Elm St\n"
               "Too,Short,Lead,Zillow,,555-0112,,5 Elm St\n"
               ",,Lead,Zillow,,212-555-0113,,6 Elm St\n";
    auto upload = [&] {
        auto import = app.post("/api/imports", form("people.csv", csv), form_headers());
        app.patch("/api/imports/" + import["id"], R"({"defaults":{"property_address":"Not known"}})");
        return import;
    };
    auto run = [&](const std::string& id, const std::string& act) {
        REQUIRE(app.post("/api/imports/" + id + "/" + act).status == 202);
        app.run_jobs();
        auto import = app.get("/api/imports/" + id);
        return import["added"] + " " + import["updated"] + " " + import["skipped"] + " " + import["bad"];
    };
    auto added = upload();
    CHECK(added["source"] == "follow_up_boss");
    auto id = added["id"];
    CHECK(run(id, "check") == "3 1 1 2");
    CHECK(run(id, "start") == "3 1 1 2");
    auto ann = app.get("/api/clients?q=2125550111");
    CHECK(ann["items.0.name"] == "Ann Ray");
    CHECK(ann["items.0.email"] == "null");
    CHECK(app.get("/api/clients?q=2125550113")["items.0.name"] == "212-555-0113");
    // Who was known by the number has the address now, and what waited for it goes on.
    CHECK(app.get("/api/clients/" + known)["email"] == "pat@example.com");
    CHECK(first_task(app, known)["mode"] == "automatic");
    auto errors = app.get("/api/imports/" + id + "/errors.csv").body;
    CHECK(errors.find("5,email and phone are missing: a client is known by one of the two,Neither") != std::string::npos);
    CHECK(errors.find("6,\"phone is no whole number, and email is missing") != std::string::npos);
    CHECK(run(upload()["id"], "start") == "0 0 5 2");

    auto file = app.get("/api/clients/export.csv");
    CHECK(file.body.find("Ann Ray,,212-555-0111,") != std::string::npos);
    CHECK(file.body.find("null") == std::string::npos);

    CHECK(run(id, "undo").size() > 0);
    CHECK(app.get("/api/imports/" + id)["state"] == "undone");
    CHECK(app.get("/api/clients")["total"] == "1");
    CHECK(app.get("/api/clients/" + known)["email"] == "null");
}

TEST_CASE("no e-mail: what comes in from strangers is nobody's; webhooks and archives say null") {
    TestApp app{Providers::sandbox};
    auto id = add(app);
    auto hook = app.post("/api/webhooks", R"({"url":")" + app.receiver("crm") + R"(","event_types":["client.*"]})");
    REQUIRE_MESSAGE(hook.status == 201, hook.body);
    auto forwarding = app.get("/api/emails/forwarding-address")["address"];
    auto taken = app.post(
        "/sandbox/inbound", R"({"channel":"email","from":"stranger@example.com","to":")" + forwarding + R"(","text":"Hello"})"
    );
    CHECK(taken.status == 200);
    app.patch("/api/clients/" + id, R"({"notes":"called"})");
    app.run_jobs();
    CHECK(app.get("/api/emails/received?client_id=" + id)["total"] == "0");
    auto received = app.get("/api/emails/received");
    CHECK(received["total"] == "1");
    CHECK(received["items.0.client_id"] == "null");
    auto outbox = app.get("/sandbox/outbox?channel=webhook");
    CHECK(outbox.body.find(R"(\"client_email\" : null)") != std::string::npos);
    CHECK(app.get("/api/contacts/" + id + "/export").status == 200);
}

TEST_CASE("no e-mail: the way back of the schema loses nobody, writes to nobody, and can be gone forth again") {
    TestApp app;
    auto id = add(app);
    auto kim = app.make_client("kim@example.com");
    std::string before = app.store.value("select version - 1 from app.migrations where name = 'people_without_email'");
    auto quiet = [](std::string_view) {};
    db::migrate_down(app.store.owner_conninfo(), std::stoi(before), quiet);
    auto of = [&](const std::string& what, const std::string& who) {
        return app.store.value("select " + what + " from contacts where id = '" + who + "'");
    };
    CHECK(of("email", id) == id + "@no-address.invalid");
    CHECK(of("unsubscribed_reason", id) == "no e-mail address");
    CHECK(of("unsubscribed_at is null", kim) == "t");
    db::migrate_up(app.store.owner_conninfo(), quiet);
    CHECK(of("email is null and email_key is null and unsubscribed_at is null", id) == "t");
    CHECK(of("email", kim) == "kim@example.com");
}
