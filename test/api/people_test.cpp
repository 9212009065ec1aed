// What an office shapes for itself: tags, fields, notes, views; and how it finds its people.
#include <doctest/doctest.h>

#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// The ids of a list, in its order.
std::vector<std::string> ids(const Reply& reply, const std::string& path = "items") {
    REQUIRE(reply.status == 200);
    std::vector<std::string> list;
    for (std::size_t i = 0; i < reply.size(path); ++i) list.push_back(reply[path + "." + std::to_string(i) + ".id"]);
    return list;
}

using Ids = std::vector<std::string>;

} // namespace

TEST_CASE("tags: counted among the living, renamed and deleted wherever they are, and back") {
    TestApp app;
    auto a = app.make_client("a@example.com", R"("tags":["vip","buyer"])");
    auto b = app.make_client("b@example.com", R"("tags":["VIP!","buyer"])");
    auto c = app.make_client("c@example.com", R"("tags":["vip","VIP!"])");
    CHECK(app.get("/api/tags")["items"] == R"([{"tag":"buyer","count":2},{"tag":"vip","count":2},{"tag":"VIP!","count":2}])");
    CHECK(app.other().get("/api/tags").size("items") == 0);
    CHECK(ids(app.get("/api/clients?tag=vip")) == Ids{c, a});

    auto renamed = app.post("/api/tags/rename", R"({"tag":"vip","to":"VIP!"})");
    REQUIRE(renamed.status == 202);
    CHECK(renamed["state"] == "done");
    CHECK(renamed["done"] == "2");
    CHECK(app.get("/api/tags")["items"] == R"([{"tag":"buyer","count":2},{"tag":"VIP!","count":3}])");
    CHECK(app.get("/api/clients/" + c).size("tags") == 1);
    CHECK(app.post("/api/bulk-jobs/" + renamed["id"] + "/undo").status == 202);
    CHECK(app.get("/api/clients/" + a)["tags"] == R"(["buyer","vip"])");
    CHECK(app.get("/api/clients/" + b)["tags"] == R"(["VIP!","buyer"])");
    CHECK(app.get("/api/clients/" + c).size("tags") == 2);

    CHECK(app.del("/api/tags?tag=buyer")["done"] == "2");
    CHECK(app.del("/api/tags").status == 422);
    app.del("/api/clients/" + b);
    CHECK(app.get("/api/tags")["items"] == R"([{"tag":"vip","count":2},{"tag":"VIP!","count":1}])");
}

TEST_CASE("tags: the list of one that thousands have is complete and in order, whatever the order and the page") {
    TestApp app;
    app.make_client();
    app.store.exec(
        "insert into contacts (account_id, id, name, email, email_key, property_address, property_type, stage, tags, "
        "custom_fields,"
        " created_at, updated_at, last_contacted) select c.account_id, gen_random_uuid(), 'Person ' || md5(n::text),"
        " 'p' || n || '@example.com', 'p' || n || '@example.com', '', 'residential', 'lead', case when n % 10 = 0 then '{}' "
        "else"
        " '{open house}'::text[] end, '{}', now() - n % 700 * interval '1 minute', now(), case when n % 3 = 0 then now() - n *"
        " interval '1 hour' end from contacts c, generate_series(1, 2500) n where c.email = 'kim@example.com'"
    );
    const std::pair<std::string, std::string> orders[] = {
        {"-created_at", "created_at desc, id desc"},
        {"name", "lower(name), id"},
        {"-last_contacted", "coalesce(last_contacted, '-infinity') desc, id desc"},
    };
    for (auto& [sort, order] : orders) {
        CAPTURE(sort);
        std::string found, cursor;
        for (int page = 0; page < 30; ++page) {
            auto reply =
                app.get("/api/clients?tag=open%20house&limit=100&sort=" + sort + (cursor.empty() ? "" : "&cursor=" + cursor));
            CHECK(reply["total"] == "2250");
            for (auto& id : ids(reply)) found += id + " ";
            if (reply["next"] == "null") break;
            cursor = reply["next"];
        }
        auto expected = app.store.value(
            "select string_agg(id || ' ', '' order by " + order + ") from contacts where tags @> '{open house}'"
        );
        CHECK(found == expected);
    }
    auto first = ids(app.get("/api/clients?tag=open%20house&limit=2")).front();
    CHECK(app.del("/api/clients/" + first).status == 200);
    CHECK(app.get("/api/clients?tag=open%20house")["total"] == "2249");
    CHECK(ids(app.get("/api/clients?tag=open%20house&limit=2")).front() != first);
    CHECK(app.get("/api/clients?tag=open%20house&page=23&limit=100").size("items") == 49);
    CHECK(app.other().get("/api/clients?tag=open%20house")["total"] == "0");
}

