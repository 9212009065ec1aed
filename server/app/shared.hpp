#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/config.hpp"
#include "app/providers.hpp"
#include "core/blocking.hpp"
#include "core/clock.hpp"
#include "core/crypto.hpp"
#include "db/database.hpp"
#include "http/metrics.hpp"
#include "modules/events/events.hpp"
#include "modules/exports/pdf.hpp"

namespace doorstep::app {

/// What a thread's World counts, readable by any thread.
struct Gauges {
    std::atomic<std::size_t> shared{0}, lent{0}, idle{0}, waiting{0}, live_pages{0};
    std::atomic<std::uint64_t> reconnects{0};
    std::atomic<std::int64_t> jobs_running{0}, jobs_done{0}, jobs_failed{0}, jobs_dead{0};
};

/// What the threads of a process have in common. Made before the first thread starts; only what is atomic changes afterwards.
struct Shared {
    Shared(Config config_in, const std::string& master_key) : config(std::move(config_in)), sealer(master_key) {}

    Config config;
    Sealer sealer;
    Clock clock;
    Blocking blocking;
    db::Options database;
    ProviderPlan providers;
    std::unique_ptr<identity::Places> places; ///< null: nobody knows where an address is
    std::unique_ptr<exports::PdfRenderer> pdf;
    std::function<void(events::LiveNotice)> publish = [](events::LiveNotice) {};
    int schema_version = 0; ///< that this binary was made for
    bool serves_jobs = false;
    std::string public_url;
    std::vector<const Gauges*> gauges;
    http::Metrics metrics;
    std::atomic<bool> draining{false};
};

} // namespace doorstep::app
