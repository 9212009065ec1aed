#include <doctest/doctest.h>
#include <zlib.h>

#include "test/support/form.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;
using namespace std::chrono_literals;

namespace {

/// Any number of gzip members behind each other, as gunzip reads them.
std::string unzip(std::string_view bytes) {
    std::string out;
    while (!bytes.empty()) {
        z_stream stream{};
        REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream.avail_in = uInt(bytes.size());
        int state = Z_OK;
        while (state == Z_OK) {
            char buffer[4096];
            stream.next_out = reinterpret_cast<Bytef*>(buffer);
            stream.avail_out = sizeof buffer;
            state = inflate(&stream, Z_NO_FLUSH);
            out.append(buffer, sizeof buffer - stream.avail_out);
        }
        REQUIRE(state == Z_STREAM_END);
        bytes.remove_prefix(bytes.size() - stream.avail_in);
        inflateEnd(&stream);
    }
    return out;
}

/// The files of a tar archive by name.
std::map<std::string, std::string> untar(std::string_view bytes) {
    std::map<std::string, std::string> files;
    while (bytes.size() >= 512 && bytes[0] != '\0') {
        std::string name(bytes.data());
        auto size = std::stoul(std::string(bytes.substr(124, 11)), nullptr, 8);
        unsigned sum = 0;
        for (std::size_t i = 0; i < 512; ++i) sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(bytes[i]);
        CHECK(sum == std::stoul(std::string(bytes.substr(148, 6)), nullptr, 8));
        CHECK(bytes.substr(257, 5) == "ustar");
        files[name] = bytes.substr(512, size);
        bytes.remove_prefix(512 + (size + 511) / 512 * 512);
    }
    CHECK(bytes.size() == 1024);
    return files;
}

} // namespace

TEST_CASE("export: every client that matches as CSV, in order, and no formula") {
    TestApp app;
    app.post("/api/custom-fields", R"({"label":"Budget","type":"number"})");
    app.make_client(
        "kim@example.com",
        R"json("name":"=HYPERLINK(\"http://x\")","tags":["a","b"],"phone":"+1 212 555 0100","custom_fields":{"budget":5})json"
    );
    app.advance(1s);
    app.make_client("lee@example.com", R"("name":"Lee, Jr.","stage":"closed")");
    auto csv = app.get("/api/clients/export.csv?sort=created_at");
    CHECK(csv.status == 200);
    CHECK(csv.headers.find("Content-Type") == "text/csv; charset=utf-8");
    CHECK(csv.body.starts_with("\xef\xbb\xbfName,Email,Phone,"));
    CHECK(csv.body.find("Id,Budget\r\n") != std::string::npos);
    auto kim = csv.body.find("\"'=HYPERLINK(\"\"http://x\"\")\",kim@example.com,\"'+1 212 555 0100\"");
    auto lee = csv.body.find("\"Lee, Jr.\",lee@example.com");
    CHECK(kim != std::string::npos);
    CHECK(lee != std::string::npos);
    CHECK(kim < lee);
    CHECK(csv.body.find(",5\r\n") != std::string::npos);
    auto closed = app.get("/api/clients/export.csv?stage=closed");
    CHECK(closed.body.find("kim@") == std::string::npos);
    CHECK(closed.body.find("lee@") != std::string::npos);
    CHECK(app.get("/api/clients/export.csv?field=x").status == 422);
    CHECK(app.other().get("/api/clients/export.csv").body.find("example.com") == std::string::npos);
}

TEST_CASE("export: own fields without a definition, each under its key") {
    TestApp app;
    app.post("/api/custom-fields", R"({"label":"Budget","type":"number"})");
    app.make_client("kim@example.com", R"("custom_fields":{"budget":5,"shoe size":"43","garden":true})");
    app.make_client("lee@example.com", R"("custom_fields":{"Años":"12"})");
    app.del("/api/clients/" + app.make_client("max@example.com", R"("custom_fields":{"gone":"1"})"));
    auto& other = app.other();
    other.post(
        "/api/clients",
        R"({"name":"B","email":"b@example.com","property_address":"x","property_type":"land","custom_fields":{"theirs":"1"}})"
    );
    auto csv = app.get("/api/clients/export.csv?sort=created_at");
    CHECK(csv.body.find("Id,Budget,Años,garden,shoe size\r\n") != std::string::npos);
    CHECK(csv.body.find(",5,,true,43\r\n") != std::string::npos);
    CHECK(csv.body.find(",,12,,\r\n") != std::string::npos);
}

TEST_CASE("export: what comes out goes in again, tags with commas and accents too") {
    TestApp app;
    auto kim = app.make_client("kim@example.com", R"("name":"Zoë Müller","tags":["a, b","c;d","\"e\" f","plain"])");
    auto csv = app.get("/api/clients/export.csv").body;
    auto before = app.get("/api/clients/" + kim)["tags"];
    app.del("/api/clients/" + kim);
    auto made = app.post("/api/imports", form("clients.csv", csv), form_headers());
    REQUIRE(made.status == 201);
    auto started = app.post("/api/imports/" + made["id"] + "/start");
    REQUIRE(started.status < 300);
    app.run_jobs();
    auto found = app.get("/api/clients?q=kim@example.com");
    REQUIRE(found.size("items") == 1);
    CHECK(found["items.0.name"] == "Zoë Müller");
    CHECK(found["items.0.tags"] == before);
}

