#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "db/database.hpp"

struct pg_conn;

namespace doorstep::db {

/// A plain connection for commands that nobody waits behind: migrations, checks at start, tests. Throws Failure, with sqlstate
/// "08001" where it can't connect.
class BlockingConnection {
public:
    explicit BlockingConnection(const std::string& conninfo);
    ~BlockingConnection();
    BlockingConnection(const BlockingConnection&) = delete;
    BlockingConnection& operator=(const BlockingConnection&) = delete;

    using Cells = std::vector<std::vector<std::optional<std::string>>>;

    /// Any number of statements without parameters.
    void exec(const std::string& sql);
    Cells query(const std::string& sql, std::initializer_list<std::string> params = {});
    /// The only cell of the only row.
    std::string value(const std::string& sql, std::initializer_list<std::string> params = {});
    bool flag(const std::string& sql, std::initializer_list<std::string> params = {}) { return value(sql, params) == "t"; }
    bool in_transaction() const;
    /// "name" and 'text', fit for a statement.
    std::string identifier(const std::string& name) const;
    std::string literal(const std::string& text) const;

private:
    pg_conn* conn_;
};

} // namespace doorstep::db
