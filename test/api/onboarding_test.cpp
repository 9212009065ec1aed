#include <doctest/doctest.h>

#include <boost/asio/co_spawn.hpp>

#include "test/support/letters.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

const std::string activation = R"({"display_name":"Rita Ray","password":"seven green lanterns"})";

/// An agency that has asked one business in.
struct Hub {
    explicit Hub(std::string_view more = "") {
        auto made = agency.post("/api/hub/clients", R"({"email":"rita@example.com","name":"Rita")" + std::string(more) + "}");
        REQUIRE(made.status == 201);
        id = made["id"];
        path = "/api/hub/clients/" + id;
    }

    std::string token() { return last_part(link_in_letter_to(app, "rita@example.com")); }
    std::string wizard() { return "/api/onboarding/" + token(); }
    Reply look() { return agency.get(path); }

    Reply step(const std::string& step, const std::string& data) {
        return app.stranger().post(wizard() + "/step", R"({"step":")" + step + R"(","data":)" + data + "}");
    }
    Visitor join() {
        auto joined = app.stranger().post(wizard() + "/activate", activation);
        REQUIRE(joined.status == 200);
        return Visitor(app, joined["accessToken"]);
    }

    TestApp app;
    Visitor agency = app.open_account("Great Agency", "greta@example.com", accounts::Kind::agency);
    std::string id;
    std::string path;
};

std::string own_step(const std::string& step, const std::string& data) {
    return R"({"step":")" + step + R"(","data":)" + data + "}";
}

const std::vector<std::pair<std::string, std::string>> answers{
    {"profile", R"({"display_name":"Rita Ray","phone":"+1 202 555 0123","communication_prefs":["email","sms"]})"},
    {"services",
     R"({"services":[{"name":"Listing","base_price":"149.5"},{"name":"Buying","description":"Tours","base_price":80}]})"},
    {"brand",
     R"({"business_name":"Ray Realty","business_description":"Homes","primary_brand_colors":"#123456","brand_notes":"-","website_url":"ray.example.com"})"
    },
    {"website", R"({"website_access_status":"will_provide"})"},
    {"ga4", R"({"ga4_access_status":"no_ga4_setup"})"},
    {"google_ads", R"({"google_ads_access_status":"provided","google_ads_account_id":"123-456-7890"})"},
    {"meta", R"({"meta_access_status":"provided_access"})"},
    {"forms", R"({"website_forms_details_status":"need_help"})"},
};

} // namespace

TEST_CASE("onboarding: an agency makes a business and asks it in, in one step") {
    Hub hub(R"(,"client_package":"Growth","client_type":"realtor")");
    auto seen = hub.look();
    CHECK(seen["onboarding.state"] == "invited");
    CHECK(seen.size("onboarding.steps") == 8);
    CHECK(seen["onboarding.steps.0.key"] == "profile");
    CHECK(seen["client_package"] == "Growth");
    auto token = hub.token();
    CHECK(token.size() == 43);
    CHECK(seen.body.find(token) == std::string::npos);
    for (auto table : {"client_onboarding_tokens", "client_profiles", "email_logs", "audit_log", "events"}) {
        CAPTURE(table);
        CHECK(
            hub.app.store.value("select count(*) from " + std::string(table) + " t where t::text like '%" + token + "%'") == "0"
        );
    }
    auto twice = hub.agency.post("/api/hub/clients", R"({"email":"RITA@Example.com","name":"Rita"})");
    CHECK(twice.status == 409);
    CHECK(twice["existing_id"] == hub.id);
    auto list = hub.agency.get("/api/hub/clients?q=rita&state=invited");
    CHECK(list["total"] == "1");
    CHECK(list["items.0.id"] == hub.id);
    CHECK(hub.agency.get("/api/hub/clients?state=active")["total"] == "0");
}

