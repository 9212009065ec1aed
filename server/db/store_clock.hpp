#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "core/clock.hpp"
#include "core/task.hpp"

namespace boost::asio {
class io_context;
}

namespace doorstep::db {

class Database;
class Listener;

/// Keeps a process's Clock at the offset that its store says, so that every process on the store agrees what time it is.
class StoreClock {
public:
    StoreClock(boost::asio::io_context& io, Clock& clock, Database& database);
    ~StoreClock();

    /// Before the process does anything else.
    static void load(const std::string& conninfo, Clock& clock);
    /// Follows changes by NOTIFY, on each new connection, and by a look each second. Before listener.start().
    void follow(Listener& listener);
    void stop();

    /// Moves the clock of the whole store; this process's at once.
    Task<> move(std::chrono::microseconds new_offset);

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

} // namespace doorstep::db
