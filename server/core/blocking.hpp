#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

#include "core/task.hpp"

namespace doorstep {

/// A few threads for what would hold up a thread's event loop: password hashes, PDF, CSV. One per process, used from any thread.
class Blocking {
public:
    /// Beyond `queue_limit` waiting calls, run() throws Error 503 `busy`.
    explicit Blocking(std::size_t threads = 2, std::size_t queue_limit = 256);
    ~Blocking();

    /// Runs `work` on a thread of the pool and resumes where it was called from; rethrows what it throws.
    template <class Work>
    auto run(Work work) -> Task<std::invoke_result_t<Work&>> {
        using Value = std::invoke_result_t<Work&>;
        std::exception_ptr failure;
        if constexpr (std::is_void_v<Value>) {
            std::function<void()> guarded = [&] {
                try {
                    work();
                } catch (...) {
                    failure = std::current_exception();
                }
            };
            co_await run_guarded(guarded);
            if (failure) std::rethrow_exception(failure);
        } else {
            std::optional<Value> value;
            std::function<void()> guarded = [&] {
                try {
                    value.emplace(work());
                } catch (...) {
                    failure = std::current_exception();
                }
            };
            co_await run_guarded(guarded);
            if (failure) std::rethrow_exception(failure);
            co_return std::move(*value);
        }
    }

private:
    Task<> run_guarded(const std::function<void()>& work);
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace doorstep
