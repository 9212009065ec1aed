#include "test/support/test_store.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <stdexcept>

#include "core/crypto.hpp"
#include "db/migrate.hpp"
#include "db/postgres_tools.hpp"
#include "test/support/source_dir.hpp"

namespace doorstep::test {

namespace {

namespace fs = std::filesystem;

constexpr const char* template_prefix = "doorstep_template_";
constexpr const char* test_prefix = "doorstep_test_";

const char* settings =
    "listen_addresses = ''\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\nshared_buffers = 64MB\n"
    "max_connections = 300\nwal_level = minimal\nmax_wal_senders = 0\nautovacuum = off\nmax_wal_size = 256MB\n"
    "deadlock_timeout = 100ms\nlogging_collector = off\nlog_min_messages = fatal\nlc_messages = 'C'\ntimezone = 'UTC'\n";

/// Making a database is making some 300 files: in memory that takes a tenth of the time, where there is enough of it.
fs::path cluster_folder() {
    constexpr std::uintmax_t enough = 2ull << 30;
    std::error_code error;
    auto memory = fs::space("/dev/shm", error);
    auto parent = !error && memory.available > enough ? "/dev/shm" : "/tmp";
    return fs::path(parent) / ("doorstep-test-" + std::to_string(geteuid()));
}

/// The cluster, and this process's share in it.
class Cluster {
public:
    Cluster() : user_(db::postgres_user()), root_(cluster_folder()) {
        auto installation = db::find_postgres();
        if (!installation) throw std::runtime_error("The tests need PostgreSQL 15 or newer.");
        bin_ = installation->bin;
        make_root();
        db::FileLock turn(root_ / "turn");
        turn.exclusive();
        users_ = std::make_unique<db::FileLock>(root_ / "users");
        users_->shared();
        ensure_running();
        sweep();
        template_ = make_template();
    }

    ~Cluster() {
        if (pid_ != getpid()) return;
        db::FileLock turn(root_ / "turn");
        turn.exclusive();
        // Whoever can't get it is not the last one.
        if (users_->try_exclusive()) pg_ctl({"stop", "-m", "fast", "-w"});
    }

    std::string conninfo(const std::string& user, const std::string& database) const {
        return "host=" + root_.string() + " user=" + user + " dbname=" + database;
    }

