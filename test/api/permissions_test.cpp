// Who may what: every endpoint of the OpenAPI document, asked by every role and with another account's ids.
#include <doctest/doctest.h>

#include <set>

#include "core/text.hpp"
#include "modules/accounts/permissions.hpp"
#include "test/support/plausible.hpp"
#include "test/support/test_app.hpp"

using namespace doorstep;
using namespace doorstep::test;

namespace {

const std::vector<std::string> all_roles{"owner", "admin", "staff", "agent", "assistant"};
constexpr std::string_view wrong_role = "Your role does not allow this.";
constexpr std::string_view marker = "zz-of-the-other-account";

struct Operation {
    std::string method;
    std::string pattern;
    JsonView described;

    std::string name() const { return method + " " + pattern; }
    bool has_parameters() const { return pattern.find('{') != pattern.npos; }
    std::string scope() const { return std::string(described.find("security")->at(0).find("bearer")->at(0).string()); }

    std::set<std::string> roles() const {
        auto restricted = described.find("x-roles");
        if (!restricted) return {all_roles.begin(), all_roles.end()};
        std::set<std::string> roles;
        for (std::size_t i = 0; i < restricted->size(); ++i) roles.emplace(restricted->at(i).string());
        return roles;
    }

    std::string path(const std::string& id) const {
        std::string path;
        for (std::string_view rest = pattern; !rest.empty();) {
            auto open = std::min(rest.find('{'), rest.size());
            path += rest.substr(0, open);
            rest.remove_prefix(open);
            if (rest.empty()) break;
            path += id;
            rest.remove_prefix(rest.find('}') + 1);
        }
        return path;
    }
};

/// What asks for a sign-in. The operations point into the document.
std::vector<Operation> closed_operations(JsonView document) {
    std::vector<Operation> operations;
    document.find("paths")->each_member([&](std::string_view pattern, JsonView methods) {
        methods.each_member([&](std::string_view method, JsonView operation) {
            if (operation.find("security")->size() == 0) return;
            std::string upper(method);
            for (char& c : upper) c = char(c - 'a' + 'A');
            operations.push_back({upper, std::string(pattern), operation});
        });
    });
    return operations;
}

std::vector<std::string> tenant_tables(const TestStore& store) {
    std::vector<std::string> tables;
    db::BlockingConnection connection(store.admin_conninfo());
    for (auto& row : connection.query("select c.table_name from information_schema.columns c join information_schema.tables t "
                                      "using (table_schema, table_name) where c.table_schema = 'public' and c.column_name = "
                                      "'account_id' and t.table_type = 'BASE TABLE' order by 1"))
        tables.push_back(*row[0]);
    return tables;
}

/// What the other account owns, as one text.
std::string fingerprint(const TestStore& store, const std::string& account) {
    std::string text;
    for (auto& table : tenant_tables(store)) {
        // When a credential was used last is written down in passing.
        auto row = table == "credentials" ? "to_jsonb(t) - 'last_used_at'" : "to_jsonb(t)";
        text += table + " " +
                store.value(
                    "select count(*) || ' ' || coalesce(md5(string_agg((" + std::string(row) +
                    ")::text, ',' order by t::text)), '') from " + table + " t where account_id = '" + account + "'"
                ) +
                "\n";
    }
    return text;
}

std::set<std::string> ids_of(const TestStore& store, const std::string& account) {
    std::set<std::string> ids{account};
    db::BlockingConnection connection(store.admin_conninfo());
    for (auto& table : tenant_tables(store)) {
        auto has_id = connection.flag(
            "select exists (select from information_schema.columns where table_name = $1 and column_name = 'id' and data_type "
            "= 'uuid')",
            {table}
        );
        if (!has_id) continue;
        auto rows = connection.query("select id from " + table + " where account_id = '" + account + "' limit 1");
        if (!rows.empty()) ids.insert(*rows[0][0]);
    }
    return ids;
}

/// Bob's office, with something of everything that one request makes.
void furnish(TestApp& app) {
    auto& bob = app.other();
    auto name = std::string(marker);
    auto client = bob.post(
        "/api/clients", R"({"name":")" + name + R"(","email":"kim@example.com","property_address":"1 Main St",)" +
                            R"("property_type":"residential","stage":"lead"})"
    );
    REQUIRE(client.status == 201);
    auto sent =
        bob.post("/api/emails/send", R"({"client_id":")" + client["id"] + R"(","subject":")" + name + R"(","body":"Hello."})");
    REQUIRE(sent.status == 201);
    REQUIRE(bob.post("/api/api-keys", R"({"name":")" + name + R"(","scopes":["clients:read"]})").status == 201);
    app.run_jobs();
}

} // namespace

