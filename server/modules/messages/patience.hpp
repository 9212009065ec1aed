#pragma once

#include <chrono>

#include "core/error.hpp"
#include "core/log.hpp"
#include "core/sleep.hpp"
#include "core/task.hpp"

namespace doorstep::messages {

/// Runs `work` (a Task maker) again while the store is out of reach, for up to half a minute; then lets the Error through.
template <class Work>
auto persist(Work& work) -> decltype(work()) {
    using namespace std::chrono_literals;
    auto deadline = std::chrono::steady_clock::now() + 30s;
    for (auto pause = 100ms;; pause = std::min<std::chrono::milliseconds>(pause * 2, 2s)) {
        try {
            co_return co_await work();
        } catch (const Error& error) {
            if (error.status != 503 || std::chrono::steady_clock::now() >= deadline) throw;
            log::warn("the store is out of reach; what a provider answered is kept and tried again", {{"code", error.code}});
        }
        co_await sleep_for(pause);
    }
}

} // namespace doorstep::messages
