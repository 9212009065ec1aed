#include <doctest/doctest.h>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include "core/phrases.hpp"
#include "modules/insights/summaries.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

std::vector<mail::OutgoingEmail> summaries_of(TestApp& app) {
    std::vector<mail::OutgoingEmail> found;
    for (auto& letter : app.letters.sent) {
        if (letter.subject.find(" at ") != std::string::npos || letter.subject.find(" en ") != std::string::npos)
            found.push_back(letter);
    }
    return found;
}

/// The one whose subject begins so: those of one moment are sent in any order.
mail::OutgoingEmail summary_of(TestApp& app, std::string_view period) {
    for (auto& letter : app.letters.sent) {
        if (letter.subject.starts_with(period)) return letter;
    }
    FAIL("there is no such summary");
    return {};
}

bool says(const mail::OutgoingEmail& letter, std::string_view words) {
    return letter.text.find(words) != std::string::npos;
}

/// The path in a letter's one-click link.
std::string path_of(const std::string& url) {
    return url.substr(url.find("/n/"));
}

} // namespace

TEST_CASE("summaries: Monday at 8 in the account's zone, with the week's figures beside those of the week before, once") {
    TestApp app; // Monday, 2030-03-04, 10:00
    app.make_client("kim@example.com");
    app.run_jobs();
    CHECK(app.letters.sent.empty());
    app.set_time("2030-03-11T11:59:00Z"); // 7:59 in summer time
    app.run_jobs();
    CHECK(summaries_of(app).empty());
    app.set_time("2030-03-11T12:01:00Z");
    app.run_jobs();
    app.run_jobs();
    auto first = summaries_of(app);
    REQUIRE(first.size() == 1);
    CHECK(first[0].to.value == "ada@example.com");
    CHECK(first[0].subject == "The week of March 4 at Ada Homes");
    CHECK(says(first[0], "New clients: 1 (1 more than the week before)"));
    CHECK_FALSE(says(first[0], "Deals closed"));
    CHECK(says(first[0], "/console/settings/notifications"));

    app.make_client("lee@example.com");
    app.make_client("max@example.com");
    app.make_client("new@example.com");
    app.set_time("2030-03-18T12:01:00Z");
    app.run_jobs();
    auto second = summaries_of(app);
    REQUIRE(second.size() == 2);
    CHECK(says(second[1], "New clients: 3 (2 more than the week before)"));
}

TEST_CASE("summaries: an empty week says so kindly; after a long time away only the latest period is told") {
    TestApp app;
    app.set_time("2030-05-16T15:00:00Z"); // a Thursday, ten weeks and two firsts of the month later
    app.run_jobs();
    CHECK(summaries_of(app).size() == 2);
    auto week = summary_of(app, "The week of May 6 at Ada Homes");
    CHECK(says(week, "It was a quiet week: nothing came in and nothing went out."));
    CHECK(says(summary_of(app, "April 2030 at Ada Homes"), "It was a quiet month"));
    app.advance(1h);
    app.run_jobs();
    CHECK(summaries_of(app).size() == 2);
}

TEST_CASE("summaries: the month's letter comes on the first, with the days of the month before") {
    TestApp app;
    app.make_client("kim@example.com");
    app.patch("/api/notifications/preferences", R"({"weekly_summary":false})");
    app.set_time("2030-04-01T11:59:00Z");
    app.run_jobs();
    CHECK(summaries_of(app).empty());
    app.set_time("2030-04-01T12:00:00Z");
    app.run_jobs();
    auto sent = summaries_of(app);
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].subject == "March 2030 at Ada Homes");
    CHECK(says(sent[0], "New clients: 1 (1 more than the month before)"));
}

TEST_CASE("summaries: each account's zone decides, and each reader's language") {
    TestApp app;
    app.patch("/api/settings", R"({"zone":"Asia/Tokyo","language":"es"})");
    app.other().patch("/api/notifications/preferences", R"({"language":"es"})");
    app.set_time("2030-03-10T23:01:00Z"); // Monday, 8:01 in Tokyo
    app.run_jobs();
    auto sent = summaries_of(app);
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].subject == "La semana del 4 de marzo en Ada Homes");
    CHECK(says(sent[0], "Fue una semana tranquila"));
    app.set_time("2030-03-11T12:01:00Z");
    app.run_jobs();
    sent = summaries_of(app);
    REQUIRE(sent.size() == 2);
    CHECK(sent[1].subject == "La semana del 4 de marzo en Bob Homes");
}

