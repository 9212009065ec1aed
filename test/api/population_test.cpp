// Ninety days of an office by the clock: people reply, bounce, unsubscribe, are moved, deleted, brought back, paused and put on
// other plans. Whatever they do, nobody gets a message after a stop, and nobody the same one twice; and on each day every
// counter is what a recount says.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

struct Person {
    std::string id;
    std::optional<std::string> stopped; ///< why nothing may come any more
    std::optional<std::string> journey; ///< one that stands still
    std::optional<Time> deleted;
    bool erased = false;
};

class Population {
public:
    explicit Population(int size) {
        app_.set_time("2030-03-04T15:00:00Z");
        auto plan = app_.post(
            "/api/journey-templates",
            R"({"name":"Second wind","steps":[{"name":"Hello again","offset_minutes":4320},{"name":"And again","offset_minutes":14400}]})"
        );
        plan_ = plan["id"];
        auto rule = R"({"name":"Answers","trigger":"replied","from_stages":["lead"],"to_stage":"negotiating","action":"move"})";
        REQUIRE(app_.post("/api/stage-rules", rule).status == 201);
        for (int i = 0; i < size; ++i) {
            auto zone = i % 3 == 0 ? R"("zone":"America/Los_Angeles")" : i % 3 == 1 ? R"("zone":"Europe/Madrid")" : "";
            people_.push_back({app_.make_client("p" + std::to_string(i) + "@example.com", zone, true), {}, {}, {}});
        }
    }

    void live(int days) {
        for (int day = 0; day < days; ++day) {
            for (auto& person : people_) {
                if (roll_(random_) < 6) happen(person);
            }
            for (int part = 0; part < 3; ++part) {
                app_.advance(8h);
                app_.run_jobs();
                look();
            }
            CHECK(app_.store.wrong_counters() == "");
        }
    }

    void check() {
        std::set<std::string> causes;
        for (auto& email : app_.sender.sent)
            CHECK_MESSAGE(causes.insert(email.task_id).second, email.task_id, " was sent twice");
        CHECK(app_.sender.sent.size() == app_.sender.attempts.size());
        CHECK(app_.sender.sent.size() > people_.size());
        CHECK(std::ranges::any_of(people_, &Person::erased));
        auto counted = reader_.get("/api/dashboard/stats");
        REQUIRE(counted.status == 200);
        for (auto status : {"pending", "completed", "skipped"}) {
            auto recount = app_.store.value(
                "select count(*) from tasks where deleted_at is null and status = '" + std::string(status) + "'"
            );
            CHECK(counted["tasks_by_status." + std::string(status)] == recount);
        }
        // Nobody is left behind: what is still pending lies ahead, stands still, or waits for a person.
        CHECK(
            app_.store.value(
                "select count(*) from tasks where status = 'pending' and mode = 'automatic' and paused_at is null and "
                "failed_at is "
                "null and deleted_at is null and scheduled_for < '" +
                format_rfc3339(app_.now() - 48h) + "'"
            ) == "0"
        );
    }

private:
    void stop(Person& person, std::string why) {
        person.stopped = std::move(why);
        person.journey.reset(); // what stood still has ended
    }

    void with_modules(const std::function<Task<>(db::Session&, Context&, Id<contacts::Client>)>& act, const Person& person) {
        auto ctx = app_.context();
        Id<contacts::Client> id{Uuid::parse(person.id).value()};
        auto body = [&](db::Session& tx) { return act(tx, ctx, id); };
        app_.run(app_.db().transaction(ctx, body));
    }