TEST_CASE("custom fields: values are checked by their type, other keys stay free-form") {
    TestApp app;
    auto field = [&](const std::string& body) { return app.post("/api/custom-fields", body); };
    auto budget = field(R"json({"label":"Budget (USD)","type":"number"})json");
    REQUIRE(budget.status == 201);
    CHECK(budget["key"] == "budget_usd");
    CHECK(field(R"({"label":"Budget  usd","type":"text"})").status == 409);
    CHECK(field(R"({"label":"Source","type":"choice"})").status == 422);
    CHECK(field(R"({"label":"Source","type":"text","key":"Not A Key"})").status == 422);
    auto source = field(R"({"label":"Source","type":"choice","choices":["Web","Sign","Web"]})");
    CHECK(source.size("choices") == 2);
    field(R"({"label":"Since","type":"date"})");
    field(R"({"label":"Agreed","type":"boolean"})");
    field(R"({"label":"Site","type":"url"})");

    auto make = [&](const std::string& email, const std::string& values) {
        return app.post(
            "/api/clients?create_tasks=false",
            R"({"name":"Kim","email":")" + email +
                R"(","property_address":"1 Oak","property_type":"land","stage":"lead","custom_fields":)" + values + "}"
        );
    };
    auto bad =
        make("a@example.com", R"({"budget_usd":"much","source":"web","since":"2026-02-30","agreed":"yes","site":"ftp://x"})");
    CHECK(bad.status == 422);
    CHECK(bad.size("errors") == 5);
    CHECK(bad["errors.0.field"].starts_with("custom_fields."));
    auto good = make(
        "a@example.com",
        R"({"budget_usd":450000,"source":"Web","since":"2026-02-28","agreed":true,"site":"https://a.test","other":{"x":1}})"
    );
    REQUIRE(good.status == 201);
    CHECK(app.patch("/api/clients/" + good["id"], R"({"custom_fields":{"source":"Paper"}})").status == 422);
    CHECK(app.patch("/api/clients/" + good["id"], R"({"custom_fields":{"source":null}})").status == 200);

    auto sign = make("b@example.com", R"({"source":"Sign"})");
    CHECK(ids(app.get("/api/clients?field=source:sign")) == Ids{sign["id"]});
    CHECK(app.get("/api/clients?field=source").status == 422);

    auto middle = make("middle@example.com", R"({"budget_usd":450000,"since":"2026-02-28"})");
    auto low = make("low@example.com", R"({"budget_usd":-7.5,"since":"2025-12-31"})");
    auto high = make("high@example.com", R"({"budget_usd":1e6})");
    auto between = [&](const std::string& field) { return ids(app.get("/api/clients?sort=created_at&field=" + field)); };
    CHECK(between("budget_usd:450000") == Ids{middle["id"]});
    CHECK(between("budget_usd:450000..1000000") == Ids{middle["id"], high["id"]});
    CHECK(between("budget_usd:450000.5..") == Ids{high["id"]});
    CHECK(between("budget_usd:..0") == Ids{low["id"]});
    CHECK(between("budget_usd:-7.5..-7.5") == Ids{low["id"]});
    CHECK(between("since:2026-01-01..") == Ids{middle["id"]});
    CHECK(between("since:..2026-02-28") == Ids{middle["id"], low["id"]});
    CHECK(app.get("/api/clients?field=budget_usd:2..1").status == 422);
    CHECK(app.get("/api/clients?field=since:2026-01-02..2026-01-01").status == 422);
    CHECK(app.patch("/api/clients/" + low["id"], R"({"custom_fields":{"budget_usd":2000000}})").status == 200);
    CHECK(between("budget_usd:1000001..") == Ids{low["id"]});
    CHECK(app.get("/api/clients?field=budget_usd:450000..&q=high")["total"] == "1");
    CHECK(app.del("/api/clients/" + high["id"]).status == 200);
    CHECK(between("budget_usd:450000..1000000") == Ids{middle["id"]});

    CHECK(app.patch("/api/custom-fields/" + source["id"], R"({"choices":[]})").status == 422);
    CHECK(app.patch("/api/custom-fields/" + source["id"], R"({"label":"Lead source","position":0})")["label"] == "Lead source");
    CHECK(app.other().patch("/api/custom-fields/" + source["id"], R"({"label":"x"})").status == 404);
    auto stays = make("stays@example.com", R"({"source":"Sign"})");
    CHECK(app.patch("/api/custom-fields/" + source["id"], R"({"choices":["Web"]})").status == 200);
    CHECK(app.patch("/api/clients/" + stays["id"], R"({"custom_fields":{"source":"Sign","other":1}})").status == 200);
    CHECK(make("c@example.com", R"({"source":"Sign"})").status == 422);
    CHECK(app.patch("/api/clients/" + stays["id"], R"({"custom_fields":null,"tags":["x"]})")["custom_fields"] == "{}");
    CHECK(app.patch("/api/clients/" + stays["id"], R"({"tags":null})")["tags"] == "[]");
    CHECK(app.post("/api/custom-fields", R"({"label":"Área","type":"text"})")["key"] == "area");
    CHECK(app.post("/api/custom-fields", R"({"label":"Area","type":"text"})")["key"] == "area_2");
    auto unnamed = app.post("/api/custom-fields", R"({"label":"日本","type":"text"})");
    CHECK(unnamed.status == 201);
    CHECK(app.post("/api/custom-fields", R"({"label":"電話","type":"text"})").status == 201);
    CHECK(app.del("/api/custom-fields/" + source["id"]).status == 200);
    CHECK(app.patch("/api/clients/" + sign["id"], R"({"custom_fields":{"source":"Paper"}})").status == 200);
    CHECK(app.get("/api/custom-fields").size("items") == 8);
}

