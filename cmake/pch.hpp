// Precompiled for every unit: what almost all of them need and what never changes. Nothing heavy, nothing of ours.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>
