#include <doctest/doctest.h>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "db/blocking.hpp"
#include "db/migrate.hpp"
#include "db/private_postgres.hpp"

using namespace doorstep;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

const db::PrivatePostgres::Log silent = [](std::string_view) {};

struct Folder {
    explicit Folder(const std::string& tail = "") {
        char name[] = "/tmp/doorstep-private-XXXXXX";
        REQUIRE(mkdtemp(name));
        root = name;
        chmod(name, 0755);
        path = tail.empty() ? root : root / tail;
    }
    ~Folder() {
        for (auto pid : db::processes_in(path / "postgres")) kill(pid, SIGQUIT);
        for (int i = 0; i < 400 && !db::processes_in(path / "postgres").empty(); ++i) std::this_thread::sleep_for(10ms);
        fs::remove_all(root);
    }

    pid_t postmaster() const {
        pid_t pid = 0;
        std::ifstream(path / "postgres" / "postmaster.pid") >> pid;
        return pid;
    }
    bool running() const { return !db::processes_in(path / "postgres").empty(); }

    fs::path root;
    fs::path path;
};

/// A store that was made before, by copying one: making takes a while.
struct Made : Folder {
    explicit Made(const std::string& tail = "") : Folder(tail) {
        static Folder original;
        if (!fs::exists(original.path / "postgres")) db::PrivatePostgres::start(original.path, silent);
        fs::create_directories(path);
        auto copied =
            db::run_program(db::current_user(), {"/bin/cp", "-a", (original.path / "postgres").string(), path.string()});
        REQUIRE(copied.status == 0);
    }
};

std::string problem_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const std::runtime_error& problem) {
        return problem.what();
    }
    return "";
}

std::string start_problem(const Folder& folder) {
    return problem_of([&] { db::PrivatePostgres::start(folder.path, silent); });
}

std::string rows(const db::PrivatePostgres& postgres) {
    return db::BlockingConnection(postgres.owner_conninfo()).value("select count(*) from kept");
}

template <class Act>
std::chrono::milliseconds time_of(Act act) {
    auto start = std::chrono::steady_clock::now();
    act();
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
}

/// A process that starts it, says so, and waits for its end.
pid_t start_in_child(const Folder& folder) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    auto child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        auto postgres = db::PrivatePostgres::start(folder.path, silent);
        if (write(ends[1], "x", 1) == 1) pause();
        _exit(0);
    }
    close(ends[1]);
    char answer = 0;
    CHECK(read(ends[0], &answer, 1) == 1);
    close(ends[0]);
    return child;
}

void end(pid_t child) {
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
}

} // namespace

TEST_CASE("a private PostgreSQL is made, kept, stopped and started again") {
    Folder folder;
    {
        auto postgres = db::PrivatePostgres::start(folder.path, silent);
        db::BlockingConnection owner(postgres->owner_conninfo());
        CHECK(owner.value("show data_checksums") == "on");
        CHECK(owner.value("show listen_addresses") == "");
        CHECK(owner.value("show server_encoding") == "UTF8");
        CHECK(owner.value("show fsync") == "on");
        db::migrate_up(postgres->owner_conninfo(), silent);
        db::assert_powerless(postgres->app_conninfo(), "");
        owner.exec("create table kept (id int); insert into kept values (1)");
        CHECK(problem_of([&] { db::assert_powerless(postgres->owner_conninfo(), ""); }) != "");
        struct stat status{};
        REQUIRE(stat((folder.path / "postgres").c_str(), &status) == 0);
        CHECK((status.st_mode & 0777) == 0700);
        CHECK(status.st_uid != 0);
    }
    CHECK_FALSE(folder.running());
    std::unique_ptr<db::PrivatePostgres> again;
    auto took = time_of([&] { again = db::PrivatePostgres::start(folder.path, silent); });
    MESSAGE("a start on an existing store took ", took.count(), " ms");
    CHECK(rows(*again) == "1");
    CHECK(time_of([&] { again->stop(); }) < 10s);
    CHECK_FALSE(folder.running());
}

TEST_CASE("several processes share it, and the last one stops it") {
    Made folder;
    auto first = db::PrivatePostgres::start(folder.path, silent);
    auto postmaster = folder.postmaster();
    auto second = db::PrivatePostgres::start(folder.path, silent);
    CHECK(folder.postmaster() == postmaster);
    first.reset();
    CHECK(folder.postmaster() == postmaster);
    CHECK(db::BlockingConnection(second->app_conninfo()).value("select 1") == "1");
    second.reset();
    CHECK_FALSE(folder.running());
}

