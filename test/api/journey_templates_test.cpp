#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

const std::string built_in = "/api/journey-templates/00000000-0000-7000-8000-000000000001";

std::string step(std::string_view name, std::int64_t minutes, std::string_view more = "") {
    return R"({"name":")" + std::string(name) + R"(","offset_minutes":)" + std::to_string(minutes) + std::string(more) + "}";
}

std::string plan(std::string_view name, std::string_view steps, std::string_view more = "") {
    return R"({"name":")" + std::string(name) + R"(","steps":[)" + std::string(steps) + "]" + std::string(more) + "}";
}

/// The steps of a plan as it is, as a patch takes them: without the one at `leave_out`, and with one more.
std::string steps_again(const Reply& plan, std::size_t leave_out, const std::string& one_more) {
    std::string out = R"({"steps":[)";
    for (std::size_t i = 0; i < plan.size("steps"); ++i) {
        if (i == leave_out) continue;
        auto at = "steps." + std::to_string(i);
        out += R"({"id":")" + plan[at + ".id"] + R"(","name":")" + plan[at + ".name"] + R"(","followup_type":")" +
               plan[at + ".followup_type"] + R"(","priority":")" + plan[at + ".priority"] + R"(","offset_minutes":)" +
               plan[at + ".offset_minutes"] + "},";
    }
    return out + one_more + "]}";
}

} // namespace

TEST_CASE("plans: the built-in one is there without being made, and every account edits its own") {
    TestApp app;
    auto list = app.get("/api/journey-templates");
    REQUIRE(list.size("items") == 1);
    CHECK(list["items.0.built_in"] == "true");
    CHECK(list["items.0.edited"] == "false");
    CHECK(list["items.0.starts"] == "new_client");
    CHECK(list["items.0.steps.0.name"] == "Day 1");
    CHECK(list["items.0.steps.4.offset_minutes"] == "43200");

    auto edited = app.patch(built_in, plan("Hello", step("Call them", 60, R"(,"channel":"call","priority":"high")")));
    REQUIRE(edited.status == 200);
    CHECK(edited["edited"] == "true");
    CHECK(edited["steps.0.mode"] == "manual");
    CHECK(app.other().get(built_in)["name"] == "New client");

    auto client = app.make_client("kim@example.com", "", true);
    auto tasks = app.get("/api/clients/" + client + "/tasks");
    REQUIRE(tasks.size("items") == 1);
    CHECK(tasks["items.0.title"] == "Call them");
    CHECK(tasks["items.0.channel"] == "call");
    CHECK(tasks["items.0.journey_name"] == "Hello");

    CHECK(app.del(built_in)["success"] == "true");
    CHECK(app.get(built_in)["edited"] == "false");
    CHECK(app.del(built_in).status == 404);
    auto back = app.post(built_in + "/restore");
    CHECK(back["name"] == "Hello");
}

TEST_CASE("plans: a stage of its own has a plan of its own, for new people and for those who enter it") {
    TestApp app;
    auto arriving = plan("Hot start", step("Right away", 0), R"(,"starts":"new_client","stage":"negotiating")");
    REQUIRE(app.post("/api/journey-templates", arriving).status == 201);
    auto entering = plan(
        "Paperwork", step("Documents", 1440, R"(,"channel":"note")"), R"(,"starts":"stage_entered","stage":"under_contract")"
    );
    REQUIRE(app.post("/api/journey-templates", entering).status == 201);

    auto lead = app.make_client("lead@example.com", "", true);
    CHECK(app.get("/api/clients/" + lead + "/tasks").size("items") == 5);
    auto warm = app.make_client("warm@example.com", R"("stage":"negotiating")", true);
    CHECK(app.get("/api/clients/" + warm + "/tasks").size("items") == 1);

    app.patch("/api/clients/" + lead, R"({"stage":"under_contract"})");
    auto journeys = app.get("/api/clients/" + lead + "/journeys");
    REQUIRE(journeys.size("items") == 2);
    CHECK(journeys["items.0.name"] == "Paperwork");
    CHECK(journeys["items.0.status"] == "in_progress");
    CHECK(journeys["items.1.status"] == "stopped");
    CHECK(journeys["items.1.end_reason"] == "another plan has begun: Paperwork");
}