TEST_CASE("onboarding: another address ends the link, and a new one is mailed there and nowhere else") {
    Hub hub;
    auto old = hub.wizard();
    auto renamed = hub.agency.patch(hub.path, R"({"email":"RITA@example.com","name":"Rita R"})");
    CHECK(renamed.status == 200); // the same mailbox
    CHECK(hub.app.stranger().get(old).status == 200);

    auto moved = hub.agency.patch(hub.path, R"({"email":"ceo@bank.example"})");
    REQUIRE(moved.status == 200);
    CHECK(hub.app.stranger().get(old).status == 410);
    CHECK(hub.app.stranger().post(old + "/activate", activation).status == 410);
    CHECK(hub.app.store.value("select count(*) from users where email_key = 'ceo@bank.example'") == "0");
    CHECK(letters_to(hub.app, "rita@example.com") == 1);
    auto token = last_part(link_in_letter_to(hub.app, "ceo@bank.example"));
    CHECK(moved.body.find(token) == std::string::npos);
    CHECK(hub.app.stranger().get("/api/onboarding/" + token)["user.email"] == "ceo@bank.example");

    // Even a link that nobody ended opens the mailbox that it was sent to alone.
    hub.app.store.exec("update client_onboarding_tokens set revoked_at = null where email_key = 'rita@example.com'");
    CHECK(hub.app.stranger().post(old + "/activate", activation).status == 410);
    auto joined = hub.app.stranger().post("/api/onboarding/" + token + "/activate", activation);
    CHECK(joined["user.email"] == "ceo@bank.example");
    CHECK(hub.agency.patch(hub.path, R"({"email":"other@bank.example"})")["code"] == "joined");
}

TEST_CASE("onboarding: who was not invited is not by another address") {
    Hub hub(R"(,"send_invitation":false)");
    CHECK(hub.agency.patch(hub.path, R"({"email":"rob@example.com"})")["onboarding.state"] == "not_invited");
    CHECK(letters_to(hub.app, "rob@example.com") == 0);
}

TEST_CASE("onboarding: what nobody has joined is not activated, and not removed by who saw an earlier state of it") {
    Hub hub;
    auto early = hub.agency.post(hub.path + "/activate");
    CHECK(early.status == 409);
    CHECK(early["code"] == "not_joined");
    CHECK(hub.step("forms", R"({"website_forms_details_status":"need_help"})").status == 200);
    CHECK(hub.agency.post(hub.path + "/activate").status == 409);
    CHECK(letters_to(hub.app, "rita@example.com") == 1);
    CHECK(hub.look()["onboarding.state"] == "in_progress");
    CHECK(hub.agency.del(hub.path, "", {{"If-Match", "\"999\""}}).status == 412);
    auto version = hub.look()["version"];
    CHECK(hub.agency.del(hub.path, "", {{"If-Match", "\"" + version + "\""}}).status == 204);
}

TEST_CASE("onboarding: five letters an hour for a business, and for an address") {
    Hub hub;
    std::string link;
    for (int i = 0; i < 4; ++i) {
        CHECK(hub.agency.post(hub.path + "/onboarding-email").status == 200);
        link = hub.wizard();
    }
    auto held = hub.agency.post(hub.path + "/onboarding-email");
    CHECK(held.status == 429);
    CHECK(held.headers.find("Retry-After"));
    CHECK(hub.app.stranger().get(link).status == 200); // the last one still opens
    CHECK(hub.agency.patch(hub.path, R"({"email":"ceo@bank.example"})").status == 429);
    CHECK(hub.agency.del(hub.path).status == 204);
    CHECK(hub.agency.post("/api/hub/clients", R"({"email":"rita@example.com","name":"Rita"})").status == 429);
    hub.app.advance(1h);
    CHECK(hub.agency.post("/api/hub/clients", R"({"email":"rita@example.com","name":"Rita"})").status == 201);
}

TEST_CASE("onboarding: only agencies have a hub, each its own") {
    Hub hub;
    CHECK(hub.app.post("/api/hub/clients", R"({"email":"x@example.com","name":"X"})").status == 403);
    CHECK(hub.app.get("/api/hub/clients").status == 403);
    auto rival = hub.app.open_account("Rival", "rick@example.com", accounts::Kind::agency);
    CHECK(rival.get(hub.path).status == 404);
    CHECK(rival.patch(hub.path, R"({"name":"Mine"})").status == 404);
    CHECK(rival.post(hub.path + "/activate").status == 404);
    CHECK(rival.post(hub.path + "/onboarding-email").status == 404);
    CHECK(rival.post("/api/hub/clients", R"({"email":"rita@example.com","name":"Rita"})").status == 201);
    auto staff = hub.app.join("staff", hub.agency.get("/api/auth/me")["account.id"]);
    CHECK(staff.get(hub.path).status == 200);
    CHECK(staff.patch(hub.path, R"({"name":"Mine"})").status == 403);
}

