#pragma once

#include <optional>
#include <string>

#include "core/described.hpp"
#include "core/email.hpp"
#include "core/phone.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "http/precondition.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/audit/audit.hpp"
#include "modules/events/events.hpp"

namespace doorstep::settings {

/// "08:00" to "24:00", on a wall clock.
struct TimeOfDay {
    std::string value = "00:00";
    bool operator==(const TimeOfDay&) const = default;
};

/// The address of a page: http or https, as it goes into letters.
struct WebLink {
    std::string value;
    bool operator==(const WebLink&) const = default;
};

} // namespace doorstep::settings

template <>
struct doorstep::Field<doorstep::settings::TimeOfDay> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, settings::TimeOfDay& out);
    static void append(std::string& out, const settings::TimeOfDay& value) { out += value.value; }
    static std::string schema() { return R"({"type":"string","pattern":"^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$"})"; }
};

template <>
struct doorstep::Field<doorstep::settings::WebLink> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, settings::WebLink& out);
    static void append(std::string& out, const settings::WebLink& value) { out += value.value; }
    static std::string schema() { return R"({"type":"string","format":"uri","maxLength":200})"; }
    static settings::WebLink from_sql(std::string_view text) { return {std::string(text)}; }
};

namespace doorstep::settings {

using accounts::Language;

/// What an account can set for itself.
struct Settings {
    std::string name;
    Language language = Language::en;
    Zone zone;
    std::optional<std::string> agent_name; ///< who signs; null: the first owner
    std::optional<std::string> agent_title;
    std::optional<Phone> agent_phone;
    std::optional<WebLink> website;
    std::optional<std::string> from_name;
    std::optional<Email> reply_to;
    std::optional<std::string> signature; ///< null: made of the facts above
    std::optional<std::string> postal_address;
    TimeOfDay send_from; ///< automatic messages go between these times of the recipient's day; the rest are quiet hours
    TimeOfDay send_until;
    std::int64_t daily_cap = 3; ///< automatic messages a person within 24 hours
    std::int64_t version = 1;
    BOOST_DESCRIBE_CLASS(
        Settings, (),
        (name, language, zone, agent_name, agent_title, agent_phone, website, from_name, reply_to, signature, postal_address,
         send_from, send_until, daily_cap, version),
        (), ()
    )
};

struct SettingsPatch {
    Patch<Line<1, 100>> name;
    Patch<Language> language;
    Patch<Zone> zone;
    Patch<std::optional<Line<1, 100>>> agent_name;
    Patch<std::optional<Line<1, 100>>> agent_title;
    Patch<std::optional<Phone>> agent_phone;
    Patch<std::optional<WebLink>> website;
    Patch<std::optional<Line<1, 100>>> from_name;
    Patch<std::optional<Email>> reply_to;
    Patch<std::optional<Text<1, 1000>>> signature;
    Patch<std::optional<Line<1, 300>>> postal_address;
    Patch<TimeOfDay> send_from;
    Patch<TimeOfDay> send_until;
    Patch<Int<1, 50>> daily_cap;
    BOOST_DESCRIBE_CLASS(
        SettingsPatch, (),
        (name, language, zone, agent_name, agent_title, agent_phone, website, from_name, reply_to, signature, postal_address,
         send_from, send_until, daily_cap),
        (), ()
    )
};

/// How an office presents itself, and when and how often it writes by itself.
class OfficeSettings {
public:
    OfficeSettings(db::Database& db, audit::Audit& audit, events::Events& events) : db_(db), audit_(audit), events_(events) {}

    Task<Settings> require(Context& ctx);
    /// The precondition sees the version that is about to change. 422 where the times would leave nothing to send in.
    Task<Settings> update(Context& ctx, const SettingsPatch& patch, const http::Precondition& precondition);

private:
    db::Database& db_;
    audit::Audit& audit_;
    events::Events& events_;
};

void routes(http::Router& router, OfficeSettings& settings);

} // namespace doorstep::settings