TEST_CASE("plans: who is moved back has the plan again that they had; who is moved on again, the one they had begun") {
    TestApp app;
    auto entering = plan(
        "Paperwork", step("Documents", 60) + "," + step("Inspection", 2880),
        R"(,"starts":"stage_entered","stage":"under_contract")"
    );
    REQUIRE(app.post("/api/journey-templates", entering).status == 201);
    auto client = app.make_client("lead@example.com", "", true);
    auto of = [&](const std::string& name, const std::string& what) {
        auto journeys = app.get("/api/clients/" + client + "/journeys");
        for (std::size_t i = 0; i < journeys.size("items"); ++i) {
            auto at = "items." + std::to_string(i) + ".";
            if (journeys[at + "name"] == name) return journeys[at + what];
        }
        return std::string("none");
    };
    auto body = R"({"action":"stage","stage":"under_contract","ids":[")" + client + "\"]}";
    auto bulk = app.post("/api/contacts/bulk", body);
    CHECK(of("New client", "end_reason") == "another plan has begun: Paperwork");
    app.advance(2h);
    app.run_jobs();
    CHECK(app.sender.sent.size() == 1);
    CHECK(app.post("/api/bulk-jobs/" + bulk["id"] + "/undo")["state"] == "undone");
    CHECK(app.get("/api/clients/" + client)["stage"] == "lead");
    CHECK(of("New client", "status") == "in_progress");
    CHECK(of("Paperwork", "end_reason") == "back at an earlier stage");
    app.advance(24h);
    app.run_jobs();
    REQUIRE(app.sender.sent.size() == 2);
    CHECK(of("New client", "steps_done") == "1");

    CHECK(app.patch("/api/clients/" + client, R"({"stage":"under_contract"})").status == 200);
    CHECK(of("Paperwork", "status") == "in_progress");
    CHECK(of("New client", "status") == "stopped");
    app.advance(24h);
    app.run_jobs();
    CHECK(app.sender.sent.size() == 3);
    CHECK(of("Paperwork", "status") == "completed");
    CHECK(app.get("/api/clients/" + client + "/journeys")["total"] == "2");
}

TEST_CASE("plans: one answers for each occasion; names are unique; bad ones are refused with every field") {
    TestApp app;
    auto any_new = plan("Mine", step("Hi", 60), R"(,"starts":"new_client")");
    CHECK(app.post("/api/journey-templates", any_new)["code"] == "start_taken");
    CHECK(app.patch(built_in, R"({"active":false})").status == 200);
    CHECK(app.post("/api/journey-templates", any_new).status == 201);
    CHECK(app.patch(built_in, R"({"active":true})")["code"] == "start_taken");
    CHECK(app.del(built_in).status == 409);
    CHECK(app.post("/api/journey-templates", plan("mine", step("Hi", 1)))["code"] == "name_taken");

    CHECK(app.post("/api/journey-templates", plan("A", "")).status == 422);
    CHECK(app.post("/api/journey-templates", plan("A", step("", 1) + "," + step("x", -1))).size("errors") == 2);
    CHECK(app.post("/api/journey-templates", plan("A", step("x", 1, R"(,"channel":"call","mode":"automatic")"))).status == 422);
    CHECK(app.post("/api/journey-templates", plan("A", step("x", 1), R"(,"starts":"stage_entered")")).status == 422);
    CHECK(app.post("/api/journey-templates", plan("A", step("x", 1), R"(,"stage":"lead")")).status == 422);
    CHECK(
        app.post("/api/journey-templates", plan("A", step("x", 1), R"(,"starts":"stage_entered","stage":"closed")")).status ==
        422
    );
    auto unknown = step("x", 1, R"(,"id":"0190a000-0000-7000-8000-000000000001")");
    CHECK(app.post("/api/journey-templates", plan("A", unknown)).status == 422);
    auto mine = app.get("/api/journey-templates")["items.1.id"];
    CHECK(app.other().get("/api/journey-templates/" + mine).status == 404);
    CHECK(app.other().patch("/api/journey-templates/" + mine, R"({"name":"B"})").status == 404);
    CHECK(app.other().del("/api/journey-templates/" + mine).status == 404);
}

