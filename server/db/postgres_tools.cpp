#include "db/postgres_tools.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <stdexcept>
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

/// Only what is safe between fork and exec in a process with threads, here and below.
bool become(const SystemUser& user) {
    if (geteuid() == user.uid) return true;
    return setgroups(user.groups.size(), user.groups.data()) == 0 && setgid(user.gid) == 0 && setuid(user.uid) == 0;
}

[[noreturn]] void execute(char* const* argv, int output) {
    int null = open("/dev/null", O_RDONLY);
    dup2(null, 0);
    dup2(output, 1);
    dup2(output, 2);
    close_range(3, ~0U, 0);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    for (int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGCHLD}) signal(number, SIG_DFL);
    execv(argv[0], argv);
    _exit(127);
}

std::vector<char*> arguments(const std::vector<std::string>& command) {
    std::vector<char*> argv;
    for (const auto& word : command) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    return argv;
}

int await(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) fail("waitpid");
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

SystemUser user_of(const passwd& entry) {
    SystemUser user{entry.pw_uid, entry.pw_gid, entry.pw_name, {}};
    int count = 64;
    user.groups.resize(std::size_t(count));
    if (getgrouplist(entry.pw_name, entry.pw_gid, user.groups.data(), &count) < 0) count = 0;
    user.groups.resize(std::size_t(count));
    return user;
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
    if (auto* entry = getpwuid(geteuid())) return user_of(*entry);
    return {geteuid(), getegid(), std::to_string(geteuid()), {}};
}

SystemUser system_user(uid_t uid) {
    if (auto* entry = getpwuid(uid)) return user_of(*entry);
    throw std::runtime_error(
        "The user " + std::to_string(uid) + " has no name on this system (no line in /etc/passwd), which PostgreSQL needs."
    );
}

SystemUser postgres_user() {
    if (geteuid() != 0) return current_user();
    for (const char* name : {"postgres", "nobody"}) {
        if (auto* entry = getpwnam(name)) return user_of(*entry);
    }
    throw std::runtime_error("PostgreSQL does not run as root, and there is neither a user `postgres` nor `nobody`. Start "
                             "Doorstep as an ordinary user.");
}

Ended run_program(const SystemUser& user, const std::vector<std::string>& command) {
    auto argv = arguments(command);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
    auto child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        setsid();
        if (!become(user) || chdir("/") != 0) _exit(126);
        execute(argv.data(), ends[1]);
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
    ended.status = await(child);
    return ended;
}

void launch_program(const SystemUser& user, const std::vector<std::string>& command, const fs::path& output) {
    auto argv = arguments(command);
    auto child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        // In a session of its own and no child of ours: neither our end nor the terminal's is its end.
        setsid();
        auto grandchild = fork();
        if (grandchild != 0) _exit(grandchild < 0 ? 1 : 0);
        if (!become(user) || chdir("/") != 0) _exit(126);
        umask(077);
        int file = open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (file < 0) _exit(125);
        execute(argv.data(), file);
    }
    if (await(child) != 0) fail("fork");
}

bool may_enter(const SystemUser& user, const fs::path& folder) {
    auto child = fork();
    if (child < 0) fail("fork");
    if (child == 0) _exit(become(user) && access(folder.c_str(), X_OK) == 0 ? 0 : 1);
    return await(child) == 0;
}

std::vector<pid_t> processes_in(const fs::path& folder) {
    std::vector<pid_t> found;
    std::error_code error;
    auto wanted = fs::canonical(folder, error);
    if (error) return found;
    for (const auto& entry : fs::directory_iterator("/proc", error)) {
        auto name = entry.path().filename().string();
        pid_t pid = 0;
        auto [end, bad] = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (bad != std::errc() || *end != '\0') continue;
        auto place = fs::read_symlink(entry.path() / "cwd", error);
        if (!error && place == wanted) found.push_back(pid);
    }
    return found;
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