TEST_CASE("permissions: every endpoint lets in the roles it says, and no other") {
    TestApp app;
    auto document = JsonDocument::parse(app.stranger().get("/openapi.json").body);
    auto operations = closed_operations(document.root());
    CHECK(operations.size() > 30);
    auto nobodys = Uuid::v7(app.now()).text();
    for (auto& role : all_roles) {
        auto member = app.join(role);
        for (auto& operation : operations) {
            // Would end the session that asks.
            if (operation.scope() == "self" && operation.method != "GET") continue;
            CAPTURE(role);
            CAPTURE(operation.name());
            auto reply = member.send(operation.method, operation.path(nobodys), "", {});
            CHECK(reply.status != 401);
            CHECK((reply["detail"] != wrong_role) == operation.roles().contains(role));
        }
    }
    for (auto& operation : operations) {
        CAPTURE(operation.name());
        CHECK(app.stranger().send(operation.method, operation.path(nobodys), "", {}).status == 401);
    }
}

TEST_CASE("permissions: a key does what its scopes name, within the role of its maker") {
    TestApp app;
    auto document = JsonDocument::parse(app.stranger().get("/openapi.json").body);
    auto made = app.post("/api/api-keys", R"({"name":"Reader","scopes":["clients:read"]})");
    REQUIRE(made.status == 201);
    Visitor key(app, made["api_key"]);
    auto nobodys = Uuid::v7(app.now()).text();
    for (auto& operation : closed_operations(document.root())) {
        if (operation.scope() == "self") continue;
        CAPTURE(operation.name());
        auto reply = key.send(operation.method, operation.path(nobodys), "", {});
        CHECK((reply["scope"] == operation.scope()) == (operation.scope() != "clients:read"));
    }
}

TEST_CASE("permissions: another account's ids open nothing, whatever is asked with them") {
    TestApp app;
    furnish(app);
    auto bob = app.other().get("/api/auth/me")["account.id"];
    auto ids = ids_of(app.store, bob);
    CHECK(ids.size() > 5);
    auto before = fingerprint(app.store, bob);
    auto document = JsonDocument::parse(app.stranger().get("/openapi.json").body);
    std::size_t asked = 0;
    for (auto& operation : closed_operations(document.root())) {
        if (operation.scope() == "self" && operation.method != "GET") continue;
        for (auto& id : ids) {
            CAPTURE(operation.name());
            CAPTURE(id);
            auto body = plausible_body(document.root(), operation.described, id);
            auto reply = app.ada().send(operation.method, operation.path(id), body, {});
            CAPTURE(reply.body);
            CHECK(reply.status < 500);
            if (operation.has_parameters()) CHECK(reply.status >= 400);
            CHECK(reply.body.find(marker) == std::string::npos);
            ++asked;
        }
    }
    CHECK(asked > 200);
    CHECK(fingerprint(app.store, bob) == before);
}

TEST_CASE("permissions: row-level security alone keeps accounts apart") {
    TestApp app;
    furnish(app);
    auto bob = app.other().get("/api/auth/me")["account.id"];
    auto ada = app.get("/api/auth/me")["account.id"];
    db::BlockingConnection server(app.store.app_conninfo());
    server.query("select set_config('app.account', $1, false)", {ada});
    std::size_t filled = 0;
    for (auto& table : tenant_tables(app.store)) {
        CAPTURE(table);
        auto where = " where account_id = '" + bob + "'";
        if (app.store.value("select count(*) from " + table + where) != "0") ++filled;
        CHECK(server.value("select count(*) from " + table + where) == "0");
        auto may_write = server.flag("select has_table_privilege($1, 'update') and has_table_privilege($1, 'delete')", {table});
        if (!may_write) continue;
        CHECK(server.value("with gone as (delete from " + table + where + " returning 1) select count(*) from gone") == "0");
        auto moved = "with moved as (update " + table + " set account_id = account_id" + where + " returning 1)";
        CHECK(server.value(moved + " select count(*) from moved") == "0");
    }
    CHECK(filled > 5);
    CHECK(server.value("select count(*) from accounts where id = '" + bob + "'") == "0");
    CHECK(server.value("select count(*) from users where email = 'bob@example.com'") == "0");
}

TEST_CASE("permissions: what only those in charge may do") {
    const std::set<std::string_view> of_those_in_charge{"audit:read", "hub:write", "mail:read", "mail:write", "team:write"};
    for (auto& right : accounts::rights()) {
        CAPTURE(right.what);
        CHECK(right.roles.starts_with("O")); // an owner may do everything
        if (of_those_in_charge.contains(right.what)) CHECK(right.roles == "OA");
        if (right.what.starts_with("api_keys:")) CHECK(right.roles.find_first_of("ST") == std::string_view::npos);
        if (right.what == "jobs:write") CHECK(right.roles.find('T') == std::string_view::npos);
    }
    for (auto scope : {"clients", "*", "clients:steal", ""}) {
        http::Route route;
        route.scope_name = scope;
        CHECK_FALSE(accounts::permission_of(route));
    }
    CHECK(accounts::can_be_given("clients:read"));
    CHECK_FALSE(accounts::can_be_given("self"));
}
