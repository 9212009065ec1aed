#include <fmt/format.h>

#include <map>
#include <mutex>

#include "http/client.hpp"

namespace doorstep::http {
namespace {

struct Counter {
    std::uint64_t calls = 0;
    double seconds = 0;
};

/// Of the whole process, like everything that /metrics shows.
struct Counters {
    std::mutex mutex;
    std::map<std::pair<std::string, std::string>, Counter> by_provider_and_outcome;
};

Counters& counters() {
    static Counters instance;
    return instance;
}

} // namespace

void count_outgoing(std::string_view provider, std::string_view outcome, std::chrono::steady_clock::duration took) {
    auto& all = counters();
    std::lock_guard lock(all.mutex);
    auto& counter = all.by_provider_and_outcome[{std::string(provider.empty() ? "other" : provider), std::string(outcome)}];
    ++counter.calls;
    counter.seconds += std::chrono::duration<double>(took).count();
}

std::string outgoing_metrics() {
    std::string calls = "# HELP doorstep_outgoing_calls_total Calls to third parties.\n"
                        "# TYPE doorstep_outgoing_calls_total counter\n";
    std::string seconds = "# HELP doorstep_outgoing_seconds_total Time spent in calls to third parties.\n"
                          "# TYPE doorstep_outgoing_seconds_total counter\n";
    auto& all = counters();
    std::lock_guard lock(all.mutex);
    for (const auto& [key, counter] : all.by_provider_and_outcome) {
        auto labels = fmt::format(R"({{provider="{}",outcome="{}"}})", key.first, key.second);
        calls += fmt::format("doorstep_outgoing_calls_total{} {}\n", labels, counter.calls);
        seconds += fmt::format("doorstep_outgoing_seconds_total{} {:.6f}\n", labels, counter.seconds);
    }
    return calls + seconds;
}

} // namespace doorstep::http
