#include "db/migrate.hpp"

#include <stdexcept>

#include "core/crypto.hpp"
#include "db/blocking.hpp"
#include "db/migrate_role.hpp"

namespace doorstep::db {

namespace {

// Held by the session, hence let go of by the server itself should this process die.
constexpr const char* lock_sql = "select pg_advisory_lock(7237121041893978736)";

[[noreturn]] void refuse(const std::string& advice) {
    throw std::runtime_error(advice);
}

std::string checksum(const Migration& step) {
    return sha256_hex(step.up);
}

std::string title(const Migration& step) {
    auto number = std::to_string(step.version);
    return std::string(4 - std::min<std::size_t>(4, number.size()), '0') + number + "_" + std::string(step.name);
}

bool has_record(BlockingConnection& db) {
    return db.flag("select to_regclass('app.migrations') is not null");
}

void require_empty(BlockingConnection& db) {
    auto tables = db.query(R"sql(
        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('app', 'public') and c.relkind in ('r', 'p', 'v', 'm') and c.oid is distinct from to_regclass('app.migrations')
          and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
        order by 1 limit 1
    )sql");
    if (!tables.empty())
        refuse(
            "The database holds tables (" + *tables[0][0] +
            ") but no record of Doorstep's migrations: it is another program's, or was "
            "restored in part. Use an empty database, or restore a whole backup."
        );
}

/// How many of the steps the store has. Refuses what this binary can't vouch for.
std::size_t applied(BlockingConnection& db, std::span<const Migration> steps) {
    if (!has_record(db)) {
        require_empty(db);
        return 0;
    }
    auto rows = db.query("select version, name, checksum from app.migrations order by version");
    if (rows.empty()) require_empty(db);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (*rows[i][0] != std::to_string(i + 1))
            refuse(
                "The record of migrations has a gap at " + std::to_string(i + 1) +
                " (app.migrations). Restore a backup; nothing was changed."
            );
    }
    if (rows.size() > steps.size())
        refuse(
            "The store is newer than this program: its schema is " + *rows.back()[0] + ", this program knows " +
            std::to_string(steps.size()) + ". Start the newer version again, or restore a backup from before the upgrade."
        );
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (*rows[i][1] != steps[i].name || *rows[i][2] != checksum(steps[i]))
            refuse(
                "Migration " + title(steps[i]) + " differs from the one the store was made with (" + *rows[i][1] +
                "). This program is not a successor of the one that made it; nothing was changed."
            );
    }
    return rows.size();
}

void make_record(BlockingConnection& db) {
    db.exec(R"sql(
        create schema if not exists app;
        create table if not exists app.migrations (
            version integer primary key check (version > 0),
            name text not null,
            checksum text not null,
            applied_at timestamptz not null default now()
        )
    )sql");
}

// Row-level security is forced on the owner too, unless it may pass over it: a step that changes rows would change none, and say
// nothing. So it is not forced while a step runs.
constexpr const char* see_all_rows_sql = R"sql(
    do $$
    declare
        target regclass;
    begin
        if (select not (rolsuper or rolbypassrls) from pg_roles where rolname = current_user) then
            for target in
                select oid from pg_class where relforcerowsecurity and relnamespace in (select oid from pg_namespace where nspname in ('app', 'public'))
            loop
                execute format('alter table %s no force row level security', target);
            end loop;
        end if;
    end
    $$
)sql";

constexpr const char* see_own_rows_sql = R"sql(
    do $$
    declare
        target regclass;
    begin
        for target in
            select oid from pg_class
            where relrowsecurity and not relforcerowsecurity
                and relnamespace in (select oid from pg_namespace where nspname in ('app', 'public'))
        loop
            execute format('alter table %s force row level security', target);
        end loop;
    end
    $$
)sql";

/// One step and its record: both or neither.
void apply(BlockingConnection& db, const Migration& step, std::string_view sql, const std::string& record_sql) {
    try {
        db.exec("begin");
        db.exec(see_all_rows_sql);
        db.exec(std::string(sql));
        db.exec(see_own_rows_sql);
        if (!db.in_transaction()) throw std::logic_error("it ended its transaction by itself");
        db.exec(record_sql);
        db.exec("commit");
    } catch (const std::exception& problem) {
        refuse("Migration " + title(step) + " failed and was undone: " + problem.what());
    }
}

} // namespace

void migrate_up(const std::string& conninfo, const MigrationLog& log, std::span<const Migration> steps) {
    BlockingConnection db(conninfo);
    db.exec("set client_min_messages = warning; set timezone = 'UTC'");
    db.exec(lock_sql);
    auto done = applied(db, steps);
    ensure_app_role(db);
    if (!has_record(db)) make_record(db);
    for (const auto& step : steps.subspan(done)) {
        auto record = "insert into app.migrations (version, name, checksum) values (" + std::to_string(step.version) + ", " +
                      db.literal(std::string(step.name)) + ", " + db.literal(checksum(step)) + ")";
        apply(db, step, step.up, record);
        log("migrated to " + title(step));
    }
    grant_to_app_role(db);
}

void migrate_down(const std::string& conninfo, int to, const MigrationLog& log, std::span<const Migration> steps) {
    if (to < 0) refuse("The version to go back to is a number from 0.");
    BlockingConnection db(conninfo);
    db.exec("set client_min_messages = warning; set timezone = 'UTC'");
    db.exec(lock_sql);
    auto done = applied(db, steps);
    for (; done > std::size_t(to); --done) {
        const auto& step = steps[done - 1];
        apply(db, step, step.down, "delete from app.migrations where version = " + std::to_string(step.version));
        log("undid " + title(step));
    }
}

void migrate_up(const std::string& conninfo, const MigrationLog& log) {
    migrate_up(conninfo, log, all_migrations());
}

void migrate_down(const std::string& conninfo, int to, const MigrationLog& log) {
    migrate_down(conninfo, to, log, all_migrations());
}

std::vector<MigrationState> migration_status(const std::string& conninfo) {
    BlockingConnection db(conninfo);
    db.exec("set timezone = 'UTC'; set datestyle = 'ISO'");
    std::vector<MigrationState> states;
    for (const auto& step : all_migrations()) states.push_back({step.version, std::string(step.name), ""});
    if (!has_record(db)) return states;
    for (const auto& row : db.query("select version, name, applied_at from app.migrations order by version")) {
        auto version = std::stoi(*row[0]);
        if (std::size_t(version) > states.size()) {
            states.push_back({version, *row[1], *row[2]});
        } else {
            states[std::size_t(version) - 1].applied_at = *row[2];
        }
    }
    return states;
}

void require_current_schema(const std::string& conninfo) {
    BlockingConnection db(conninfo);
    auto done = applied(db, all_migrations());
    auto missing = all_migrations().size() - done;
    if (missing > 0) refuse("The schema lacks " + std::to_string(missing) + " migration(s). Run: doorstep migrate up");
}

} // namespace doorstep::db
