#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/email.hpp"
#include "db/database.hpp"

namespace doorstep::identity {

/// A letter to somebody who signs in, or wants to. What it says is the matter of who carries it.
struct Letter {
    std::string_view type; ///< verify_email, sign_in_code, password_reset, security_alert
    Email to;
    std::string to_name;
    std::vector<std::pair<std::string, std::string>> facts; ///< the link, the code, what happened
    std::optional<Time> expires_at = {};                    ///< of no use after that
};

/// Carries letters, in the caller's transaction: they go if it commits.
class Letters {
public:
    virtual ~Letters() = default;
    virtual void post(db::Session& tx, const Context& ctx, const Letter& letter) = 0;
};

} // namespace doorstep::identity