TEST_CASE("onboarding: the profile is changed in part, with its values checked") {
    Hub hub;
    auto patched = hub.agency.patch(
        hub.path,
        R"({"client_subtype":"luxury","ga4_access_status":"not_ga4","monthly_revenue_goal":"25000","requires_meta_access":false})"
    );
    CHECK(patched.status == 200);
    CHECK(patched["monthly_revenue_goal"] == "25000.00");
    CHECK(patched.size("onboarding.steps") == 7);
    auto cleared = hub.agency.patch(hub.path, R"({"client_subtype":null})");
    CHECK(cleared["client_subtype"] == "null");
    CHECK(cleared["ga4_access_status"] == "not_ga4"); // what is not sent stays
    CHECK(hub.agency.patch(hub.path, R"({"name":"R"})", {{"If-Match", "\"1\""}}).status == 412);
    auto bad = hub.agency.patch(
        hub.path,
        R"({"ga4_access_status":"maybe","client_package":"Gold","monthly_revenue_goal":"lots","phone":"x","color":"red"})"
    );
    CHECK(bad.status == 422);
    CHECK(bad.size("errors") >= 4);
    CHECK(
        hub.agency.patch(hub.path, R"({"account_manager_id":")" + hub.id + R"("})")["errors.0.field"] == "account_manager_id"
    );
}

TEST_CASE("onboarding: eight steps, each checked and saved, visible to the agency") {
    Hub hub;
    auto shown = hub.app.stranger().get(hub.wizard());
    CHECK(shown["user.email"] == "rita@example.com");
    CHECK(shown["agency"] == "Great Agency");
    for (auto& [step, data] : answers) {
        CAPTURE(step);
        auto saved = hub.step(step, data);
        CHECK(saved.status == 200);
    }
    auto seen = hub.look();
    CHECK(seen["onboarding.state"] == "in_progress");
    for (int i = 0; i < 8; ++i) CHECK(seen["onboarding.steps." + std::to_string(i) + ".done"] == "true");
    CHECK(seen["services.0.base_price"] == "149.50");
    CHECK(seen["services.1.base_price"] == "80.00");
    CHECK(seen["website_url"] == "https://ray.example.com");
    CHECK(seen["google_ads_account_id"] == "123-456-7890");

    struct Bad {
        std::string step, data, field;
    };
    const Bad bad[] = {
        {"profile", R"({"display_name":"","phone":"call me"})", "data.display_name"},
        {"services", R"({"services":[]})", "data.services"},
        {"services", R"({"services":[{"name":"A","base_price":"1.234"}]})", "data.services.0.base_price"},
        {"services", R"({"services":[{"name":"A"},{"name":"a"}]})", "data.services.1.name"},
        {"brand", R"json({"business_name":"B","website_url":"javascript:alert(1)"})json", "data.website_url"},
        {"website", R"({"website_access_status":"sure"})", "data.website_access_status"},
        {"google_ads", R"({"google_ads_access_status":"provided","google_ads_account_id":"12"})", "data.google_ads_account_id"},
        {"meta", R"({"meta_access_status":"provided","password":"hunter2"})", "data.meta_access_status"},
        {"calendar", R"({"calendar_status":"later"})", "step"},
        {"nonsense", "{}", "step"},
    };
    for (auto& [step, data, field] : bad) {
        CAPTURE(data);
        auto refused = hub.step(step, data);
        CHECK(refused.status == 422);
        CHECK(refused["errors.0.field"] == field);
    }
}

TEST_CASE("onboarding: left on one device, gone on with on another; passwords are never kept") {
    Hub hub;
    auto saved = hub.app.stranger().post(
        hub.wizard() + "/draft",
        R"({"draft":{"step":"profile","form":{"display_name":"Ri","Password":"hunter2","passwordConfirm":"hunter2",
            "access":[{"loginPass":"hunter2","wp_pw":"hunter2","Contrase\u00f1a":"hunter2","url":"ray.example.com"}]}}})"
    );
    CHECK(saved.status == 200);
    CHECK(saved["success"] == "true");
    auto elsewhere = hub.app.stranger().get(hub.wizard());
    CHECK(elsewhere["draft.form.display_name"] == "Ri");
    CHECK(elsewhere["draft.form.access.0.url"] == "ray.example.com");
    CHECK(elsewhere.body.find("hunter2") == std::string::npos);
    CHECK(hub.app.store.value("select count(*) from client_profiles p where p::text like '%hunter2%'") == "0");
    CHECK(hub.app.stranger().post(hub.wizard() + "/draft", R"({"draft":"text"})").status == 422);
}

