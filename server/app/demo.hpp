#pragma once

#include <optional>
#include <string>

#include "app/workbench.hpp"

namespace doorstep::app {

inline constexpr std::string_view demo_email = "nora@example.com";
inline constexpr std::string_view demo_agency_email = "sam@example.com";
inline constexpr std::string_view demo_password = "welcome to maple street";

/// Fills an empty store with an office that has been at work for six weeks, in one transaction: an agency, its business, people
/// in every stage, follow-ups done and due, e-mails with what became of them. Everything goes through the modules, at past times.
/// False: the store has accounts, and nothing was done.
bool make_demo(Workbench& bench, const Config& config);

/// How to sign in to it, for people.
std::string demo_logins();

/// Whether the demo's people are in the store, to tell how to sign in.
bool has_demo(Workbench& bench);

} // namespace doorstep::app