TEST_CASE("export: as a workbook") {
    TestApp app;
    app.make_client("kim@example.com", R"("name":"Kim Lee")");
    auto xlsx = app.get("/api/clients/export.xlsx");
    CHECK(xlsx.status == 200);
    CHECK(xlsx.body.starts_with("PK"));
    CHECK(xlsx.headers.find("Content-Disposition") == "attachment; filename=\"clients.xlsx\"");
    CHECK(app.get("/api/clients/export.xlsx?q=nobody").status == 200);
}

TEST_CASE("export: more than a step of people, each once") {
    TestApp app;
    app.make_client();
    app.store.exec("insert into contacts (account_id, id, name, email, email_key, property_address, property_type, stage, "
                   "created_at, updated_at) "
                   "select account_id, gen_random_uuid(), 'P', i || '@bulk.test', i || '@bulk.test', 'x', 'land', 'lead', "
                   "created_at, created_at "
                   "from contacts, generate_series(1, 2500) i");
    auto csv = app.get("/api/clients/export.csv");
    CHECK(std::ranges::count(csv.body, '\n') == 2502);
}

TEST_CASE("export: all there is about a person, and of an account, without what opens doors") {
    TestApp app;
    auto kim = app.make_client("kim@example.com", "", true);
    app.post("/api/contacts/" + kim + "/notes", R"({"body":"Wants a garden"})");
    app.post("/api/contacts/" + kim + "/documents", form("a.txt", "hello there"), form_headers());
    auto archive = app.get("/api/contacts/" + kim + "/export");
    REQUIRE(archive.status == 200);
    auto files = untar(unzip(archive.body));
    CHECK(files["client.json"].find("kim@example.com") != std::string::npos);
    CHECK(files["notes.json"].find("Wants a garden") != std::string::npos);
    CHECK(files["tasks.json"].find("Week 1") != std::string::npos);
    CHECK(files["events.json"].find("document_added") != std::string::npos);
    bool paper = std::ranges::any_of(files, [](auto& file) {
        return file.first.starts_with("documents/") && file.second == "hello there";
    });
    CHECK(paper);
    CHECK(app.other().get("/api/contacts/" + kim + "/export").status == 404);
    CHECK(app.get("/api/audit?action=client_exported")["items.0.subject.id"] == kim);
    CHECK(app.get("/api/audit?action=client_exported").size("items") == 1);

    app.post("/api/onboarding/me/step", R"({"step":"profile","data":{"display_name":"Ada Ames"}})");
    app.patch("/api/notifications/preferences", R"({"digest":"weekly"})");
    auto all = untar(unzip(app.get("/api/account/export").body));
    CHECK(all["contacts/00001.jsonl"].find("kim@example.com") != std::string::npos);
    CHECK(all.contains("events/00001.jsonl"));
    CHECK(all["accounts/00001.jsonl"].find(R"("name": "Ada Homes")") != std::string::npos);
    CHECK(all["accounts/00001.jsonl"].find("America/New_York") != std::string::npos);
    CHECK(all["members/00001.jsonl"].find("ada@example.com") != std::string::npos);
    CHECK(all["client_profiles/00001.jsonl"].find("Ada Ames") != std::string::npos);
    CHECK(all["digest_preferences/00001.jsonl"].find("weekly") != std::string::npos);
    auto told = std::ranges::find_if(all, [](auto& file) { return file.first.starts_with("contents/"); });
    REQUIRE(told != all.end());
    CHECK(told->second == "hello there");
    auto id = told->first.substr(9, 36);
    CHECK(all["files/00001.jsonl"].find(id) != std::string::npos);
    CHECK(app.get("/api/audit?action=account_exported")["items.0.actor.name"] == "Ada");
    for (auto& [name, content] : all) {
        CAPTURE(name);
        CHECK(content.find("token") == std::string::npos);
        CHECK(content.find("bob@example.com") == std::string::npos);
        CHECK_FALSE(name.starts_with("credentials"));
    }
}

TEST_CASE("export: an agency's archive lists its businesses") {
    TestApp app;
    auto agency = app.open_account("Great Agency", "greta@example.com", accounts::Kind::agency);
    auto made = agency.post(
        "/api/hub/clients",
        R"({"email":"rita@example.com","name":"Rita Ray","ga4_access_status":"not_ga4","client_package":"Growth"})"
    );
    REQUIRE(made.status == 201);
    auto all = untar(unzip(agency.get("/api/account/export").body));
    CHECK(all["accounts/00001.jsonl"].find("Great Agency") != std::string::npos);
    CHECK(all["businesses/00001.jsonl"].find(made["id"]) != std::string::npos);
    CHECK(all["client_profiles/00001.jsonl"].find("rita@example.com") != std::string::npos);
    CHECK(all["client_profiles/00001.jsonl"].find("not_ga4") != std::string::npos);
    CHECK(all["members/00001.jsonl"].find("greta@example.com") != std::string::npos);
    for (auto& [name, content] : all) {
        CAPTURE(name);
        CHECK(content.find("ada@example.com") == std::string::npos);
    }
}
