#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "db/blocking.hpp"
#include "db/database.hpp"
#include "test/support/run.hpp"

namespace doorstep::test {

/// A database of its own with the whole schema, gone with the object. All test processes of a user share one cluster, which the
/// first one starts and the last one stops; its socket is its only door, and nothing is ever synced to disk.
class TestStore {
public:
    enum class Schema { migrated, empty };

    explicit TestStore(Schema schema = Schema::migrated);
    ~TestStore();
    TestStore(const TestStore&) = delete;
    TestStore& operator=(const TestStore&) = delete;

    /// Of the role that owns the tables, and is no superuser.
    const std::string& owner_conninfo() const { return owner_conninfo_; }
    /// Of the powerless role that the server works as.
    const std::string& app_conninfo() const { return app_conninfo_; }
    /// Of the cluster's superuser: to kill connections, to look behind row-level security.
    const std::string& admin_conninfo() const { return admin_conninfo_; }
    const std::string& name() const { return name_; }

    /// As the server would make it; `options.conninfo` is filled in.
    std::unique_ptr<db::Database> make_database(boost::asio::io_context& io, db::Options options = {}) const;

    /// Plain statements as the superuser, for what a test sets up or looks up.
    void exec(const std::string& sql) const;
    std::string value(const std::string& sql) const;

    /// The names of the counters that differ from a recount of the rows, of all accounts; none is the empty text.
    std::string wrong_counters() const;

private:
    std::string name_;
    std::string owner_conninfo_;
    std::string app_conninfo_;
    std::string admin_conninfo_;
};

} // namespace doorstep::test
