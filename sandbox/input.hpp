#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/context.hpp"
#include "http/message.hpp"

namespace doorstep::sandbox {

/// The controls ask for no sign-in, so that scripts can use them; a page of another site in somebody's browser must not.
/// Throws Error 403.
void refuse_foreign_pages(const http::Context& ctx);

using FormFields = std::vector<std::pair<std::string, std::string>>;

/// A field's first value; empty where there is none.
std::string field_value(const FormFields& fields, std::string_view name);
/// The fields of a form that a page of ours sent; nothing where the body is anything else.
std::optional<FormFields> form_fields(const http::Context& ctx, std::string_view body);
/// The same request as a script would write it.
std::string clock_form_json(const FormFields& fields);
std::string events_form_json(const FormFields& fields);
/// To the page that the form was on.
http::Response back_to_page(const http::Context& ctx);

} // namespace doorstep::sandbox