    void happen(Person& person) {
        auto path = "/api/clients/" + person.id;
        if (person.erased) return;
        engage(person);
        switch (roll_(random_) % 8) {
        case 0: // they reply
            if (person.stopped) return;
            with_modules(
                [this](db::Session& tx, Context& ctx, Id<contacts::Client> id) -> Task<> {
                    app_.modules().events.record(
                        tx, ctx, {.kind = "email_replied", .contact_id = id.value, .data = {}, .at = {}}
                    );
                    co_await app_.modules().contacts.stop_follow_ups(tx, ctx, id, "replied");
                },
                person
            );
            return stop(person, "replied");
        case 1: // the address does not work
            if (person.stopped) return;
            with_modules(
                [this](db::Session& tx, Context& ctx, Id<contacts::Client> id) -> Task<> {
                    co_await app_.modules().contacts.stop_follow_ups(tx, ctx, id, "the e-mail address bounced");
                },
                person
            );
            return stop(person, "bounced");
        case 2:
            if (person.stopped) return;
            CHECK(app_.patch(path, R"({"email_unsubscribed":true})").status == 200);
            return stop(person, "unsubscribed");
        case 3:
            if (person.stopped) return;
            CHECK(app_.patch(path, R"({"stage":"lost"})").status == 200);
            return stop(person, "lost");
        case 4:
            if (person.stopped) return;
            CHECK(app_.del(path).status == 200);
            person.deleted = app_.now();
            return stop(person, "deleted");
        case 5: // brought back: what lies ahead goes on; or gone for good
            if (!person.deleted) return;
            if (roll_(random_) < 50 && app_.now() - *person.deleted <= 29 * 24h) {
                CHECK(app_.post("/api/contacts/" + person.id + "/erase", R"({"reason":"asked"})").status == 200);
                person.erased = true;
                return;
            }
            if (app_.now() - *person.deleted > 30 * 24h) {
                CHECK(app_.post(path + "/restore").status == 404);
                return;
            }
            CHECK(app_.post(path + "/restore").status == 200);
            person.deleted.reset();
            person.stopped.reset();
            return;
        case 6: return stand_still(person);
        default:
            if (person.stopped || person.journey) return;
            app_.post(path + "/journeys", R"({"template_id":")" + plan_ + R"("})");
        }
    }

    /// They look at what they got last, as the provider's events say.
    void engage(const Person& person) {
        auto mine = [&](const mail::OutgoingEmail& sent) { return sent.client_id == person.id; };
        auto last = std::find_if(app_.sender.sent.rbegin(), app_.sender.sent.rend(), mine);
        if (last == app_.sender.sent.rend()) return;
        std::string act = roll_(random_) < 50 ? "opened" : "clicked";
        app_.store.exec(
            "update messages set person_" + act + "_at = '" + format_rfc3339(app_.now()) + "', status = '" + act +
            "' where id = '" + last->email_id + "'"
        );
    }

    void stand_still(Person& person) {
        if (person.journey) {
            if (!person.stopped) CHECK(app_.post("/api/journeys/" + *person.journey + "/resume").status == 200);
            person.journey.reset();
            return;
        }
        if (person.stopped) return;
        auto journeys = app_.get("/api/clients/" + person.id + "/journeys?status=in_progress");
        if (journeys.size("items") == 0) return;
        person.journey = journeys["items.0.id"];
        CHECK(app_.post("/api/journeys/" + *person.journey + "/pause").status == 200);
    }

    /// What went out since the last look went to people whom nothing stopped.
    void look() {
        std::map<std::string, const Person*> by_id;
        for (auto& person : people_) by_id[person.id] = &person;
        for (; seen_ < app_.sender.sent.size(); ++seen_) {
            auto& person = *by_id.at(app_.sender.sent[seen_].client_id);
            CHECK_MESSAGE(!person.stopped, "a message went to somebody who had stopped it: ", person.stopped.value_or(""));
            CHECK_MESSAGE(!person.journey, "a message went out of a journey that stands still");
        }
    }

    TestApp app_;
    // Ninety days end every session, not a key.
    Visitor reader_{app_, app_.post("/api/api-keys", R"({"name":"Reader","scopes":["*"]})")["api_key"]};
    std::string plan_;
    std::vector<Person> people_;
    std::size_t seen_ = 0;
    std::mt19937 random_{20300304};
    std::uniform_int_distribution<int> roll_{0, 99};
};

} // namespace

TEST_CASE("population: over ninety days nobody gets a message after a stop, nobody the same one twice") {
    auto size = std::getenv("DOORSTEP_POPULATION");
    Population population(size ? std::atoi(size) : 24);
    population.live(90);
    population.check();
}
