// The cluster's folder: made, checked, configured.

#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <stdexcept>

#include "db/blocking.hpp"
#include "db/private_postgres.hpp"

namespace doorstep::db {

namespace {

namespace fs = std::filesystem;

constexpr const char* mark = "doorstep.cluster";     // whose folder this is
constexpr const char* ready_mark = "doorstep.ready"; // its roles and database are there

/// For a machine with two cores and a few gigabytes; `alter system` overrides any of it.
const char* settings = R"(# Written by Doorstep at each start. Change settings with ALTER SYSTEM instead.
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 200
superuser_reserved_connections = 5
shared_buffers = 128MB
work_mem = 8MB
maintenance_work_mem = 64MB
effective_cache_size = 1GB
random_page_cost = 1.1
jit = off
synchronous_commit = on
full_page_writes = on
fsync = on
wal_compression = on
max_wal_size = 1GB
min_wal_size = 80MB
checkpoint_timeout = 15min
checkpoint_completion_target = 0.9
deadlock_timeout = 200ms
timezone = 'UTC'
log_timezone = 'UTC'
# Neither statements nor the values of keys: they hold what people entrusted to the store.
log_min_messages = warning
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length_on_error = 0
log_checkpoints = off
log_line_prefix = '%m [%p] '
logging_collector = off
)";

void write_file(const fs::path& path, const std::string& text, const SystemUser& user) {
    // Whole or not at all.
    auto fresh = path;
    fresh += ".new";
    {
        std::ofstream out(fresh, std::ios::trunc);
        out << text;
        if (!out.flush()) throw std::runtime_error("The file " + path.string() + " can't be written. Is the disk full?");
    }
    bool given = geteuid() != 0 || chown(fresh.c_str(), user.uid, user.gid) == 0;
    if (!given || chmod(fresh.c_str(), 0600) != 0 || rename(fresh.c_str(), path.c_str()) != 0)
        throw std::runtime_error("The file " + path.string() + " can't be written by " + user.name + ".");
}

std::string read_text(const fs::path& path) {
    std::ifstream in(path);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string access_rules() {
    return "# Written by Doorstep: over the socket, as the system's users below, and no other way.\nlocal all all peer "
           "map=doorstep\n";
}

std::string user_map(const SystemUser& user) {
    std::string text = "# Written by Doorstep: system user, database role.\n";
    for (const auto& name : {user.name, std::string("root")}) {
        text += "doorstep \"" + name + "\" doorstep_owner\ndoorstep \"" + name + "\" doorstep_app\n";
    }
    return text;
}

std::string initdb_problem(const std::string& output) {
    if (output.find("No space left") != output.npos) return "the disk is full";
    std::string reason = "unknown";
    for (std::size_t start = 0; start < output.size();) {
        auto end = std::min(output.find('\n', start), output.size());
        auto line = output.substr(start, end - start);
        if (line.starts_with("initdb: error: ")) reason = line.substr(15);
        start = end + 1;
    }
    return reason;
}

} // namespace

void PrivatePostgres::make_cluster() {
    auto newest = find_postgres();
    if (!newest)
        throw std::runtime_error(
            "PostgreSQL 15 or newer is not installed. Install it (Debian: apt install postgresql), or set DATABASE_URL."
        );
    installation_ = *newest;
    user_ = postgres_user();
    // The folder is ours and may be passed through; what lies above it is not ours to open.
    if (!may_enter(user_, folder_)) chmod(folder_.c_str(), 0711);
    if (!may_enter(user_, folder_))
        throw std::runtime_error(
            "PostgreSQL runs as the user " + user_.name + ", who can't reach " + folder_.string() +
            ". Use a folder below one that all may enter (--data /var/lib/doorstep), or start Doorstep as an ordinary user."
        );
    log_("making a new PostgreSQL " + std::to_string(installation_.major) + " cluster in " + cluster_.string());
    auto fresh = folder_ / "postgres.new";
    auto make_fresh = [&] {
        fs::remove_all(fresh); // of a start that was cut short
        bool made = mkdir(fresh.c_str(), 0700) == 0 && (geteuid() != 0 || chown(fresh.c_str(), user_.uid, user_.gid) == 0);
        if (!made) throw std::runtime_error("The folder " + fresh.string() + " can't be made. Is the disk full?");
    };
    make_fresh();
    auto command = [&](const char* locale) {
        return std::vector<std::string>{
            (installation_.bin / "initdb").string(),
            "-D",
            fresh.string(),
            "-U",
            "doorstep_owner",
            "-A",
            "peer",
            "-E",
            "UTF8",
            std::string("--locale=") + locale,
            "--data-checksums",
            "--no-instructions"
        };
    };
    auto made = run_program(user_, command("C.UTF-8"));
    if (made.status != 0 && made.output.find("locale") != made.output.npos) {
        make_fresh();
        made = run_program(user_, command("C"));
    }
    if (made.status != 0) {
        std::error_code ignored;
        fs::remove_all(fresh, ignored);
        throw std::runtime_error(
            "PostgreSQL's cluster could not be made in " + folder_.string() + ": " + initdb_problem(made.output) + "."
        );
    }
    write_file(
        fresh / "postgresql.conf", read_text(fresh / "postgresql.conf") + "\ninclude_if_exists = 'doorstep.conf'\n", user_
    );
    write_file(fresh / mark, "The store of Doorstep. Not for other programs.\n", user_);
    std::error_code error;
    fs::rename(fresh, cluster_, error);
    if (error) throw std::runtime_error("The cluster could not be moved to " + cluster_.string() + ": " + error.message());
    write_settings();
}

void PrivatePostgres::check_cluster() {
    struct stat status{};
    if (stat(cluster_.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
        throw std::runtime_error(
            cluster_.string() + " is not a folder that can be read. Choose another data folder with --data."
        );
    if (geteuid() != 0 && status.st_uid != geteuid())
        throw std::runtime_error(
            "The store in " + cluster_.string() + " belongs to the user " + system_user(status.st_uid).name +
            ". Start Doorstep as that user, or as root."
        );
    if (status.st_uid == 0)
        throw std::runtime_error(
            "The store in " + cluster_.string() + " belongs to root, as whom PostgreSQL does not run. Run: chown -R " +
            postgres_user().name + " " + cluster_.string()
        );
    if (status.st_mode & 0027) throw std::runtime_error("Others may read the store. Run: chmod 700 " + cluster_.string());
    if (!fs::exists(cluster_ / mark))
        throw std::runtime_error(
            cluster_.string() +
            " holds a PostgreSQL cluster or other files that Doorstep did not make. Choose another data folder with --data."
        );
    user_ = system_user(status.st_uid);
    if (!may_enter(user_, cluster_))
        throw std::runtime_error(
            "PostgreSQL runs as the user " + user_.name + ", who can't reach " + cluster_.string() +
            ". Let that user in, or move the data folder."
        );

    auto version = read_text(cluster_ / "PG_VERSION");
    int major = 0;
    std::from_chars(version.data(), version.data() + version.size(), major);
    if (major == 0)
        throw std::runtime_error("The store in " + cluster_.string() + " is damaged (no PG_VERSION). Restore a backup.");
    auto same = find_postgres(major);
    if (!same) {
        auto other = find_postgres();
        auto found = other ? "only " + std::to_string(other->major) + " is" : std::string("none is");
        auto number = std::to_string(major);
        throw std::runtime_error(
            "The store was made with PostgreSQL " + number + ", which is not installed (" + found +
            "). Install it again (Debian: apt install postgresql-" + number +
            "); to change versions make a backup with it and restore that into a new data folder."
        );
    }
    installation_ = *same;
}

void PrivatePostgres::write_settings() const {
    auto write = [this](const char* name, const std::string& text) {
        if (read_text(cluster_ / name) != text) write_file(cluster_ / name, text, user_);
    };
    write("doorstep.conf", settings);
    write("pg_hba.conf", access_rules());
    write("pg_ident.conf", user_map(user_));
}

void PrivatePostgres::make_roles() {
    if (fs::exists(cluster_ / ready_mark)) return;
    BlockingConnection db(conninfo("doorstep_owner", "postgres"));
    if (!db.flag("select exists (select from pg_roles where rolname = 'doorstep_app')"))
        db.exec("create role doorstep_app login");
    if (!db.flag("select exists (select from pg_database where datname = 'doorstep')")) db.exec("create database doorstep");
    write_file(cluster_ / ready_mark, "", user_);
}

} // namespace doorstep::db
