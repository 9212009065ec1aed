#include "sandbox/input.hpp"

#include "core/error.hpp"
#include "core/json.hpp"
#include "http/origin.hpp"

namespace doorstep::sandbox {

std::string field_value(const FormFields& fields, std::string_view name) {
    for (const auto& [field, value] : fields) {
        if (field == name) return value;
    }
    return {};
}

void refuse_foreign_pages(const http::Context& ctx) {
    static const http::Origins own("", {});
    if (auto foreign = own.check_site(*ctx.request)) throw *foreign;
    auto site = ctx.request->header("Sec-Fetch-Site");
    if (site && *site != "same-origin" && *site != "none")
        throw forbidden("The sandbox's controls are not for pages of other sites.");
}

std::optional<FormFields> form_fields(const http::Context& ctx, std::string_view body) {
    auto type = ctx.request->header("Content-Type");
    if (!type || !type->starts_with("application/x-www-form-urlencoded")) return std::nullopt;
    // curl -d says this type of everything, so what is JSON is taken as such.
    if (body.starts_with('{')) return std::nullopt;
    return http::parse_form(body);
}

std::string clock_form_json(const FormFields& fields) {
    return R"({"advance_seconds":)" + field_value(fields, "advance_seconds") + "}";
}

std::string events_form_json(const FormFields& fields) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.key("message_id");
    json.string(field_value(fields, "message_id"));
    json.key("events");
    json.begin_array();
    for (const auto& [field, value] : fields) {
        if (field == "events") json.string(value);
    }
    json.end_array();
    json.end_object();
    return out;
}

http::Response back_to_page(const http::Context& ctx) {
    // Only a path of ours is taken from the referrer, never a site.
    auto referrer = ctx.request->header("Referer").value_or("");
    auto start = referrer.find("/sandbox/");
    return http::Response::redirect(start == referrer.npos ? "/sandbox/outbox" : std::string(referrer.substr(start)));
}

} // namespace doorstep::sandbox
