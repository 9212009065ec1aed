// What has to hold for every table that anybody ever adds. An exception is a line here, with its reason, for a reviewer to see.
#include <doctest/doctest.h>

#include <libpq-fe.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "db/blocking.hpp"
#include "db/query.hpp"
#include "test/support/test_store.hpp"

using namespace doorstep;

namespace {

/// Unique indexes that may tell that a value exists in another account.
const std::map<std::string, std::string> reviewed_unique_indexes{
};

/// The names a query yields, in one line.
std::string names(const test::TestStore& store, const std::string& sql) {
    std::string line;
    for (const auto& row : db::BlockingConnection(store.admin_conninfo()).query(sql)) line += (line.empty() ? "" : " ") + *row[0];
    return line;
}

const char* ours = " n.nspname in ('app', 'public') ";

} // namespace

TEST_CASE("every tenant's table is protected, its owner included") {
    test::TestStore store;
    CHECK(names(store, std::string(R"sql(
        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
        where c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity) and )sql") + ours + "order by 1") == "");
    CHECK(names(store, std::string(R"sql(
        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
        where c.relkind in ('r', 'p') and )sql") + ours + R"sql(
          and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and i.indkey[0] = a.attnum)
        order by 1)sql") == "");
    // A policy that is wider than the account's, or everyone's for schedules, would be seen here.
    CHECK(names(store, std::string(R"sql(
        select p.polrelid::regclass || '.' || p.polname from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
        where not p.polpermissive is false and )sql") + ours + R"sql(
          and (pg_get_expr(p.polqual, p.polrelid) not in ('(account_id = app.account())', '((account_id = app.account()) OR app.everyone())')
            or pg_get_expr(p.polwithcheck, p.polrelid) not in ('(account_id = app.account())', '((account_id = app.account()) OR app.everyone())'))
        order by 1)sql") == "");
}

TEST_CASE("no row refers to a row of another account") {
    test::TestStore store;
    CHECK(names(store, std::string(R"sql(
        select k.conrelid::regclass || '.' || k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute here on here.attrelid = k.conrelid and here.attname = 'account_id'
        join pg_attribute there on there.attrelid = k.confrelid and there.attname = 'account_id'
        where k.contype = 'f' and )sql") + ours + R"sql(
          and not exists (select from unnest(k.conkey, k.confkey) as pair (a, b) where pair.a = here.attnum and pair.b = there.attnum)
        order by 1)sql") == "");
}

TEST_CASE("no unique index tells that a value exists in another account") {
    test::TestStore store;
    std::set<std::string> found;
    auto rows = db::BlockingConnection(store.admin_conninfo()).query(std::string(R"sql(
        select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
        where i.indisunique and i.indkey[0] <> a.attnum and )sql") + ours);
    for (const auto& row : rows) found.insert(*row[0]);
    std::set<std::string> reviewed;
    for (const auto& [index, reason] : reviewed_unique_indexes) reviewed.insert(index);
    for (const auto& index : found) CHECK_MESSAGE(reviewed.contains(index), index, " does not begin with account_id");
    for (const auto& index : reviewed) CHECK_MESSAGE(found.contains(index), index, " is reviewed, but is no exception any more");
}

TEST_CASE("nothing runs or reads with another's rights") {
    test::TestStore store;
    CHECK(names(store, std::string(R"sql(
        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false) and )sql") + ours + "order by 1") == "");
    CHECK(names(store, std::string("select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'm' and") + ours) == "");
    CHECK(names(store, std::string("select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and") + ours) == "");
}

TEST_CASE("the role that serves owns nothing, and may neither truncate nor refer") {
    test::TestStore store;
    CHECK(names(store, "select count(*) from pg_shdepend where refobjid = 'doorstep_app'::regrole and deptype = 'o'") == "0");
    CHECK(names(store, std::string(R"sql(
        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v') and has_table_privilege('doorstep_app', c.oid, 'truncate, references, trigger') and )sql") + ours) == "");
    CHECK(names(store, "select nspname from pg_namespace where nspname in ('app', 'public') and has_schema_privilege('doorstep_app', oid, 'create')") == "");
    CHECK(names(store, std::string(R"sql(
        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not has_table_privilege('doorstep_app', c.oid, 'select') and )sql") + ours) == "");
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
        // Tests bring their own tables.
        if (name.substr(0, name.find('.')).ends_with("_test")) continue;
        std::unique_ptr<PGresult, decltype(&PQclear)> result(PQprepare(conn.get(), query->name(), query->sql(), 0, nullptr), PQclear);
        CHECK_MESSAGE(PQresultStatus(result.get()) == PGRES_COMMAND_OK, name, ": ", PQresultErrorMessage(result.get()));
    }
    CHECK(seen.size() > 10);
}
