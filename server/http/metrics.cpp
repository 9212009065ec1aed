#include "http/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace doorstep::http {
namespace {

/// A label set must stay small: whatever comes beyond this many is counted together.
constexpr std::size_t max_members = 2000;

std::string label_text(Metrics::Labels labels) {
    std::string text;
    for (auto& [name, value] : labels) {
        if (!text.empty()) text += ',';
        text.append(name).append("=\"");
        for (char c : value) {
            if (c == '\\' || c == '"') text += '\\';
            text += c == '\n' ? ' ' : c;
        }
        text += '"';
    }
    return text;
}

std::string braced(std::string_view labels, std::string_view more = {}) {
    if (labels.empty() && more.empty()) return {};
    return fmt::format("{{{}{}{}}}", labels, labels.empty() || more.empty() ? "" : ",", more);
}

void begin_family(std::string& out, std::string_view name, std::string_view help, std::string_view type) {
    out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
}

} // namespace

std::size_t metric_slot() {
    static std::atomic<std::size_t> next{0};
    thread_local const std::size_t slot = next.fetch_add(1) % metric_slots;
    return slot;
}

std::uint64_t Counter::value() const {
    std::uint64_t sum = 0;
    for (auto& slot : slots_) sum += slot.value.load(std::memory_order_relaxed);
    return sum;
}

void Histogram::observe(double seconds) {
    auto& slot = slots_[metric_slot()];
    auto bucket = std::size_t(std::ranges::lower_bound(bounds, seconds) - bounds.begin());
    slot.buckets[bucket].fetch_add(1, std::memory_order_relaxed);
    slot.sum.fetch_add(seconds, std::memory_order_relaxed);
}

std::uint64_t Histogram::count(std::size_t bucket) const {
    std::uint64_t sum = 0;
    for (auto& slot : slots_) sum += slot.buckets[bucket].load(std::memory_order_relaxed);
    return sum;
}

double Histogram::sum() const {
    double sum = 0;
    for (auto& slot : slots_) sum += slot.sum.load(std::memory_order_relaxed);
    return sum;
}

template <class Metric>
Metric& Metrics::member(Families<Metric>& families, std::string_view name, std::string_view help, Labels labels) {
    std::lock_guard lock(mutex_);
    auto family = families.find(name);
    if (family == families.end()) family = families.emplace(std::string(name), Family<Metric>{std::string(help), {}}).first;
    auto text = label_text(labels);
    auto& members = family->second.members;
    if (members.size() >= max_members && !members.contains(text)) text = "overflow=\"true\"";
    auto& slot = members[text];
    if (!slot) slot = std::make_unique<Metric>();
    return *slot;
}

Counter& Metrics::counter(std::string_view name, std::string_view help, Labels labels) {
    return member(counters_, name, help, labels);
}

Gauge& Metrics::gauge(std::string_view name, std::string_view help, Labels labels) {
    return member(gauges_, name, help, labels);
}

Histogram& Metrics::histogram(std::string_view name, std::string_view help, Labels labels) {
    return member(histograms_, name, help, labels);
}

void Metrics::add_source(std::function<std::string()> source) {
    std::lock_guard lock(mutex_);
    sources_.push_back(std::move(source));
}

std::string Metrics::text() const {
    std::lock_guard lock(mutex_);
    std::string out;
    for (auto& [name, family] : counters_) {
        begin_family(out, name, family.help, "counter");
        for (auto& [labels, counter] : family.members) out += fmt::format("{}{} {}\n", name, braced(labels), counter->value());
    }
    for (auto& [name, family] : gauges_) {
        begin_family(out, name, family.help, "gauge");
        for (auto& [labels, gauge] : family.members) out += fmt::format("{}{} {}\n", name, braced(labels), gauge->value());
    }
    for (auto& [name, family] : histograms_) {
        begin_family(out, name, family.help, "histogram");
        for (auto& [labels, histogram] : family.members) {
            std::uint64_t total = 0;
            for (std::size_t i = 0; i < Histogram::bounds.size(); ++i) {
                total += histogram->count(i);
                out += fmt::format(
                    "{}_bucket{} {}\n", name, braced(labels, fmt::format("le=\"{}\"", Histogram::bounds[i])), total
                );
            }
            total += histogram->count(Histogram::bounds.size());
            out += fmt::format("{}_bucket{} {}\n", name, braced(labels, "le=\"+Inf\""), total);
            out += fmt::format("{}_sum{} {}\n", name, braced(labels), histogram->sum());
            out += fmt::format("{}_count{} {}\n", name, braced(labels), total);
        }
    }
    for (auto& source : sources_) out += source();
    return out;
}

} // namespace doorstep::http
