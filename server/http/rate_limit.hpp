#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace doorstep::http {

/// Token buckets by key, in bounded memory. Belongs to one thread.
class RateLimit {
public:
    using Clock = std::chrono::steady_clock;

    /// `per_second` 0 or less: no limit.
    RateLimit(double per_second, double burst, std::size_t max_keys = 100'000);

    /// Takes a token; where there is none, how long until there is one.
    std::optional<std::chrono::seconds> take(const std::string& key, Clock::time_point now);

private:
    struct Bucket {
        double tokens;
        Clock::time_point at;
    };
    void forget_idle(Clock::time_point now);

    double per_second_;
    double burst_;
    std::size_t max_keys_;
    std::unordered_map<std::string, Bucket> buckets_;
};

} // namespace doorstep::http
