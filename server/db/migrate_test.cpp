#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "db/blocking.hpp"
#include "db/migrate.hpp"
#include "test/support/test_store.hpp"

using namespace doorstep;

namespace {

const db::MigrationLog silent = [](std::string_view) {};

const std::vector<db::Migration> three{
    {1, "pens", "create table pens (id int primary key); create index pens_id on pens (id); insert into pens values (1);",
     "drop index pens_id; drop table pens;"},
    {2, "inks", "create table inks (id int primary key); alter table inks add colour text;",
     "alter table inks drop colour; drop table inks;"},
    {3, "caps", "alter table pens add capped boolean not null default false;", "alter table pens drop capped;"},
};

std::string problem_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const std::exception& problem) {
        return problem.what();
    }
    return "";
}

std::string state_of(const test::TestStore& store) {
    return store.value(R"sql(
        select coalesce((select string_agg(version::text, ',' order by version) from app.migrations), '') || ':' ||
               coalesce(string_agg(c.relname || '(' || (select string_agg(attname, ' ' order by attnum) from pg_attribute
                   where attrelid = c.oid and attnum > 0 and not attisdropped) || ')', ',' order by c.relname), '')
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'i')
    )sql");
}

/// The n-th change of the schema from now on takes its connection down.
void crash_at(const test::TestStore& store, int n) {
    store.exec(
        R"sql(
        drop event trigger if exists crash_test;
        create schema if not exists crash_test;
        create sequence if not exists crash_test.count;
        grant usage on schema crash_test to public;
        grant all on crash_test.count to public;
        create or replace function crash_test.crash() returns event_trigger language plpgsql as $$
        begin
            if nextval('crash_test.count') = )sql" +
        std::to_string(n) + R"sql( then
                perform pg_terminate_backend(pg_backend_pid());
            end if;
        end $$;
        alter sequence crash_test.count restart;
        create event trigger crash_test on ddl_command_end execute function crash_test.crash();
    )sql"
    );
}

} // namespace

TEST_CASE("migrations go up once, down again, and say where they are") {
    test::TestStore store(test::TestStore::Schema::empty);
    std::vector<std::string> lines;
    auto log = [&](std::string_view line) { lines.emplace_back(line); };
    db::migrate_up(store.owner_conninfo(), log, three);
    CHECK(lines == std::vector<std::string>{"migrated to 0001_pens", "migrated to 0002_inks", "migrated to 0003_caps"});
    lines.clear();
    db::migrate_up(store.owner_conninfo(), log, three);
    CHECK(lines.empty());
    CHECK(state_of(store) == "1,2,3:inks(id colour),inks_pkey(id),pens(id capped),pens_id(id),pens_pkey(id)");
    db::migrate_down(store.owner_conninfo(), 1, log, three);
    CHECK(state_of(store) == "1:pens(id),pens_id(id),pens_pkey(id)");
    db::migrate_down(store.owner_conninfo(), 0, log, three);
    CHECK(state_of(store) == ":");
    db::migrate_up(store.owner_conninfo(), silent, three);
    CHECK(state_of(store).starts_with("1,2,3:"));
}

TEST_CASE("a step changes the rows of every tenant, though its owner is bound to row-level security too; afterwards it is again"
) {
    test::TestStore store(test::TestStore::Schema::empty);
    const std::vector<db::Migration> steps{
        {1, "pens",
         "create table pens (tenant int, colour text); alter table pens enable row level security;"
         "alter table pens force row level security;"
         "create policy own on pens using (tenant = current_setting('test.tenant', true)::int);",
         "drop table pens;"},
        {2, "dyed", "update pens set colour = 'blue';", "update pens set colour = 'undone';"},
    };
    auto forced = [&] {
        return store.value("select relrowsecurity and relforcerowsecurity from pg_class where relname = 'pens'");
    };
    db::migrate_up(store.owner_conninfo(), silent, std::span(steps).first(1));
    store.exec("insert into pens values (1), (2)");
    db::migrate_up(store.owner_conninfo(), silent, steps);
    CHECK(store.value("select string_agg(colour, ',') from pens") == "blue,blue");
    CHECK(forced() == "t");
    db::migrate_down(store.owner_conninfo(), 1, silent, steps);
    CHECK(store.value("select string_agg(colour, ',') from pens") == "undone,undone");
    CHECK(forced() == "t");
    CHECK(db::BlockingConnection(store.owner_conninfo()).value("select count(*) from pens") == "0");
}