TEST_CASE("summaries: owners and agents get them unless they say no; others if they say yes; nothing is caught up") {
    TestApp app;
    app.join("agent");
    auto assistant = app.join("assistant");
    CHECK(app.get("/api/notifications/preferences")["weekly_summary"] == "true");
    CHECK(assistant.get("/api/notifications/preferences")["weekly_summary"] == "false");
    app.set_time("2030-03-11T12:01:00Z");
    app.run_jobs();
    CHECK(summaries_of(app).size() == 2);
    CHECK(assistant.patch("/api/notifications/preferences", R"({"weekly_summary":true})")["weekly_summary"] == "true");
    app.advance(10min);
    app.run_jobs();
    CHECK(summaries_of(app).size() == 2);
    app.set_time("2030-03-18T12:01:00Z");
    app.run_jobs();
    CHECK(summaries_of(app).size() == 5);
}

TEST_CASE("summaries: several servers that look at once send each letter once") {
    using namespace boost::asio::experimental::awaitable_operators;
    TestApp app;
    app.join("agent");
    app.set_time("2030-03-11T12:01:00Z");
    auto ctx = app.context();
    auto two_servers = [&]() -> Task<std::int64_t> {
        auto [one, two] = co_await (app.modules().summaries.send_due(ctx) && app.modules().summaries.send_due(ctx));
        co_return one + two;
    };
    CHECK(app.run(two_servers()) == 2);
    app.run_jobs();
    CHECK(summaries_of(app).size() == 2);
}

TEST_CASE("summaries: the one-click link stops that letter alone, without sign-in; looking changes nothing") {
    TestApp app;
    app.set_time("2030-04-01T12:01:00Z"); // a Monday and a first
    app.run_jobs();
    CHECK(summaries_of(app).size() == 2);
    auto path = path_of(summary_of(app, "The week").unsubscribe_url);
    auto stranger = app.stranger();
    auto page = stranger.get(path);
    CHECK(page.status == 200);
    CHECK(page.body.find("Stop these letters?") != std::string::npos);
    CHECK(app.get("/api/notifications/preferences")["weekly_summary"] == "true");
    auto done = stranger.post(path, "List-Unsubscribe=One-Click", {{"Content-Type", "application/x-www-form-urlencoded"}});
    CHECK(done.status == 200);
    CHECK(done.body.find("You are unsubscribed") != std::string::npos);
    CHECK(stranger.post(path, "List-Unsubscribe=One-Click").status == 200);
    auto left = app.get("/api/notifications/preferences");
    CHECK(left["weekly_summary"] == "false");
    CHECK(left["monthly_summary"] == "true");
    CHECK(left["digest"] == "daily");
    CHECK(stranger.get(path.substr(0, path.size() - 1) + (path.back() == 'A' ? "B" : "A")).status == 404);
    CHECK(stranger.get("/n/AAAA").status == 404);
    app.set_time("2030-04-08T12:01:00Z");
    app.run_jobs();
    CHECK(summaries_of(app).size() == 2);
}

TEST_CASE("summaries: every figure has its words in every language") {
    for (auto language : enum_texts<mail::Language>()) {
        insights::Figures figures;
        figures.now = {"", 1, 1, 1, 1, 1, 1, 1};
        figures.before = {"", 2, 0, 1, 1, 1, 1, 1};
        figures.answer_seconds = 7500;
        figures.answer_seconds_before = 300'000;
        for (auto period : {insights::Period::week, insights::Period::month}) {
            auto text = insights::figures_in_words(language, period, figures);
            CHECK(std::ranges::count(text, '\n') == 7);
            CHECK(text.find("2 h 5 min") != std::string::npos);
            CHECK(text.find("3 d") != std::string::npos);
            for (int month = 1; month <= 12; ++month) {
                auto date = std::string("2030-") + (month < 10 ? "0" : "") + std::to_string(month) + "-09";
                CHECK_FALSE(insights::span_in_words(language, {.period = period, .from = date}).empty());
            }
        }
    }
}