TEST_CASE("onboarding: the first step sets the password, signs in and ends the link") {
    Hub hub;
    auto path = hub.wizard();
    CHECK(
        hub.app.stranger().post(path + "/activate", R"({"display_name":"R","password":"short"})")["errors.0.field"] ==
        "password"
    );
    auto rita = hub.join();
    auto me = rita.get("/api/auth/me");
    CHECK(me["account.id"] == hub.id);
    CHECK(me["role"] == "owner");
    CHECK(me["user.name"] == "Rita Ray");
    for (auto dead : {path, path + "/step", path + "/draft", path + "/activate"}) {
        CAPTURE(dead);
        auto reply = dead == path ? hub.app.stranger().get(dead)
                                  : hub.app.stranger().post(
                                        dead, dead.ends_with("activate") ? activation
                                              : dead.ends_with("step")   ? own_step("forms", "{}")
                                                                         : R"({"draft":{}})"
                                    );
        CHECK(reply.status == 410);
    }
    CHECK(hub.agency.post(hub.path + "/onboarding-email").status == 409);
    CHECK(hub.look()["onboarding.steps.0.done"] == "true");
    CHECK(hub.agency.get("/api/clients", {{"X-Acting-Account", hub.id}}).status == 200);
}

TEST_CASE("onboarding: a stolen link opens nothing once it is used, and of several at once one wins") {
    Hub hub;
    auto path = hub.wizard() + "/activate";
    auto stranger = hub.app.stranger();
    std::vector<int> statuses;
    auto ask = [&]() -> Task<> {
        auto reply = co_await stranger.ask("POST", path, activation, {});
        statuses.push_back(reply.status);
    };
    for (int i = 0; i < 4; ++i)
        boost::asio::co_spawn(hub.app.io, ask(), [](std::exception_ptr problem) { CHECK_FALSE(problem); });
    while (statuses.size() < 4) hub.app.io.run_one();
    CHECK(std::ranges::count(statuses, 200) == 1);
    CHECK(std::ranges::count(statuses, 410) == 3);
    CHECK(hub.app.store.value("select count(*) from memberships where account_id = '" + hub.id + "'") == "1");
}

TEST_CASE("onboarding: an address with an account of its own is not taken over by a link") {
    TestApp app;
    app.other();
    auto agency = app.open_account("Great Agency", "greta@example.com", accounts::Kind::agency);
    agency.post("/api/hub/clients", R"({"email":"bob@example.com","name":"Bob"})");
    auto path = "/api/onboarding/" + last_part(link_in_letter_to(app, "bob@example.com")) + "/activate";
    auto refused = app.stranger().post(path, activation);
    CHECK(refused.status == 409);
    CHECK(refused["code"] == "sign_in_first");
    app.store.exec("update users set password_hash = null where email_key = 'bob@example.com'"); // by Google alone
    CHECK(app.stranger().post(path, activation)["code"] == "sign_in_first");
    CHECK(app.other().get("/api/auth/me").status == 200);
    CHECK(app.other().post(path, activation).status == 200);
    CHECK(app.store.value("select name from users where email_key = 'bob@example.com'") == "Bob");
}

