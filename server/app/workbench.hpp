#pragma once

#include <boost/asio/io_context.hpp>

#include "app/config.hpp"
#include "app/master_key.hpp"
#include "app/modules.hpp"
#include "app/run_on.hpp"
#include "app/store.hpp"
#include "db/store_clock.hpp"

namespace doorstep::app {

/// What a command works with: the store and the modules, for one thing after the other. Works beside a running server.
struct Workbench {
    explicit Workbench(const Config& config);

    template <class T>
    T run(Task<T> task) {
        return run_on(io, std::move(task));
    }
    /// Of every account, as the system.
    Context context() const;

    Store store;
    Clock clock;
    Blocking blocking;
    Sealer sealer;
    boost::asio::io_context io{1};
    db::Database db;
    Modules modules;
};

} // namespace doorstep::app