TEST_CASE("it outlives a server that is killed, and the next one takes it over") {
    Made folder;
    auto child = start_in_child(folder);
    auto postmaster = folder.postmaster();
    end(child);
    CHECK(folder.running());
    auto next = db::PrivatePostgres::start(folder.path, silent);
    CHECK(folder.postmaster() == postmaster);
    next.reset();
    CHECK_FALSE(folder.running());
}

TEST_CASE("killed, it is started again by who uses it, and has lost nothing") {
    Made folder;
    auto postgres = db::PrivatePostgres::start(folder.path, silent);
    db::BlockingConnection(postgres->owner_conninfo()).exec("create table kept (id int)");
    for (int i = 1; i <= 3; ++i) {
        db::BlockingConnection(postgres->owner_conninfo()).exec("insert into kept values (1)");
        auto killed = folder.postmaster();
        kill(killed, SIGKILL);
        std::string count;
        auto took = time_of([&] {
            for (int tries = 0; tries < 3000 && count.empty(); ++tries) {
                std::this_thread::sleep_for(10ms);
                if (folder.postmaster() == killed) continue;
                try {
                    count = rows(*postgres);
                } catch (const db::Failure&) {}
            }
        });
        MESSAGE("it answered again after ", took.count(), " ms");
        CHECK(count == std::to_string(i));
    }
}

TEST_CASE("killed while nobody looks, it recovers at the next start, whatever its number belongs to now") {
    Made folder;
    auto child = start_in_child(folder);
    end(child);
    auto postmaster = folder.postmaster();
    kill(postmaster, SIGKILL);
    SUBCASE("a dead process") {}
    SUBCASE("another's living process") {
        for (int i = 0; i < 500 && folder.running(); ++i) std::this_thread::sleep_for(10ms);
        std::ifstream in(folder.path / "postgres" / "postmaster.pid");
        std::string first, rest;
        std::getline(in, first);
        std::getline(in, rest, '\0');
        std::ofstream(folder.path / "postgres" / "postmaster.pid") << getpid() << "\n" << rest;
    }
    auto next = db::PrivatePostgres::start(folder.path, silent);
    CHECK(db::BlockingConnection(next->app_conninfo()).value("select 1") == "1");
    CHECK(folder.postmaster() != postmaster);
}

TEST_CASE("a first start that is cut short leaves nothing in the way") {
    Folder folder;
    fs::create_directories(folder.path / "postgres.new" / "base");
    CHECK(start_problem(folder) == "");
}

TEST_CASE("a long path gets its socket elsewhere") {
    Made folder(std::string(90, 'd'));
    auto postgres = db::PrivatePostgres::start(folder.path, silent);
    CHECK(db::BlockingConnection(postgres->app_conninfo()).value("select 1") == "1");
}

TEST_CASE("what can't work is said in one line") {
    SUBCASE("somebody else's cluster") {
        Folder folder;
        fs::create_directories(folder.path / "postgres");
        chmod((folder.path / "postgres").c_str(), 0700);
        auto user = db::postgres_user();
        CHECK(chown((folder.path / "postgres").c_str(), user.uid, user.gid) == 0);
        std::ofstream(folder.path / "postgres" / "PG_VERSION") << "15\n";
        CHECK(start_problem(folder).find("did not make") != std::string::npos);
    }
    SUBCASE("another version") {
        Made folder;
        std::ofstream(folder.path / "postgres" / "PG_VERSION") << "11\n";
        CHECK(start_problem(folder).find("made with PostgreSQL 11, which is not installed") != std::string::npos);
    }
    SUBCASE("open to others") {
        Made folder;
        chmod((folder.path / "postgres").c_str(), 0755);
        CHECK(start_problem(folder).find("chmod 700") != std::string::npos);
    }
    SUBCASE("a bad setting of the operator's") {
        Made folder;
        std::ofstream(folder.path / "postgres" / "postgresql.auto.conf", std::ios::app) << "max_connections = 'many'\n";
        CHECK(start_problem(folder).find("PostgreSQL did not start: ") == 0);
    }
    SUBCASE("a folder that PostgreSQL's user can't reach") {
        if (geteuid() != 0) return;
        Folder folder;
        folder.path = folder.root / "closed" / "data";
        fs::create_directories(folder.path);
        chmod((folder.root / "closed").c_str(), 0700);
        CHECK(start_problem(folder).find("who can't reach") != std::string::npos);
    }
}

TEST_CASE("a full disk is said to be full") {
    if (geteuid() != 0) return;
    Folder folder;
    fs::create_directories(folder.path);
    auto mounted = db::run_program(
        db::current_user(), {"/bin/mount", "-t", "tmpfs", "-o", "size=8m,mode=0755", "tmpfs", folder.path.string()}
    );
    if (mounted.status != 0) return; // containers may not mount
    CHECK(start_problem(folder).find("full") != std::string::npos);
    db::run_program(db::current_user(), {"/bin/umount", folder.path.string()});
}
