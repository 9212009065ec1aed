#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "http/message.hpp"

namespace doorstep::http {

/// The languages that Accept-Language names, "es" of "es-MX", the most wanted first.
std::vector<std::string> accepted_languages(const Request& request);

/// The most wanted of those that T, an enum of languages, has.
template <class T>
std::optional<T> accepted_language(const Request& request) {
    for (auto& name : accepted_languages(request)) {
        T language{};
        if (!Field<T>::parse(name, language)) return language;
    }
    return std::nullopt;
}

} // namespace doorstep::http