TEST_CASE("notes: written, edited, deleted and back, each in the timeline") {
    TestApp app;
    auto kim = app.make_client();
    auto path = "/api/contacts/" + kim + "/notes";
    auto note = app.post(path, R"({"body":"  Wants a garden\nand a pond "})");
    REQUIRE(note.status == 201);
    CHECK(note["body"] == "Wants a garden\nand a pond");
    CHECK(note["author"] == "Ada");
    CHECK(app.post(path, R"({"body":" "})").status == 422);
    auto at = path + "/" + note["id"];
    CHECK(app.patch(at, R"({"body":"Wants a pool"})")["edited_at"] != "null");
    CHECK(app.get("/api/search?q=pond").size("items") == 0);
    CHECK(ids(app.get("/api/search?q=pool")) == Ids{kim});
    CHECK(app.del(at).status == 200);
    CHECK(app.del(at).status == 404);
    CHECK(app.patch(at, R"({"body":"x"})").status == 404);
    CHECK(app.get("/api/search?q=pool").size("items") == 0);
    CHECK(app.post(at + "/restore").status == 200);
    CHECK(app.get(path)["total"] == "1");
    auto timeline = app.get("/api/contacts/" + kim + "/timeline");
    CHECK(timeline["items.0.kind"] == "note_restored");
    CHECK(timeline["items.1.kind"] == "note_deleted");
    CHECK(timeline["items.2.kind"] == "note_edited");
    CHECK(timeline["items.3.kind"] == "note_added");

    CHECK(app.other().get(path).status == 404);
    CHECK(app.other().post(path, R"({"body":"x"})").status == 404);
    CHECK(app.other().patch(at, R"({"body":"x"})").status == 404);
    app.del("/api/clients/" + kim);
    CHECK(app.post(path, R"({"body":"x"})").status == 404);
}

TEST_CASE("views: one's own and shared ones; favourites and the default are each person's") {
    TestApp app;
    auto made = app.post("/api/views", R"({"object":"clients","name":"Hot buyers","filters":{"stage":"lead","tag":"hot"},
        "sort":"-created_at","columns":["name","stage"],"layout":"board","favourite":true,"is_default":true})");
    REQUIRE(made.status == 201);
    CHECK(made["own"] == "true");
    auto path = "/api/views/" + made["id"];
    auto second = app.post("/api/views", R"({"object":"clients","name":"All","is_default":true})");
    auto list = app.get("/api/views?object=clients");
    CHECK(list["items.0.name"] == "Hot buyers");
    CHECK(list["items.0.filters.tag"] == "hot");
    CHECK(list["items.0.is_default"] == "false");
    CHECK(list["items.1.is_default"] == "true");
    CHECK(app.get("/api/views?object=tasks").size("items") == 0);
    CHECK(app.other().get("/api/views").size("items") == 0);
    CHECK(app.other().patch(path, R"({"name":"x"})").status == 404);

    // A colleague sees what is shared, may prefer it, and may not change it.
    auto cleo = app.join("agent");
    CHECK(cleo.get("/api/views").size("items") == 0);
    CHECK(app.patch(path, R"({"shared":true})").status == 200);
    CHECK(cleo.get("/api/views")["items.0.own"] == "false");
    CHECK(cleo.get("/api/views")["items.0.favourite"] == "false");
    CHECK(cleo.patch(path, R"({"favourite":true})").status == 200);
    CHECK(cleo.get("/api/views")["items.0.favourite"] == "true");
    CHECK(cleo.patch(path, R"({"name":"Mine"})").status == 403);
    CHECK(cleo.del(path).status == 403);
    CHECK(app.del(path).status == 200);
    CHECK(cleo.get("/api/views").size("items") == 0);
}

