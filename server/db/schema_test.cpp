// What has to hold for every table that anybody ever adds. An exception is a line here, with its reason, for a reviewer to see.
#include <doctest/doctest.h>

#include <libpq-fe.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <thread>

#include "db/blocking.hpp"
#include "db/postgres_tools.hpp"
#include "db/query.hpp"
#include "test/support/source_dir.hpp"
#include "test/support/test_store.hpp"

using namespace doorstep;

namespace {

/// Unique indexes that may tell that a value exists in another account.
const std::map<std::string, std::string> reviewed_unique_indexes{};

/// The names a query yields, in one line.
std::string names(const test::TestStore& store, const std::string& sql) {
    std::string line;
    for (const auto& row : db::BlockingConnection(store.admin_conninfo()).query(sql))
        line += (line.empty() ? "" : " ") + *row[0];
    return line;
}

const char* tenant_tables = R"sql(
    select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and n.nspname in ('app', 'public')
)sql";

} // namespace

/// What breaks a rule, by name; nothing does, and something that does would be seen.
void guard(const test::TestStore& store, const std::string& offenders, const std::string& offence) {
    CHECK(names(store, offenders) == "");
    store.exec(offence);
    CHECK(names(store, offenders) != "");
}

TEST_CASE("every tenant's table is protected, its owner included") {
    test::TestStore store;
    guard(
        store,
        std::string(tenant_tables) +
            "and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and i.indkey[0] = a.attnum)",
        "create table bad (account_id uuid, id uuid primary key); select app.protect('bad')"
    );
    store.exec("drop table bad");
    guard(
        store, std::string(tenant_tables) + "and not (c.relrowsecurity and c.relforcerowsecurity)",
        "create table bad (account_id uuid primary key); alter table bad enable row level security"
    );
    store.exec("drop table bad");
    // Wider than the account's, or than everyone's for schedules.
    guard(
        store, std::string(tenant_tables) + R"sql(and exists (
            select from pg_policy p where p.polrelid = c.oid and p.polpermissive and (
                replace(replace(pg_get_expr(p.polqual, p.polrelid), '( SELECT app.account() AS account)', 'app.account()'), '( SELECT app.everyone() AS everyone)', 'app.everyone()')
                    not in ('(account_id = app.account())', '((account_id = app.account()) OR app.everyone())', '(app.everyone() OR (account_id = app.account()))')
                or replace(replace(pg_get_expr(p.polwithcheck, p.polrelid), '( SELECT app.account() AS account)', 'app.account()'), '( SELECT app.everyone() AS everyone)', 'app.everyone()')
                    not in ('(account_id = app.account())', '((account_id = app.account()) OR app.everyone())', '(app.everyone() OR (account_id = app.account()))')))
        )sql",
        "create table bad (account_id uuid primary key); select app.protect('bad'); create policy wide on bad using (true)"
    );
}

TEST_CASE("no row refers to a row of another account") {
    test::TestStore store;
    guard(
        store, std::string(R"sql(
            select k.conrelid::regclass || '.' || k.conname from pg_constraint k
            join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute here on here.attrelid = k.conrelid and here.attname = 'account_id'
            join pg_attribute there on there.attrelid = k.confrelid and there.attname = 'account_id'
            where k.contype = 'f' and n.nspname in ('app', 'public')
              and not exists (select from unnest(k.conkey, k.confkey) as pair (a, b) where pair.a = here.attnum and pair.b = there.attnum)
        )sql"),
        "create table bad (account_id uuid, id uuid primary key); "
        "create table worse (account_id uuid, id uuid primary key, bad_id uuid references bad (id))"
    );
}

TEST_CASE("no unique index tells that a value exists in another account") {
    test::TestStore store;
    std::string reviewed = "''";
    for (const auto& [index, reason] : reviewed_unique_indexes) reviewed += ", '" + index + "'";
    auto offenders = R"sql(
        select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
        where i.indisunique and i.indkey[0] <> a.attnum and n.nspname in ('app', 'public') and i.indexrelid::regclass::text not in ()sql" +
                     reviewed + ")";
    guard(store, offenders, "create table bad (account_id uuid primary key, email text unique)");
}

TEST_CASE("nothing runs or reads with another's rights") {
    test::TestStore store;
    guard(
        store, R"sql(
            select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('app', 'public')
            and (c.relkind = 'm' or (c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false)))
        )sql",
        "create view bad as select * from app.clock"
    );
    // Reviewed: they take nothing, tell nothing but what they looked at, and name their schemas.
    guard(
        store,
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and "
        "n.nspname in ('app', 'public') and not (p.oid in ('app.analyze_contacts()'::regprocedure, "
        "'app.analyze_grown()'::regprocedure) and "
        "'search_path=pg_catalog, public' = any (p.proconfig))",
        "create function bad() returns int language sql security definer as 'select 1'"
    );
}

