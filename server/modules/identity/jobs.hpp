#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/email.hpp"
#include "jobs/jobs.hpp"

namespace doorstep::identity {

struct SendReset {
    static constexpr std::string_view kind = "identity.send_reset";
    Email email;
    std::string ip; ///< who asked
    BOOST_DESCRIBE_CLASS(SendReset, (), (email, ip), (), ())
};

struct NoteFailure {
    static constexpr std::string_view kind = "identity.note_failure";
    Email email;
    std::optional<Time> locked_until;
    std::string ip;
    std::string user_agent;
    BOOST_DESCRIBE_CLASS(NoteFailure, (), (email, locked_until, ip, user_agent), (), ())
};

} // namespace doorstep::identity