TEST_CASE("plans: what can't be sent yet becomes a person's task, and says why") {
    TestApp app;
    auto made =
        app.post("/api/journey-templates", plan("Texts", step("Text them", 0, R"(,"channel":"sms","mode":"automatic")")));
    REQUIRE(made.status == 201);
    CHECK(made["steps.0.mode"] == "automatic");
    CHECK(made["steps.0.manual_reason"] == "text messages can't be sent from here yet");
    auto client = app.make_client();
    REQUIRE(app.post("/api/clients/" + client + "/journeys", R"({"template_id":")" + made["id"] + R"("})").status == 201);
    auto tasks = app.get("/api/clients/" + client + "/tasks");
    CHECK(tasks["items.0.mode"] == "manual");
    CHECK(tasks["items.0.reason"] == "text messages can't be sent from here yet");
}

TEST_CASE("plans: an edit reaches those under way, ahead of where each of them is and nowhere else") {
    TestApp app;
    app.set_time("2030-03-04T15:00:00Z");
    auto old = app.make_client("old@example.com", "", true);
    app.advance(24h * 8);
    app.run_jobs();
    app.advance(24h);
    app.run_jobs();
    auto fresh = app.make_client("fresh@example.com", "", true);
    auto hand = app.get("/api/clients/" + fresh + "/tasks")["items.3.id"];
    app.patch("/api/tasks/" + hand, R"({"notes":"by hand"})");

    // Two weeks' step goes, one on the second day and one on the tenth come.
    auto before = app.get(built_in);
    CHECK(before["running"] == "2");
    auto more = step("Day 2", 2 * 1440) + "," + step("Day 10", 10 * 1440, R"(,"channel":"call")");
    REQUIRE(app.patch(built_in, steps_again(before, 1, more)).status == 200);
    app.run_jobs();

    auto of_fresh = app.get("/api/clients/" + fresh + "/tasks");
    REQUIRE(of_fresh.size("items") == 7);
    CHECK(of_fresh["items.1.title"] == "Day 2");
    CHECK(of_fresh["items.2.followup_type"] == "Day 3");
    CHECK(of_fresh["items.2.status"] == "cancelled");
    CHECK(of_fresh["items.2.reason"] == "the step was taken out of the plan");
    CHECK(of_fresh["items.5.notes"] == "by hand");
    CHECK(of_fresh["items.5.status"] == "pending");

    auto of_old = app.get("/api/clients/" + old + "/tasks");
    REQUIRE(of_old.size("items") == 6);
    for (std::size_t i = 0; i < 6; ++i) CHECK(of_old["items." + std::to_string(i) + ".title"] != "Day 2");
    CHECK(of_old["items.3.title"] == "Day 10");

    // A step's time moves with the plan.
    auto now = app.get(built_in);
    auto month = now.size("steps") - 1;
    CHECK(now["steps." + std::to_string(month) + ".followup_type"] == "Month 1");
    REQUIRE(
        app.patch(
               built_in, steps_again(
                             now, month,
                             step(
                                 "Month 1", 40 * 1440,
                                 R"(,"followup_type":"Month 1","id":")" + now["steps." + std::to_string(month) + ".id"] + R"(")"
                             )
                         )
        )
            .status == 200
    );
    app.run_jobs();
    auto created = parse_rfc3339(app.get("/api/clients/" + old)["created_at"]).value();
    auto moved = app.get("/api/clients/" + old + "/tasks");
    CHECK(parse_rfc3339(moved["items.5.scheduled_for"]).value() == created + 24h * 40);
}

TEST_CASE("plans: a stale edit is refused") {
    TestApp app;
    auto etag = std::string(app.get(built_in).headers.find("ETag").value_or(""));
    CHECK(app.patch(built_in, R"({"name":"A"})", {{"If-Match", etag}}).status == 200);
    CHECK(app.patch(built_in, R"({"name":"B"})", {{"If-Match", etag}}).status == 412);
}

