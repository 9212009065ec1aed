#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/task.hpp"

namespace doorstep::test {

/// Runs a coroutine on `io` to its end and returns what it returned or threw.
template <class T>
T run(boost::asio::io_context& io, Task<T> task) {
    std::exception_ptr thrown;
    bool ended = false;
    auto wait = [&] {
        io.restart();
        while (!ended && io.run_one() > 0) {}
        if (thrown) std::rethrow_exception(thrown);
    };
    if constexpr (std::is_void_v<T>) {
        boost::asio::co_spawn(io, std::move(task), [&](std::exception_ptr error) {
            thrown = error;
            ended = true;
        });
        wait();
    } else {
        std::optional<T> result;
        boost::asio::co_spawn(io, std::move(task), [&](std::exception_ptr error, T value) {
            thrown = error;
            if (!error) result.emplace(std::move(value));
            ended = true;
        });
        wait();
        return std::move(*result);
    }
}

} // namespace doorstep::test
