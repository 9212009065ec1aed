#include "core/blocking.hpp"

#include <atomic>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/error.hpp"

namespace doorstep {

namespace asio = boost::asio;

struct Blocking::Impl {
    Impl(std::size_t threads, std::size_t limit) : pool(threads), limit(limit) {}

    asio::thread_pool pool;
    std::size_t limit;
    std::atomic<std::size_t> waiting{0};
};

Blocking::Blocking(std::size_t threads, std::size_t queue_limit) : impl_(std::make_unique<Impl>(threads, queue_limit)) {}

Blocking::~Blocking() {
    impl_->pool.join();
}

Task<> Blocking::run_guarded(const std::function<void()>& work) {
    if (impl_->waiting.fetch_add(1) >= impl_->limit) {
        impl_->waiting.fetch_sub(1);
        throw unavailable("busy", "The server is busy. Try again in a moment.");
    }
    auto home = co_await asio::this_coro::executor;
    // The caller's frame holds `work` until the completion; a cancelled caller still waits for it, since it can't be interrupted.
    auto start = [this, &work, home](auto handler) {
        asio::post(impl_->pool, [this, &work, home, handler = std::move(handler)]() mutable {
            work();
            impl_->waiting.fetch_sub(1);
            asio::post(home, [handler = std::move(handler)]() mutable { handler(); });
        });
    };
    co_await asio::async_initiate<decltype(asio::use_awaitable), void()>(start, asio::use_awaitable);
}

} // namespace doorstep
