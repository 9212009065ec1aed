#pragma once

#include <string_view>

namespace doorstep::onboarding {

/// Whether a form's field of this name holds what opens something: "password", "loginPass", "wp_pw", "contraseña", "API-Key", ….
/// Rather one too many: what is taken for a secret is typed again, what is not stays in a draft.
bool names_secret(std::string_view name);

} // namespace doorstep::onboarding
