#pragma once

// A browser that connects a Google Calendar, through the double's consent page.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "test/support/test_app.hpp"

namespace doorstep::test {

struct CalendarBrowser {
    explicit CalendarBrowser(TestApp& app) : CalendarBrowser(app, app.ada()) {}
    CalendarBrowser(TestApp& app, Visitor who) : app(app), who(std::move(who)) {
        id = this->who.get("/api/auth/me")["user.id"];
    }

    std::string path(const std::string& what) const { return "/api/calendar/" + id + "/" + what; }

    /// What Google is asked.
    std::string begin(const std::string& return_to = "settings") {
        auto reply = who.get("/api/calendar/oauth/" + id + "?return_to=" + return_to);
        REQUIRE(reply.status == 200);
        std::string kept(reply.headers.find("Set-Cookie").value());
        cookie = kept.substr(0, kept.find(';'));
        return reply["url"].substr(reply["url"].find('?') + 1);
    }

    /// Where Google sends the browser, once the person has chosen and ticked.
    std::string choose(const std::string& asked, const std::string& choice, const std::vector<std::string>& ticked) {
        auto form = asked + "&email=&choice=" + http::percent_encode(choice);
        for (auto& scope : ticked)
            form += "&granted=" + http::percent_encode("https://www.googleapis.com/auth/calendar." + scope);
        auto reply = app.stranger().send(
            "POST", "/sandbox/google/authorize", form, {{"Content-Type", "application/x-www-form-urlencoded"}}
        );
        REQUIRE(reply.status == 303);
        std::string url(reply.headers.find("Location").value());
        return url.substr(std::string_view("http://app.test").size());
    }

    /// Where it ends.
    std::string end(const std::string& back, Visitor visitor) {
        auto reply = visitor.get(back, {{"Cookie", cookie}});
        CHECK(reply.status == 303);
        return std::string(reply.headers.find("Location").value_or(""));
    }
    std::string end(const std::string& back) { return end(back, who); }

    std::string connect(
        const std::string& choice = "bea.torres@example.com",
        const std::vector<std::string>& ticked = {"events", "freebusy", "calendarlist.readonly"}
    ) {
        return end(choose(begin(), choice, ticked));
    }

    Reply connection() { return who.get(path("credentials")); }
    Reply calendars() { return who.get(path("calendars")); }
    /// Calls that the double of Google has had, by its name for them.
    std::size_t calls(const std::string& operation) const {
        return std::stoul(
            app.store.value("select count(*) from sandbox.calls where provider = 'google' and operation = '" + operation + "'")
        );
    }
    void fault(const std::string& fields) const {
        REQUIRE(app.stranger().post("/sandbox/faults", R"({"provider":"google",)" + fields + "}").status == 201);
    }
    /// As a person does at Google.
    void revoke(const std::string& email = "bea.torres@example.com") const {
        auto reply = app.stranger().post("/sandbox/google/revoke-grant", R"({"email":")" + email + "\"}");
        REQUIRE(reply["revoked"] == "1");
    }

    TestApp& app;
    Visitor who;
    std::string id;
    std::string cookie;
};

} // namespace doorstep::test
