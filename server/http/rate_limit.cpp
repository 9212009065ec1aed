#include "http/rate_limit.hpp"

#include <algorithm>
#include <cmath>

namespace doorstep::http {

RateLimit::RateLimit(double per_second, double burst, std::size_t max_keys)
    : per_second_(per_second), burst_(std::max(burst, 1.0)), max_keys_(max_keys) {}

std::optional<std::chrono::seconds> RateLimit::take(const std::string& key, Clock::time_point now) {
    if (per_second_ <= 0) return std::nullopt;
    auto found = buckets_.find(key);
    if (found == buckets_.end()) {
        if (buckets_.size() >= max_keys_) forget_idle(now);
        found = buckets_.emplace(key, Bucket{burst_, now}).first;
    }
    auto& bucket = found->second;
    bucket.tokens = std::min(burst_, bucket.tokens + per_second_ * std::chrono::duration<double>(now - bucket.at).count());
    bucket.at = now;
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return std::nullopt;
    }
    return std::chrono::seconds(std::max(1L, std::lround(std::ceil((1 - bucket.tokens) / per_second_))));
}

void RateLimit::forget_idle(Clock::time_point now) {
    // A bucket that is full again says nothing. If all are busy, that is a flood from everywhere, which counting by address
    // can't stop: start anew rather than grow.
    std::erase_if(buckets_, [&](const auto& entry) {
        auto& bucket = entry.second;
        return bucket.tokens + per_second_ * std::chrono::duration<double>(now - bucket.at).count() >= burst_;
    });
    if (buckets_.size() >= max_keys_) buckets_.clear();
}

} // namespace doorstep::http
