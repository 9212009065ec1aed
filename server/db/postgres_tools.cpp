#include "db/postgres_tools.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <system_error>

namespace doorstep::db {

namespace {

namespace fs = std::filesystem;

constexpr int oldest_major = 15;

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

void consider(const fs::path& bin, int wanted, std::optional<Installation>& best) {
    std::error_code error;
    if (!fs::exists(bin / "postgres", error) || !fs::exists(bin / "initdb", error)) return;
    auto version = run_program(current_user(), {(bin / "postgres").string(), "--version"});
    auto digits = version.output.find_first_of("0123456789");
    if (version.status != 0 || digits == std::string::npos) return;
    int major = 0;
    std::from_chars(version.output.data() + digits, version.output.data() + version.output.size(), major);
    if (major < oldest_major || (wanted != 0 && major != wanted)) return;
    if (!best || major > best->major) best = Installation{major, bin};
}

void become(const SystemUser& user) {
    if (geteuid() == user.uid) return;
    if (initgroups(user.name.c_str(), user.gid) != 0 || setgid(user.gid) != 0 || setuid(user.uid) != 0) _exit(126);
}

} // namespace

std::optional<Installation> find_postgres(int major) {
    std::optional<Installation> best;
    for (const char* root : {"/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt", "/usr"}) {
        std::error_code error;
        consider(fs::path(root) / "bin", major, best);
        for (const auto& entry : fs::directory_iterator(root, error)) {
            auto name = entry.path().filename().string();
            bool versioned = std::string(root) != "/usr" || name.starts_with("pgsql-");
            if (versioned) consider(entry.path() / "bin", major, best);
        }
    }
    return best;
}

SystemUser current_user() {
    auto* entry = getpwuid(geteuid());
    return {geteuid(), getegid(), entry ? entry->pw_name : std::to_string(geteuid())};
}

SystemUser postgres_user() {
    if (geteuid() != 0) return current_user();
    for (const char* name : {"postgres", "nobody"}) {
        if (auto* entry = getpwnam(name)) return {entry->pw_uid, entry->pw_gid, name};
    }
    throw std::runtime_error("PostgreSQL does not run as root, and there is neither a user `postgres` nor `nobody`. Start Doorstep as an ordinary user.");
}

Ended run_program(const SystemUser& user, const std::vector<std::string>& command) {
    std::vector<char*> argv;
    for (const auto& word : command) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
    auto child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        // Only what is safe between fork and exec in a process with threads.
        become(user);
        setsid();
        if (chdir("/") != 0) _exit(126);
        int null = open("/dev/null", O_RDONLY);
        dup2(null, 0);
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        close_range(3, ~0U, 0);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
        signal(SIGPIPE, SIG_DFL);
        execv(argv[0], argv.data());
        _exit(127);
    }
    close(ends[1]);
    Ended ended;
    char buffer[4096];
    for (;;) {
        auto length = read(ends[0], buffer, sizeof buffer);
        if (length < 0 && errno == EINTR) continue;
        if (length <= 0) break;
        ended.output.append(buffer, std::size_t(length));
    }
    close(ends[0]);
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) fail("waitpid");
    }
    ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ended;
}

std::string last_line(const std::string& output) {
    auto end = output.find_last_not_of(" \n");
    if (end == output.npos) return "";
    auto start = output.find_last_of('\n', end);
    return output.substr(start == output.npos ? 0 : start + 1, end - (start == output.npos ? std::size_t(-1) : start));
}

FileLock::FileLock(const fs::path& path) : fd_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (fd_ < 0) fail(path.c_str());
}

FileLock::~FileLock() {
    close(fd_);
}

void FileLock::exclusive() {
    while (flock(fd_, LOCK_EX) != 0) {
        if (errno != EINTR) fail("flock");
    }
}

void FileLock::shared() {
    while (flock(fd_, LOCK_SH) != 0) {
        if (errno != EINTR) fail("flock");
    }
}

bool FileLock::try_exclusive() {
    return flock(fd_, LOCK_EX | LOCK_NB) == 0;
}

} // namespace doorstep::db