TEST_CASE("plans: a step can name a letter of the library, which is sent in its language with the person's own facts") {
    TestApp app;
    auto letter = app.post(
        "/api/templates",
        R"({"name":"Hola","language":"es","subject":"Su casa en {{property_street}}","body":"Hola, {{first_name}}:\n\nLe escribo por su casa."})"
    );
    auto named = R"(,"letter_id":")" + letter["id"] + "\"";
    auto edited = app.patch(built_in, plan("Hello", step("First", 60, named) + "," + step("Second", 4320)));
    REQUIRE(edited.status == 200);
    CHECK(edited["steps.0.letter_id"] == letter["id"]);
    CHECK(edited["steps.1.letter_id"] == "null");
    auto client = app.make_client("kim@example.com", "", true);
    CHECK(app.get("/api/clients/" + client + "/tasks")["items.0.letter_id"] == letter["id"]);
    auto task = app.get("/api/clients/" + client + "/tasks")["items.0.id"];
    auto preview = app.post("/api/emails/preview", R"({"client_id":")" + client + R"(","task_id":")" + task + "\"}");
    CHECK(preview["body"].starts_with("Hola, Kim:"));
    app.advance(61min);
    app.run_jobs();
    REQUIRE(app.sender.sent.size() == 1);
    CHECK(app.sender.sent[0].text.find("Hola, Kim:\n\nLe escribo por su casa.") != std::string::npos);
    CHECK(app.sender.sent[0].subject.starts_with("Su casa en "));
    CHECK(app.model.prompts.empty());
    CHECK(app.get("/api/emails")["items.0.source"] == "template");
}

TEST_CASE("plans: where a step's letter can't serve, one is written; an edited plan changes the letters ahead") {
    TestApp app;
    auto lacking = app.post("/api/templates", R"({"name":"Phone","subject":"S","body":"I call you at {{phone}}."})")["id"];
    auto deleted = app.post("/api/templates", R"({"name":"Gone","subject":"S","body":"Gone."})")["id"];
    auto good = app.post("/api/templates", R"({"name":"Good","subject":"Good","body":"Good day."})")["id"];
    auto letter = [](const std::string& id) { return R"(,"letter_id":")" + id + "\""; };
    auto steps = step("A", 60, letter(lacking)) + "," + step("B", 4320, letter(deleted)) + "," + step("C", 8640);
    auto edited = app.patch(built_in, plan("Hello", steps));
    REQUIRE(edited.status == 200);
    app.make_client("kim@example.com", "", true);
    app.del("/api/templates/" + deleted);
    app.advance(61min);
    app.run_jobs();
    app.set_time("2030-03-07T16:00:00Z");
    app.run_jobs();
    REQUIRE(app.sender.sent.size() == 2);
    CHECK(app.model.prompts.size() == 2);
    CHECK(app.sender.sent[1].text.find("Gone.") == std::string::npos);

    auto again = R"({"steps":[{"id":")" + edited["steps.2.id"] + R"(","name":"C","offset_minutes":8640)" + letter(good) + "}]}";
    REQUIRE(app.patch(built_in, again).status == 200);
    app.run_jobs();
    app.set_time("2030-03-10T16:00:00Z");
    app.run_jobs();
    REQUIRE(app.sender.sent.size() == 3);
    CHECK(app.sender.sent[2].subject == "Good");
    CHECK(app.model.prompts.size() == 2);
}

TEST_CASE("plans: a letter that the library does not have is refused by name, and so is one for a call") {
    TestApp app;
    auto others = app.other().post("/api/templates", R"({"name":"Theirs","subject":"S","body":"B"})")["id"];
    auto named = R"(,"letter_id":")" + others + "\"";
    auto refused = app.patch(built_in, plan("Hello", step("A", 60) + "," + step("B", 120, named)));
    CHECK(refused.status == 422);
    CHECK(refused["errors.0.field"] == "steps.1.letter_id");
    auto call = app.patch(built_in, plan("Hello", step("B", 120, named + R"(,"channel":"call")")));
    CHECK(call.status == 422);
    CHECK(call["errors.0.field"] == "steps.0.letter_id");
    CHECK(call["errors.0.code"] == "not_allowed");
}
