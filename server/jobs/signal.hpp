#pragma once

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>

#include "core/task.hpp"

namespace doorstep::jobs {

/// Wakes the one coroutine that waits for it; kept if none does. For one thread.
class Signal {
public:
    explicit Signal(const boost::asio::any_io_executor& executor) : timer_(executor) {}

    void set() {
        set_ = true;
        timer_.cancel();
    }

    /// Whether it was set, rather than the time being up.
    Task<bool> wait(std::chrono::steady_clock::duration longest) {
        if (!set_) {
            timer_.expires_after(longest);
            boost::system::error_code error;
            co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, error));
        }
        co_return std::exchange(set_, false);
    }

private:
    boost::asio::steady_timer timer_;
    bool set_ = false;
};

} // namespace doorstep::jobs
