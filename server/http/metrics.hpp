#pragma once

// Numbers for /metrics, in Prometheus' text format. Counting is a relaxed addition in the thread's own cache line; adding up is
// left to whoever asks.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace doorstep::http {

/// Threads beyond this many share lines, which is slower and just as right.
inline constexpr std::size_t metric_slots = 16;
std::size_t metric_slot();

class Counter {
public:
    void add(std::uint64_t amount = 1) { slots_[metric_slot()].value.fetch_add(amount, std::memory_order_relaxed); }
    std::uint64_t value() const;

private:
    struct alignas(64) Slot {
        std::atomic<std::uint64_t> value{0};
    };
    std::array<Slot, metric_slots> slots_;
};

class Gauge {
public:
    void set(double value) { value_.store(value, std::memory_order_relaxed); }
    void add(double amount) { value_.fetch_add(amount, std::memory_order_relaxed); }
    double value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<double> value_{0};
};

/// Durations in seconds.
class Histogram {
public:
    static constexpr std::array bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0};

    void observe(double seconds);
    std::uint64_t count(std::size_t bucket) const; ///< of that bucket alone; bounds.size(): beyond all
    double sum() const;

private:
    struct alignas(64) Slot {
        std::array<std::atomic<std::uint64_t>, bounds.size() + 1> buckets{};
        std::atomic<double> sum{0};
    };
    std::array<Slot, metric_slots> slots_;
};

/// Every metric of the process by name and labels. Keep the references: looking up takes a lock.
class Metrics {
public:
    using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    Counter& counter(std::string_view name, std::string_view help, Labels labels = {});
    Gauge& gauge(std::string_view name, std::string_view help, Labels labels = {});
    Histogram& histogram(std::string_view name, std::string_view help, Labels labels = {});
    /// Text of others in the same format, asked for at each scrape.
    void add_source(std::function<std::string()> source);

    std::string text() const;

private:
    template <class Metric>
    struct Family {
        std::string help;
        std::map<std::string, std::unique_ptr<Metric>> members; ///< by their labels as text
    };
    template <class Metric>
    using Families = std::map<std::string, Family<Metric>, std::less<>>;
    template <class Metric>
    Metric& member(Families<Metric>& families, std::string_view name, std::string_view help, Labels labels);

    mutable std::mutex mutex_;
    Families<Counter> counters_;
    Families<Gauge> gauges_;
    Families<Histogram> histograms_;
    std::vector<std::function<std::string()>> sources_;
};

} // namespace doorstep::http
