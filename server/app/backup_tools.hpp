#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/backup.hpp"
#include "db/blocking.hpp"

namespace doorstep::app {

/// A folder beside a file, gone with the object.
class WorkFolder {
public:
    explicit WorkFolder(const std::filesystem::path& beside);
    ~WorkFolder();
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Runs pg_dump, pg_restore or tar; throws std::runtime_error with the first line of what it complains about.
void run_tool(const std::string& name, const std::vector<std::string>& arguments);
/// The same for PostgreSQL's, with the connection; its password travels in the environment and not in the process list.
void run_postgres_tool(const std::string& name, const std::string& conninfo, std::vector<std::string> arguments);

/// A connection string without its password, and the password.
struct SplitConninfo {
    std::string conninfo;
    std::string password;
};
SplitConninfo split_password(const std::string& conninfo);
/// The same server, another database.
std::string with_database(const std::string& conninfo, const std::string& database);

/// Of every table of ours, in the transaction that is open.
Digests digest_tables(db::BlockingConnection& store);
/// Settings under which a row's text is always the same.
void settle_formats(db::BlockingConnection& store);

} // namespace doorstep::app