TEST_CASE("a crash at any statement, up or down, leaves whole steps only, and the next try finishes") {
    test::TestStore store(test::TestStore::Schema::empty);
    std::vector<std::string> whole;
    for (std::size_t n = 0; n <= three.size(); ++n) {
        db::migrate_up(store.owner_conninfo(), silent, std::span(three).first(n));
        whole.push_back(state_of(store));
    }
    int crashes = 0;
    for (bool up : {false, true}) {
        auto go = [&] {
            if (up) {
                db::migrate_up(store.owner_conninfo(), silent, three);
            } else {
                db::migrate_down(store.owner_conninfo(), 0, silent, three);
            }
        };
        auto back = [&] {
            store.exec("drop event trigger if exists crash_test");
            if (up) {
                db::migrate_down(store.owner_conninfo(), 0, silent, three);
            } else {
                db::migrate_up(store.owner_conninfo(), silent, three);
            }
        };
        for (int n = 1;; ++n) {
            back();
            crash_at(store, n);
            auto problem = problem_of(go);
            store.exec("drop event trigger if exists crash_test");
            CHECK(std::ranges::count(whole, state_of(store)) == 1);
            if (problem.empty()) break;
            ++crashes;
            CHECK(problem_of(go) == "");
            CHECK(state_of(store) == (up ? whole.back() : whole.front()));
        }
    }
    CHECK(crashes == 12); // five changes of the schema each way, and two grants
}

TEST_CASE("a step that fails is undone with its record and named") {
    test::TestStore store(test::TestStore::Schema::empty);
    auto steps = three;
    steps[1].up = "create table inks (id int); create table inks (id int);";
    auto problem = problem_of([&] { db::migrate_up(store.owner_conninfo(), silent, steps); });
    CHECK(problem == "Migration 0002_inks failed and was undone: relation \"inks\" already exists");
    CHECK(state_of(store).starts_with("1:pens"));
    steps[1].up = "create table inks (id int); commit; create table caps (id int);";
    problem = problem_of([&] { db::migrate_up(store.owner_conninfo(), silent, steps); });
    CHECK(problem.find("ended its transaction") != problem.npos);
}

TEST_CASE("four processes that start at once migrate once") {
    test::TestStore store(test::TestStore::Schema::empty);
    std::vector<pid_t> children;
    for (int i = 0; i < 4; ++i) {
        auto child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            int steps = 0;
            try {
                db::migrate_up(store.owner_conninfo(), [&](std::string_view) { ++steps; });
            } catch (const std::exception&) {
                _exit(100);
            }
            _exit(steps);
        }
        children.push_back(child);
    }
    int together = 0;
    for (auto child : children) {
        int status = 0;
        waitpid(child, &status, 0);
        REQUIRE(WIFEXITED(status));
        together += WEXITSTATUS(status);
    }
    CHECK(together == int(db::all_migrations().size()));
    db::require_current_schema(store.owner_conninfo());
}

TEST_CASE("a store that can't be vouched for is refused, untouched") {
    test::TestStore store(test::TestStore::Schema::empty);
    auto up = [&](std::span<const db::Migration> steps) {
        return problem_of([&] { db::migrate_up(store.owner_conninfo(), silent, steps); });
    };
    SUBCASE("newer than the program") {
        CHECK(up(three) == "");
        CHECK(up(std::span(three).first(2)).starts_with("The store is newer than this program: its schema is 3"));
    }
    SUBCASE("made by another program") {
        CHECK(up(three) == "");
        auto steps = three;
        steps[1].up = "create table inks (id bigint)";
        CHECK(up(steps).starts_with("Migration 0002_inks differs"));
    }
    SUBCASE("with a gap") {
        CHECK(up(three) == "");
        store.exec("delete from app.migrations where version = 2");
        CHECK(up(three).find("gap at 2") != std::string::npos);
    }
    SUBCASE("tables without the record") {
        CHECK(up(three) == "");
        store.exec("drop table app.migrations");
        CHECK(up(three).find("no record of Doorstep's migrations") != std::string::npos);
    }
    SUBCASE("tables with an empty record") {
        CHECK(up(three) == "");
        store.exec("delete from app.migrations");
        CHECK(up(three).find("no record of Doorstep's migrations") != std::string::npos);
    }
}

TEST_CASE("the whole schema goes down and up again") {
    test::TestStore store;
    db::migrate_down(store.owner_conninfo(), 0, silent);
    CHECK(store.value(R"sql(
        select coalesce(string_agg(n.nspname || '.' || c.relname, ' '), '') from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('app', 'public') and c.oid <> 'app.migrations'::regclass and c.relname <> 'migrations_pkey'
    )sql") == "");
    CHECK(store.value(R"sql(
        select count(*) from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('app', 'public')
    )sql") == "0");
    db::migrate_up(store.owner_conninfo(), silent);
    for (const auto& state : db::migration_status(store.owner_conninfo())) CHECK(state.applied_at != "");
}

TEST_CASE("only a powerless role may serve") {
    test::TestStore store;
    CHECK(problem_of([&] { db::assert_powerless(store.app_conninfo(), ""); }) == "");
    CHECK(problem_of([&] { db::assert_powerless(store.owner_conninfo(), db::app_role); }) == "");
    CHECK(problem_of([&] { db::assert_powerless(store.owner_conninfo(), ""); }).find("owns the tables") != std::string::npos);
    CHECK(problem_of([&] { db::assert_powerless(store.admin_conninfo(), ""); }).find("superuser") != std::string::npos);
    CHECK(problem_of([&] {
              db::assert_powerless(store.app_conninfo(), "doorstep_owner");
          }).find("can't work as") != std::string::npos);
}
