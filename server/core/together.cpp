#include "core/together.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <tuple>
#include <utility>

namespace doorstep {

Task<> together(std::vector<Task<>> tasks) {
    namespace asio = boost::asio;
    if (tasks.empty()) co_return;
    auto executor = co_await asio::this_coro::executor;
    auto started = [&executor](Task<> task) { return asio::co_spawn(executor, std::move(task), asio::deferred); };
    std::vector<decltype(started(std::declval<Task<>>()))> operations;
    operations.reserve(tasks.size());
    for (auto& task : tasks) operations.push_back(started(std::move(task)));
    auto group = asio::experimental::make_parallel_group(std::move(operations));
    auto [order, failures] = co_await group.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
    for (auto& failure : failures) {
        if (failure) std::rethrow_exception(failure);
    }
}

} // namespace doorstep
