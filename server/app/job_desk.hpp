#pragma once

#include "core/text.hpp"
#include "http/router.hpp"
#include "jobs/dead_letters.hpp"

namespace doorstep::app {

/// Background work that gave up and waits for a person's decision, of the signed-in account.
class JobDesk {
public:
    explicit JobDesk(db::Database& db) : letters_(db) {}

    jobs::DeadLetters& letters() { return letters_; }

private:
    jobs::DeadLetters letters_;
};

void routes(http::Router& router, JobDesk& desk);

} // namespace doorstep::app