    const std::string& template_name() const { return template_; }

private:
    void make_root() {
        std::error_code error;
        fs::create_directory(root_, error);
        struct stat status{};
        bool ours = lstat(root_.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
                    (status.st_uid == geteuid() || status.st_uid == user_.uid);
        if (!ours) throw std::runtime_error(root_.string() + " belongs to somebody else.");
        if (chown(root_.c_str(), user_.uid, user_.gid) != 0 || chmod(root_.c_str(), 0700) != 0)
            throw std::runtime_error(root_.string() + " can't be given to " + user_.name + ".");
    }

    db::Ended pg_ctl(std::vector<std::string> arguments) const {
        std::vector<std::string> command{(bin_ / "pg_ctl").string(), "-s", "-D", data().string(), "-l",
                                         (root_ / "log").string()};
        command.insert(command.end(), arguments.begin(), arguments.end());
        return db::run_program(user_, command);
    }

    void ensure_running() const {
        if (pg_ctl({"status"}).status == 0) return;
        std::vector<std::string> start{"start", "-w", "-o", "-k " + root_.string()};
        if (fs::exists(data()) && pg_ctl(start).status == 0) return;
        // Nothing was synced: after a crash of the machine, or another version's run, it is made anew.
        fs::remove_all(data());
        auto made = db::run_program(
            user_, {(bin_ / "initdb").string(), "-D", data().string(), "-U", "doorstep_admin", "-A", "trust", "-E", "UTF8",
                    "--locale=C.UTF-8", "--no-sync", "--no-instructions"}
        );
        if (made.status != 0) throw std::runtime_error("initdb: " + made.output);
        auto* file = fopen((data() / "postgresql.auto.conf").c_str(), "a");
        if (!file || fputs(settings, file) < 0 || fclose(file) != 0) throw std::runtime_error("no settings written");
        auto started = pg_ctl(start);
        if (started.status != 0) throw std::runtime_error("pg_ctl start: " + started.output);
        db::BlockingConnection admin(conninfo("doorstep_admin", "postgres"));
        admin.exec("create role doorstep_app login; create role doorstep_owner login createdb createrole; grant doorstep_app "
                   "to doorstep_owner");
    }

    /// Databases of processes that were killed.
    void sweep() const {
        db::BlockingConnection admin(conninfo("doorstep_admin", "postgres"));
        for (const auto& row : admin.query("select datname from pg_database where datname like 'doorstep\\_test\\_%'")) {
            pid_t pid = 0;
            auto digits = row[0]->substr(std::string_view(test_prefix).size());
            std::from_chars(digits.data(), digits.data() + digits.size(), pid);
            if (pid == getpid() || (kill(pid, 0) != 0 && errno == ESRCH))
                admin.exec("drop database if exists " + *row[0] + " with (force)");
        }
    }

    /// One for each schema that is tested; other checkouts may use the cluster at the same time.
    std::string make_template() const {
        std::string all;
        for (const auto& step : db::all_migrations()) all.append(step.name).append(step.up);
        auto name = template_prefix + sha256_hex(all).substr(0, 16);
        db::BlockingConnection admin(conninfo("doorstep_admin", "postgres"));
        if (admin.flag("select exists (select from pg_database where datname = $1 and not datallowconn)", {name})) return name;
        admin.exec("drop database if exists " + name + " with (force)");
        admin.exec("create database " + name + " owner doorstep_owner");
        db::migrate_up(conninfo("doorstep_owner", name), [](std::string_view) {});
        admin.exec("alter database " + name + " allow_connections false");
        drop_old_templates(admin, name);
        return name;
    }

    static void drop_old_templates(db::BlockingConnection& admin, const std::string& current) {
        constexpr std::size_t kept = 8;
        auto rows = admin.query(
            "select datname from pg_database where datname like 'doorstep\\_template\\_%' order by oid desc offset $1",
            {std::to_string(kept)}
        );
        for (const auto& row : rows) {
            if (*row[0] != current) admin.exec("drop database if exists " + *row[0]);
        }
    }

    fs::path data() const { return root_ / "data"; }

    db::SystemUser user_;
    fs::path root_;
    fs::path bin_;
    std::unique_ptr<db::FileLock> users_;
    std::string template_;
    pid_t pid_ = getpid();
};

const Cluster& cluster() {
    static Cluster shared;
    return shared;
}

std::string next_name() {
    static std::atomic<int> count{0};
    return test_prefix + std::to_string(getpid()) + "_" + std::to_string(++count);
}

} // namespace

TestStore::TestStore(Schema schema) : name_(next_name()) {
    const auto& shared = cluster();
    owner_conninfo_ = shared.conninfo("doorstep_owner", name_);
    app_conninfo_ = shared.conninfo("doorstep_app", name_);
    admin_conninfo_ = shared.conninfo("doorstep_admin", name_);
    db::BlockingConnection admin(shared.conninfo("doorstep_admin", "postgres"));
    auto source = schema == Schema::migrated ? shared.template_name() : "template0";
    admin.exec("create database " + name_ + " template " + source + " owner doorstep_owner");
}

TestStore::~TestStore() {
    try {
        db::BlockingConnection admin(cluster().conninfo("doorstep_admin", "postgres"));
        admin.exec("drop database if exists " + name_ + " with (force)");
    } catch (const std::exception&) {
        // The next run sweeps it up.
    }
}

std::unique_ptr<db::Database> TestStore::make_database(boost::asio::io_context& io, db::Options options) const {
    options.conninfo = app_conninfo_;
    return std::make_unique<db::Database>(io, std::move(options));
}

void TestStore::exec(const std::string& sql) const {
    db::BlockingConnection(admin_conninfo_).exec(sql);
}

std::string TestStore::value(const std::string& sql) const {
    return db::BlockingConnection(admin_conninfo_).value(sql);
}

std::string TestStore::wrong_counters() const {
    std::ifstream in(source_dir() / "test/support/wrong_counters.sql");
    std::string sql(std::istreambuf_iterator<char>(in), {});
    if (sql.empty()) throw std::runtime_error("test/support/wrong_counters.sql can't be read");
    return value("select coalesce(string_agg(distinct name, ', '), '') from (" + sql + ") wrong");
}

} // namespace doorstep::test
