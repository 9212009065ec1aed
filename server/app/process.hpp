#pragma once

#include "app/config.hpp"

namespace doorstep::app {

struct ProcessOptions {
    bool serve = true;   ///< listens
    bool work = true;    ///< runs jobs
    bool product = true; ///< else serves the sandbox alone
    bool migrate = true; ///< else refuses a schema that is not this binary's
    bool demo = false;   ///< fills an empty store with a living office and prints how to sign in
};

/// Serves or works until SIGTERM or SIGINT, which drain and end it within ten seconds; a second one ends it at once. Throws
/// std::runtime_error with one line of advice if it can't start.
void run_process(const Config& config, const ProcessOptions& options);

} // namespace doorstep::app
