#pragma once

#include <span>
#include <string_view>

namespace doorstep::app {

/// How far a person goes with the e-mails that arrive.
enum class Interest { none, delivers, opens, clicks, bounces, leaves };

/// Someone in the demo's office. All of them are invented: example.com, and numbers that are reserved for fiction.
struct DemoPerson {
    std::string_view name;
    std::string_view mailbox; ///< before @example.com; empty: known by the phone alone
    std::string_view phone;
    std::string_view address;
    std::string_view property_type;
    std::string_view notes;
    std::string_view tag;
    int days_ago; ///< since they came
    int hour;     ///< of the office's day
    Interest interest;
    std::string_view stage; ///< where they are now …
    int stage_after_days;   ///< … since so many days after they came
    std::string_view call;  ///< a call to make: notes of a manual task, or empty
};

std::span<const DemoPerson> demo_people();

} // namespace doorstep::app
