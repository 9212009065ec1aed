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
};

/// Ourselves, or where we are root, `postgres` or else `nobody`.
SystemUser postgres_user();
/// Ourselves.
SystemUser current_user();

struct Ended {
    int status = 0;     ///< exit status; 128 + the signal's number
    std::string output; ///< standard output and error
};

/// Runs a program to its end as that user, in a session of its own and with no open file but these. Throws std::system_error
/// where it can't be started.
Ended run_program(const SystemUser& user, const std::vector<std::string>& command);

/// The last line that is not empty: what PostgreSQL's tools put the reason in.
std::string last_line(const std::string& output);

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
