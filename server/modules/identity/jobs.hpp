#pragma once

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

} // namespace doorstep::identity
