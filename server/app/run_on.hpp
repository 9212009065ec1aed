#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/task.hpp"

namespace doorstep::app {

/// Runs a coroutine to its end on an event loop that nobody runs yet: commands, and servers before they start.
template <class T>
T run_on(boost::asio::io_context& io, Task<T> task) {
    std::exception_ptr thrown;
    bool ended = false;
    auto wait = [&] {
        io.restart();
        while (!ended && io.run_one() > 0) {}
        io.restart();
        if (thrown) std::rethrow_exception(thrown);
    };
    if constexpr (std::is_void_v<T>) {
        boost::asio::co_spawn(io, std::move(task), [&](std::exception_ptr problem) {
            thrown = problem;
            ended = true;
        });
        wait();
    } else {
        std::optional<T> result;
        boost::asio::co_spawn(io, std::move(task), [&](std::exception_ptr problem, T value) {
            thrown = problem;
            if (!problem) result.emplace(std::move(value));
            ended = true;
        });
        wait();
        return std::move(*result);
    }
}

} // namespace doorstep::app
