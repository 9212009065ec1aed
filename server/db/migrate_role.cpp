#include "db/migrate_role.hpp"

#include <stdexcept>

#include "db/blocking.hpp"
#include "db/migrate.hpp"

namespace doorstep::db {

namespace {

/// Roles belong to the whole cluster: another database's migration may do the same at this moment.
void tolerate_others(BlockingConnection& db, const std::string& sql) {
    constexpr int tries = 5;
    for (int i = 1;; ++i) {
        try {
            return db.exec(sql);
        } catch (const Failure& failure) {
            if (failure.sqlstate == "42710" || failure.sqlstate == "23505") return; // somebody just made it
            bool meanwhile = failure.sqlstate == "XX000" && failure.message.find("concurrently") != std::string::npos;
            if (!meanwhile || i == tries) throw;
        }
    }
}

std::string advice(const std::string& user) {
    return "The database user " + user +
           " may not create the role Doorstep works as. Run this as an administrator, then start again: "
           "create role doorstep_app nologin; grant doorstep_app to " +
           user + ";";
}

} // namespace

void ensure_app_role(BlockingConnection& db) {
    auto user = db.value("select current_user");
    try {
        if (!db.flag("select exists (select from pg_roles where rolname = $1)", {app_role}))
            tolerate_others(db, std::string("create role ") + app_role + " nologin");
        bool is_app_role = user == app_role;
        if (!is_app_role && !db.flag("select pg_has_role(current_user, $1, 'member')", {app_role}))
            tolerate_others(db, std::string("grant ") + app_role + " to current_user");
    } catch (const Failure& failure) {
        if (failure.sqlstate == "42501") throw std::runtime_error(advice(db.identifier(user)));
        throw;
    }
    if (db.flag("select rolsuper or rolbypassrls from pg_roles where rolname = $1", {app_role}))
        throw std::runtime_error("The role doorstep_app is a superuser or bypasses row security. Run as an administrator: "
                                 "alter role doorstep_app nosuperuser nobypassrls;");
}

void grant_to_app_role(BlockingConnection& db) {
    db.exec(R"sql(
        do $grants$
        declare
            app_oid oid := (select oid from pg_roles where rolname = 'doorstep_app');
            item record;
        begin
            for item in
                select c.oid::regclass as target, c.relkind, n.nspname || '.' || c.relname as path
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname in ('app', 'public') and c.relkind in ('r', 'p', 'v', 'S')
                  and pg_has_role(current_user, c.relowner, 'usage')
                  and not exists (select from aclexplode(c.relacl) a where a.grantee = app_oid)
                  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
            loop
                if item.path = 'app.migrations' then
                    execute format('grant select on %s to doorstep_app', item.target);
                elsif item.relkind = 'S' then
                    execute format('grant usage, select on sequence %s to doorstep_app', item.target);
                else
                    execute format('grant select, insert, update, delete on %s to doorstep_app', item.target);
                end if;
            end loop;
            for item in
                select nspname from pg_namespace n
                where nspname in ('app', 'public') and not has_schema_privilege(app_oid, n.oid, 'usage')
            loop
                execute format('grant usage on schema %I to doorstep_app', item.nspname);
            end loop;
        end
        $grants$
    )sql");
}

void assert_powerless(const std::string& conninfo, const std::string& role) {
    BlockingConnection db(conninfo);
    if (!role.empty()) {
        try {
            db.exec("set role " + db.identifier(role));
        } catch (const Failure& failure) {
            throw std::runtime_error("The server can't work as the role " + role + ": " + failure.message);
        }
    }
    auto user = db.value("select current_user");
    if (db.flag("select rolsuper or rolbypassrls from pg_roles where rolname = current_user"))
        throw std::runtime_error(
            "The database role " + user + " sees every account's rows (superuser or BYPASSRLS). Serve as a plain role."
        );
    bool owner = db.flag(R"sql(
        select exists (
            select from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('app', 'public') and c.relkind in ('r', 'p', 'v', 'm')
              and pg_has_role(current_user, c.relowner, 'usage')
        )
    )sql");
    if (owner) throw std::runtime_error("The database role " + user + " owns the tables. Serve as a role that owns nothing.");
}

} // namespace doorstep::db