TEST_CASE("onboarding: a link is good for 72 hours, reminded of before and after; a newer one ends it") {
    Hub hub;
    auto first = hub.wizard();
    hub.app.advance(47h);
    hub.app.run_jobs();
    CHECK(letters_to(hub.app, "rita@example.com") == 1);
    hub.app.advance(2h);
    hub.app.run_jobs();
    CHECK(letters_to(hub.app, "rita@example.com") == 2);
    CHECK(hub.wizard() == first); // the reminder has the same link
    CHECK(hub.app.stranger().get(first).status == 200);
    hub.app.advance(23h);
    hub.app.run_jobs();
    CHECK(letters_to(hub.app, "rita@example.com") == 3);
    CHECK(hub.app.stranger().get(first).status == 410);
    hub.app.advance(48h);
    hub.app.run_jobs();
    CHECK(letters_to(hub.app, "rita@example.com") == 3);

    auto sent = hub.agency.post(hub.path + "/onboarding-email");
    CHECK(sent["to"] == "rita@example.com");
    auto second = hub.wizard();
    CHECK(second != first);
    hub.app.advance(1s);
    hub.agency.post(hub.path + "/onboarding-email");
    CHECK(hub.app.stranger().get(second).status == 410);
    CHECK(hub.app.stranger().get(hub.wizard()).status == 200);
    hub.join();
    hub.app.advance(60h);
    auto before = letters_to(hub.app, "rita@example.com");
    hub.app.run_jobs();
    CHECK(letters_to(hub.app, "rita@example.com") == before);
    CHECK(hub.app.stranger().get("/api/onboarding/nonsense").status == 404);
}

TEST_CASE("onboarding: complete once all that is required is done, confirmed by a letter") {
    Hub hub;
    auto rita = hub.join();
    auto missing = rita.post("/api/onboarding/me/complete");
    CHECK(missing.status == 422);
    CHECK(missing.size("errors") == 7);
    CHECK(missing["errors.0.field"] == "steps.services");
    for (auto& [step, data] : answers) CHECK(rita.post("/api/onboarding/me/step", own_step(step, data)).status == 200);
    auto before = letters_to(hub.app, "rita@example.com");
    auto done = rita.post("/api/onboarding/me/complete");
    CHECK(done.status == 200);
    CHECK(done["state"] == "completed");
    CHECK(rita.post("/api/onboarding/me/complete").status == 200);
    CHECK(letters_to(hub.app, "rita@example.com") == before + 1);
    CHECK(hub.look()["onboarding.completed_at"].ends_with("Z"));
    CHECK(hub.agency.get("/api/hub/email-logs?email_type=onboarding_complete")["total"] == "1");
    auto news = hub.agency.get("/api/notifications");
    CHECK(news["total"] == "1");
    CHECK(news["items.0.kind"] == "onboarding_complete");
    CHECK(news["items.0.title"] == "Rita has finished the onboarding.");
    CHECK(hub.agency.post(hub.path + "/onboarding-email").status == 409);

    auto active = hub.agency.post(hub.path + "/activate");
    CHECK(active["onboarding.state"] == "active");
    CHECK(hub.agency.post(hub.path + "/activate").status == 409);
    CHECK(letters_to(hub.app, "rita@example.com") == before + 2);
}

TEST_CASE("onboarding: an agency chooses the steps, their order and which are required") {
    TestApp app;
    auto agency = app.open_account("Great Agency", "greta@example.com", accounts::Kind::agency);
    CHECK(agency.get("/api/hub/onboarding-plan").size("steps") == 8);
    auto set = [&](const std::string& steps) { return agency.put("/api/hub/onboarding-plan", R"({"steps":)" + steps + "}"); };
    CHECK(set(R"([{"key":"brand","required":true}])").status == 422);
    CHECK(set(R"([{"key":"profile","required":false}])").status == 422);
    CHECK(
        set(R"([{"key":"profile","required":true},{"key":"brand","required":true},{"key":"brand","required":true}])").status ==
        422
    );
    CHECK(set(R"([{"key":"profile","required":true},{"key":"calendar","required":true}])").status == 422);
    CHECK(
        set(R"([{"key":"profile","required":true},{"key":"meta","required":false},{"key":"brand","required":true}])").status ==
        200
    );
    auto made = agency.post("/api/hub/clients", R"({"email":"rita@example.com","name":"Rita"})");
    CHECK(made.size("onboarding.steps") == 3);
    CHECK(made["onboarding.steps.1.key"] == "meta");
    CHECK(made["onboarding.steps.1.required"] == "false");
    auto path = "/api/onboarding/" + last_part(link_in_letter_to(app, "rita@example.com"));
    CHECK(
        app.stranger().post(
            path + "/step", own_step("forms", R"({"website_forms_details_status":"provided"})")
        )["errors.0.field"] == "step"
    );
}

