#include <doctest/doctest.h>

#include "core/csv.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

/// A table by its columns' names.
struct Sheet {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;

    std::string at(std::size_t row, std::string_view column) const {
        auto found = std::ranges::find(header, column);
        REQUIRE(found != header.end());
        REQUIRE(row < rows.size());
        return rows[row].at(std::size_t(found - header.begin()));
    }
};

Sheet read(const Reply& reply) {
    INFO(reply.body);
    REQUIRE(reply.status == 200);
    CHECK(reply.headers.find("Content-Type") == "text/csv; charset=utf-8");
    CHECK(reply.body.starts_with("\xef\xbb\xbf")); // else Excel takes it for Windows-1252
    auto text = csv_text(reply.body);
    CsvReader csv(text);
    Sheet sheet;
    sheet.header = csv.next()->cells;
    while (auto row = csv.next()) {
        CHECK(row->fault.empty());
        CHECK(row->cells.size() == sheet.header.size());
        sheet.rows.push_back(std::move(row->cells));
    }
    return sheet;
}

} // namespace

TEST_CASE("list exports: tasks, as the list is filtered and ordered, and no formula") {
    TestApp app;
    auto kim = app.make_client("kim@example.com", R"("name":"=1+1")", true);
    auto added = app.post(
        "/api/tasks",
        R"({"client_id":")" + kim +
            R"(","followup_type":"Custom","priority":"low","scheduled_for":"2030-03-01T12:00:00Z","title":"@call","notes":"+1\nand \"more\"","channel":"call"})"
    );
    REQUIRE(added.status == 201);
    auto all = read(app.get("/api/tasks/export.csv"));
    CHECK(all.rows.size() == 6);
    CHECK(all.header.front() == "Client name"); // ids come last
    CHECK(std::ranges::find(all.header, "Id") > std::ranges::find(all.header, "Completed at"));
    CHECK(all.at(0, "Title") == "'@call");
    CHECK(all.at(0, "Notes") == "'+1\nand \"more\"");
    CHECK(all.at(0, "Client name") == "'=1+1");
    CHECK(all.at(0, "Scheduled for") == "2030-03-01T12:00:00Z");
    CHECK(all.at(0, "Failed") == "no");
    CHECK(all.at(1, "Followup type") == "Day 1");
    CHECK(all.at(1, "Title").empty());
    auto last_first = read(app.get("/api/tasks/export.csv?sort=-scheduled_for&status=pending&limit=1&page=3"));
    CHECK(last_first.rows.size() == 6);
    CHECK(last_first.at(0, "Followup type") == "Month 1");
    CHECK(read(app.get("/api/tasks/export.csv?due_before=2030-03-02T00:00:00Z")).rows.size() == 1);
    CHECK(read(app.get("/api/tasks/export.csv?status=completed")).rows.empty());
    CHECK(app.get("/api/tasks/export.csv?status=none").status == 422);
    CHECK(read(app.other().get("/api/tasks/export.csv")).rows.empty());
    CHECK(app.stranger().get("/api/tasks/export.csv").status == 401);
    CHECK(app.get("/api/audit?action=list_exported")["items.0.subject.name"] == "tasks.csv");
}

TEST_CASE("list exports: more than a step of rows, each once, in order") {
    TestApp app;
    app.make_client("kim@example.com", "", true);
    app.store.exec(
        "insert into tasks (account_id, id, contact_id, followup_type, scheduled_for, status, priority, channel, mode, "
        "created_at, updated_at) "
        "select account_id, gen_random_uuid(), contact_id, 'Custom', scheduled_for + i * interval '1 minute', 'pending', "
        "'low', 'call', 'manual', created_at, created_at from tasks, generate_series(1, 500) i"
    );
    auto all = read(app.get("/api/tasks/export.csv"));
    CHECK(all.rows.size() == 2505);
    std::set<std::string> ids;
    for (std::size_t i = 0; i < all.rows.size(); ++i) {
        ids.insert(all.at(i, "Id"));
        if (i > 0) CHECK(all.at(i - 1, "Scheduled for") <= all.at(i, "Scheduled for"));
    }
    CHECK(ids.size() == 2505);
    auto book = app.get("/api/tasks/export.xlsx");
    CHECK(book.status == 200);
    CHECK(book.body.starts_with("PK"));
    CHECK(book.headers.find("Content-Disposition")->find("tasks.xlsx") != std::string::npos);
}

