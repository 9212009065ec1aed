#include "modules/identity/circumstances.hpp"

#include <cmath>
#include <numbers>

namespace doorstep::identity {
namespace {

const db::Query circumstances_sql{"identity.circumstances", R"sql(
    select u.last_sign_in_at,
           (
               select d.id from devices d
                where d.user_id = u.id and d.hash = $2 and d.revoked_at is null and d.trusted_until > $3
                  and ($4::text is null or d.own_id_hash is null or d.own_id_hash = $4)
                  and ($5::text is null or d.fingerprint_hash is null or d.fingerprint_hash = $5)
           ) as device_id,
           exists (select from sign_in_places p where p.user_id = u.id and p.network = $6) as known_network,
           exists (select from sign_in_places p where p.user_id = u.id and p.country is not null) as has_country,
           exists (select from sign_in_places p where p.user_id = u.id and p.country = $8) as known_country,
           last.latitude, last.longitude, last.last_at as located_at,
           exists (select from user_totp t where t.user_id = u.id and t.confirmed_at is not null) as has_totp,
           (select coalesce(max(failures + 5 * locks), 0) from sign_in_failures where key = any ($7)) as failures
      from users u
      left join lateral (
          select latitude, longitude, last_at from sign_in_places p
           where p.user_id = u.id and p.latitude is not null order by last_at desc limit 1
      ) last on true
     where u.id = $1
)sql"};

constexpr double earth_km = 6371;

double distance_km(double latitude_a, double longitude_a, double latitude_b, double longitude_b) {
    constexpr double radian = std::numbers::pi / 180;
    auto half = [](double a, double b) { return std::pow(std::sin((b - a) * radian / 2), 2); };
    auto chord = half(latitude_a, latitude_b) +
                 std::cos(latitude_a * radian) * std::cos(latitude_b * radian) * half(longitude_a, longitude_b);
    return 2 * earth_km * std::asin(std::sqrt(std::min(chord, 1.0)));
}

/// Faster than an airliner. Addresses are located to a region, so short distances say nothing.
bool is_too_far(const Circumstances& seen, const Place& here, Time now) {
    constexpr double vague_km = 500;
    constexpr double km_an_hour = 900;
    if (!here.latitude || !here.longitude || !seen.latitude || !seen.longitude || !seen.located_at) return false;
    auto km = distance_km(*seen.latitude, *seen.longitude, *here.latitude, *here.longitude);
    std::chrono::duration<double, std::ratio<3600>> hours = now - *seen.located_at;
    return km > vague_km && km > km_an_hour * hours.count();
}

} // namespace

const db::Query& circumstances_query() {
    return circumstances_sql;
}

std::optional<MfaReason> suspicion(const Circumstances& seen, const Place& here, Time now) {
    constexpr std::chrono::days long_absence{30};
    constexpr int many_failures = 3;
    if (!seen.last_sign_in_at) return std::nullopt;
    if (!seen.device_id) return MfaReason::new_device;
    if (seen.failures >= many_failures) return MfaReason::failures;
    if (is_too_far(seen, here, now)) return MfaReason::impossible_travel;
    if (here.country && seen.has_country && !seen.known_country) return MfaReason::new_country;
    if (!seen.known_network) return MfaReason::new_network;
    if (now - *seen.last_sign_in_at > long_absence) return MfaReason::inactivity;
    return std::nullopt;
}

} // namespace doorstep::identity