TEST_CASE("onboarding: a realtor who came alone has a short form of it, which can be repeated") {
    TestApp app;
    auto shown = app.get("/api/onboarding/me");
    CHECK(shown["user.email"] == "ada@example.com");
    CHECK(shown["profile.email"] == "ada@example.com");
    CHECK(shown.size("steps") == 2);
    CHECK(shown["steps.0.done"] == "false");
    CHECK(shown["profile.zone"] == "America/New_York");
    auto data =
        R"({"display_name":"Ada","phone":"+12025550123","zone":"America/Chicago","website_url":"ada.example.com",)"
        R"("video":"<iframe src=\"https://player.vimeo.com/video/76979871?h=8272103f6e\" onload=\"alert(1)\"></iframe>"})";
    auto saved = app.post("/api/onboarding/me/step", own_step("profile", data));
    CHECK(saved.status == 200);
    CHECK(saved["profile.video"] == "vimeo:76979871");
    CHECK(app.get("/api/auth/me")["account.zone"] == "America/Chicago");
    CHECK(
        app.post(
            "/api/onboarding/me/step", own_step("profile", R"({"display_name":"Ada","video":"<script>"})")
        )["errors.0.field"] == "data.video"
    );
    CHECK(app.post("/api/onboarding/me/complete").status == 200);
    CHECK(app.post("/api/onboarding/me/step", own_step("profile", R"({"display_name":"Ada L."})")).status == 200);
    CHECK(app.get("/api/onboarding/me")["profile.display_name"] == "Ada L.");
    auto agency = app.open_account("Great Agency", "greta@example.com", accounts::Kind::agency);
    CHECK(agency.get("/api/onboarding/me").status == 404);
    CHECK(agency.post("/api/onboarding/me/step", own_step("profile", R"({"display_name":"G"})")).status == 404);
}

TEST_CASE("onboarding: a business that nobody has joined can be taken back") {
    Hub hub;
    auto path = hub.wizard();
    CHECK(hub.agency.del(hub.path).status == 204);
    CHECK(hub.agency.get(hub.path).status == 404);
    CHECK(hub.app.stranger().get(path).status == 404);
    CHECK(hub.agency.post("/api/hub/clients", R"({"email":"rita@example.com","name":"Rita"})").status == 201);
    Hub joined;
    joined.join();
    CHECK(joined.agency.del(joined.path).status == 409);
}

TEST_CASE("onboarding: the addresses to share, with their codes") {
    TestApp app;
    auto links = app.get("/api/public-links");
    REQUIRE(links.size("items") == 3);
    auto me = app.get("/api/auth/me");
    CHECK(links["items.0.url"] == "http://app.test/survey/" + me["account.id"]);
    CHECK(links["items.2.url"] == "http://app.test/cma/" + me["account.agent_code"]);
    CHECK(std::stoi(links["items.0.qr.size"]) > 20);
    CHECK(links["items.0.qr.path"].starts_with("M4 4h1v1h-1z")); // the finder's corner, within its margin
}

TEST_CASE("onboarding: brand files are what they are, and are saved, not run") {
    Hub hub;
    auto rita = hub.join();
    auto upload = [&](const std::string& name, const std::string& bytes) {
        std::string body = "--b\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nlogo\r\n--b\r\n"
                           "Content-Disposition: form-data; name=\"file\"; filename=\"" +
                           name + "\"\r\nContent-Type: image/png\r\n\r\n" + bytes + "\r\n--b--\r\n";
        return rita.post("/api/onboarding/me/brand-assets", body, {{"Content-Type", "multipart/form-data; boundary=b"}});
    };
    const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x06\0\0\0\x1f\x15\xc4\x89", 33);
    auto made = upload("../../logo.png", png);
    REQUIRE(made.status == 201);
    auto file = rita.get(made["url"]);
    CHECK(file.body == png);
    CHECK(*file.headers.find("X-Content-Type-Options") == "nosniff");
    CHECK(file.headers.find("Content-Disposition")->starts_with("attachment"));
    CHECK(rita.get("/api/onboarding/me")["brand_assets.0.kind"] == "logo");
    CHECK(upload("logo.png", "<html><script>alert(1)</script></html>").status == 415);
    CHECK(hub.app.get(made["url"]).status == 404);
    CHECK(hub.app.stranger().get(made["url"]).status == 401);
    CHECK(rita.del(made["url"]).status == 204);
    CHECK(rita.get(made["url"]).status == 404);
}
