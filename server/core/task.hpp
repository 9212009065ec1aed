#pragma once

#include <boost/asio/awaitable.hpp>

namespace doorstep {

/// A coroutine of the product. Lazy: it starts when awaited.
template <class T = void>
using Task = boost::asio::awaitable<T>;

} // namespace doorstep
