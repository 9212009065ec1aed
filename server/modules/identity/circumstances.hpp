#pragma once

#include <optional>

#include "db/query.hpp"
#include "modules/identity/places.hpp"
#include "modules/identity/types.hpp"

namespace doorstep::identity {

/// What is known of a person who has shown the right password.
struct Circumstances {
    std::optional<Time> last_sign_in_at;
    std::optional<Uuid> device_id;
    bool known_network = false;
    bool has_country = false;
    bool known_country = false;
    std::optional<double> latitude; ///< where they signed in last, as far as that is known
    std::optional<double> longitude;
    std::optional<Time> located_at;
    bool has_totp = false;
    std::int64_t failures = 0;
    BOOST_DESCRIBE_CLASS(
        Circumstances, (),
        (last_sign_in_at, device_id, known_network, has_country, known_country, latitude, longitude, located_at, has_totp,
         failures),
        (), ()
    )
};

/// Of user $1, on the device $2 with the id $4 and the fingerprint $5, at $3, from network $6 in country $8; failures counted by $7.
const db::Query& circumstances_query();

/// What makes a right password not enough. A first sign-in has nothing to be compared with.
std::optional<MfaReason> suspicion(const Circumstances& seen, const Place& here, Time now);

} // namespace doorstep::identity
