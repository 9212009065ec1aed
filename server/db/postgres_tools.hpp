#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace doorstep::db {

/// PostgreSQL's programs of one version.
struct Installation {
    int major = 0;
    std::filesystem::path bin;
};

/// The newest one that is installed, from version 15 on; with `major`, that one only.
std::optional<Installation> find_postgres(int major = 0);

/// The system user that PostgreSQL runs as: it refuses to run as root.
struct SystemUser {
    uid_t uid;
    gid_t gid;
    std::string name;
    std::vector<gid_t> groups;
};

/// Ourselves, or where we are root, `postgres` or else `nobody`.
SystemUser postgres_user();
SystemUser current_user();
/// Throws std::runtime_error for one without a name.
SystemUser system_user(uid_t uid);

struct Ended {
    int status = 0;     ///< exit status; 128 + the signal's number
    std::string output; ///< standard output and error
};

/// Runs a program to its end as that user, in a session of its own and with no open file but these. Throws std::system_error
/// where it can't be started.
Ended run_program(const SystemUser& user, const std::vector<std::string>& command);

/// Starts a program that outlives us, its output appended to a file of that user's. Throws std::system_error.
void launch_program(const SystemUser& user, const std::vector<std::string>& command, const std::filesystem::path& output);
/// Whether that user may reach what lies in the folder.
bool may_enter(const SystemUser& user, const std::filesystem::path& folder);
/// Processes that work in the folder: a PostgreSQL and its children stay in their data folder.
std::vector<pid_t> processes_in(const std::filesystem::path& folder);

/// Exclusive or shared, let go of by the kernel should the process die.
class FileLock {
public:
    explicit FileLock(const std::filesystem::path& path);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

    void exclusive();
    void shared();
    bool try_exclusive();

private:
    int fd_;
};

} // namespace doorstep::db