TEST_CASE("list exports: e-mails that were sent and that came in, journeys with their next step") {
    TestApp app{Providers::sandbox};
    auto kim = app.make_client("kim@example.com", "", true);
    app.advance(24h + 1min);
    app.run_jobs();
    auto journeys = read(app.get("/api/journeys/export.csv?status=in_progress"));
    REQUIRE(journeys.rows.size() == 1);
    CHECK(journeys.at(0, "Client name") == "Kim Doe");
    CHECK(journeys.at(0, "Steps done") == "1");
    CHECK_FALSE(journeys.at(0, "Next scheduled for").empty());
    app.post("/sandbox/inbound", R"({"channel":"email","from":"kim@example.com","text":"=cmd|x"})");
    app.run_jobs();
    auto sent = read(app.get("/api/emails/export.csv?client_id=" + kim));
    REQUIRE(sent.rows.size() == 1);
    CHECK(sent.at(0, "To email") == "kim@example.com");
    CHECK_FALSE(sent.at(0, "Subject").empty());
    CHECK_FALSE(sent.at(0, "Sent at").empty());
    CHECK(read(app.get("/api/emails/export.csv?status=bounced")).rows.empty());
    auto received = read(app.get("/api/emails/received/export.csv?kind=reply"));
    REQUIRE(received.rows.size() == 1);
    CHECK(received.at(0, "From email") == "kim@example.com");
    CHECK(received.at(0, "Text body").starts_with("'=cmd|x"));
    CHECK(read(app.get("/api/emails/received/export.csv?kind=bounce")).rows.empty());
    auto stopped = read(app.get("/api/journeys/export.csv?client_id=" + kim));
    CHECK(stopped.at(0, "End reason") == "replied");
    CHECK(stopped.at(0, "Next scheduled for").empty());
    for (auto list : {"emails", "emails/received", "journeys"})
        CHECK(read(app.other().get("/api/" + std::string(list) + "/export.csv")).rows.empty());
}

TEST_CASE("list exports: plans, letters, tags, team, stages, suggestions, deliveries") {
    TestApp app;
    auto kim = app.make_client("kim@example.com", R"("tags":["north"])");
    app.patch("/api/clients/" + kim, R"({"stage":"negotiating","stage_reason":"Wants to see it"})");
    app.post("/api/templates", R"({"name":"Hello","subject":"Hi","body":"Dear {{client_first_name}}"})");
    auto hook = app.post("/api/webhooks", R"({"url":"https://hooks.example.com/in"})")["id"];
    CHECK_FALSE(read(app.get("/api/journey-templates/export.csv")).at(0, "Name").empty());
    CHECK(read(app.get("/api/tags/export.csv")).at(0, "Tag") == "north");
    CHECK(read(app.get("/api/team/export.csv")).at(0, "Email") == "ada@example.com");
    auto stages = read(app.get("/api/contacts/" + kim + "/stages/export.csv"));
    REQUIRE(stages.rows.size() == 2);
    CHECK(stages.at(0, "To") == "negotiating");
    CHECK(stages.at(0, "Reason") == "Wants to see it");
    CHECK(read(app.get("/api/stage-suggestions/export.csv?status=open")).rows.empty());
    CHECK(read(app.get("/api/webhooks/" + hook + "/deliveries/export.csv")).header.size() > 4);
    CHECK(app.other().get("/api/webhooks/" + hook + "/deliveries/export.csv").status == 404);
    CHECK(app.other().get("/api/contacts/" + kim + "/stages/export.csv").status == 404);
    CHECK(read(app.other().get("/api/tags/export.csv")).rows.empty());
    CHECK(app.join("agent").get("/api/webhooks/" + hook + "/deliveries/export.csv").status == 403);
    for (auto list : {"journey-templates", "templates", "tags", "team", "stage-suggestions"}) {
        CAPTURE(list);
        CHECK(app.get("/api/" + std::string(list) + "/export.xlsx").body.starts_with("PK"));
    }
}

TEST_CASE("list exports: the trash, all of its pages") {
    TestApp app;
    app.del("/api/clients/" + app.make_client("kim@example.com"));
    app.store.exec("insert into contacts (account_id, id, name, email, email_key, property_address, property_type, stage, "
                   "created_at, updated_at, deleted_at) "
                   "select account_id, gen_random_uuid(), 'P', i || '@bulk.test', i || '@bulk.test', 'x', 'land', 'lead', "
                   "created_at, created_at, deleted_at - i * interval '1 second' from contacts, generate_series(1, 1500) i");
    app.make_client("lee@example.com");
    auto trash = read(app.get("/api/trash/export.csv"));
    CHECK(trash.rows.size() == 1501);
    std::set<std::string> ids;
    for (std::size_t i = 0; i < trash.rows.size(); ++i) ids.insert(trash.at(i, "Id"));
    CHECK(ids.size() == 1501);
    CHECK(trash.at(0, "Email") == "kim@example.com");
    CHECK_FALSE(trash.at(0, "Purged at").empty());
    CHECK(app.get("/api/trash/export.xlsx").body.starts_with("PK"));
    CHECK(read(app.other().get("/api/trash/export.csv")).rows.empty());
}

TEST_CASE("list exports: reports as workbooks") {
    TestApp app;
    for (auto report : {"trends", "funnel", "response-times", "sources"}) {
        CAPTURE(report);
        auto book = app.get("/api/reports/" + std::string(report) + ".xlsx?from=2030-03-01&to=2030-03-04");
        CHECK(book.status == 200);
        CHECK(book.body.starts_with("PK"));
        CHECK(app.get("/api/reports/" + std::string(report) + ".xlsx?from=2030-03-04&to=2030-03-01").status == 422);
    }
}
