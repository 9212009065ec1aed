#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "db/postgres_tools.hpp"

namespace doorstep::db {

/// The store's own PostgreSQL, in the data folder, for those who don't bring one. All processes on a data folder share it: the
/// first one starts it, the last one stops it; should a process be killed, the next one finds it running, and should PostgreSQL be
/// killed, whoever uses it starts it again.
class PrivatePostgres {
public:
    /// Called from a thread of its own, too.
    using Log = std::function<void(std::string_view line)>;

    /// Makes the cluster where there is none yet. Throws std::runtime_error with one line of advice.
    static std::unique_ptr<PrivatePostgres> start(const std::filesystem::path& data_folder, const Log& log);
    ~PrivatePostgres();
    PrivatePostgres(const PrivatePostgres&) = delete;
    PrivatePostgres& operator=(const PrivatePostgres&) = delete;

    /// Lets go of it: stops it, within 10 s, unless another process uses it.
    void stop();

    /// Of the role that owns everything, for migrations and backups.
    const std::string& owner_conninfo() const { return owner_conninfo_; }
    /// Of the powerless role, for serving.
    const std::string& app_conninfo() const { return app_conninfo_; }
    const Installation& installation() const { return installation_; }
    /// Who it runs as.
    const SystemUser& user() const { return user_; }

private:
    PrivatePostgres(std::filesystem::path data_folder, const Log& log);

    void make_cluster();
    void check_cluster();
    void write_settings() const;
    void ensure_running();
    void await_ready(std::size_t log_start);
    void keep(std::stop_token stopping);
    void shorten_log() const;
    void own_log() const;
    void remove_leftovers(const std::filesystem::path& socket) const;
    void make_roles();
    bool stop_server();
    std::filesystem::path socket_folder() const;
    std::string conninfo(const std::string& user, const std::string& database) const;
    [[noreturn]] void refuse_start(std::size_t log_start) const;

    std::filesystem::path folder_;  ///< the data folder
    std::filesystem::path cluster_; ///< PostgreSQL's own
    std::filesystem::path log_file_;
    Log log_;
    Installation installation_;
    SystemUser user_;
    std::string socket_folder_;
    std::string owner_conninfo_;
    std::string app_conninfo_;
    std::unique_ptr<FileLock> users_;
    std::jthread keeper_;
};

} // namespace doorstep::db