TEST_CASE("search: by every part of a person, best first, forgiving a slip") {
    TestApp app;
    auto jose = app.make_client(
        "garcia@example.com", R"("name":"José García","phone":"(212) 555-0187","notes":"likes Johnson Street")"
    );
    auto john = app.make_client("johnson@example.com", R"("name":"Peter Johnson","property_address":"77 Elm Court, Dover")");
    auto find = [&](const std::string& q) { return ids(app.get("/api/search?q=" + q)); };
    CHECK(find("jose") == Ids{jose});
    CHECK(find("Garc%C3%ADa%20JOS") == Ids{jose});
    CHECK(find("johnson") == Ids{john, jose});
    CHECK(find("johnson@exa") == Ids{john});
    for (auto writing : {"2125550187", "212-555-0187", "%2B1%20(212)%20555%200187", "555-0187", "0187", "1%20212%20555"}) {
        CAPTURE(writing);
        CHECK(find(writing) == Ids{jose});
    }
    CHECK(find("elm%20dover") == Ids{john});
    CHECK(find("elm%20garcia") == Ids{});
    CHECK(find("") == Ids{});
    CHECK(find("%25") == Ids{});
    for (auto slip : {"jonson", "johnsonn", "johsnon", "jphnson"}) {
        CAPTURE(slip);
        auto found = app.get(std::string("/api/search?q=") + slip);
        CHECK(ids(found).front() == john);
        CHECK(found["corrected"] == "true");
    }
    CHECK(find("zebra") == Ids{});
    CHECK(ids(app.get("/api/clients?q=jonson%20elm")) == Ids{john});
    CHECK(app.get("/api/clients?q=jose")["total"] == "1");
    CHECK(app.other().get("/api/search?q=johnson").size("items") == 0);

    app.patch("/api/clients/" + john, R"({"name":"Peter Miller","email":"pm@example.com"})");
    CHECK(find("johnson") == Ids{jose});
    CHECK(find("miller") == Ids{john});
    app.del("/api/clients/" + john);
    CHECK(find("miller") == Ids{});
    app.post("/api/clients/" + john + "/restore");
    CHECK(find("miller") == Ids{john});
}

TEST_CASE("search: thousands that begin alike are counted and paged") {
    TestApp app;
    app.make_client();
    app.store.exec(R"sql(
        insert into contacts (account_id, id, name, email, email_key, property_address, property_type, stage, created_at, updated_at)
        select account_id, gen_random_uuid(), 'Person ' || md5(i::text), i || '@bulk.test', i || '@bulk.test', i || ' Road', 'land', 'lead', now(), now()
        from contacts, generate_series(1, 3000) i;
        analyze contacts; analyze contact_words;
    )sql");
    CHECK(app.get("/api/search?q=kim").size("items") == 1);
    CHECK(app.get("/api/clients?q=kim&limit=5")["total"] == "1");
    CHECK(app.get("/api/clients?q=person&limit=5")["total"] == "3000");
}

TEST_CASE("clients: who asked for no e-mail, was deleted and comes back, is still marked, and no follow-up begins") {
    TestApp app;
    auto kim = app.make_client("kim@example.com");
    app.patch("/api/clients/" + kim, R"({"email_unsubscribed":true})");
    app.del("/api/clients/" + kim);
    auto again = app.make_client("kim@example.com", "", true);
    auto client = app.get("/api/clients/" + again);
    CHECK(client["email_unsubscribed"] == "true");
    CHECK(app.get("/api/clients/" + again + "/tasks")["total"] == "0");
}

TEST_CASE("clients: who wants e-mail again has the rest of the follow-up again") {
    TestApp app;
    auto kim = app.make_client("kim@example.com", "", true);
    app.patch("/api/clients/" + kim, R"({"email_unsubscribed":true})");
    CHECK(app.get("/api/tasks?status=pending")["total"] == "0");
    app.patch("/api/clients/" + kim, R"({"email_unsubscribed":false})");
    CHECK(app.get("/api/tasks?status=pending")["total"] == "5");
    CHECK(app.get("/api/clients/" + kim + "/journeys")["items.0.status"] == "in_progress");
}

TEST_CASE("search: people are found by the words of their tags") {
    TestApp app;
    auto kim = app.make_client("kim@example.com", R"("tags":["First-time buyer"])");
    CHECK(app.get("/api/search?q=buyer")["items.0.id"] == kim);
    CHECK(app.get("/api/clients?q=first")["total"] == "1");
    app.patch("/api/clients/" + kim, R"({"tags":[]})");
    CHECK(app.get("/api/search?q=buyer").size("items") == 0);
}
