#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/clock.hpp"
#include "http/context.hpp"

namespace doorstep::identity {

/// Who the bearers of the credentials seen last are, by the SHA-256 of the token. Of one thread.
class CredentialCache {
public:
    static constexpr std::size_t capacity = 10'000;
    static constexpr std::chrono::seconds kept_for{60};

    std::optional<http::Principal> find(std::string_view hash, Time now) {
        auto found = by_hash_.find(hash);
        if (found == by_hash_.end()) return std::nullopt;
        auto entry = found->second;
        // The product's clock can be set back, too.
        if (now < entry->at || now - entry->at >= kept_for) {
            forget(hash);
            return std::nullopt;
        }
        entries_.splice(entries_.begin(), entries_, entry);
        return entry->principal;
    }

    void keep(const http::Principal& principal, Time now) {
        forget(principal.credential);
        if (entries_.size() == capacity) forget(entries_.back().principal.credential);
        entries_.push_front({principal, now});
        by_hash_.emplace(entries_.front().principal.credential, entries_.begin());
    }

    void forget(std::string_view hash) {
        auto found = by_hash_.find(hash);
        if (found == by_hash_.end()) return;
        auto entry = found->second;
        by_hash_.erase(found);
        entries_.erase(entry);
    }

    std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        http::Principal principal;
        Time at;
    };
    std::list<Entry> entries_;                                                 ///< the one used last comes first
    std::unordered_map<std::string_view, std::list<Entry>::iterator> by_hash_; ///< keys are the entries' own texts
};

} // namespace doorstep::identity