TEST_CASE("a table that has grown is looked at by the role that serves, and one that has not is left alone") {
    test::TestStore store;
    store.exec("insert into inbound_webhooks (id, provider, body, received_at) select gen_random_uuid(), 'test', '', now()"
               " from generate_series(1, 600)");
    db::BlockingConnection app(store.app_conninfo());
    auto looked = [&] { return app.value("select app.analyze_grown()"); };
    auto known = [&] { return store.value("select reltuples from pg_class where oid = 'inbound_webhooks'::regclass"); };
    // What a session has changed is in the statistics once it has ended.
    for (int i = 0; i < 100 && known() != "600"; ++i) {
        looked();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    CHECK(known() == "600");
    CHECK(looked() == "0");
}

TEST_CASE("the role that serves owns nothing, and may neither truncate nor refer") {
    test::TestStore store;
    guard(
        store,
        "select classid::regclass::text from pg_shdepend where refobjid = 'doorstep_app'::regrole and deptype = 'o' and dbid = "
        "(select oid from pg_database where datname = current_database())",
        "grant create on schema app to doorstep_app; set role doorstep_app; create table app.bad ()"
    );
    store.exec("drop table app.bad");
    guard(
        store,
        "select nspname from pg_namespace where nspname in ('public', 'information_schema') and "
        "has_schema_privilege('doorstep_app', oid, 'create')",
        "grant create on schema public to doorstep_app"
    );
    guard(
        store, R"sql(
            select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v') and n.nspname in ('app', 'public')
              and (has_table_privilege('doorstep_app', c.oid, 'truncate, references, trigger') or not has_table_privilege('doorstep_app', c.oid, 'select'))
        )sql",
        "create table bad (); grant select, truncate on bad to doorstep_app"
    );
    CHECK(store.value("select has_table_privilege('doorstep_app', 'app.migrations', 'insert, update, delete')") == "f");
}

TEST_CASE("every query can be prepared against the schema, by the role that serves") {
    test::TestStore store;
    std::unique_ptr<PGconn, decltype(&PQfinish)> conn(PQconnectdb(store.app_conninfo().c_str()), PQfinish);
    REQUIRE(PQstatus(conn.get()) == CONNECTION_OK);
    std::set<std::string_view> seen;
    for (const auto* query : db::Query::all()) {
        std::string_view name = query->name();
        CHECK_MESSAGE(seen.insert(name).second, name, " is the name of two queries");
        CHECK_MESSAGE(name.size() < 60, name, " is too long");
        // Tests bring their own tables: the names of their queries begin with x_test.
        if (name.substr(0, name.find('.')).ends_with("_test")) continue;
        std::unique_ptr<PGresult, decltype(&PQclear)> result(
            PQprepare(conn.get(), query->name(), query->sql(), 0, nullptr), PQclear
        );
        CHECK_MESSAGE(PQresultStatus(result.get()) == PGRES_COMMAND_OK, name, ": ", PQresultErrorMessage(result.get()));
    }
    CHECK(seen.size() > 10);
}

TEST_CASE("db/schema.sql is what the migrations make") {
    test::TestStore store;
    auto installation = db::find_postgres();
    REQUIRE(installation);
    auto dump = db::run_program(
        db::current_user(), {(installation->bin / "pg_dump").string(), "--schema-only", "--no-owner", "--schema=app",
                             "--schema=public", store.admin_conninfo()}
    );
    REQUIRE(dump.status == 0);
    std::string schema;
    std::istringstream lines(dump.output);
    for (std::string line, before; std::getline(lines, line);) {
        // Versions, settings of the session and empty remarks say nothing of the schema.
        if (line.starts_with("--") || line.starts_with("SET ") || line.starts_with("SELECT pg_catalog.set_config")) continue;
        if (line.starts_with("\\restrict") || line.starts_with("\\unrestrict") || (line.empty() && before.empty())) continue;
        schema += line + "\n";
        before = line;
    }
    auto path = test::source_dir() / "db/schema.sql";
    if (std::getenv("DOORSTEP_WRITE_SCHEMA")) std::ofstream(path) << schema;
    std::ifstream in(path);
    std::string committed(std::istreambuf_iterator<char>(in), {});
    bool current = committed == schema;
    CHECK_MESSAGE(current, "db/schema.sql is out of date: run script/lib/schema.sh");
}
